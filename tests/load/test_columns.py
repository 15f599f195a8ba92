"""Tables with a page a row: which column means what."""

import io
import json

import pandas as pd
import pytest

from cuttings import corpus, load, tables
from cuttings.load import bounds, columns
from cuttings.load.formats import RawPage, read_file

TEXT = "The day centre will close at Easter, the council said."


def read(tmp_path, name: str, data: bytes, **stated: str) -> list[RawPage]:
    (tmp_path / name).write_bytes(data)
    return list(read_file(tmp_path / name, name, {"": stated}))


def parquet(**cells: object) -> bytes:
    file = io.BytesIO()
    pd.DataFrame([cells]).to_parquet(file)
    return file.getvalue()


def test_what_can_be_stated_is_what_a_corpus_folder_can_name():
    assert list(columns.NAMES) == corpus.COLUMN_KEYS


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'Full Text,Headline,Published,Source,Link\n"{TEXT}",Centre,2004-05-06,Gazette,http://x.example/\n'.encode()),
        ("a.jsonl", json.dumps({"body": TEXT, "headline": "Centre", "published": "2004-05-06", "source": "Gazette", "link": "http://x.example/", "more": {"text": "no"}}).encode()),
        ("a.parquet", parquet(content=TEXT, title="Centre", date=pd.Timestamp("2004-05-06"), publication="Gazette", url="http://x.example/", n=3)),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_usual_names(tmp_path, name, data):
    (page,) = read(tmp_path, name, data)
    assert page.stated == {
        "title": "Centre",
        "date": "2004-05-06",
        "outlet": "Gazette",
        "url": "http://x.example/",
    }
    assert page.lines == ("Centre", "", TEXT)


def test_a_stated_column_wins_over_a_usual_name(tmp_path):
    data = f'text,story,day\nnot this,"{TEXT}",6 May 2004\n'.encode()
    (page,) = read(tmp_path, "a.csv", data, text="story", date="day")
    assert page.lines == (TEXT,)
    assert page.stated["date"] == "2004-05-06"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"heading,other\n1,2\n3,4\n"),
        ("a.parquet", parquet(heading=1, other=2)),
        ("a.jsonl", b'{"heading": 1, "other": 2}'),
    ],
)
def test_a_table_without_a_column_of_text_is_one_problem_that_names_columns_and_mend(tmp_path, name, data):
    (page,) = read(tmp_path, name, data)
    assert page.problem == (
        "no column of text: there is 'heading', 'other'; name the one that holds it in columns.toml, as text = \"...\""
    )


def test_a_stated_column_that_is_not_there_is_a_problem(tmp_path):
    (page,) = read(tmp_path, "a.csv", b"text,day\nx,y\n", date="Day")
    assert page.problem == "columns.toml says that date is 'Day', but there is 'text', 'day'"


def test_a_row_without_text_is_an_empty_page(tmp_path):
    first, second = read(tmp_path, "a.csv", f'text,date\n,2004\n"{TEXT}",2004\n'.encode())
    assert (first.lines, first.problem) == ((), "") or first.lines == ("",)
    assert second.lines == (TEXT,)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_may_be_separated_by_semicolons_or_tabs(tmp_path, separator):
    (page,) = read(
        tmp_path, "a.csv", f"text{separator}outlet\nIt closed, they said.{separator}Gazette\n".encode()
    )
    assert (page.lines, page.stated["outlet"]) == (("It closed, they said.",), "Gazette")


@pytest.mark.parametrize(
    ("written", "edtf", "note"),
    [
        ("6 May 2004", "2004-05-06", ""),
        ("May 6, 2004", "2004-05-06", ""),
        ("2004-05-06T10:00:00Z", "2004-05-06", ""),
        ("26/05/2004", "2004-05-26", ""),
        ("06/05/2004", "2004-05-06", "date 06/05/2004 read day first, as 2004-05-06"),
        ("2004-05", "2004-05", ""),
    ],
)
def test_dates_are_read_as_tables_write_them_and_a_doubtful_one_is_said(tmp_path, written, edtf, note):
    (page,) = read(tmp_path, "a.jsonl", json.dumps({"text": TEXT, "date": written}).encode())
    assert (page.stated["date"], page.mended) == (edtf, note)


def test_an_author_is_the_writer_of_the_row(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.csv").write_text(f'text,author,title\n"{TEXT}",ADA QUILL,Centre to close\n')
    load.read_corpus(tmp_path / "c", tmp_path / "out")
    row = tables.query(
        tmp_path / "out",
        "SELECT i.title, i.text, v.name FROM items i JOIN voices v USING (item_id) WHERE kind = 'writer'",
    )
    assert row.iloc[0].to_dict() == {"title": "Centre to close", "text": TEXT, "name": "Ada Quill"}


def test_a_corpus_folder_names_its_columns_for_all_tables_or_for_one(tmp_path):
    (tmp_path / "columns.toml").write_text('text = "story"\n["b.csv"]\ntext = "words"\n')
    (tmp_path / "a.csv").write_text(f'story\n"{TEXT}"\n')
    (tmp_path / "b.csv").write_text(f'words\n"{TEXT} Nobody minded."\n')
    load.read_corpus(tmp_path, tmp_path / "out")
    pages = tables.query(tmp_path / "out", "SELECT page_id, status FROM pages ORDER BY page_id")
    assert pages.values.tolist() == [["a.csv#1", "read"], ["b.csv#1", "read"]]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('text = "story"\ndatum = "day"\n', "columns.toml:2: unknown key 'datum'; did you mean 'date'?"),
        ("text = 3\n", 'columns.toml:1: text needs the name of a column, as text = "..."'),
        ('["c.csv"]\ntext = "x"\n', "columns.toml:1: page 'c.csv' is not in the corpus"),
        ("text =\n", "columns.toml:1: is not TOML"),
    ],
)
def test_what_is_wrong_with_columns_toml_is_said_with_its_line(tmp_path, toml, says):
    (tmp_path / "columns.toml").write_text(toml)
    (tmp_path / "a.txt").write_text(TEXT)
    _, problems = corpus.inspect(tmp_path)
    assert str(problems[0]).startswith(says)


def test_a_lone_quotation_mark_costs_the_rows_below_it_and_no_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "LARGEST", 1000)
    rows = f'text\n"{TEXT}"\n"never closed' + "\nThe bus was late." * 200
    first, second = read(tmp_path, "a.csv", rows.encode())
    assert first.lines == (TEXT,)
    assert "lone quotation mark" in second.problem


def test_an_overlong_line_of_json_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "LARGEST", 1000)
    rows = [{"text": "x" * 5000}, {"text": TEXT}]
    first, second = read(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert "in one page" in first.problem
    assert second.lines == (TEXT,)
