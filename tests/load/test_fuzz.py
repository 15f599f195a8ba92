"""Every format cut short, garbled, nested, enormous or hostile: a problem and no traceback, within bounds.

Seeds are fixed. What is read must be read to the end, whatever it makes of it.
"""

import gzip
import io
import json
import random
import time
import tracemalloc
import zipfile

import docx
import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cuttings.load import bounds
from cuttings.load.formats import RawPage, read_file

TEXT = "The day centre in Mill Lane will close at Easter, the council said. Nobody had been asked."
ROWS = [{"text": f"{TEXT} ({n})", "title": "Centre", "date": "2004-05-06"} for n in range(5)]


def _docx() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in (
        "Centre",
        "Gazette",
        "3 May 2004",
        "Length: 9 words",
        "Body",
        TEXT,
        "Load-Date: x",
        "End of Document",
    ):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def _parquet() -> bytes:
    file = io.BytesIO()
    pd.DataFrame(ROWS).to_parquet(file)
    return file.getvalue()


def _warc() -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    for n in range(3):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        page = io.BytesIO(f"<p>{TEXT} {n}</p>".encode())
        writer.write_record(
            writer.create_warc_record("http://x.example/", "response", page, http_headers=http)
        )
    return file.getvalue()


WHOLE = {
    "a.txt": TEXT.encode() * 5,
    "a.html": f"<html><head><title>C</title></head><body><h1>C</h1><p>{TEXT}</p><ul><li>x</ul></body></html>".encode(),
    "f.html": f'<div class="article enArticle"><div>9 words</div><div>3 May 2004</div><p class="articleParagraph">{TEXT}</p></div>'.encode(),
    "a.csv": pd.DataFrame(ROWS).to_csv(index=False).encode(),
    "a.jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "a.parquet": _parquet(),
    "a.warc": _warc(),
    "a.docx": _docx(),
    "a.rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}\f0 "
    + TEXT.encode()
    + rb"\par \u8217? \'92 \uc0\u8217}",
}
WHOLE |= {f"{name}.gz": gzip.compress(data, mtime=0) for name, data in WHOLE.items()}


def read(folder, name: str, data: bytes) -> list[RawPage]:
    (folder / name).write_bytes(data)
    pages = list(read_file(folder / name, name))
    assert pages
    assert len({p.page_id for p in pages}) == len(pages)
    return pages


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_read_without_a_problem(tmp_path, name):
    assert not any(page.problem for page in read(tmp_path, name, WHOLE[name]))


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_short_ends_as_pages_or_problems(tmp_path, name):
    data, rng = WHOLE[name], random.Random(1)
    for end in (0, 1, 2, 5, *(rng.randrange(len(data)) for _ in range(12))):
        read(tmp_path, name, data[:end])


@pytest.mark.parametrize("name", WHOLE)
def test_a_garbled_file_ends_as_pages_or_problems(tmp_path, name):
    rng = random.Random(2)
    for _ in range(25):
        data = bytearray(WHOLE[name])
        for _ in range(rng.choice([1, 3, 20])):
            at = rng.randrange(len(data))
            data[at : at + rng.choice([0, 1, 4])] = rng.randbytes(rng.choice([0, 1, 3]))
        read(tmp_path, name, bytes(data))


@pytest.mark.parametrize("kind", ["txt", "html", "csv", "jsonl", "parquet", "warc", "docx", "rtf"])
def test_a_file_of_another_kind_or_of_noise_ends_as_pages_or_problems(tmp_path, kind):
    for data in (*WHOLE.values(), random.Random(3).randbytes(3000)):
        read(tmp_path, f"b.{kind}", data)
        read(tmp_path, f"b.{kind}.gz", data)


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
        zipfile.ZipFile(io.BytesIO(WHOLE["a.docx"])) as like,
    ):
        for part in like.namelist():
            if part not in parts:
                made.writestr(part, like.read(part))
        for part, data in parts.items():
            made.writestr(part, data)
    return file.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "a zip bomb": ("a.docx", lambda: zipped({"word/media/x.png": bytes(bounds.LARGEST_FILE + 1)}), "a zip that unpacks to more than 10 MB"),
    "too many tags in a Word file": ("a.docx", lambda: zipped({"word/document.xml": b"<a/>" * 1_600_000}), "tags in a Word file"),
    "a gzip bomb of text": ("a.txt.gz", lambda: gzip.compress(bytes(bounds.LARGEST + 1)), "more than 2 MB in one page"),
    "a gzip bomb of a Word file": ("a.docx.gz", lambda: gzip.compress(bytes(bounds.LARGEST_FILE + 1), 1), "more than 10 MB in one page"),
    "a text too long": ("a.txt", lambda: (TEXT.encode() + b"\n") * 13_000, "characters of text in one page"),
    "html of too many tags": ("a.html", lambda: b"<b>x" * 300_000, "more than 200,000 tags in one page"),
    "json nested deep": ("a.jsonl", lambda: b"[" * 2_000_000, "not JSON"),
    "a lone quotation mark": ("a.csv", lambda: b'text\n"' + (b"x" * 999 + b"\n") * 2100, "a row does not end"),
    "a csv without a line end": ("a.csv.gz", lambda: gzip.compress(bytes(bounds.LARGEST * 2), 1), "in one page"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_bomb_is_refused_within_a_bound_of_memory(tmp_path, monkeypatch, case):
    monkeypatch.setattr(bounds, "LARGEST", 2_000_000)
    monkeypatch.setattr(bounds, "LARGEST_FILE", 10_000_000)
    name, make, says = HOSTILE[case]
    (tmp_path / name).write_bytes(make())
    tracemalloc.start()
    pages = list(read_file(tmp_path / name, name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert says in pages[-1].problem
    assert peak < 4 * bounds.LARGEST_FILE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", zipped({"word/document.xml": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><w:document {W}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'.encode()})),
        ("a.docx", zipped({"word/document.xml": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'.encode()})),
        ("a.docx", zipped({"word/document.xml": f"<w:document {W}>".encode() + b"<w:p>" * 100_000})),
        ("a.html", f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><p>&l9;</p>'.encode()),
        ("a.html", b"<div>" * 100_000 + b"x"),
        ("a.html", b"<table><tr><td>" * 20_000),
        ("a.html", b'<div class="article enArticle">' * 3000 + b"<p>9 words</p>"),
        ("a.html", b"<p " + b"a=b " * 200_000 + b">x</p>"),
        ("a.rtf", rb"{\rtf1" + b"{" * 500_000),
        ("a.rtf", rb"{\rtf1{\fonttbl" + rb"\f1\fcharset1" * 20_000 + b"}"),
        ("a.rtf", rb"{\rtf1" + rb"{\field{\*\fldinst{" * 20_000),
        ("a.rtf", rb"{\rtf1\pict\bin99999999999 x\u99999999999 \uc}"),
        ("a.rtf", rb"{\rtf1 " + b"Document A" * 50_000 + b"}"),
        ("a.csv", b"text" + b",x" * 500_000 + b"\n" + b"1," * 500_000),
        ("a.jsonl", b'{"text": ' + b"9" * 5000 + b"}"),
        ("a.jsonl", b'{"text": "x", "date": "' + b"9" * 100_000 + b'"}'),
        ("a.txt", b"\xe2\x80\x99" * 200_000 + b"\xff"),
        ("a.txt", "â€™".encode() * 60_000),
    ],
)  # fmt: skip
def test_a_file_made_to_hang_the_reader_does_not(tmp_path, name, data):
    start = time.process_time()
    pages = read(tmp_path, name, data)
    assert time.process_time() - start < 20
    assert not any("root:" in line for page in pages for line in page.lines)
    assert sum(len(line) for page in pages for line in page.lines) <= bounds.LONGEST_TEXT
