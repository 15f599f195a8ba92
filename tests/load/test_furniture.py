"""What is taken off a page, and what is not."""

import time

import numpy as np
import pytest

from cuttings.load.blocks import ASIDE, Block, to_blocks
from cuttings.load.furniture import (
    PULLED,
    REPEATED,
    SET_APART,
    UNLIKE_TEXT,
    label,
    odds_of_text,
    phrase_reason,
    plain,
    says,
)
from cuttings.load.linemodel import best_cut


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


def thread(posts: int) -> list[str]:
    said = (
        "I waited a year for the stair lift and when it came the man said that it would not fit our stairs."
    )
    lines = ["Home", "Forum index", "Log in", "Register"]
    for number in range(posts):
        lines += [
            f"Neighbour {number} » {number + 3} May 2007 10:1{number}",
            f"Posts: {number}4",
            f"{said} {number}",
        ]
    return [*lines, "Reply", "Copyright 2007 The Stair Lift Owners", "Privacy policy", "Contact us"]


def test_the_model_finds_posts_likelier_to_be_text_than_menus_and_imprints():
    blocks = to_blocks([x for line in thread(6) for x in (line, "")])
    odds = odds_of_text(blocks)
    text = [o for b, o in zip(blocks, odds, strict=True) if b.words > 15]
    rest = [o for b, o in zip(blocks, odds, strict=True) if b.words <= 5]
    assert min(text) > max(rest)


def test_an_empty_page_has_no_odds():
    assert len(odds_of_text([])) == 0


def test_prose_that_the_model_finds_unlike_text_is_taken_off_and_a_heading_of_text_is_not():
    prose = "The day centre in the old school will close at Easter, the county council decided on Tuesday."
    blocks = to_blocks(
        ["Centre to close", "", prose, "", "Read all about our other offers in the shop, every day."]
    )
    assert label(blocks, [-2, 2, -2]) == ["", "", UNLIKE_TEXT]


@pytest.mark.parametrize(("odds", "kept"), [((2, 2), 0), ((-1, 2), 1), ((0.5, 2), 0), ((-1, -1), None)])
def test_of_two_copies_the_first_stays_unless_only_the_second_is_like_text(odds, kept):
    line = "The warden has been told that her post will end in June, and she has told the tenants."
    found = label(to_blocks([line, "", "Share this page", "", line]), [odds[0], -5, odds[1]])
    assert [not found[0], not found[2]] == [kept == 0, kept == 1]


def test_a_headline_above_a_byline_stays_though_nothing_like_text_is_near():
    lines = [
        "Boy, 4, left with abusers",
        "By Ada Quill",
        "Last updated at 11:14 PM",
        "Comments (4)",
        "Add to my stories",
    ]
    assert label(to_blocks(lines), [-4.0] * 5)[0] == ""
    assert label(to_blocks([lines[0], *lines[2:]]), [-4.0] * 4)[0] == UNLIKE_TEXT


def test_lines_that_stand_on_the_outlets_other_pages_are_furniture_but_bylines_are_not():
    lines = [
        "The voice of the fens",
        "By Olive Marsden",
        "The centre will close at Easter, as the council said.",
    ]
    blocks = to_blocks([x for line in lines for x in (line, "")])
    assert label(blocks, repeated=frozenset(map(plain, lines[:2]))) == [REPEATED, "", ""]


def test_what_markup_sets_apart_is_furniture():
    blocks = to_blocks(["Bins", "", "The centre will close at Easter, as the council said."], {1: ASIDE})
    assert label(blocks) == [SET_APART, ""]


def test_a_page_of_one_enormous_line_is_read_in_bounded_time():
    blocks = to_blocks(["word " * 400_000, *["a"] * 3000])
    start = time.process_time()
    label(blocks, odds_of_text(blocks))
    assert time.process_time() - start < 5


def test_blocks_are_parted_where_the_most_f1_is_expected():
    odds, words = np.array([2.0, -0.2, -3.0]), np.array([50, 20, 300])
    cut = best_cut(odds, words)
    p = 1 / (1 + np.exp(-odds))
    expected = {
        tuple(kept): 2 * (p * words)[kept].sum() / (words[kept].sum() + (p * words).sum())
        for kept in ([0], [0, 1], [0, 1, 2])
    }
    assert tuple(np.flatnonzero(odds > cut)) == max(expected, key=expected.get)


def test_a_page_of_which_everything_is_sure_is_parted_at_even_odds():
    assert best_cut(np.array([9.0, 9.0, -9.0]), np.array([10, 30, 20])) == pytest.approx(0, abs=0.01)
    assert best_cut(np.zeros(2), np.zeros(2)) == 0


def test_the_less_is_sure_the_more_is_kept():
    doubtful, hopeless = (best_cut(np.full(4, x), np.full(4, 20)) for x in (0.0, -2.0))
    assert hopeless < doubtful < 0


@pytest.mark.parametrize(
    "line",
    [
        "Picture of despair in the barns",
        "Image problem for farmers",
        "Barns: what went right",
        "Tarn: the report that left farmers angry",
    ],
)
def test_headlines_that_speak_of_pictures_or_sides_are_no_captions(line):
    assert phrase_reason(to_blocks([line])[0]) != "caption"


TEXT = [
    "The barns stand empty, and I never thought that I would see it, the farmer said.",
    "He has asked the council three times who is to mend the roofs.",
    "Nobody has answered, and the snow is not far off.",
]


def test_a_quotation_pulled_out_of_the_text_goes_with_the_name_below_it():
    box = ["I never thought that I would see it", "Ada Quill", "Farmer"]
    assert reasons(TEXT[0], *box, *TEXT[1:]) == ["", *[PULLED] * 3, "", ""]
    assert reasons(TEXT[0], "Nobody came to see them", *TEXT[1:]) == [""] * 4


def test_words_of_the_text_below_make_a_headline_unless_they_are_a_whole_sentence():
    assert reasons(*TEXT[1:], "I never thought that I would see it", TEXT[0]) == [""] * 4
    box = "Nobody has answered. And the snow is not far off"
    assert reasons(*TEXT[:2], box, f"{box}, he said to us.", TEXT[2])[2] == PULLED


def test_a_letter_may_be_headed_by_what_it_answers():
    assert reasons("Re: who mends the barns", *TEXT)[0] == ""
    assert (
        reasons("Re: who mends the barns", TEXT[0], "Re: who mends the barns", TEXT[1])[0]
        == "repeated headline"
    )


def test_a_list_of_other_pages_keeps_its_days():
    listed = ["Related", "", "19 Nov 2008", "Barns sold", "", "14 Nov 2008", "Barns for sale"]
    found = label(to_blocks([TEXT[0], "", *listed, "", TEXT[1]]))
    assert found == ["", *["list of other pages"] * 5, ""]


def test_a_day_that_stands_on_the_page_again_is_no_copy():
    assert reasons("3 May 2001", TEXT[0], "3 May 2001", TEXT[1]) == [""] * 4


def test_what_asks_the_reader_at_the_end_of_a_text_stays_where_the_model_is_certain():
    asks = "So this is a real question: if your son told you that he wanted to keep cows, what would you tell him? Comments are open."
    blocks = to_blocks([TEXT[0], "", asks])
    assert label(blocks, [2.0, 2.0]) == ["", ""]
    assert label(blocks, [2.0, 0.5]) == ["", "comment or sign-in prompt"]
