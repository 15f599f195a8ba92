"""Hyland's stance markers, and phrases that no target covers."""

from __future__ import annotations

import pytest

from cuttings import stance
from cuttings.corpus import Target
from cuttings.stance.markers import _counts, patterns
from cuttings.stance.uncovered import survey

FERRIES = [Target("ferry_boards", "Ferry boards", ("ferry board", "barge office"))]


@pytest.mark.parametrize(
    ("text", "kind", "n"),
    [
        ("Perhaps the boat may sink.", "hedges", 2),
        ("It won't sink, of course; it must not.", "boosters", 2),
        ("Disappointingly, we disagree.", "attitude", 2),
        ("I know my boat, and we've oars.", "self_mention", 3),
        ("The maybeetle mustard.", "hedges", 0),
    ],
)
def test_markers_are_whole_words_of_their_list(text, kind, n):

    assert dict(zip(patterns(), _counts(text)[1:], strict=True))[kind] == n


def test_rates_are_per_thousand_words_with_an_interval_over_items(tables_of):
    letters = [("letter", "2001", [("writer", "Perhaps the boat sank" + " and sank" * 3 + ".")])] * 6
    out = tables_of(*letters)
    found = stance.rates(stance.counted(out, 2000, 2010), "voice").set_index("marker")
    assert found.loc["hedges", "estimate"] == pytest.approx(100)
    assert (found.loc["hedges", "n"], found.loc["hedges", "n_items"]) == (60, 6)
    assert found.loc["hedges", "low"] == pytest.approx(100)


def test_too_few_items_have_no_interval(tables_of):
    out = tables_of(("letter", "2001", [("writer", "Perhaps it sank.")]))
    found = stance.rates(stance.counted(out, 2000, 2010), "genre").set_index("marker")
    assert found.loc["hedges", "low"] != found.loc["hedges", "low"]


def test_frequent_phrases_that_no_target_names_are_suggested():
    items = ["The night boat left the ferry board."] * 5 + ["A tow rope, and the night boat."] * 2
    assert survey(items, FERRIES).suggested == [("night boat", 7), ("night boat left", 5)]


def test_an_alias_that_no_item_uses_is_named():
    assert survey(["The ferry boards met."], FERRIES).unmatched == [("ferry_boards", "barge office")]
