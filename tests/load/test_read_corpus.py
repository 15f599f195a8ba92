"""A folder of pages to tables."""

import subprocess
import sys

import pandas as pd
import pytest

from cuttings import load, tables
from cuttings.errors import CuttingsError

STORY = "Centre to close\n\n{} day centres will close at Easter, the council said. Nobody in the {} was asked about it.\n"


@pytest.fixture
def corpus(tmp_path):
    pages = tmp_path / "corpus" / "pages"
    pages.mkdir(parents=True)
    for number, word in enumerate(["Two", "Three", "Four"]):
        (pages / f"{number}.txt").write_text(STORY.format(word, word.lower() + " villages"))
    (pages / "empty.txt").write_text(" \n")
    (pages / "picture.txt").write_bytes(b"\x89PNG\x00\x00")
    return tmp_path / "corpus"


def state(out) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((out / "tables").glob("*"))}


def test_every_page_has_a_row_and_a_bad_page_stops_nothing(corpus, tmp_path):
    load.read_corpus(corpus, tmp_path / "out")
    pages = tables.query(tmp_path / "out", "SELECT * FROM pages").set_index("page_id")
    assert pages["status"].to_dict() == {
        "pages/0.txt": "read",
        "pages/1.txt": "read",
        "pages/2.txt": "read",
        "pages/empty.txt": "empty",
        "pages/picture.txt": "unreadable",
    }
    assert pages.loc["pages/picture.txt", "problem"] == "binary data, not text"


def test_spans_of_sentences_are_the_items_text(corpus, tmp_path):
    load.read_corpus(corpus, tmp_path / "out")
    rows = tables.query(
        tmp_path / "out",
        'SELECT s.text, substr(i.text, s.start + 1, s."end" - s.start) AS cut FROM sentences s JOIN items i USING (item_id)',
    )
    assert len(rows) == 6
    assert (rows["text"] == rows["cut"]).all()


def test_two_runs_and_two_processes_give_the_same_bytes(corpus, tmp_path):
    for name, jobs in (("a", 1), ("b", 1), ("c", 2)):
        load.read_corpus(corpus, tmp_path / name, jobs=jobs)
    assert state(tmp_path / "a") == state(tmp_path / "b") == state(tmp_path / "c")


def test_processes_that_read_into_one_folder_take_turns(corpus, tmp_path):
    script = "import sys; from cuttings import load; load.read_corpus(*sys.argv[1:])"
    call = [sys.executable, "-c", script, str(corpus), str(tmp_path / "out")]
    started = [subprocess.Popen(call, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 4, errors
    load.read_corpus(corpus, tmp_path / "alone")
    assert state(tmp_path / "out") == state(tmp_path / "alone")


def test_nothing_is_read_again_when_nothing_changed(corpus, tmp_path, monkeypatch):
    load.read_corpus(corpus, tmp_path / "out")
    monkeypatch.setattr("cuttings.load.corpus.read_file", lambda *a: pytest.fail("read again"))
    load.read_corpus(corpus, tmp_path / "out")


def test_a_changed_page_is_read_again(corpus, tmp_path):
    load.read_corpus(corpus, tmp_path / "out")
    (corpus / "pages" / "0.txt").write_text(STORY.format("Nine", "nine villages"))
    load.read_corpus(corpus, tmp_path / "out")
    assert (
        "Nine day centres"
        in tables.query(tmp_path / "out", "SELECT text FROM items ORDER BY item_id")["text"][0]
    )


def test_an_interrupted_run_leaves_the_tables_as_they_were_and_is_made_up_for(corpus, tmp_path, monkeypatch):
    out = tmp_path / "out"
    load.read_corpus(corpus, out)
    before = state(out)
    (corpus / "pages" / "0.txt").write_text(STORY.format("Nine", "nine villages"))
    monkeypatch.setattr("cuttings.load.corpus._copies", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        load.read_corpus(corpus, out)
    assert {k: v for k, v in state(out).items() if k.endswith("parquet")} == {
        k: v for k, v in before.items() if k.endswith("parquet")
    }
    assert [p.name for p in out.iterdir()] == ["tables"]
    monkeypatch.undo()
    load.read_corpus(corpus, out)
    assert state(out) != before


def test_a_reader_without_a_name_is_not_taken_for_the_newspaper(corpus, tmp_path):
    letters = (
        "Letters\n\nA bath too far\n\nI have waited since Christmas for somebody to come.\n\nName supplied\n"
    )
    (corpus / "pages" / "0.txt").write_text(letters)
    pd.DataFrame([{"page": "0.txt", "outlet": "Gazette"}]).to_csv(corpus / "catalogue.csv", index=False)
    load.read_corpus(corpus, tmp_path / "out")
    writer = tables.query(tmp_path / "out", "SELECT * FROM voices WHERE item_id = 'pages/0.txt/1'").iloc[0]
    assert (writer["name"], writer["organisation"]) == ("", "")


def test_the_outlet_is_read_off_a_list_of_its_other_pages(corpus, tmp_path):
    (corpus / "pages" / "0.txt").write_text(
        STORY.format("Two", "two villages") + "\nMore from the Evening Gazette\n"
    )
    load.read_corpus(corpus, tmp_path / "out")
    pages = tables.query(tmp_path / "out", "SELECT outlet FROM pages WHERE page_id = 'pages/0.txt'")
    assert pages["outlet"].tolist() == ["the Evening Gazette"]


def test_the_catalogue_wins_over_what_a_page_says(corpus, tmp_path):
    (corpus / "pages" / "0.txt").write_text("Letters, 3 May 2004\n\n" + STORY.format("Two", "two villages"))
    rows = [{"page": "0.txt", "outlet": "Gazette", "genre": "news", "date": "2001-02"}]
    pd.DataFrame(rows).to_csv(corpus / "catalogue.csv", index=False)
    load.read_corpus(corpus, tmp_path / "out")
    item = tables.query(tmp_path / "out", "SELECT * FROM items WHERE page_id = 'pages/0.txt'").iloc[0]
    assert (item["genre"], item["date"], item["date_basis"]) == ("news", "2001-02", "catalogue")
    assert (str(item["date_earliest"])[:10], str(item["date_latest"])[:10]) == ("2001-02-01", "2001-02-28")


def test_a_scheduler_that_does_not_answer_is_said_in_one_line(corpus, tmp_path):
    with pytest.raises(CuttingsError, match="no Dask scheduler answers at nonsense"):
        load.read_corpus(corpus, tmp_path / "out", scheduler="nonsense")


@pytest.mark.parametrize("out", ["", "pages", "pages/2004"])
def test_reading_into_the_corpus_itself_is_refused(tmp_path, out):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("The bus was late and nobody minded it.")
    with pytest.raises(CuttingsError, match="belongs to the corpus; name another folder with --out"):
        load.read_corpus(tmp_path, tmp_path / out)
    assert [p.name for p in tmp_path.rglob("*")] == ["pages", "a.txt"]
