"""The rules of the lexicon scorer, one by one."""

from __future__ import annotations

import numpy as np
import pytest

from cuttings.stance import classify, lexicon, scorers


def span(sentence: str, mention: str = "the board") -> tuple[int, int]:
    start = sentence.lower().index(mention)
    return start, start + len(mention)


def leaning(sentence: str, mention: str = "the board") -> float:
    """How much the cues of a sentence speak for the mention."""
    return sum(cue.value for cue in lexicon.explain(sentence, span(sentence, mention)))


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("We welcome the board.", 1),
        ("We condemn the board.", -1),
        ("The board was condemned by all.", -1),
        ("The board undermines every crew.", -1),
        ("The board rescued every crew.", 1),
        ("The board is a disaster.", -1),
        ("The board is excellent.", 1),
        ("The board is not excellent.", -1),
        ("The board isn’t excellent.", -1),
        ("The board met on Monday.", 0),
    ],
)
def test_what_is_said_of_a_target_has_its_side(sentence, side):
    assert np.sign(leaning(sentence)) == side


def test_to_be_for_something_else_says_nothing_of_the_one_who_is():
    assert leaning("The board welcomes the plan.") == 0
    assert leaning("The board welcomes the plan.", "the plan") > 0


def test_a_word_counts_less_the_farther_off_it_stands():
    near = leaning("The board is a disaster.")
    far = leaning("The board met on Monday in the hall by the old town quay, which is a disaster.")
    assert near < far < 0


def test_a_concession_counts_less_than_what_outweighs_it():
    assert leaning("The board is a disaster, but the board is excellent.") > 0
    assert leaning("Although a disaster, the board is excellent.") > 0


def test_a_supposition_counts_less_than_a_claim():
    assert abs(leaning("If the board were a disaster we might leave.")) < abs(
        leaning("The board was a disaster we left.")
    )


def test_what_a_target_says_is_rarely_about_itself():
    assert abs(leaning("The board said the storm was a disaster.")) < abs(
        leaning("The board and the storm was a disaster.")
    )


def test_the_mention_itself_is_no_cue():
    assert (
        lexicon.explain("The disaster board met.", span("The disaster board met.", "the disaster board"))
        == []
    )


def test_a_cue_is_the_very_words_of_the_sentence_at_its_offsets():
    sentence = "We’re in favour of the board."
    (cue,) = lexicon.explain(sentence, span(sentence))
    assert (sentence[cue.start : cue.end], cue.words, cue.role) == (
        "in favour of",
        "in favour of",
        "attitude",
    )


@pytest.mark.parametrize("name", sorted(scorers))
def test_probabilities_are_against_neutral_for_and_add_up_to_one(name):
    sentences = [
        "We condemn the board.",
        "The board met.",
        "We welcome the excellent board, the best of all.",
    ]
    p = classify(sentences, [span(sentences[0]), span(sentences[1]), (27, 32)], name)
    assert p.shape == (3, 3)
    assert p.sum(axis=1) == pytest.approx([1, 1, 1])
    assert p.argmax(axis=1).tolist() == [0, 1, 2]


def test_nothing_to_classify_gives_no_row():
    assert classify([], []).shape == (0, 3)


@pytest.mark.parametrize("wrong", [(-1, 3), (2, 2), (5, 99)])
def test_a_span_outside_its_sentence_is_refused(wrong):
    with pytest.raises(ValueError, match="is not in the sentence"):
        classify(["The board met."], [wrong])


def test_every_list_of_the_lexicon_has_words_and_every_rule_a_number():
    found = lexicon.lexicon()
    assert {"good", "bad", "for", "against", "helps", "harms", "negators", "speech"} <= found.words.keys()
    assert all(found.words.values())
    assert all(isinstance(value, int | float) for value in found.rules.values())
