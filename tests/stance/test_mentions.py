"""Which targets a sentence mentions, and where."""

from __future__ import annotations

import pytest

from cuttings.corpus import Target
from cuttings.stance.mentions import Mentions

TARGETS = [
    Target("ferry_boards", "Ferry boards", ("ferry board", "FB", "FB/T")),
    Target("river_ferry_boards", "River ferry boards", ("river ferry board",)),
    Target("guard", "Guards", ("captain's guard",)),
    Target("company", "Companies", ("private company",)),
]
FIND = Mentions(TARGETS)


def found(text: str) -> list[tuple[str, str]]:
    return [(m.target, text[m.start : m.end]) for m in FIND.first(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry board met.", "ferry board"),
        ("Ferry boards met.", "Ferry boards"),
        ("The ferry board's boats.", "ferry board's"),
        ("The ferry boards’ boats.", "ferry boards’"),
        ("A ferry-board man.", "ferry-board"),
        ("Two FBs met.", "FBs"),
        ("An FB/T met.", "FB/T"),
    ],
)
def test_an_alias_is_found_in_its_forms(text, words):
    assert found(text) == [("ferry_boards", words)]


@pytest.mark.parametrize("text", ["The ferry boarded.", "A fb post.", "XFB met.", "The ferry. Board it."])
def test_parts_of_words_and_small_letters_of_an_acronym_are_not_found(text):
    assert found(text) == []


def test_an_apostrophe_in_an_alias_may_be_curly():
    assert found("The captain’s guards slept.") == [("guard", "captain’s guards")]


def test_a_plural_in_ies_is_found():
    assert found("Private companies run it.") == [("company", "Private companies")]


def test_the_longest_alias_wins_where_one_stands_in_another():
    assert found("A river ferry board met.") == [("river_ferry_boards", "river ferry board")]


def test_a_shorter_alias_counts_where_it_stands_alone_too():
    text = "A river ferry board is no ferry board."
    assert found(text) == [("river_ferry_boards", "river ferry board"), ("ferry_boards", "ferry board")]
    assert FIND.first(text)[1].start == text.rindex("ferry board")


def test_the_first_mention_of_several_is_taken():
    text = "FBs here, FBs there."
    assert [(m.start, m.end) for m in FIND.first(text)] == [(0, 3)]
    assert len(FIND.all(text)) == 2
