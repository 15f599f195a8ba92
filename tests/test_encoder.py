"""The encoder that stance and sentiment share."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from cuttings import encoder, sentiment, stance

SENTENCE = "I welcome the excellent ferry board, and the harbour trust is a disgrace."
BOARD, TRUST = (24, 35), (45, 58)


def test_the_project_carries_less_than_30_mb_of_weights():
    folder = Path(encoder.__file__).parents[1]
    assert sum(p.stat().st_size for p in folder.rglob("*.onnx")) < 30_000_000


def test_one_sentence_can_be_for_one_target_and_against_another():
    assert (SENTENCE[slice(*BOARD)], SENTENCE[slice(*TRUST)]) == ("ferry board", "harbour trust")
    p = stance.classify([SENTENCE, SENTENCE], [BOARD, TRUST])
    assert p.argmax(axis=1).tolist() == [2, 0]
    assert p.sum(axis=1) == pytest.approx([1, 1])


def test_a_sentence_is_scored_alike_whatever_stands_beside_it():
    alone = stance.classify([SENTENCE], [BOARD])
    among = stance.classify(["A short one about boards.", SENTENCE], [(18, 24), BOARD])
    assert np.array_equal(alone[0], among[1])


def test_curly_marks_and_braces_change_no_score():
    curly = SENTENCE.replace("welcome", "don’t mind")
    span = (BOARD[0] + 3, BOARD[1] + 3)
    assert np.array_equal(
        stance.classify([curly], [span]), stance.classify([curly.replace("’", "'")], [span])
    )
    assert encoder.about("{a} board", (4, 9)).ids == encoder.about("(a) board", (4, 9)).ids


def test_no_sentences_have_no_scores():
    assert stance.classify([], []).shape == (0, 3)
    polarity, words = sentiment.instruments["trained"].score([])
    assert (len(polarity), len(words)) == (0, 0)


def test_of_a_sentence_too_long_for_it_the_part_round_the_mention_is_read():
    long = "word " * 400 + SENTENCE
    shift = len("word " * 400)
    pieces = encoder.about(long, (BOARD[0] + shift, BOARD[1] + shift))
    assert len(pieces.ids) <= encoder.LONGEST
    assert sum(pieces.mention) == sum(encoder.about(SENTENCE, BOARD).mention)


def test_polarity_and_stance_tell_mood_from_object():
    sentence = "Losing the day centre would be a disaster for us."
    start = sentence.index("day centre")
    polarity, _ = sentiment.instruments["trained"].score([sentence])
    p = stance.classify([sentence], [(start, start + len("day centre"))])
    assert polarity[0] < 0
    assert p[0, 2] > p[0, 0]


def test_the_word_pieces_are_those_that_the_weights_were_trained_with():
    """The vocabulary of all-MiniLM-L6-v2, 30,522 pieces, in its order."""
    pieces = encoder._tokenizer().get_vocab()
    listed = "\n".join(sorted(pieces, key=pieces.__getitem__))
    assert len(pieces) == 30_522
    assert hashlib.sha256(listed.encode()).hexdigest().startswith("0f052197aac3")
