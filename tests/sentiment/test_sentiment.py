"""Instruments, their scores, comparisons and trust."""

from __future__ import annotations

import numpy as np
import pytest

from cuttings import sentiment, tables
from cuttings.errors import CuttingsError
from cuttings.sentiment import adapt
from cuttings.sentiment.masking import part

LEXICONS = [name for name in sentiment.instruments if name != "trained"]
GLAD, SAD = "A wonderful day.", "A terrible day."
ITEMS = [("news", "2001", [("writer", GLAD), ("Ada Quill", SAD), ("writer", "The van came at nine.")])] * 6


@pytest.fixture
def out(tables_of):
    folder = tables_of(*ITEMS, ("blog", "1990", [("writer", SAD)]), ("blog", "", [("writer", SAD)]))
    sentiment.score(folder)
    return folder


@pytest.mark.parametrize("name", sorted(sentiment.instruments))
def test_an_instrument_tells_praise_from_blame_and_stays_in_range(name):
    polarity, n = sentiment.instruments[name].score([GLAD, SAD, "The van came at nine."])
    assert polarity[0] > 0.3 > -0.3 > polarity[1]
    assert abs(polarity[2]) < 0.3
    assert n[0] >= 1 <= n[1]
    assert np.abs(polarity).max() <= 1


@pytest.mark.parametrize("name", LEXICONS)
def test_a_word_list_counts_the_words_that_it_knows(name):
    polarity, n = sentiment.instruments[name].score([GLAD, SAD, "The van came at nine."])
    assert polarity[2] == 0
    assert n.tolist() == [1, 1, 0]


@pytest.mark.parametrize("name", LEXICONS)
@pytest.mark.parametrize(
    "sentence",
    [
        GLAD,
        "It isn’t a good boat, but we love it!",
        "A terrible, very sad and COLD pier!!",
        "It was kind of nice.",
    ],
)
def test_the_words_of_an_explanation_add_up_to_the_polarity(name, sentence):
    polarity = sentiment.instruments[name].score([sentence])[0][0]
    assert sentiment.explain(name, sentence)["weight"].sum() == pytest.approx(polarity, abs=1e-3)


def test_a_sentence_without_a_known_word_has_no_explanation():
    assert sentiment.explain("vader", "The van came at nine.").empty


def test_textblob_adapted_sees_a_contracted_not():
    contracted, spelt = sentiment.instruments["textblob-adapted"].score(
        ["It isn’t great.", "It is not great."]
    )[0]
    assert contracted == spelt < 0


def test_vader_adapted_does_not_take_the_name_of_a_service_for_a_feeling():
    sentence = ["The care trusts’ support began in May."]
    assert sentiment.instruments["vader"].score(sentence)[0][0] > 0.5
    assert sentiment.instruments["vader-adapted"].score(sentence)[0][0] == 0


def test_every_word_of_the_mask_is_hidden_and_others_are_not():
    words = [word for group in adapt.mask().values() for word in group]
    assert all(adapt.masked(f"The {word} came.") == "The thing came." for word in words)
    assert adapt.masked("Careless talk of entrusted benefactors") == "Careless talk of entrusted benefactors"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("It can’t be", "It can not be"),
        ("We won't", "We will not"),
        ("It didn’t", "It did not"),
        ("cannot", "can not"),
    ],
)
def test_contractions_are_written_out(short, long):
    assert adapt.expanded(short) == long


@pytest.mark.parametrize("name", sorted(sentiment.instruments))
def test_an_instrument_takes_no_sentence_and_an_empty_one(name):
    assert [len(part) for part in sentiment.instruments[name].score([])] == [0, 0]
    assert len(sentiment.instruments[name].score([""])[0]) == 1


def test_vader_reads_curly_marks_as_straight_ones():
    curly, straight = sentiment.instruments["vader"].score(
        ["We don’t like this “terrible” boat.", 'We don\'t like this "terrible" boat.']
    )[0]
    assert curly == straight < 0


def test_textblob_as_shipped_is_blind_to_a_contracted_not():
    contracted, spelt = sentiment.instruments["textblob"].score(["It isn’t great.", "It is not great."])[0]
    assert contracted > 0 > spelt


def test_every_sentence_is_scored_by_every_instrument(out):
    n = tables.query(
        out, "SELECT (SELECT count(*) FROM sentiment) AS a, (SELECT count(*) FROM sentences) AS b"
    )
    assert n["a"].iloc[0] == len(sentiment.instruments) * n["b"].iloc[0]


def test_scores_that_are_there_are_not_made_again(out):
    path = tables.table_path(out, "sentiment")
    before = path.stat().st_ino
    sentiment.score(out)
    assert path.stat().st_ino == before


def test_other_sentences_are_scored_anew(out):
    sentences = tables.query(out, "SELECT * FROM sentences ORDER BY sentence_id LIMIT 3")
    tables.write(out, "sentences", [tables.frame("sentences", sentences.to_dict("records"))])
    sentiment.score(out)
    scored = tables.query(out, "SELECT count(*) AS n FROM sentiment")
    assert scored["n"].iloc[0] == 3 * len(sentiment.instruments)


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
    assert shown.loc[shown["genre"] == "blog", "95 % interval"].tolist() == ["too few items to say"] * len(
        sentiment.instruments
    )


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


@pytest.fixture
def corpus(tmp_path):
    """Codings by two coders of the first six pages: ann says what the words say, bob is less sure."""
    folder = tmp_path / "corpus" / "codings"
    folder.mkdir(parents=True)
    texts = list(enumerate((GLAD, SAD, "The van came at nine."), 1))
    sentences = [f"c{i}{n},p0{i}.txt/1,{text}" for n, text in texts for i in range(1, 7)]
    (folder / "sentences.csv").write_text("\n".join(["sentence_id,item_id,text", *sentences]))
    for coder, marks in (("ann", (2, -2, 0)), ("bob", (1, 0, 0))):
        rows = [f"c{i}{n},{coder},{mark}" for n, mark in enumerate(marks, 1) for i in range(1, 7)]
        (folder / f"polarity-{coder}.csv").write_text("\n".join(["sentence_id,coder,polarity", *rows]))
    return tmp_path / "corpus"


def test_an_instrument_that_says_what_the_coder_says_agrees_fully(out, corpus):
    agreed = sentiment.agreement(corpus, out).set_index(["instrument", "with", "measure"])
    assert agreed.loc[("VADER", "ann", "macro-F1"), "estimate"] == pytest.approx(1)
    assert agreed.loc[("VADER", "ann", "Krippendorff's alpha, ordinal"), "estimate"] == pytest.approx(1)
    assert agreed.loc[("VADER", "ann", "Pearson's r"), "n_items"] == 6
    assert "36 of 36 coded sentences" in sentiment.coverage(corpus, out)


def test_the_interval_alpha_holds_a_coder_to_the_scale_of_the_instrument(out, corpus):
    agreed = sentiment.agreement(corpus, out).set_index(["instrument", "with", "measure"])
    alpha = agreed["estimate"].xs("Krippendorff's alpha, interval", level="measure")
    assert alpha[("TextBlob", "ann")] > 0.9 > alpha[("TextBlob", "bob")]


def test_the_favoured_instrument_is_the_one_that_follows_the_coders_best(out, corpus):
    sentiment.hold(corpus, out)
    ranked = sentiment.ranking(out)
    assert sentiment.favoured(out) == ranked["instrument"].iloc[0]
    assert ranked["r"].is_monotonic_decreasing
    assert set(ranked["coders"]) == {2}
    assert "The codings favour" in sentiment.why(out)


def test_the_codings_and_not_the_registry_decide_what_is_favoured(out):
    pairs = [("textblob", 1), ("vader", -1)]
    rows = [
        {"sentence_id": f"s{i}", "item_id": f"i{i}", "target": "", "coder": "ann", "scored_by": name,
         "coded": str(i % 3 - 1), "scored": str(sign * (i % 3 - 1))}
        for name, sign in pairs for i in range(12)
    ]  # fmt: skip
    tables.write(out, "agreements_polarity", [tables.frame("agreements_polarity", rows)])
    assert sentiment.favoured(out) == "textblob"


def test_without_codings_an_instrument_is_taken_and_the_reason_said(out, tmp_path):
    sentiment.hold(tmp_path, out)
    assert sentiment.favoured(out) in sentiment.instruments
    assert "No codings say" in sentiment.why(out)


def test_agreement_is_told_by_genre_and_by_voice(out, corpus):
    found = sentiment.by_group(corpus, out, "voice")
    assert set(found["voice"]) == {"writer", "speaker"}
    assert set(found.loc[found["voice"] == "speaker", "n"]) == {12}


def test_the_confusion_counts_every_coding_once(out, corpus):
    counted = sentiment.confusion(corpus, out, "vader").set_index(["coder", "coded"])
    assert counted.loc[("bob", "neutral")].tolist() == [6, 6, 0]
    assert counted.to_numpy().sum() == 36


def test_the_worst_scored_sentence_comes_first_with_its_words(out, corpus):
    worst = sentiment.mistakes(corpus, out, "vader").iloc[0]
    assert worst["sentence"] == GLAD if abs(worst["coded"]) > 0.5 else worst["sentence"] == SAD
    assert "wonderful" in worst["words"] or "terrible" in worst["words"]


def test_without_codings_the_instruments_are_held_against_each_other_only(out, tmp_path):
    agreed = sentiment.agreement(tmp_path, out)
    pairs = set(zip(agreed["instrument"], agreed["with"], strict=True))
    n = len(sentiment.instruments)
    assert ("TextBlob", "VADER") in pairs
    assert len(pairs) == n * (n - 1) / 2
    assert "not known" in sentiment.coverage(tmp_path, out)


def test_masking_is_judged_on_halves_that_share_no_page(corpus):
    found = sentiment.masking(corpus)
    assert found.groupby(["instrument", "coder"])["n"].sum().eq(18).all()
    assert set(found["codings"]) <= {"tuning", "held out"}
    assert part("pages/p01.txt") == part("p01.txt")


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
