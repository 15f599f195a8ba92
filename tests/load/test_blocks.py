"""From lines to blocks."""

from cuttings.load.blocks import OWN, to_blocks

WRAPPED = """
    The day centre in the old school will close at Easter, and the
    people who use it have been told to look for something else to
    do on a Tuesday.

    • A meeting will be held in the hall, which is cold – bring a
      coat and a friend.
"""


def test_hard_wrapped_lines_are_joined_into_paragraphs():
    first = to_blocks(WRAPPED.split("\n"))[0]
    assert first.text.split()[:3] == ["The", "day", "centre"]
    assert first.text.endswith("do on a Tuesday.")
    assert (first.line_from, first.line_to) == (2, 4)


def test_a_dash_that_a_wrap_put_first_on_its_line_is_no_bullet():
    wrapped = [
        "The council may close the centre at Easter or at the latest by",
        "the end of the summer, in which it turns fifty years old, and as",
        "nobody has said what will become of the building, it may rot it",
        "– and sell the ground to the first builder who asks for it now.",
        "That is all there is.",
    ]
    assert len([b for b in to_blocks(wrapped) if b.bullet]) == 0


def test_a_bullet_keeps_the_lines_that_hang_below_it():
    bullet = to_blocks(WRAPPED.split("\n"))[1]
    assert bullet.bullet
    assert bullet.text == "A meeting will be held in the hall, which is cold – bring a coat and a friend."


def test_lines_of_like_length_that_begin_anew_are_not_wrapped():
    heads = [
        f"Posted on Tuesday {n} March 2006 at 9.14 pm by a member of the board, reply with quote"
        for n in range(3, 9)
    ]
    posts = ["We have two teenagers who eat like horses.", "Ours came on Saturday.", "Ring the council."] * 2
    lines = [line for pair in zip(heads, posts, strict=True) for line in pair]
    assert [b.text for b in to_blocks(lines)] == lines


def test_lines_of_a_page_that_is_not_wrapped_stay_apart():
    long = "A paragraph on one line that is far longer than any page was ever wrapped at, since it goes on and on to the end."
    blocks = to_blocks([long, "Learn more", long])
    assert [b.text for b in blocks] == [long, "Learn more", long]


def test_what_a_scraper_parted_at_every_element_is_joined_again():
    lines = ["T", "he barns stand empty.", "Posted by:", "Ada Quill", "|", "2 May 2008", "Nobody came."]
    assert [b.text for b in to_blocks(lines)] == [
        "The barns stand empty.",
        "Posted by: Ada Quill | 2 May 2008",
        "Nobody came.",
    ]


def test_a_day_and_an_hour_below_a_name_go_on_from_it():
    lines = ["The barns stand empty.", "Ada Quill", "on May 02, 2008", "at 09:02 AM", "Nobody came."]
    assert [b.text for b in to_blocks(lines)][1] == "Ada Quill on May 02, 2008 at 09:02 AM"


def test_words_that_a_page_stressed_are_joined_to_their_sentence():
    lines = [
        "The barns of the valley, said",
        "The Echo",
        ", stand empty.",
        "Nobody has asked about them since the spring.",
        "Somebody",
        "should ask the farmer about them.",
        "Log in",
        "Told to sell?",
        ". Read on",
    ]
    texts = [b.text for b in to_blocks(lines)]
    assert texts[0] == "The barns of the valley, said The Echo, stand empty."
    assert "Somebody should ask the farmer about them." in texts
    assert "Log in" in texts


def test_a_line_that_the_page_broke_does_not_go_on_from_the_one_above():
    wide = [
        "The barns of the valley have stood empty since the spring of that",
        "year, and nobody has asked.",
    ] * 4
    assert len(to_blocks(wide, {2: OWN})) == len(to_blocks(wide)) + 1


def test_text_below_a_blank_line_does_not_hang_on_a_bullet_that_has_ended():
    blocks = to_blocks(["  • The barns stand empty.", "", "    Ada Quill", "  • So they", "", "    do."])
    assert [b.text for b in blocks] == ["The barns stand empty.", "Ada Quill", "So they do."]
