"""Web archives (WARC), read as a stream: one record in memory, however large the archive."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from cuttings.load import bounds
from cuttings.load.bounds import Unreadable

TEXT_TYPES = ("text/html", "text/plain", "application/xhtml")
HELD = ("response", "resource", "conversion")
"""Kinds of record that hold a page: as served, as saved without its headers, as converted to text."""
UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate", "br")
LONGEST_HEADERS = 1_000_000


@dataclass(frozen=True)
class WebPage:
    """A record's content with the address that it came from, or what is wrong with it."""

    content: bytes = b""
    is_html: bool = False
    url: str = ""
    problem: str = ""


def pages(path: Path) -> Iterator[WebPage]:
    """The HTML and plain-text pages of an archive that a server gave with success.

    Raises what ``warcio`` raises where the archive is broken, ``Unreadable`` for endless headers.
    """
    with bounds.unpacked(path) as file:
        archive = ArchiveIterator(file)
        archive.reader = _BoundedLines(file)
        while record := _next(archive):
            archive.reader.n_header = 0
            kind = _content_type(record)
            if record.rec_type in HELD and kind.startswith(TEXT_TYPES) and _was_served(record):
                yield _page(record, "html" in kind)


def _next(archive: ArchiveIterator) -> ArcWarcRecord | None:
    """The next record; what ``warcio`` prints about junk between records is left unsaid."""
    with redirect_stderr(io.StringIO()):
        return next(archive, None)


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").strip().lower()


def _was_served(record: ArcWarcRecord) -> bool:
    return not record.http_headers or record.http_headers.get_statuscode().startswith("2")


def _page(record: ArcWarcRecord, is_html: bool) -> WebPage:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    encoding = _header(record, "Content-Encoding")
    if encoding not in UNPACKED:
        return WebPage(url=url, problem=f"packed by its server as {encoding[:20]!r}, which is not read")
    content = _content(record, encoding)
    if len(content) > bounds.LARGEST:
        return WebPage(url=url, problem=bounds.too_large())
    return WebPage(content, is_html, url)


def _header(record: ArcWarcRecord, name: str) -> str:
    headers = record.http_headers
    return (headers.get_header(name) or "").strip().lower() if headers else ""


def _content(record: ArcWarcRecord, encoding: str) -> bytes:
    """A record's content unpacked, cut just beyond ``LARGEST`` bytes.

    ``warcio`` would hold a chunk, or what a chunk unpacks to, whole; of the raw stream at most as much
    again is read for the marks between chunks.
    """
    stream = LimitReader(record.raw_stream, 2 * bounds.LARGEST + LONGEST_HEADERS)
    if _header(record, "Transfer-Encoding") == "chunked":
        stream = ChunkedDataReader(stream)
    data = stream.read(bounds.LARGEST + 1)
    if encoding == "br":
        return _unbrotlied(data)
    return _deflated(data) if encoding.endswith(("gzip", "deflate")) else data


def _deflated(data: bytes) -> bytes:
    """What gzip or deflate packed, with or without its header; content that neither did as it is."""
    for bits in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(bits).decompress(data, bounds.LARGEST + 1)
        except zlib.error:
            continue
    return data


def _unbrotlied(data: bytes) -> bytes:
    """What brotli packed; content that it did not as it is."""
    try:
        return brotli.Decompressor().process(data, output_buffer_limit=bounds.LARGEST + 1)
    except brotli.error:
        return data


class _BoundedLines(DecompressingBufferedReader):
    """``warcio`` reads header lines of any length and number; this gives up beyond a bound."""

    n_header = 0

    def readline(self, length: int | None = None) -> bytes:
        line = super().readline(min(length or LONGEST_HEADERS, LONGEST_HEADERS))
        self.n_header += len(line)
        if self.n_header >= LONGEST_HEADERS:
            raise Unreadable(f"more than {LONGEST_HEADERS / 1_000_000:g} MB of headers in a record")
        return line
