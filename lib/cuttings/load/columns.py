"""Tables with a page a row: CSV, JSON lines and Parquet, and which of their columns means what.

A column is known by a usual name, whatever its case (``NAMES``); where a table calls it otherwise
``columns.toml`` in the corpus folder says which it is, for all tables or for one of them::

    text = "Full Article"

    ["pages/gazette.csv"]
    date = "Day"
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from cuttings.load import bounds
from cuttings.load.bounds import Unreadable

NAMES = {
    "text": ("text", "content", "body", "article", "full_text", "article_text", "html"),
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "date": ("date", "published", "publication_date", "date_published", "pub_date"),
    "outlet": ("outlet", "source", "publication", "newspaper"),
    "url": ("url", "link"),
    "genre": ("genre",),
    "rights": ("rights", "copyright", "licence", "license"),
}
"""What a page's row can state, and the usual names of its column; of several the first counts."""
SHOWN = 8
"""Columns that a problem names."""
ROWS_HELD = 10
"""Rows of a Parquet file in memory at once; one alone may be large."""


def rows(path: Path, kind: str, stated: Mapping[str, str]) -> Iterator[dict[str, str] | str]:
    """What each row states, by the keys of ``NAMES``, or what is wrong with it.

    ``kind`` is ``csv``, ``jsonl`` or ``parquet``; ``stated`` maps keys of ``NAMES`` to columns of this
    table. A key whose column is empty in a row is missing. Raises ``Unreadable`` for a table without
    a column of text, and what the parsers raise for a broken file.
    """
    yield from READERS[kind](path, stated)


def _csv(path: Path, stated: Mapping[str, str]) -> Iterator[dict[str, str]]:
    csv.field_size_limit(bounds.LARGEST)
    found = _csv_rows(path)
    header = next(found, [])
    if not header:
        return
    places = chosen(header, stated)
    for row in found:
        if row:
            yield _stated(
                {
                    key: row[header.index(name)]
                    for key, name in places.items()
                    if header.index(name) < len(row)
                }
            )


def _csv_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file, separated as its first line is, none held that is over ``LARGEST``."""
    encoding, separator = _dialect(path)
    held = 0

    def counted() -> Iterator[str]:
        nonlocal held
        for line in bounds.lines(path):
            held += bounds.LARGEST + 1 if line is None else len(line)
            if held > bounds.LARGEST:
                raise Unreadable(f"{bounds.too_large()}: a row does not end; look for a lone quotation mark")
            text = line.decode(encoding, "replace").replace("\0", "\ufffd")
            yield from filter(None, re.split(r"(?<=\r)(?!\n)", text))

    for row in csv.reader(counted(), delimiter=separator):
        held = 0
        yield row


def _dialect(path: Path) -> tuple[str, str]:
    """The encoding of a CSV file and what separates its columns, from its beginning."""
    with bounds.unpacked(path) as file:
        head = file.read(65536)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("a table in UTF-16; save it as 'CSV UTF-8'")
    first = re.sub(rb'"[^"]*"', b"", head.split(b"\n", 1)[0])
    separator = max(b",", b";", b"\t", key=first.count).decode()
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "sloppy-windows-1252", separator
    return "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-8", separator


def _jsonl(path: Path, stated: Mapping[str, str]) -> Iterator[dict[str, str] | str]:
    for line in bounds.lines(path):
        if line is None:
            yield bounds.too_large()
        elif line.strip():
            yield _json_row(line, stated)


def _json_row(line: bytes, stated: Mapping[str, str]) -> dict[str, str] | str:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            return "not a JSON object"
        columns = [name for name, value in row.items() if not isinstance(value, (dict, list))]
        return _stated({key: row[name] for key, name in chosen(columns, stated).items()})
    except Unreadable as error:
        return str(error)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {' '.join(str(error).split())}"


def _parquet(path: Path, stated: Mapping[str, str]) -> Iterator[dict[str, str]]:
    is_packed = path.name.lower().endswith(".gz")
    source = io.BytesIO(bounds.whole(path, bounds.LARGEST_FILE)) if is_packed else path
    with pq.ParquetFile(source, buffer_size=1_000_000, pre_buffer=False) as table:
        places = chosen(table.schema_arrow.names, stated)
        for batch in table.iter_batches(ROWS_HELD, columns=sorted(set(places.values())), use_threads=False):
            for row in batch.to_pylist():
                yield _stated({key: row[name] for key, name in places.items()})


READERS: dict[str, Callable] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}


def chosen(columns: Iterable[str], stated: Mapping[str, str]) -> dict[str, str]:
    """The column for each key of ``NAMES`` that a table has, what is ``stated`` before the usual names.

    Raises ``Unreadable`` where no column holds text or a stated one is not there; the message names
    the columns and the mend.
    """
    columns = list(dict.fromkeys(c for c in columns if isinstance(c, str)))
    by_name = {_plain(c): c for c in reversed(columns)}
    for key, name in stated.items():
        if name not in columns:
            raise Unreadable(f"columns.toml says that {key} is {name!r}, but there is {_listed(columns)}")
    usual = {key: next((by_name[n] for n in names if n in by_name), "") for key, names in NAMES.items()}
    places = {key: name for key, name in {**usual, **stated}.items() if name}
    if "text" not in places:
        raise Unreadable(
            f"no column of text: there is {_listed(columns)}; name the one that holds it in columns.toml, "
            'as text = "..."'
        )
    return places


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def _listed(columns: list[str]) -> str:
    named = ", ".join(repr(c[:30]) for c in columns[:SHOWN]) or "no column"
    return named + (f" and {len(columns) - SHOWN} more" if len(columns) > SHOWN else "")


def _stated(row: Mapping[str, object]) -> dict[str, str]:
    """The cells of a row that state something, as text."""
    return {
        key: str(value)
        for key, value in row.items()
        if value is not None and value == value and not isinstance(value, (dict, list)) and str(value).strip()
    }
