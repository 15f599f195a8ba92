"""How a page splits into items."""

import pytest

from cuttings.load import furniture, items, names
from cuttings.load.blocks import to_blocks


def split(page: str, genre: str = "") -> items.Split:
    blocks = to_blocks(page.strip().split("\n"))
    return items.split(blocks, furniture.label(blocks), genre)


LETTERS = """
Letters, 3 May 2007

A bath too far

My mother has waited since Christmas for somebody to help her into the bath, and I have stopped asking.

Edna Thorley, Grimsby

The other side

I run the rota that Mrs Thorley's mother is waiting on, and there are two of us for nine villages.

Alan Petty, home care manager, Lincolnshire

A word of thanks

Nobody writes to say so, but the day centre has been the making of my husband this winter.

Name and address supplied
"""


def test_signatures_end_letters_and_headings_begin_them():
    found = split(LETTERS).items
    assert [i.title for i in found] == ["A bath too far", "The other side", "A word of thanks"]
    assert [i.writer.name for i in found] == ["Edna Thorley", "Alan Petty", ""]


def test_a_signature_gives_place_or_job():
    first, second, _ = split(LETTERS).items
    assert first.writer.place == "Grimsby"
    assert (second.writer.role, second.writer.organisation) == ("home care manager", "Lincolnshire")


def test_the_text_of_a_letter_holds_neither_heading_nor_signature():
    assert split(LETTERS).items[1].text.startswith("I run the rota")
    assert split(LETTERS).items[1].text.endswith("nine villages.")


def test_a_page_of_signed_pieces_is_known_as_letters():
    assert split(LETTERS.replace("Letters, ", "Issue of ")).genre == "letter"


LEADERS = """
Leader

Time to be plain

The council must say what it means to close, and when, and it must say so before the vote in June.

It has had a year to do the sum, and the sum is not hard.

Have your say

A bus for Bardney

There is one bus a day, and the council means to save it by running it at night when nobody is about.
"""


def test_a_page_of_leaders_splits_at_headings():
    assert [i.title for i in split(LEADERS).items] == ["Time to be plain", "A bus for Bardney"]
    assert split(LEADERS).genre == "leader"


NEWS = """
Centre to close at Easter

By Olive Marsden

The day centre in the old school will close at Easter, the county council decided on Tuesday night.

What happens next

Users will be offered places at two other centres, both of them more than ten miles from the village.
"""


def test_a_crosshead_in_a_report_stays_in_its_text():
    (item,) = split(NEWS, "news").items
    assert item.text.split("\n\n")[1] == "What happens next"


def test_a_byline_names_the_writer_and_leaves_the_text():
    (item,) = split(NEWS).items
    assert item.writer.name == "Olive Marsden"
    assert "Marsden" not in item.text


def test_a_byline_inside_the_first_sentence_is_taken_out():
    (item,) = split("Centre to close\n\nThe day centre will close at Easter, writes Olive Marsden.").items
    assert item.text == "The day centre will close at Easter."
    assert item.writer.name == "Olive Marsden"


BLOG = """
Sunday, 6 May 2007

On waiting

I have been in this queue since the autumn and I have begun to know the people in front of me quite well.

Grumbler

2 comments:

Patience said...

You should try the other queue, which does not move either but has chairs in it.

Tom wrote on 7 May 2007:

There is no other queue.

Post a comment
"""


def test_comment_headers_begin_comments_with_their_writers():
    post, first, second = split(BLOG).items
    assert post.writer.name == "Grumbler"
    assert [(i.genre, i.writer.name) for i in (first, second)] == [
        ("comment", "Patience"),
        ("comment", "Tom"),
    ]
    assert second.text == "There is no other queue."


def test_a_paragraph_broken_in_mid_sentence_is_mended():
    page = "Centre to close\n\nThe centre in the old school will close at the end of the\n\nmonth.\n\nThat is all."
    (item,) = split(page + " It was decided on Tuesday by the whole council.").items
    assert item.text.startswith("The centre in the old school will close at the end of the month.")


def test_every_block_is_in_an_item_or_has_a_reason():
    blocks = to_blocks(BLOG.strip().split("\n"))
    found = items.split(blocks, furniture.label(blocks))
    kept = {line for i in found.items for p in i.paragraphs for line in range(p.line_from, p.line_to + 1)}
    for block, reason in zip(blocks, found.reasons, strict=True):
        assert bool(reason) != (block.line_from in kept)


SIGNED = """
Letters

A bath too far

My mother has waited since Christmas for somebody to help her into the bath, and I have stopped asking.

(Mrs) E. Thorley
Care manager
Grimsby council

The other side

I run the rota that Mrs Thorley's mother is waiting on, and there are two of us for nine villages.

ALAN PETTY, Great Loxley

A third word

Nobody writes to say so, but the day centre has been the making of my husband this winter.

Ada Quill and three others
"""


def test_a_signature_of_several_lines_says_what_its_bearer_is():
    first, second, third = (i.writer for i in split(SIGNED).items)
    assert (first.name, first.role, first.organisation) == ("E. Thorley", "Care manager", "Grimsby council")
    assert (second.name, second.place) == ("Alan Petty", "Great Loxley")
    assert third.name == "Ada Quill"
    assert [i.title for i in split(SIGNED).items] == ["A bath too far", "The other side", "A third word"]


def test_one_letter_to_the_editor_is_a_letter():
    page = "Too late\n\nSir, I have waited since Christmas for a bath, and nobody rang me.\n\nEdna Thorley, Grimsby"
    assert split(page).genre == "letter"
    knight = (
        "Too late\n\nSir Alan Petty has waited since Christmas for a bath, and nobody rang.\n\nEdna Thorley"
    )
    assert split(knight).genre == ""


BRIEFS = """
News in brief

3 May 2001

Loxley delays merger

Loxley council has delayed its merger with the primary care trust until the autumn.

Home helps walk out

Two hundred home helps walked out on Monday over the transfer of their jobs.

Charity wins contract

Homeward has won a contract to run the day centres of the whole county.
"""


def test_news_in_brief_is_an_item_under_each_heading():
    found = split(BRIEFS).items
    assert [i.title for i in found] == [
        "Loxley delays merger",
        "Home helps walk out",
        "Charity wins contract",
    ]
    assert {i.genre for i in found} == {"news"}
    assert len(split(BRIEFS.replace("News in brief", "News")).items) == 1


def test_a_line_that_introduces_a_quotation_heads_no_comment():
    page = (
        "Centre to close\n\nThe centre in the old school will close at the end of the month, the council says.\n\n"
        "Ada Quill, its leader, said:\n\n“We have asked everybody, and nobody has told us where else to save.”"
    )
    assert [i.genre for i in split(page).items] == [""]


def test_leader_in_the_place_of_a_byline_makes_a_leader():
    page = (
        "The cost of blame\n\nLeader\n\nThursday 4 December 2008\n\nNobody will take a job for which one is hanged,"
        " and nobody should be surprised that the posts are empty."
    )
    assert split(page).genre == "leader"


def test_pieces_of_which_each_has_its_day_below_its_heading_are_items_however_many():
    page = "\n\n".join(
        f"{head}\n\n{day}\n\n{head} for good, the council said, and it named no reason for it.\n\nMore on this >>"
        for head, day in [
            ("Barn closes", "3 May 2001"),
            ("Mill closes", "3 May 2001"),
            ("Well closes", "2 May 2001"),
            ("Farm closes", "1 May 2001"),
            ("Inn closes", "1 May 2001"),
        ]
    )
    assert [i.title for i in split(page).items] == [
        f"{w} closes" for w in ("Barn", "Mill", "Well", "Farm", "Inn")
    ]


def test_a_wider_gap_above_a_crosshead_begins_no_piece():
    page = f"Barns stand empty\n\n{LONG}\n\n\n\nNobody came\n\n{LONG}"
    assert len(split(page).items) == 1


def test_a_signed_piece_in_the_opinion_pages_is_no_leader():
    page = f"Comment\n\nBarns stand empty\n\nBy Ada Quill\n\n{LONG}\n\nNobody came\n\n{LONG}"
    assert split(page).genre == ""
    assert split(page.replace("By Ada Quill\n\n", "")).genre == "leader"


LONG = "Nobody has kept a cow in the barns since the spring, and nobody has said who is to mend their roofs before the snow."


def test_a_day_and_hour_below_a_text_end_it_before_the_next_heading():
    page = f"Barns stand empty\n\n{LONG}\n\n{LONG[:-1]}, they said.\n\n{{day}}\n\nMill may close\n\nSo {LONG}"
    assert len(split(page.format(day="9:40am Tuesday 17th February 2004")).items) == 2
    assert len(split(page.format(day="The mill")).items) == 1


def test_a_text_goes_on_below_a_list_of_other_pages_that_stood_in_it():
    page = f"Barns stand empty\n\n{LONG}\n\nRelated\n\nMills stand still\nWells run dry\n\nSo {LONG}\n\nWho pays\n\nYet {LONG}"
    blocks = to_blocks(page.split("\n"))
    odds = [0.5, 3.0, -3.0, 0.0, 0.0, 3.0, 1.0, 3.0]
    found = items.split(blocks, furniture.label(blocks, odds), "", odds).items
    assert [len(i.paragraphs) for i in found] == [4]


def test_a_name_under_a_picture_signs_nothing_above_a_text_that_goes_on():
    page = f"Barns stand empty\n\n{LONG}\n\nAda Quill\n\nHOPEFUL: Ada Quill by the barns\n\nSo {LONG}"
    assert not any(i.signed for i in split(page).items)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Professor Ada Quill and Dr Tom Hart", "Ada Quill"),
        ("Ada Quill and Tom Hart, Loxley", "Ada Quill"),
        ("Wg Cdr H. P. Quill (retd)", "H. P. Quill"),
    ],
)
def test_two_may_sign_and_officers_do(line, name):
    assert names.signature(line).name == name
