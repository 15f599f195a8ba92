"""From a file to its pages: plain text, HTML, web archives, and tables with a page a row.

A file may be gzipped. Everything is read within ``LARGEST`` bytes a page, so that a compressed bomb
or a file of the wrong kind ends as a problem of that page and not of the run.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq
from lxml import etree
from warcio.archiveiterator import ArchiveIterator

from cuttings.corpus import page_format
from cuttings.load.decode import NotText, decode
from cuttings.load.htmltext import to_lines

LARGEST = 20_000_000
"""Bytes of one page after unpacking; more is refused."""
TEXT_FIELDS = ("text", "content", "body", "article", "html")
STATED_FIELDS = ("outlet", "genre", "date", "url", "title", "rights")


class Unreadable(ValueError):
    """A file or record that is no page; the message says why."""


@dataclass(frozen=True)
class RawPage:
    """A page as found: its lines of text, what its file states of it, what was mended or is wrong."""

    page_id: str
    sha256: str
    format: str
    lines: tuple[str, ...] = ()
    headings: dict[int, int] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    mended: str = ""
    problem: str = ""


def read_file(path: Path, page_id: str) -> Iterator[RawPage]:
    """The pages of one file, ``page_id#n`` each where the file holds records. Never raises."""
    kind = page_format(path)
    try:
        if kind in ("txt", "html"):
            yield _page(page_id, kind, _whole(path))
            return
        for number, record in enumerate(RECORDS[kind](path), 1):
            yield _record(f"{page_id}#{number}", kind, record)
    except (Unreadable, OSError, EOFError, zlib.error, csv.Error, UnicodeError, ValueError) as error:
        yield RawPage(page_id, _checksum(path), kind, problem=_one_line(error))


def _page(page_id: str, kind: str, data: bytes) -> RawPage:
    checksum = hashlib.sha256(data).hexdigest()
    try:
        decoded = decode(data)
    except NotText as error:
        return RawPage(page_id, checksum, kind, problem=str(error))
    if kind != "html":
        return RawPage(page_id, checksum, kind, tuple(decoded.text.split("\n")), mended=decoded.mended)
    try:
        lines, headings, stated = to_lines(decoded.text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        return RawPage(page_id, checksum, kind, problem=f"HTML that cannot be parsed: {_one_line(error)}")
    return RawPage(page_id, checksum, kind, lines, headings, stated, decoded.mended)


def _record(page_id: str, kind: str, record: dict) -> RawPage:
    """A page from a record: ``problem``, or ``data`` in bytes, or a row with one of ``TEXT_FIELDS``."""
    if record.get("problem"):
        return RawPage(page_id, "", kind, problem=record["problem"])
    stated = {k: str(record[k]) for k in STATED_FIELDS if record.get(k) not in (None, "")}
    if "data" in record:
        page = _page(page_id, "html" if record["html"] else "txt", record["data"])
    else:
        name = next((f for f in TEXT_FIELDS if isinstance(record.get(f), str)), "")
        if not name:
            return RawPage(page_id, "", kind, problem=f"no text: a row needs one of {', '.join(TEXT_FIELDS)}")
        looks_html = name == "html" or re.match(
            r"\s*<(?:!doctype|html|body|div|p)\b", record[name], re.IGNORECASE
        )
        page = _page(page_id, "html" if looks_html else "txt", record[name].encode("utf-8", "surrogatepass"))
    return RawPage(
        page.page_id,
        page.sha256,
        kind,
        page.lines,
        page.headings,
        {**page.stated, **stated},
        page.mended,
        page.problem,
    )


def _whole(path: Path) -> bytes:
    with _open(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(f"more than {LARGEST // 1_000_000} MB of text in one page")
    return data


def _open(path: Path) -> io.BufferedIOBase:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _csv_rows(path: Path) -> Iterator[dict]:
    text = io.StringIO(decode(_whole(path)).text)
    csv.field_size_limit(LARGEST)
    yield from csv.DictReader(text)


def _jsonl_rows(path: Path) -> Iterator[dict]:
    with _open(path) as file:
        for line in iter(lambda: file.readline(LARGEST), b""):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                row = {"problem": f"not JSON: {_one_line(error)}"}
            yield row if isinstance(row, dict) else {"problem": "not a JSON object"}


def _parquet_rows(path: Path) -> Iterator[dict]:
    with (
        _open(path) as file,
        pq.ParquetFile(io.BytesIO(file.read()) if path.suffix == ".gz" else path) as table,
    ):
        for batch in table.iter_batches(batch_size=100):
            yield from batch.to_pylist()


def _warc_records(path: Path) -> Iterator[dict]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            headers = record.http_headers
            kind = (headers.get_header("Content-Type", "") if headers else "").lower()
            if record.rec_type != "response" or not kind.startswith(
                ("text/html", "text/plain", "application/xhtml")
            ):
                continue
            data = record.content_stream().read(LARGEST + 1)
            url = record.rec_headers.get_header("WARC-Target-URI", "")
            if len(data) > LARGEST:
                yield {"problem": f"more than {LARGEST // 1_000_000} MB in one record"}
            else:
                yield {"data": data, "html": "html" in kind, "url": url}


RECORDS = {"csv": _csv_rows, "jsonl": _jsonl_rows, "parquet": _parquet_rows, "warc": _warc_records}


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
