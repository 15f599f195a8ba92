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
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow.parquet as pq
from lxml import etree
from warcio.archiveiterator import ArchiveIterator

from cuttings.corpus import page_format
from cuttings.load.decode import NotText, decode, mend
from cuttings.load.htmltext import to_lines

LARGEST = 20_000_000
"""Bytes of one page after unpacking; more is refused."""
LARGEST_FILE = 1_000_000_000
"""Bytes of a gzipped Parquet file after unpacking, which has to be held in memory."""
TOO_LARGE = f"more than {LARGEST // 1_000_000} MB of text in one page"
TEXT_FIELDS = ("text", "content", "body", "article", "html")
STATED_FIELDS = ("outlet", "genre", "date", "url", "title", "rights")
LOOKS_HTML = re.compile(r"\s*<(?:!doctype|html|body|div|p)\b", re.IGNORECASE)


class Unreadable(ValueError):
    """A file or record that is no page; the message says why."""


@dataclass(frozen=True)
class RawPage:
    """A page as found: its lines of text, what its file states of it, what was mended or is wrong.

    ``stated`` holds what a record states in ``STATED_FIELDS``, and as ``html_title`` a page's title element.
    """

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
            yield _page(page_id, kind, kind == "html", _whole(path))
            return
        for number, found in enumerate(RECORDS[kind](path), 1):
            yield _record(f"{page_id}#{number}", kind, found)
    except Exception as error:  # the parsers of six formats raise what they like at a broken file
        yield RawPage(page_id, _checksum(path), kind, problem=_one_line(error))


def _page(page_id: str, kind: str, is_html: bool, content: bytes | str) -> RawPage:
    """A page from bytes of unknown encoding, or from text."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    checksum = hashlib.sha256(data).hexdigest()
    try:
        decoded = decode(content) if isinstance(content, bytes) else mend(content)
    except NotText as error:
        return RawPage(page_id, checksum, kind, problem=str(error))
    if not is_html:
        return RawPage(page_id, checksum, kind, tuple(decoded.text.split("\n")), mended=decoded.mended)
    try:
        lines, headings, stated = to_lines(decoded.text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        return RawPage(page_id, checksum, kind, problem=f"HTML that cannot be parsed: {_one_line(error)}")
    return RawPage(page_id, checksum, kind, lines, headings, stated, decoded.mended)


def _record(page_id: str, kind: str, found: str | tuple[bytes, bool, str] | dict) -> RawPage:
    """A page from what a file's reader gives: a problem, a web page with its address, or a row."""
    if isinstance(found, str):
        return RawPage(page_id, "", kind, problem=found)
    if isinstance(found, tuple):
        data, is_html, url = found
        page = _page(page_id, kind, is_html, data)
        return replace(page, stated={**page.stated, "url": url})
    name = next((f for f in TEXT_FIELDS if isinstance(found.get(f), str)), "")
    if not name:
        return RawPage(page_id, "", kind, problem=f"no text: a row needs one of {', '.join(TEXT_FIELDS)}")
    if len(found[name]) > LARGEST:
        return RawPage(page_id, "", kind, problem=TOO_LARGE)
    page = _page(page_id, kind, name == "html" or bool(LOOKS_HTML.match(found[name])), found[name])
    stated = {k: mend(str(found[k])).text for k in STATED_FIELDS if found.get(k) not in (None, "")}
    return replace(page, stated={**page.stated, **stated})


def _whole(path: Path) -> bytes:
    with _open(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
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
    with _open(path) as file:
        head = file.read(65536)
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "sloppy-windows-1252"
    csv.field_size_limit(LARGEST)
    with io.TextIOWrapper(_open(path), encoding, "replace", newline="") as text:
        yield from csv.DictReader(line.replace("\0", "\ufffd") for line in text)


def _jsonl_rows(path: Path) -> Iterator[dict | str]:
    with _open(path) as file:
        for line in iter(lambda: file.readline(LARGEST + 1), b""):
            if len(line) > LARGEST:
                while line and not line.endswith(b"\n"):
                    line = file.readline(LARGEST)
                yield TOO_LARGE
            elif line.strip():
                yield _json_row(line)


def _json_row(line: bytes) -> dict | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {_one_line(error)}"
    return row if isinstance(row, dict) else "not a JSON object"


def _parquet_rows(path: Path) -> Iterator[dict]:
    source: Path | io.BytesIO = path
    if path.name.lower().endswith(".gz"):
        with _open(path) as file:
            source = io.BytesIO(file.read(LARGEST_FILE))
    with pq.ParquetFile(source) as table:
        for batch in table.iter_batches(batch_size=100):
            yield from batch.to_pylist()


def _warc_records(path: Path) -> Iterator[tuple[bytes, bool, str] | str]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            headers = record.http_headers
            kind = (headers.get_header("Content-Type", "") if headers else "").lower()
            is_text = kind.startswith(("text/html", "text/plain", "application/xhtml"))
            if record.rec_type != "response" or not is_text:
                continue
            data = record.content_stream().read(LARGEST + 1)
            url = record.rec_headers.get_header("WARC-Target-URI", "")
            yield TOO_LARGE if len(data) > LARGEST else (data, "html" in kind, url)


RECORDS = {"csv": _csv_rows, "jsonl": _jsonl_rows, "parquet": _parquet_rows, "warc": _warc_records}


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
