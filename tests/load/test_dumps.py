"""Plain text that other tools made of HTML, and typed headers above it."""

from datetime import date

import pytest

from cuttings.corpus import Entry
from cuttings.load.blocks import ASIDE, BOLD, OWN, to_blocks
from cuttings.load.dumps import undo
from cuttings.load.fields import header
from cuttings.load.formats import read_file
from cuttings.load.page import read_page

MARKDOWN = """  * [News](/news)
  * [Jobs](/jobs)
  * [Sport](/sport)

![Masthead](/img/m.gif)
## [Barns stand empty](/2009/03/barns)

By **Ada Quill** on [the farm](http://farm.example/a
"title")

The barns, she said, were _quite_ empty, and snake_case_words stay."""


def test_markdown_loses_its_marks_and_keeps_its_headings_and_menus():
    lines, levels = undo(MARKDOWN)
    assert lines[5] == "Barns stand empty"
    assert lines[7].startswith("By Ada Quill on ")
    assert lines[-1] == "The barns, she said, were quite empty, and snake_case_words stay."
    assert levels == {1: ASIDE, 2: ASIDE, 3: ASIDE, 6: 2}


def test_text_without_links_is_no_markdown():
    text = "# 1 in the charts\n\nIt was **not** a link."
    assert undo(text) == (text.split("\n"), {})


def test_lynx_loses_the_numbers_of_its_links_where_it_lists_them():
    listed = "\n".join(f"   {n}. http://barn.example/{n}" for n in (1, 2, 3))
    lines, _ = undo(f"The [1]barn and [2]farm.\n\nReferences\n\n{listed}")
    assert lines[0] == "The barn and farm."
    assert undo("As shown before [1], barns stand [2] empty.")[0] == [
        "As shown before [1], barns stand [2] empty."
    ]


def test_hostile_marks_are_read_in_time():
    for text in ("[" * 50_000, "**" * 50_000, "![a](" * 20_000, "_a" * 50_000):
        assert undo(text)


HEADER = """RECORD-NO.  0048217
JOURNAL     The Barn Review
DATE        21 January 2010
TITLE       Barns stand empty
AUTHOR      Ada Quill
STANDFIRST  Nobody keeps sheep.
            Ada Quill wonders why

Farmers have left their barns, and nobody knows who will come back to them in spring."""


def test_a_typed_header_states_title_day_writer_and_outlet():
    lines, stated = header(HEADER.split("\n"))
    assert stated == {
        "title": "Barns stand empty",
        "outlet": "The Barn Review",
        "published": "2010-01-21",
        "author": "Ada Quill",
    }
    assert [line for line in lines if line][:2] == ["Barns stand empty", lines[-1]]


def test_two_fields_are_no_header():
    lines = ["Title: Barns", "Date: 2 May 2001", "", "Farmers have left their barns."]
    assert header(lines) == (lines, {})


def test_a_page_with_a_typed_header_is_dated_and_signed_by_it(tmp_path):
    (tmp_path / "a.txt").write_text(HEADER.replace("spring.", "spring. " * 3), "utf-8")
    page = read_page(next(read_file(tmp_path / "a.txt", "a.txt")), Entry(), ())
    assert page.items[0]["date_earliest"] == date(2010, 1, 21)
    assert [v["name"] for v in page.voices if v["kind"] == "writer"] == ["Ada Quill"]


def test_links_on_lines_of_their_own_are_joined_to_their_sentence():
    text = """The barns that stood on the
Loxley road
have gone, and nobody came to
Tarn Farm
, where they keep sheep.
The
Hay Board
said that it was sorry."""
    assert [b.text for b in to_blocks(text.split("\n"))] == [
        "The barns that stood on the Loxley road have gone, and nobody came to Tarn Farm, where they keep sheep.",
        "The Hay Board said that it was sorry.",
    ]


def test_lines_that_show_no_broken_sentence_stay_apart():
    text = "Home\nNews\nBarns stand empty\nby Ada Quill\nFarmers have left their barns."
    assert len(to_blocks(text.split("\n"))) == 5


def test_filled_paragraphs_are_joined_whatever_letters_their_lines_begin_with():
    paragraph = """Farmers have left every one of their barns to the
Loxley Board, which has no use for them at all and
Tarn Council, which keeps nothing but old papers in
Loxley. They say that it will rain on all of them."""
    text = "\n\n".join([paragraph] * 3)
    assert len(to_blocks(text.split("\n"))) == 3


@pytest.mark.parametrize(
    ("line", "removed"),
    [
        ("[Picture: a barn. Credit: Tarn]", "caption"),
        ("Protest: farmers, left, at the gate of Tarn Hall", "caption"),
        ("Comment on this article", "comment or sign-in prompt"),
        ("(14)", "comment or sign-in prompt"),
        ("We reserve the right to edit.", "invitation to readers"),
    ],
)
def test_lines_inside_a_page_that_are_not_its_text_are_taken_off(tmp_path, line, removed):
    said = "Farmers have left every one of their barns to the board, which has no use for them at all.\n\n"
    (tmp_path / "a.txt").write_text(
        f"Barns stand empty\n\n{said}{line}\n\n{said.replace('Farmers', 'Drovers')}", "utf-8"
    )
    page = read_page(next(read_file(tmp_path / "a.txt", "a.txt")), Entry(), ())
    assert line not in page.items[0]["text"]
    assert removed in {r["reason"] for r in page.removed}


def test_notes_to_editors_are_no_text_of_a_release(tmp_path):
    said = "Farmers have left every one of their barns to the board, which has no use for them at all.\n\n"
    (tmp_path / "a.txt").write_text(
        f"Barns stand empty\n\n{said * 1}{said.replace('Farm', 'Keep')}Notes to editors\n\n1. The board, which keeps barns for farmers, was founded in 1904.",
        "utf-8",
    )
    page = read_page(next(read_file(tmp_path / "a.txt", "a.txt")), Entry(), ())
    assert "1904" not in " ".join(i["text"] for i in page.items)


def test_the_span_of_an_archives_copies_dates_no_page(tmp_path):
    said = "Farmers have left every one of their barns to the board, which has no use for them at all.\n\n"
    (tmp_path / "a.txt").write_text(
        f"14 captures\n8 Feb 2003 - 19 Nov 2005\n\nThursday, January 30, 2003\n\nBarns stand empty\n\n{said}",
        "utf-8",
    )
    page = read_page(next(read_file(tmp_path / "a.txt", "a.txt")), Entry(), ())
    assert page.items[0]["date"] == "2003-01-30"


def test_markdown_keeps_lines_that_the_page_broke_and_lines_in_bold():
    text = "[News](/news) [Jobs](/jobs)\n\n**Barns stand empty**  \n_Ada Quill  \nof the farm_  \n| They said so.\n[Print](javascript:go(1))"
    lines, levels = undo(text)
    assert lines[2:] == ["Barns stand empty  ", "Ada Quill  ", "of the farm  ", "They said so.", "Print"]
    assert levels == {3: BOLD, 4: OWN, 5: OWN, 6: OWN}


def test_markdown_is_wrapped_where_its_marks_stood():
    wide = "Nobody has kept a cow in them since the spring, and nobody has said who is"
    text = "\n".join(
        [
            "[News](/news) [Jobs](/jobs)",
            "",
            "by **[Ada Quill](./memberlist.php?mode=viewprofile&u=45)** » Sat Oct 11, 2008",
            "11:52 am",
            *[line for _ in range(5) for line in ("", wide, "to mend their roofs.")],
            "",
            "> Ada Quill wrote:",
        ]
    )
    lines, levels = undo(text)
    blocks = [b.text for b in to_blocks(lines, levels)]
    assert blocks[1] == "by Ada Quill » Sat Oct 11, 2008 11:52 am"
    assert blocks[2] == f"{wide} to mend their roofs."
    assert blocks[-1] == "Ada Quill wrote:"


def test_numbers_before_words_that_go_up_by_one_are_those_of_links():
    menu = " ".join(f"[{n}]Barn" for n in range(1, 10))
    assert undo(menu)[0] == [" ".join(["Barn"] * 9)]
    assert undo("Barns[1] stand[2] empty[3], [4]so they say.")[0] == [
        "Barns[1] stand[2] empty[3], [4]so they say."
    ]
