"""What is taken off a page, and what is not."""

import pytest

from cuttings.load.blocks import Block, to_blocks
from cuttings.load.furniture import label, phrase_reason, says


def reasons(*lines: str) -> list[str]:
    return label(to_blocks([x for line in lines for x in (line, "")]))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("We use cookies to make this site better. Carry on if you are happy with that.", "notice"),
        ("Your browser is too old for this site; please upgrade it.", "notice"),
        ("Comments are now closed on this article", "prompt"),
        ("Sign in to leave a comment", "prompt"),
        ("3 comments:", "prompt"),
        ("Print this page", "share"),
        ("More from the Evening Gazette", "related"),
        ("Home > News > Adults", "navigation"),
        ("Last updated: 4 May 2006", "stamp"),
        ("© Gazette Newspapers 2006. All rights reserved.", "footer"),
        ("Should the centre stay open? Vote now by clicking here", "invitation"),
        ("* * *", "rule"),
    ],
)
def test_the_furniture_of_a_page_is_known_by_its_phrases(line, reason):
    assert phrase_reason(Block(line, 1, 1)) == reason


@pytest.mark.parametrize(
    "line",
    [
        "The minister said that nobody would have to register before the spring of next year.",
        "Comment is free, but a good home help costs nine pounds an hour in this part of the county.",
        "She put the letter in the post on Friday and has heard nothing from the council since then.",
    ],
)
def test_sentences_that_hold_such_words_are_kept(line):
    assert phrase_reason(Block(line, 1, 1)) == ""


def test_a_teaser_is_taken_off_before_its_full_version():
    full = "The day centre will close at Easter, the council has told the people who use it."
    assert reasons("Centre to close", "The day centre will close at Easter, the council ...", full) == [
        "",
        "teaser of the text below",
        "",
    ]


def test_a_headline_given_twice_is_taken_off_once():
    assert reasons("Centre to close", "Centre to close", "It closes at Easter, the council says.")[:2] == [
        "",
        "repeated headline",
    ]


def test_a_heading_of_a_list_takes_its_entries_with_it():
    lines = [
        "Text that ends the story, as it should, with a stop.",
        "",
        "More from the Gazette",
        "Bins",
        "Buses",
    ]
    assert label(to_blocks(lines)) == ["", *[says("related")] * 3]
