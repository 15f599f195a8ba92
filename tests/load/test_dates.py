"""When a page was written."""

from datetime import date

import pytest

from cuttings import edtf
from cuttings.corpus import Event
from cuttings.load import dates, datewords

PLAN = Event(edtf.parse("2000-07-27"), "Plan published", "white_paper", (), ("Town Plan",))
BODY = Event(edtf.parse("2001-04-01"), "Carewatch begins", "body", (), ("Carewatch",))
EVENTS = (PLAN, BODY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Friday, 6 August 2010", "2010-08-06"),
        ("posted on the 3rd of May, 2004 at noon", "2004-05-03"),
        ("March 12, 2009", "2009-03-12"),
        ("13/11/00", "2000-11-13"),
        ("2008-12-01", "2008-12-01"),
        ("2008/12/01", "2008-12-01"),
        ("8:31am Fri 12 Jun 09", "2009-06-12"),
        ("12-Jun-09", "2009-06-12"),
        ("12 June ’09", "2009-06-12"),
        ("12 Jun 09, 4:01pm", "2009-06-12"),
        ("the September 2004 issue", "2004-09"),
    ],
)
def test_dates_are_read_as_british_pages_write_them(text, expected):
    assert [f.dated.edtf for f in datewords.find(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    ["31/02/2004", "room 12/14", "in 2004", "call 0161 275 7126", "12 Mayfield Road", "Fri 12 Jun 09:30"],
)
def test_figures_that_are_no_date_are_left_alone(text):
    assert datewords.find(text) == []


def test_an_address_tells_the_date():
    assert dates.in_address("http://paper.example/2004/11/18/cash").dated.edtf == "2004-11-18"
    assert dates.in_address("http://paper.example/story/1366979").dated is None


def test_a_day_outside_the_text_wins_over_a_month():
    found = dates.stated(["May 2004 issue", "Thursday 13 May 2004"])
    assert (found.dated.edtf, found.basis, found.evidence) == ("2004-05-13", "stated", "Thursday 13 May 2004")


def test_a_line_that_says_updated_bounds_the_date_and_does_not_state_it():
    assert dates.stated(["Last updated 20 May 2004"]).dated is None
    found = dates.infer("No event here.", (), ["Last updated 20 May 2004"])
    assert (found.dated.earliest, found.dated.latest) == (date(2004, 4, 19), date(2004, 5, 20))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Joined: 2 May 2003", "Posted: 4 June 2004"], "2004-06-04"),
        (["Member since", "2 May 2003", "4 June 2004"], "2004-06-04"),
        (["Last reply 9 June 2004", "Asked on 4 June 2004", "9 June 2004"], "2004-06-04"),
        (["Published 4 June 2004, updated 6 June 2004"], "2004-06-04"),
        (["4 June 2004", "9 June 2004"], "2004-06-04"),
        (["Copyright 9 June 2004", "Book your place until 9 July 2004"], ""),
    ],
)
def test_the_label_of_a_date_tells_whether_it_is_that_of_the_writing(lines, expected):
    found = dates.stated(lines).dated
    assert (found.edtf if found else "") == expected


def test_a_line_that_says_updated_above_the_text_states_the_date_if_nothing_else_does():
    assert dates.stated(["Updated 20 May 2004"], above=1).dated.edtf == "2004-05-20"
    assert dates.stated(["Updated 20 May 2004", "Posted 2 May 2004"], above=1).dated.edtf == "2004-05-02"


def test_figures_are_read_month_first_where_the_page_has_a_date_that_cannot_be_read_otherwise():
    assert dates.stated(["11-29-2004, 09:03", "12/13/2004"]).dated.edtf == "2004-11-29"
    assert dates.stated(["06/05/2004", "12/13/2004"]).dated.edtf == "2004-06-05"
    assert dates.stated(["06/05/2004", "13/12/2004"]).dated.edtf == "2004-05-06"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Last year's Town Plan promised a bus.", "2001-01-01", "2001-12-31"),
        ("Last month’s Town Plan promised a bus.", "2000-08-01", "2000-08-31"),
        ("Carewatch, the new body for care, has written.", "2001-04-01", "2002-03-31"),
        ("The newly formed Carewatch has written.", "2001-04-01", "2002-03-31"),
        ("Homes were cut in the Town Plan (Gazette, 4 August).", "2000-08-04", "2001-08-03"),
        ("Homes were cut in the Town Plan (Gazette, 4 March).", "2001-03-04", "2002-03-03"),
        ("Thursday's Town Plan has a bus in it.", "2000-07-27", "2000-08-03"),
        ("The Town Plan, published yesterday, has a bus in it.", "2000-07-28", "2000-07-29"),
        ("Three months have gone by since the Town Plan.", "2000-10-11", "2000-11-25"),
    ],
)
def test_what_a_text_knows_bounds_its_date(text, earliest, latest):
    found = dates.infer(text, EVENTS)
    assert found.basis == "inferred"
    assert (str(found.dated.earliest), str(found.dated.latest)) == (earliest, latest)
    assert found.evidence in text


@pytest.mark.parametrize(
    "text",
    [
        "The Town Plan is much discussed.",
        "Monday's Town Plan has a bus in it.",
        "Carewatch will begin some day.",
        "In 1999 nothing happened.",
    ],
)
def test_evidence_that_bounds_one_side_only_gives_no_date(text):
    assert dates.infer(text, EVENTS) == dates.UNKNOWN


def test_evidence_narrows_evidence():
    text = "Last year's Town Plan is out. Carewatch, the new body, was set up in April 2001."
    found = dates.infer(text, EVENTS)
    assert (found.dated.earliest, found.dated.latest) == (date(2001, 4, 1), date(2001, 12, 31))


def test_evidence_that_contradicts_itself_widens_the_interval():
    text = "Last month's Town Plan is out. Carewatch, the new body, has written."
    found = dates.infer(text, EVENTS)
    assert (found.dated.earliest, found.dated.latest) == (date(2000, 8, 1), date(2002, 3, 31))


def test_the_day_on_which_a_page_was_made_is_not_that_of_the_writing():
    assert (
        dates.stated(["Letters, 11 December 2008", "Page created 15-12-2008 10:31"], above=1).dated.edtf
        == "2008-12-11"
    )
