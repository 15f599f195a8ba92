"""Which line heads a page, and which names its writer: on scraped pages with menus, dates and teasers around."""

from __future__ import annotations

import pytest

from cuttings.load.formats import RawPage
from cuttings.load.page import outline

TEXT = """\
The county council will close three of its day centres in the spring, the leader of the council said on Monday, and move the people who use them to a single building outside the town.
Families were told by letter. “Nobody asked us,” said Joan Pellow, whose brother has gone to the centre in Mill Street for eleven years and knows no other place.
The council said that day centres cost twice what the same care costs elsewhere, and that no one would be without a place when the last of the three closes its doors.
It has not said what will become of the buildings, two of which were given to the town by their makers."""
MENU = ["Home", "News", "Jobs", "Care homes", "Search our archive", "Contact us"]


def read(*above: str, below: tuple[str, ...] = ()):
    """The first item of a page of these lines around a piece of news."""
    _, split = outline(RawPage("p", "", "txt", (*MENU, *above, *TEXT.split("\n"), *below)))
    return split.items[0], split


@pytest.mark.parametrize(
    "above",
    [
        ("Council to close three day centres", "By Petra Lomax", "12 March 2004"),
        ("Council to close three day centres", "12 March 2004", "Petra Lomax", "Share this article"),
        (
            "Social care",
            "Council to close three day centres",
            "Print this page",
            "By Petra Lomax, 12 March 2004",
        ),
        (
            "Council to close three day centres",
            "Published 12 March 2004 by Petra Lomax",
            "Mill Street day centre",
        ),
    ],
)
def test_the_headline_and_the_writer_are_found_whatever_stands_between_them_and_the_text(above):
    item, split = read(*above)
    assert item.title == "Council to close three day centres"
    assert split.headings == ("Council to close three day centres",)
    assert item.writer.name == "Petra Lomax"


@pytest.mark.parametrize(
    "line",
    ["Mill Street", "Photo: Getty Images", "Related Articles", "Reviewed by Marcus Tull", "Day Centres"],
)
def test_capitalised_words_near_the_text_are_no_writer(line):
    item, _ = read("Council to close three day centres", "12 March 2004", line)
    assert item.writer.name == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "From Petra Lomax, whose brother has gone there for years, came the first complaint.",
        "By Tuesday Petra Lomax had written to all of her councillors, twice.",
        "Petra Lomax reports that nobody told her brother of the closure.",
        "Petra Lomax writes to the council every week and gets no answer.",
        "Petra Lomax, 41, has had enough of letters from the council.",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_sentence_that_begins_like_a_byline_stays_in_the_text(sentence, gap):
    lines = gap.join(
        f"{t}\n" for t in ("Council to close three day centres", "12 March 2004", sentence, *TEXT.split("\n"))
    )
    _, split = outline(RawPage("p", "", "txt", tuple(lines.split("\n"))))
    assert sentence in split.items[0].text


def test_whom_the_markup_names_goes_before_the_lines():
    lines = ("Council to close three day centres", "By Petra Lomax", *TEXT.split("\n"))
    for author, writer in (
        ("Ada Quill", "Ada Quill"),
        ("admin", "Petra Lomax"),
        ("Contact Us", "Petra Lomax"),
    ):
        _, split = outline(RawPage("p", "", "txt", lines, stated={"author": author}))
        assert split.items[0].writer.name == writer


def test_a_byline_below_the_text_names_the_writer():
    item, _ = read("Council to close three day centres", below=("Written by Petra Lomax", "More news"))
    assert item.writer.name == "Petra Lomax"


def test_the_beginning_of_the_text_shown_as_a_teaser_is_no_headline():
    teaser = " ".join(TEXT.split()[:14])
    item, _ = read("Council to close three day centres", "12 March 2004", teaser)
    assert item.title == "Council to close three day centres"


def test_a_page_without_a_heading_has_no_title():
    _, split = outline(RawPage("p", "", "txt", tuple(TEXT.split("\n"))))
    assert split.items[0].title == ""


def test_a_long_line_of_capitalised_words_is_read_at_once():
    _, split = outline(RawPage("p", "", "txt", ("Ada Bea " * 12, "Aa" * 4000, *TEXT.split("\n"))))
    assert split.items
