"""Every format a page can come in, and every way it can be broken."""

import gzip
import io
import json

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cuttings.load import bounds, formats
from cuttings.load.formats import read_file

TEXT = "Centre to close\n\nThe day centre will close at Easter.\n"
HTML = (
    "<html><head><title>Centre</title><script>alert(1)</script></head><body><h1>Centre to close</h1>"
    "<p>The day centre &amp; the kitchen will close.</p></body></html>"
)


def read(tmp_path, name: str, data: bytes) -> list[formats.RawPage]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_file(path, name))


def test_text_and_its_gzip_give_the_same_page(tmp_path):
    (plain,) = read(tmp_path, "a.txt", TEXT.encode())
    (packed,) = read(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode()))
    assert plain.lines == packed.lines
    assert plain.sha256 == packed.sha256


def test_html_gives_its_lines_headings_and_title_and_no_script(tmp_path):
    (page,) = read(tmp_path, "a.html", HTML.encode())
    lines = [line for line in page.lines if line]
    assert lines == ["Centre to close", "The day centre & the kitchen will close."]
    assert page.headings == {page.lines.index("Centre to close") + 1: 1}
    assert page.stated["html_title"] == "Centre"


def test_csv_and_jsonl_hold_a_page_a_row_with_what_they_state(tmp_path):
    row = {"text": TEXT, "outlet": "Gazette", "date": "2004-05-06"}
    table = pd.DataFrame([row, row | {"text": "Bins\n\nThe bins are full."}])
    (first, second) = read(tmp_path, "a.csv", table.to_csv(index=False).encode())
    (third,) = read(tmp_path, "a.jsonl", json.dumps(row).encode())
    assert [p.page_id for p in (first, second)] == ["a.csv#1", "a.csv#2"]
    assert first.stated["outlet"] == third.stated["outlet"] == "Gazette"
    assert first.lines == third.lines


def test_columns_of_a_users_table_mean_nothing_to_the_reader(tmp_path):
    rows = b"data,problem,text\nx,housing,The bus was late and nobody minded it.\n"
    (page,) = read(tmp_path, "a.csv", rows)
    assert page.problem == ""
    assert page.lines == ("The bus was late and nobody minded it.",)


def test_half_a_character_in_json_costs_that_character_only(tmp_path):
    (page,) = read(tmp_path, "a.jsonl", b'{"text": "hello \\ud83d world \\u2019s", "outlet": "Gaz\\ud83d"}')
    assert page.lines == ("hello \ufffd world \u2019s",)
    assert page.stated["outlet"] == "Gaz\ufffd"


def test_parquet_holds_a_page_a_row(tmp_path):
    buffer = io.BytesIO()
    pd.DataFrame({"text": [TEXT], "url": ["http://x.example/2004/05/06/"]}).to_parquet(buffer)
    (page,) = read(tmp_path, "a.parquet", buffer.getvalue())
    assert page.stated["url"] == "http://x.example/2004/05/06/"


def test_a_web_archive_gives_its_html_responses(tmp_path):
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for kind, body in (("text/html; charset=utf-8", HTML.encode()), ("image/png", b"\x89PNG")):
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            "http://x.example/a", "response", io.BytesIO(body), http_headers=headers
        )
        writer.write_record(record)
    (page,) = read(tmp_path, "a.warc.gz", buffer.getvalue())
    assert page.page_id == "a.warc.gz#1"
    assert page.stated["url"] == "http://x.example/a"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"\x00\x01\x02", "binary"),
        ("a.txt.gz", b"not gzip at all", "gzip"),
        ("a.txt.gz", gzip.compress(b"cut short" * 99, mtime=0)[:-20], "end-of-stream"),
        ("a.jsonl", b"{broken", "not JSON"),
        ("a.csv", b"heading,other\n1,2\n", "no column of text"),
        ("a.parquet", b"PAR1 and no more", "Parquet"),
        ("a.html", b"\x00\xff\x00", "binary"),
        ("a.warc", b"garbage here\n\n", "archive format"),
        ("a.jsonl", b'["a list"]', "not a JSON object"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_no_traceback(tmp_path, name, data, problem):
    (page,) = read(tmp_path, name, data)
    assert problem.lower() in page.problem.lower()


def test_a_compressed_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "LARGEST", 1000)
    (page,) = read(tmp_path, "a.txt.gz", gzip.compress(b"x" * 100_000))
    assert "in one page" in page.problem


def test_html_nested_a_thousand_deep_is_read(tmp_path):
    deep = "<div>" * 3000 + "A sentence at the very bottom of it all." + "</div>" * 3000
    (page,) = read(tmp_path, "a.html", f"<html><body>{deep}</body></html>".encode())
    assert page.problem or "bottom" in " ".join(page.lines)
