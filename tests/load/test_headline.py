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
