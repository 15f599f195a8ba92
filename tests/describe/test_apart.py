"""Keyness, dispersion and collocation of small invented corpora."""

from __future__ import annotations

import random

import numpy as np
import pytest

from cuttings import describe
from cuttings.describe import tokens
from cuttings.describe.keyness import adjusted

YEARS = (2000, 2010)
PLAIN = "the ferry left on time and nobody on the quay said a word about the boats".split()


def item(genre: str, words: list[str], date: str = "2003", voice: str = "writer") -> tuple:
    return genre, date, [(voice, " ".join(words) + ".")]


def shuffled(seed: int, *added: str) -> list[str]:
    words = [*PLAIN, *added]
    random.Random(seed).shuffle(words)
    return words


@pytest.fixture
def planted(tables_of):
    """Letters that all say ``indeed``, one of which says ``lighthouse`` forty times; and news."""
    letters = [item("letter", shuffled(k, "indeed")) for k in range(12)]
    letters.append(item("letter", [*shuffled(99, "indeed"), *["lighthouse"] * 40]))
    news = [item("news", shuffled(k)) for k in range(20, 33)]
    return tables_of(*letters, *news)


def test_one_long_item_cannot_make_a_key_word(planted):
    keys = describe.keyness(planted, describe.genres("letter"), describe.genres("news"), *YEARS).set_index(
        "word"
    )
    assert keys.loc["lighthouse", "log_likelihood"] > 15.13
    assert keys.loc["lighthouse", "q"] < 0.001
    assert not keys.loc["lighthouse", "key"]
    assert keys.loc["indeed", "key"]
    assert keys.index[keys["key"]].tolist() == ["indeed"]


def test_counts_rates_and_ranges_of_both_parts_stand_side_by_side(planted):
    keys = describe.keyness(planted, describe.genres("letter"), describe.genres("news"), *YEARS)
    row = keys.set_index("word").loc["indeed"]
    assert row[["n", "m", "range_n", "range_m"]].tolist() == [13, 0, 13, 0]
    assert row["rate_n"] == pytest.approx(1000 * 13 / keys.attrs["words_n"])
    assert (row["high"], np.isfinite(row["low"])) == (np.inf, True)


def test_parts_with_few_items_have_no_key_words_and_say_why(tables_of):
    out = tables_of(*[item("letter", ["indeed"] * 30)] * 3, *[item("news", PLAIN)] * 9)
    keys = describe.keyness(out, describe.genres("letter"), describe.genres("news"), *YEARS)
    assert not keys["key"].any()
    assert keys["low"].isna().all()
    assert set(describe.key_table(keys)["q by item"]) == {"too few items"}


def test_parts_drawn_alike_have_hardly_a_key_word(tables_of):
    rng = np.random.default_rng(7)
    vocabulary = [a + b + c for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]
    weights = 1 / np.arange(1, len(vocabulary) + 1)
    drawn = [
        rng.choice(vocabulary, rng.integers(20, 120), p=weights / weights.sum()).tolist() for _ in range(60)
    ]
    out = tables_of(*(item("letter" if k % 2 else "news", words) for k, words in enumerate(drawn)))
    keys = describe.keyness(out, describe.genres("letter"), describe.genres("news"), *YEARS)
    assert len(keys) > 80
    assert keys["key"].sum() <= 1
    covered = (keys["low"] <= 0) & (keys["high"] >= 0)
    assert covered.mean() > 0.88


def test_welch_and_the_limits_are_those_of_the_plain_formulas(planted):
    from scipy import stats

    keys = describe.keyness(planted, describe.genres("letter"), describe.genres("news"), *YEARS).set_index(
        "word"
    )
    said = tokens.query(
        planted,
        """SELECT genre, count(*) FILTER (word = 'the') / count(*) AS rate FROM tokens
           JOIN items USING (item_id) GROUP BY genre, item_id""",
    )
    rates = [said.loc[said["genre"] == g, "rate"] for g in ("letter", "news")]
    assert keys.loc["the", "t"] == pytest.approx(stats.ttest_ind(*rates, equal_var=False).statistic)


def test_parts_are_outlets_years_and_voices_too(tables_of):
    out = tables_of(
        item("news", PLAIN, "2001"), item("news", PLAIN, "2008", "Ada Quill"), outlets=("An'vil", "Bell")
    )
    for part, other in [
        (describe.outlets("An'vil"), describe.outlets("Bell")),
        describe.halves(*YEARS),
        (describe.spoken_by("writer"), describe.spoken_by("speaker")),
    ]:
        attrs = describe.keyness(out, part, other, *YEARS).attrs
        assert (attrs["items_n"], attrs["items_m"]) == (1, 1)


def test_unknown_p_values_stay_unknown_when_adjusted():
    assert np.isnan(adjusted([0.01, np.nan, 0.04])[1])
    assert adjusted([0.01, np.nan, 0.04])[0] == pytest.approx(0.02)


def test_dispersion_over_items_is_that_of_the_plain_formulas(planted):
    from cuttings.describe.dispersion import carroll_d2, deviation_of_proportions, juilland_d

    row = describe.dispersion(planted, ["lighthouse", "indeed"], *YEARS).set_index("word")
    said = tokens.query(
        planted,
        "SELECT count(*) FILTER (word = 'indeed') AS c, count(*) AS s FROM tokens GROUP BY item_id",
    )
    dp, norm = deviation_of_proportions(said["c"], said["s"])
    assert row.loc["indeed", ["dp", "dp_norm"]].tolist() == pytest.approx([dp, norm])
    assert row.loc["indeed", "juilland_d"] == pytest.approx(juilland_d(said["c"] / said["s"]))
    assert row.loc["indeed", "carroll_d2"] == pytest.approx(carroll_d2(said["c"] / said["s"]))
    assert row.loc["lighthouse", "dp"] > row.loc["lighthouse", "dp_chance"] + 0.3
    assert abs(row.loc["indeed", "dp"] - row.loc["indeed", "dp_chance"]) < 0.3


def test_places_in_time_are_words_before_in_order_of_date(tables_of):
    out = tables_of(
        item("news", ["b", "late"], "2005"), item("news", ["a", "early"], "2001"), item("blog", ["late"], "")
    )
    places = describe.places_in_time(out, ["late", "early"], *YEARS)
    assert places[["word", "place"]].values.tolist() == [["early", 1], ["late", 3]]
    assert places.attrs == {"words": 4, "years": {2001: 0, 2005: 2}}


FERRIES = [
    ("news", "2001", [("writer", "The ferry trust sold old boats."), ("writer", "Old boats leak.")]),
    (
        "news",
        "2008",
        [("writer", "A ferry-trust boat sank."), ("writer", "Ferry trusts own old boats today.")],
    ),
]


def test_collocates_by_sentence_and_window_are_counted_once_a_place(tables_of):
    out = tables_of(*FERRIES)
    everything = describe.everything(*YEARS)
    found = describe.collocates(out, "ferry trust", everything, *YEARS, "sentence", least=1).set_index("word")
    assert found.loc["boats", ["together", "range", "count"]].tolist() == [2, 2, 3]
    assert found.attrs == {"nodes": 3, "items": 2}
    near = describe.collocates(out, "ferry trust", everything, *YEARS, "window", least=1).set_index("word")
    assert near.loc["old", ["together", "count"]].tolist() == [2, 3]
    assert near.loc["old", "log_dice"] == pytest.approx(14 + np.log2(2 * 2 / (3 + 3)))
    assert near["low"].isna().all()


def test_collocates_of_a_period_are_those_of_its_items(tables_of):
    out = tables_of(*FERRIES)
    early, late = (
        describe.collocates(out, "ferry trust", h, *YEARS, "sentence", least=1)
        for h in describe.halves(*YEARS)
    )
    assert set(early["word"]) == {"sold", "old", "boats"}
    assert "sold" not in set(late["word"])
    joined = describe.links(out, "ferry trust", ["old", "boats", "own"], describe.everything(*YEARS), *YEARS)
    assert joined.values.tolist() == [["boats", "old", 2]]


def test_collocates_are_by_window_or_sentence_only(tables_of):
    with pytest.raises(ValueError, match="not by 'page'"):
        describe.collocates(tables_of(*FERRIES), "ferry", describe.everything(*YEARS), *YEARS, "page")


def test_the_limits_of_log_dice_are_those_of_the_jackknife(tables_of):
    rng = np.random.default_rng(3)
    pool = ["ferry", "boat", "quay", "tide", "rope", "gull"]
    drawn = [rng.choice(pool, 40).tolist() for _ in range(40)]
    out = tables_of(
        *(
            ("news", "2003", [("writer", " ".join(words[k : k + 5]) + ".") for k in range(0, 40, 5)])
            for words in drawn
        )
    )
    row = (
        describe.collocates(out, "ferry", describe.everything(*YEARS), *YEARS, "sentence")
        .set_index("word")
        .loc["tide"]
    )
    sums = np.array(
        [[sum(t in w[k : k + 5] for k in range(0, 40, 5)) for t in ("ferry", "tide")] for w in drawn]
    )
    both = np.array([sum({"ferry", "tide"} <= set(w[k : k + 5]) for k in range(0, 40, 5)) for w in drawn])
    left_out = [
        14 + np.log2(2 * (both.sum() - b) / (sums.sum() - s.sum())) for b, s in zip(both, sums, strict=True)
    ]
    spread = np.sqrt(39 / 40 * ((left_out - np.mean(left_out)) ** 2).sum())
    assert (row["high"] - row["low"]) / 2 == pytest.approx(2.02 * spread, rel=0.1)


def test_the_concordance_and_the_collocates_find_the_same_places(tables_of):
    out = tables_of(*FERRIES)
    lines = describe.concordance(out, "ferry trust", *YEARS)
    near = describe.collocates(out, "ferry trust", describe.everything(*YEARS), *YEARS)
    assert lines.attrs["n"] == near.attrs["nodes"] == 3
