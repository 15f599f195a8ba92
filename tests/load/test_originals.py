"""The five original pages, with their catalogue and as a bare folder. They are not in the project."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from cuttings import edtf, load, tables

ORIGINALS = Path(__file__).parents[3] / "shared" / "originals"
pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="../shared/originals is not there")

GENRES = {"000": ["leader"] * 2, "001": ["letter"] * 4, "002": ["news"], "003": ["blog"], "004": ["news"]}
WRITERS = {
    "000": ["", ""],
    "001": ["Jewitt", "Slasberg", "Jones", "Perrett"],
    "002": ["Pearce"],
    "003": ["Wilt"],
    "004": [""],
}
SPEAKERS = {"002": {"Wilkin", "Gillam"}, "003": set(), "004": {"Morris", "Jones", "Buckley"}}
OFF = [
    "cookies",
    "sign in",
    "comments are closed",
    "post a comment",
    "have your say",
    "learn more",
    "pilot in you area",
]


@pytest.fixture(scope="module", params=["with catalogue", "bare"])
def out(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("originals")
    if request.param == "bare":
        shutil.copytree(ORIGINALS / "pages", root / "corpus")
    else:
        shutil.copytree(ORIGINALS, root / "corpus")
    load.read_corpus(root / "corpus", root / "out")
    return root / "out"


def by_page(out, sql: str) -> dict[str, pd.DataFrame]:
    rows = tables.query(out, sql)
    return dict(list(rows.groupby(rows["item_id"].str.extract(r"(\d{3})_", expand=False))))


def test_the_nine_items_are_found_with_their_genres(out):
    found = by_page(out, "SELECT item_id, genre FROM items ORDER BY page_id, position")
    assert {page: list(rows["genre"]) for page, rows in found.items()} == GENRES


def test_the_writers_are_found(out):
    found = by_page(out, "SELECT item_id, name FROM voices WHERE kind = 'writer' ORDER BY item_id")
    assert {p: [n.rpartition(" ")[2] for n in rows["name"]] for p, rows in found.items()} == WRITERS


def test_the_people_quoted_by_name_are_found_and_nobody_else(out):
    found = by_page(out, "SELECT item_id, name FROM voices WHERE kind = 'speaker' AND name <> ''")
    for page, surnames in SPEAKERS.items():
        assert {n.rpartition(" ")[2] for n in found.get(page, pd.DataFrame({"name": []}))["name"]} == surnames


def test_no_furniture_is_left_in_a_text(out):
    texts = tables.query(out, "SELECT text FROM items")["text"].str.lower()
    assert [phrase for phrase in OFF if texts.str.contains(phrase).any()] == []


def test_texts_have_their_length_to_the_word(out):
    words = tables.query(out, "SELECT n_words FROM items ORDER BY page_id, position")["n_words"]
    assert list(words) == [243, 168, 363, 142, 117, 277, 464, 411, 296]


def test_wraps_are_joined_and_the_broken_word_is_mended(out):
    texts = tables.query(out, "SELECT text FROM items")["text"]
    assert not texts.str.contains(r"[^\n]\n[^\n]").any()
    assert texts.str.contains("or local government.", regex=False).any()


def test_dates_are_stated_or_bounded_within_a_year(out):
    catalogue = pd.read_csv(ORIGINALS / "catalogue.csv").set_index("page")["date"]
    items = tables.query(out, "SELECT * FROM items")
    for item in items.itertuples():
        true = edtf.parse(catalogue[item.page_id.rpartition("/")[2]])
        assert item.date_earliest <= pd.Timestamp(true.latest)
        assert item.date_latest >= pd.Timestamp(true.earliest)
        assert (item.date_latest - item.date_earliest).days < 366
        stated = item.page_id.rpartition("/")[2][:3] in ("001", "003")
        assert item.date_basis in (
            ["catalogue"] if "pages/" in item.page_id else ["stated" if stated else "inferred"]
        )
        if item.date_basis != "inferred":
            assert item.date == catalogue[item.page_id.rpartition("/")[2]]
