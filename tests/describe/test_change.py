"""Words cut, frequencies with limits, trends, growth, diversity and readability of small invented corpora."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from cuttings import describe, tables
from cuttings.describe import tokens
from cuttings.errors import CuttingsError

YEARS = (2000, 2010)


def news(date: str, *sentences: str) -> tuple:
    return "news", date, [("writer", sentence) for sentence in sentences]


def test_words_are_letters_with_apostrophes_and_hyphens_inside_them(tables_of):
    out = tables_of(
        news("2001", "The Council’s part-time staff don’t rest on 24 May.", "Zoë's café – naïve?")
    )
    words = tokens.query(out, "SELECT word, sentence, place FROM tokens ORDER BY place")
    assert " ".join(words["word"]) == "the council part-time staff don't rest on may zoë café naïve"
    assert words["place"].tolist() == list(range(1, 12))
    assert words["sentence"].tolist() == [1] * 8 + [2] * 3


def test_words_are_cut_again_when_the_sentences_are_newer(tables_of, tmp_path):
    out = tables_of(news("2001", "Ferries."))
    assert tokens.query(out, "SELECT count(*) AS n FROM tokens")["n"].iloc[0] == 1
    tables_of(news("2001", "Ferries sail."))
    later = tables.table_path(out, "tokens").stat().st_mtime + 5
    os.utime(tables.table_path(out, "sentences"), (later, later))
    assert tokens.query(out, "SELECT count(*) AS n FROM tokens")["n"].iloc[0] == 2


def test_words_of_a_folder_that_was_not_read_are_an_error_with_the_mend(tmp_path):
    with pytest.raises(CuttingsError, match="run notebook 01-load first"):
        tokens.cut(tmp_path)


def test_the_cut_words_keep_the_schema_of_their_table(tables_of):
    out = tables_of(news("2001", "Ferries sail."))
    tokens.cut(out)
    tables.SCHEMAS["tokens"].validate(pd.read_parquet(tables.table_path(out, "tokens")))


def test_runs_of_words_stay_in_their_sentence_and_end_in_content_words(tables_of):
    out = tables_of(
        news("2001", "Old ferry boats leak.", "Ferry boats of old."), news("2002", "Old ferry boats.")
    )
    runs = describe.frequent_ngrams(out, 2, *YEARS)
    assert runs[["word", "count", "range"]].values.tolist()[:2] == [
        ["ferry boats", 3, 2],
        ["old ferry", 2, 2],
    ]
    assert "leak ferry" not in set(runs["word"])
    assert not any(word.endswith(" of") for word in runs["word"])


def test_the_limits_of_a_rate_cover_it_as_often_as_they_say(tables_of):
    rng = np.random.default_rng(5)
    covered = []
    for _ in range(4):
        items = [
            news("2001", " ".join(np.where(rng.random(40) < rate, "gull", "rope")) + ".")
            for rate in rng.beta(2, 8, 60)
        ]
        row = describe.frequent_words(tables_of(*items), *YEARS).set_index("word").loc["gull"]
        covered.append(row["low"] < 200 < row["high"])
    assert sum(covered) >= 3


RISING = [
    news(str(2000 + year), f"We spoke of {'gulls' if year > 6 else 'ropes'} and boats.", "It rained.")
    for year in range(11)
    for _ in range(4)
]


def test_words_of_late_items_rise_and_words_of_early_items_fall(tables_of):
    shifts = describe.trends(tables_of(*RISING), *YEARS).set_index("word")
    assert shifts.loc[["gulls", "ropes", "boats"], "moves"].tolist() == ["rises", "falls", "no"]
    assert shifts.loc["gulls", "shift"] == pytest.approx(8.5 - 5, abs=0.01)
    assert shifts.loc["boats", "shift"] == pytest.approx(0, abs=1e-9)


def test_an_uncertain_date_widens_the_limits_of_a_shift(tables_of):
    def width(items):
        row = describe.trends(tables_of(*items), *YEARS).set_index("word").loc["gulls"]
        return row["high"] - row["low"]

    vague = [
        (genre, "2004-01-01/2010-12-31" if date == "2007" else date, said) for genre, date, said in RISING
    ]
    assert width(vague) > width(RISING)


def test_words_of_few_items_are_not_tried(tables_of):
    out = tables_of(*RISING, news("2009", *["Lighthouse."] * 30))
    assert "lighthouse" not in set(describe.trends(out, *YEARS)["word"])


def test_rates_are_those_of_dates_drawn_and_items_resampled_many_times(tables_of):
    rng = np.random.default_rng(11)
    items = [
        news(
            f"{2000 + int(y)}-01-01/{2000 + int(y) + int(k)}-12-31",
            " ".join(np.where(rng.random(30) < 0.2, "gull", "rope")) + ".",
        )
        for y, k in zip(rng.integers(0, 8, 80), rng.integers(0, 3, 80), strict=True)
    ]
    out = tables_of(*items)
    row = describe.yearly_rates(out, ["gull"], *YEARS).set_index("year").loc[2004]
    said = [words.rstrip(".").split() for _, _, [(_, words)] in items]
    c = np.array([words.count("gull") for words in said])
    first, last = (np.array([int(date.split("/")[k][:4]) + k for _, date, _ in items]) for k in (0, 1))
    drawn = first + rng.random((4000, 80)) * (last - first)
    weights = np.exp(-((drawn - 2004.5) ** 2) / 2) * rng.multinomial(80, np.full(80, 1 / 80), 4000)
    rates = 1000 * (weights @ c) / (weights.sum(axis=1) * 30)
    assert row["per_1000"] == pytest.approx(rates.mean(), rel=0.03)
    low, high = np.quantile(rates, [0.025, 0.975])
    assert (row["high"] - row["low"]) == pytest.approx(high - low, rel=0.2)


def test_no_rate_is_drawn_through_years_without_items(tables_of):
    out = tables_of(*[news("2001", "Gulls cry.")] * 6)
    rates = describe.yearly_rates(out, ["gulls"], *YEARS).set_index("year")
    assert rates.loc[2001, "per_1000"] == pytest.approx(500)
    assert rates.loc[2008, ["per_1000", "low"]].isna().all()


def test_the_strongest_words_are_the_surest_either_way(tables_of):
    assert describe.strongest(describe.trends(tables_of(*RISING), *YEARS), most=1) == ["gulls", "ropes"]


def test_the_vocabulary_grows_to_all_its_words(tables_of):
    out = tables_of(news("2001", "Gulls cry."), news("2002", "Gulls sleep."), news("2003", "Ropes rot."))
    growth = describe.growth(out, *YEARS)
    assert growth.iloc[-1].tolist() == [6, 5]
    assert growth["types"].is_monotonic_increasing
    assert growth.attrs["once"] == pytest.approx(4 / 5)


def test_measures_that_need_more_text_say_what_they_need(tables_of):
    out = tables_of(news("2001", "Gulls cry over the quay all day."), news("2002", "The ropes rot."))
    diversity = describe.measure_table(describe.diversity(out, *YEARS), "words in an item")
    assert diversity.loc[0, "MTLD"] == "needs 100 words in an item"
    readability = describe.measure_table(describe.readability(out, *YEARS))
    assert readability.loc[0, ["Flesch-Kincaid grade", "SMOG"]].tolist() == [
        "needs 100 words",
        "needs 30 sentences",
    ]


def test_few_long_items_have_a_number_and_no_interval(tables_of):
    long = " ".join(f"gull{'abcdefghijklmnopqrstuvwxyz'[k % 26]} cries" for k in range(60)) + "."
    out = tables_of(news("2001", long), news("2002", long))
    assert (
        "(2 items: too few for an interval)"
        in describe.measure_table(describe.diversity(out, *YEARS)).loc[0, "MATTR"]
    )
    assert describe.readability(out, *YEARS)["low"].isna().all()


def test_every_figure_of_words_can_be_drawn_of_almost_nothing(tables_of):
    out = tables_of(news("2001", "Gulls cry."))
    keys = describe.keyness(out, describe.genres("news"), describe.genres("letter"), *YEARS, least=1)
    assert describe.plot_keyness(keys, "k", out).alt.endswith("Key: none")
    shifts = describe.trends(out, *YEARS)
    rates = describe.yearly_rates(out, describe.strongest(shifts), *YEARS)
    assert rates.empty
    assert describe.plot_trends(shifts, rates, "t", out).alt == "Rates of words by year; shift in years: "
    assert describe.plot_growth(describe.growth(out, *YEARS), "g", out).alt.startswith(
        "Growth of the vocabulary: 2"
    )


def test_figures_are_the_same_at_every_run(tables_of):
    out = tables_of(*RISING, *[("letter", "2003", [("writer", "I like gulls, ropes and boats.")])] * 6)
    keys = describe.keyness(out, describe.genres("letter"), describe.genres("news"), *YEARS, least=2)
    assert describe.plot_keyness(keys, "k", out).svg == describe.plot_keyness(keys, "k", out).svg
    halves = describe.halves(*YEARS)
    company = {h.label: describe.collocates(out, "boat", h, *YEARS, "sentence") for h in halves}
    joined = {h.label: describe.links(out, "boat", list(company[h.label]["word"]), h, *YEARS) for h in halves}
    drawn = [describe.plot_network(company, joined, "boat", "n", out).svg for _ in range(2)]
    assert drawn[0] == drawn[1]
