"""From lines to blocks."""

from cuttings.load.blocks import to_blocks

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
