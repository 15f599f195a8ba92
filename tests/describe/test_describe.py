"""Sizes, coverage, words and concordance of a small corpus."""

from __future__ import annotations

import pytest

from cuttings import dates, describe, findings, tables
from cuttings.describe.lemmas import forms
from cuttings.errors import CuttingsError

ITEMS = [
    (
        "news",
        "2001-03-05",
        [
            ("writer", "The ferry trust met on Monday."),
            ("Ada Quill", "“The ferry-trust’s boats leak,” said Ada Quill."),
        ],
    ),
    (
        "letter",
        "2001-07-01/2002-06-30",
        [("writer", "I like boats."), ("writer", "Boats, boats and the Ferry Trust!")],
    ),
    ("blog", "", [("writer", "Nobody asked the trustees.")]),
    ("news", "1990", [("writer", "Long before: a ferry trust.")]),
]
YEARS = (2000, 2010)
TARGETS = (
    '[tram]\nlabel = "Trams"\naliases = ["tram"]\n[ferry]\nlabel = "Ferries"\naliases = ["ferry trust"]\n'
)


@pytest.fixture
def out(tables_of):
    return tables_of(*ITEMS, outlets=("Anvil", "Bell"))


def test_sizes_count_pages_items_sentences_and_words_with_their_sum(out):
    sizes = describe.sizes(out, "genre", *YEARS)
    assert sizes.values.tolist() == [
        ["news", 1, 1, 2, 13],
        ["letter", 1, 1, 2, 9],
        ["blog", 1, 1, 1, 4],
        ["all", 3, 3, 5, 26],
    ]


def test_what_was_left_out_is_counted_by_outlet(out):
    lost = describe.left_out(out, *YEARS).set_index("outlet")
    assert lost.loc["Bell", ["undated", "outside"]].tolist() == [1, 0]
    assert lost.loc["Anvil", ["undated", "outside"]].tolist() == [0, 1]


def test_sizes_are_by_genre_or_outlet_only(out):
    with pytest.raises(ValueError, match="not by 'text'"):
        describe.sizes(out, "text", *YEARS)


def test_an_item_of_uncertain_date_is_shared_out_over_years(out):
    by_year = describe.sizes_by_year(out, 2001, 2003).set_index("year")
    assert by_year.loc[2001, "items"] == pytest.approx(1 + 184 / 365)
    assert by_year.loc[2002, "words"] == pytest.approx(9 * 181 / 365)
    assert by_year.loc[2003].tolist() == [0, 0, 0]


def test_coverage_adds_up_to_the_items_with_and_without_date(out):
    cells = describe.coverage(dates.placed(out, *YEARS), *YEARS)
    assert cells["items"].sum() == pytest.approx(len(ITEMS))
    assert set(cells["column"]) == {"2001", "2002", "no date", "outside"}
    assert cells.loc[cells["column"] == "no date", "outlet"].tolist() == ["Bell"]


def test_every_voice_is_counted_by_kind_with_what_it_speaks(out):
    assert describe.voices(out, *YEARS).values.tolist() == [["writer", 3, 3, 4, 19], ["speaker", 1, 1, 1, 7]]


def test_content_words_are_counted_with_their_range(out):
    words = describe.frequent_words(out, *YEARS).set_index("word")
    assert words.loc["boats", ["count", "range"]].tolist() == [4, 2]
    assert words.loc["boats", "per_1000"] == pytest.approx(1000 * 4 / 26)
    assert not {"the", "i", "and", "on"} & set(words.index)


def test_a_possessive_counts_with_its_word_whatever_its_apostrophe(out):
    words = describe.frequent_words(out, *YEARS)["word"].tolist()
    assert "ferry-trust" in words
    assert "ferry-trust's" not in words


def test_the_function_words_hold_contractions_and_no_comment():
    listed = describe.function_words()
    assert {"the", "isn't", "whom"} <= listed
    assert not any(word.startswith("#") for word in listed)


def test_a_concordance_finds_a_phrase_with_space_or_hyphen_and_says_who_speaks(out):
    lines = describe.concordance(out, "ferry trust", *YEARS)
    assert lines["node"].tolist() == ["ferry trust", "ferry-trust", "Ferry Trust"]
    assert lines["voice"].tolist() == ["writer", "speaker: Ada Quill", "writer"]
    assert lines["date"].tolist() == ["2001-03-05", "2001-03-05", "2001-07-01/2002-06-30"]
    assert lines.attrs == {"n": 3, "n_items": 2}


def test_a_concordance_shows_what_stands_before_and_after(out):
    first = describe.concordance(out, "met", *YEARS, width=9).iloc[0]
    assert (first["left"], first["node"], first["right"]) == ("ry trust", "met", "on Monda")


def test_a_node_matches_whole_words_in_either_number_and_no_pattern(out):
    assert describe.concordance(out, "trust", 2003, 2010).empty
    assert describe.concordance(out, "boa", *YEARS).empty
    assert len(describe.concordance(out, "boat", *YEARS)) == 4
    assert describe.concordance(out, ".*", *YEARS).empty


def test_a_long_concordance_is_thinned_by_lot_always_alike_and_says_how_many_there_are(out):
    lots = [describe.concordance(out, "boats", *YEARS, most=2, seed=seed) for seed in range(20)]
    assert {(len(lines), lines.attrs["n"]) for lines in lots} == {(2, 4)}
    assert lots[3].equals(describe.concordance(out, "boats", *YEARS, most=2, seed=3))
    assert len({tuple(lines["left"]) for lines in lots}) > 2


def test_a_concordance_sorts_by_the_words_on_either_side(out):
    right = describe.concordance(out, "boats", *YEARS, sort="right")["right"].tolist()
    assert [words.split()[0] for words in right if words] == [".", ",", "and", "leak"] or right == sorted(
        right, key=str.lower
    )
    left = describe.concordance(out, "boats", *YEARS, sort="left")["left"].tolist()
    assert [words.split()[-1].lower() for words in left] == sorted(
        words.split()[-1].lower() for words in left
    )


def test_a_node_may_be_a_regular_expression(out):
    assert describe.concordance(out, r"trust(ee)?s?\b", *YEARS, by="regex").attrs["n"] == 4
    with pytest.raises(CuttingsError, match="no regular expression"):
        describe.concordance(out, "(", *YEARS, by="regex")


def test_a_lemma_is_found_in_all_its_forms(out):
    assert describe.concordance(out, "meet", *YEARS, by="lemma")["node"].tolist() == ["met"]
    assert {"goes", "went", "gone", "going"} <= forms("go")
    assert "carer" not in forms("care")


def test_a_saved_concordance_runs_no_formula(tables_of):
    out = tables_of(("blog", "2001", [("writer", "=2+3 ferries.")]))
    path = describe.save_lines(describe.concordance(out, "ferry|ferries", *YEARS, by="regex"), "kwic", out)
    assert "'=2+3,ferries" in path.read_text("utf-8")


def test_the_first_node_is_an_alias_that_the_items_use(out, tmp_path):
    (tmp_path / "targets.toml").write_text(TARGETS)
    (tmp_path / "events.csv").write_text("date,event,kind,targets\n")
    (tmp_path / "page.txt").write_text("A page.")
    assert describe.first_alias(tmp_path, out) == "ferry trust"


def test_the_rows_of_each_finding_are_as_many_as_it_says(out):
    for finding in describe.conclude(out, *YEARS):
        assert len(tables.query(out, finding.rows)) == finding.n
    assert {f.name: f.value for f in describe.conclude(out, *YEARS)}["items-undated"] == 1


def test_findings_of_a_description_can_be_stored(out):
    findings.record(out, "02-describe", describe.conclude(out, *YEARS))
    assert findings.summary(out, "02-describe")["value"].iloc[0] == "3 items"


def test_the_figures_name_every_outlet_genre_and_word(out):
    items = dates.placed(out, *YEARS)
    assert "Bell, no date: 1" in describe.plot_coverage(items, *YEARS, "c", out).alt
    assert "blog 4" in describe.plot_lengths(describe.lengths(out, *YEARS), "l", out).alt
    assert "boats 4" in describe.plot_words(describe.frequent_words(out, *YEARS), "w", out).alt


def test_many_outlets_are_thrown_together_in_the_figure(tables_of):
    many = tables_of(
        *[("news", "2001", [("writer", "One.")])] * 30, outlets=tuple(f"Outlet {n}" for n in range(30))
    )
    assert (
        "11 other outlets, 2001: 11"
        in describe.plot_coverage(dates.placed(many, *YEARS), *YEARS, "c", many).alt
    )
