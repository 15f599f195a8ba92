"""Instruments, their scores, comparisons and trust."""

from __future__ import annotations

import numpy as np
import pytest

from cuttings import sentiment, tables
from cuttings.errors import CuttingsError

GLAD, SAD = "A wonderful day.", "A terrible day."
ITEMS = [("news", "2001", [("writer", GLAD), ("Ada Quill", SAD), ("writer", "The van came at nine.")])] * 6


@pytest.fixture
def out(tables_of):
    folder = tables_of(*ITEMS, ("blog", "1990", [("writer", SAD)]), ("blog", "", [("writer", SAD)]))
    sentiment.score(folder)
    return folder


@pytest.mark.parametrize("name", sorted(sentiment.instruments))
def test_an_instrument_tells_praise_from_blame_and_stays_in_range(name):
    polarity, n = sentiment.instruments[name]([GLAD, SAD, "The van came at nine."])
    assert polarity[0] > 0.3 > -0.3 > polarity[1]
    assert polarity[2] == 0
    assert n.tolist() == [1, 1, 0]
    assert np.abs(polarity).max() <= 1


@pytest.mark.parametrize("name", sorted(sentiment.instruments))
def test_an_instrument_takes_no_sentence_and_an_empty_one(name):
    assert [len(part) for part in sentiment.instruments[name]([])] == [0, 0]
    assert sentiment.instruments[name]([""])[0].tolist() == [0]


def test_vader_reads_curly_marks_as_straight_ones():
    curly, straight = sentiment.instruments["vader"](
        ["We don’t like this “terrible” boat.", 'We don\'t like this "terrible" boat.']
    )[0]
    assert curly == straight < 0


def test_textblob_as_shipped_is_blind_to_a_contracted_not():
    contracted, spelt = sentiment.instruments["textblob"](["It isn’t great.", "It is not great."])[0]
    assert contracted > 0 > spelt


def test_every_sentence_is_scored_by_every_instrument(out):
    n = tables.query(
        out, "SELECT (SELECT count(*) FROM sentiment) AS a, (SELECT count(*) FROM sentences) AS b"
    )
    assert n["a"].iloc[0] == len(sentiment.instruments) * n["b"].iloc[0]


def test_scoring_before_reading_names_the_mend(tmp_path):
    with pytest.raises(CuttingsError, match="run notebook 01-load first"):
        sentiment.score(tmp_path)


def test_scores_in_scope_leave_out_items_known_to_be_outside_and_keep_the_undated(out):
    items = set(sentiment.scored(out, 2000, 2010)["item_id"])
    assert "pages/p07.txt/1" not in items
    assert "pages/p08.txt/1" in items


def test_groups_are_compared_in_the_order_of_the_suite_with_their_n(out):
    means = sentiment.compare(sentiment.scored(out, 2000, 2010), "genre")
    vader = means[means["instrument"] == "vader"]
    assert vader[["genre", "n", "n_items"]].values.tolist() == [["news", 18, 6], ["blog", 1, 1]]


def test_a_group_of_few_items_is_too_few_to_say(out):
    shown = sentiment.readable(sentiment.compare(sentiment.scored(out, 2000, 2010), "genre"))
    assert shown.loc[shown["genre"] == "blog", "95 % interval"].tolist() == ["too few items to say"] * 2


def test_writers_are_told_from_those_they_quote(out):
    found = sentiment.differences(sentiment.scored(out, 2000, 2010)).set_index("instrument")
    assert found.loc["vader", "low"] > 0.3


def test_an_item_has_one_point_in_each_group(out):
    points = sentiment.item_means(sentiment.scored(out, 2000, 2010), "voice")
    assert len(points[points["instrument"] == "vader"]) == 6 + 1 + 6


def test_the_share_of_sentences_with_nothing_scored_is_counted(out):
    shares = sentiment.silent(sentiment.scored(out, 2000, 2010)).set_index("instrument")["estimate"]
    assert shares["vader"] == pytest.approx(6 / 19)


def test_the_sentence_that_divides_the_instruments_most_comes_first(tables_of):
    out = tables_of(("news", "2001", [("writer", GLAD), ("writer", "It isn’t great."), ("writer", SAD)]))
    sentiment.score(out)
    first = sentiment.disagreements(out, 2000, 2010).iloc[0]
    assert first["sentence"] == "It isn’t great."
    assert first["TextBlob"] > 0 > first["VADER"]


def test_an_instrument_that_says_what_the_coder_says_agrees_fully(out, tmp_path):
    folder = tmp_path / "corpus" / "codings"
    folder.mkdir(parents=True)
    texts = enumerate((GLAD, SAD, "The van came at nine."), 1)
    sentences = [f"c{i}{n},p0{i}.txt/1,{text}" for n, text in texts for i in range(1, 7)]
    marks = [f"c{i}{n},ann,{mark}" for n, mark in ((1, 2), (2, -2), (3, 0)) for i in range(1, 7)]
    (folder / "sentences.csv").write_text("\n".join(["sentence_id,item_id,text", *sentences]))
    (folder / "polarity-ann.csv").write_text("\n".join(["sentence_id,coder,polarity", *marks]))
    agreed = sentiment.agreement(tmp_path / "corpus", out).set_index(["instrument", "with", "measure"])
    assert agreed.loc[("VADER", "ann", "macro-F1"), "estimate"] == pytest.approx(1)
    assert agreed.loc[("VADER", "ann", "Krippendorff's alpha"), "estimate"] == pytest.approx(1)
    assert agreed.loc[("VADER", "ann", "Pearson's r"), "n_items"] == 6
    assert "18 of 18 coded sentences" in sentiment.coverage(tmp_path / "corpus", out)


def test_without_codings_the_instruments_are_held_against_each_other_only(out, tmp_path):
    agreed = sentiment.agreement(tmp_path, out)
    assert set(zip(agreed["instrument"], agreed["with"], strict=True)) == {("TextBlob", "VADER")}
    assert "not known" in sentiment.coverage(tmp_path, out)


def test_the_findings_carry_their_n_and_their_rows(out, tmp_path):
    scores = sentiment.scored(out, 2000, 2010)
    found = {f.name: f for f in sentiment.conclude(scores, sentiment.agreement(tmp_path, out), 2000, 2010)}
    assert found["silent-vader"].n == len(tables.query(out, found["silent-vader"].rows)) == 19
    assert "agreement-textblob-vader-pearson-r" in found


def test_the_figure_says_every_mean_and_survives_an_empty_scope(out):
    assert (
        "VADER, speaker:" in sentiment.plot_groups(sentiment.scored(out, 2000, 2010), "voice", "v", out).alt
    )
    nothing = sentiment.scored(out, 2000, 2010).iloc[:0]
    assert "<svg" in sentiment.plot_groups(nothing, "genre", "g", out).svg
