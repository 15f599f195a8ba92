"""Web archives as a stream: what is a page, and what a hostile record costs."""

import gzip
import io
import tracemalloc
import zlib

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cuttings.load import archives, bounds
from cuttings.load.formats import RawPage, read_file

PAGE = b"<html><body><p>The day centre will close at Easter, the council said.</p></body></html>"


def warc(*records: tuple[bytes, dict], packed: bool = True, kind: str = "response") -> bytes:
    """An archive of records: content, then headers of its response; ``status`` among them."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for content, headers in records:
        headers = {"Content-Type": "text/html", **headers}
        status = headers.pop("status", "200 OK")
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        plain = (
            {"warc_content_type": headers["Content-Type"]} if kind != "response" else {"http_headers": http}
        )
        writer.write_record(
            writer.create_warc_record("http://x.example/a", kind, io.BytesIO(content), **plain)
        )
    return file.getvalue()


def read(tmp_path, data: bytes, name: str = "a.warc.gz") -> list[RawPage]:
    (tmp_path / name).write_bytes(data)
    return list(read_file(tmp_path / name, name))


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate", "br"])
def test_a_page_that_its_server_packed_is_unpacked(tmp_path, encoding):
    packers = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}
    content = packers[encoding](PAGE)
    (page,) = read(tmp_path, warc((content, {"Content-Encoding": encoding} if encoding else {})))
    assert "Easter" in " ".join(page.lines)


def test_a_long_page_in_chunks_is_read_to_its_end(tmp_path):
    long = PAGE.replace(b"</p>", b" Nobody was asked." * 5000 + b" The end.</p>")
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (long[:7000], long[7000:])) + b"0\r\n\r\n"
    (page,) = read(tmp_path, warc((chunks, {"Transfer-Encoding": "chunked"})))
    assert " ".join(page.lines).rstrip().endswith("The end.")


def test_pages_that_a_server_did_not_have_are_no_pages(tmp_path):
    gone, there = (PAGE, {"status": "404 Not Found"}), (PAGE, {})
    assert [p.page_id for p in read(tmp_path, warc(gone, there))] == ["a.warc.gz#1"]


def test_records_of_text_without_a_servers_headers_are_pages(tmp_path):
    (page,) = read(
        tmp_path, warc((b"It closed, they said.", {"Content-Type": "text/plain"}), kind="conversion")
    )
    assert page.lines == ("It closed, they said.",)


def test_an_archive_packed_as_one_is_read_too(tmp_path):
    pages = read(tmp_path, gzip.compress(warc((PAGE, {}), (PAGE, {}), packed=False)))
    assert [p.problem for p in pages] == ["", ""]


def test_an_archive_without_a_page_is_an_empty_page(tmp_path):
    (page,) = read(tmp_path, warc((b"\x89PNG", {"Content-Type": "image/png"})))
    assert (page.page_id, page.lines, page.problem) == ("a.warc.gz", (), "")


@pytest.mark.parametrize("encoding", ["", "gzip", "br", "chunked"])
def test_a_record_beyond_the_bound_is_refused_and_the_next_is_read(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(bounds, "LARGEST", 100_000)
    big = b"x" * 30_000_000
    content = {
        "": big,
        "gzip": gzip.compress(big),
        "br": brotli.compress(big),
        "chunked": b"%x\r\n%s\r\n0\r\n\r\n" % (len(big), big),
    }[encoding]
    headers = {
        "gzip": {"Content-Encoding": "gzip"},
        "br": {"Content-Encoding": "br"},
        "chunked": {"Transfer-Encoding": "chunked"},
    }.get(encoding, {})
    data = warc((content, headers), (PAGE, {}))
    del big, content
    tracemalloc.start()
    first, second = read(tmp_path, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert first.problem == "more than 0.1 MB in one page"
    assert second.problem == ""
    assert peak < 25_000_000


def test_brotli_is_refused_rather_than_unpacked_without_bound(tmp_path):
    (page,) = read(tmp_path, warc((b"\x8b\x00", {"Content-Encoding": "zstd"})))
    assert "'zstd', which is not read" in page.problem


def test_endless_headers_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LONGEST_HEADERS", 10_000)
    pages = read(tmp_path, b"WARC/1.0\r\n" + b"X-A: b\r\n" * 10_000, "a.warc")
    assert "of headers in a record" in pages[-1].problem
