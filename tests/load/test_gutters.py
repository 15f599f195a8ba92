"""Pages in columns."""

import time

from cuttings.load.formats import read_file
from cuttings.load.gutters import one_after_another

STORY = [
    "The barns of the valley have stood",
    "empty since the spring, and nobody",
    "knows who is to mend their roofs.",
    "",
    "A farmer said that he had written",
    "to the council three times and had",
    "been sent the same form each time.",
]
MENU = ["Front page", "News", "Letters from", "our readers", "Jobs", "", "Search"]
ADVERT = ["Barn sale on", "Saturday at", "the old farm", "in the", "valley", "", "Come early"]


def beside(*columns: list[str], gap: int = 3) -> list[str]:
    wide = [max(map(len, c)) + gap for c in columns]
    return [
        "".join(line.ljust(w) for line, w in zip(row, wide, strict=True))
        for row in zip(*columns, strict=True)
    ]


def test_columns_are_read_one_after_another_and_their_wraps_undone():
    found = [
        line for line in one_after_another(["The Barn Review", "", *beside(MENU, STORY, ADVERT)]) if line
    ]
    assert found[0] == "The Barn Review"
    story = next(i for i, line in enumerate(found) if line.startswith("The barns"))
    assert found[story].endswith("knows who is to mend their roofs.")
    assert found[story + 1].endswith("been sent the same form each time.")
    assert found.index("Search") < story < found.index("Barn sale on")


def test_long_cells_beside_a_menu_are_columns():
    cells = [
        "",
        "The barns of the valley have stood empty since the spring, " * 3,
        "",
        "A farmer wrote. " * 8,
    ] * 2
    menu = ["Front page", "News", "Letters", "Jobs", "Sport", "Comment", "Offers", "Search"]
    found = [line for line in one_after_another(beside(menu, cells)) if line]
    assert found[:8] == menu
    assert not one_after_another(cells)


def test_a_box_that_is_drawn_with_lines_is_taken_out_of_it():
    drawn = [f"│ {a.ljust(14)} │ {b}" for a, b in zip(MENU, STORY, strict=True)]
    assert "Front page" in [line.strip() for line in one_after_another(drawn)]


def test_a_post_stays_beside_its_member():
    posts = [
        beside(
            [f"Member {n}", "Posts: 12", "Joined: 2004"],
            ["Nobody at all came to", "the barns of the valley", f"time, so says member {n}."],
        )
        for n in "abc"
    ]
    page = [line for post in posts for line in (*post, "")]
    found = [line.strip() for line in one_after_another(page) if line]
    said = next(i for i, line in enumerate(found) if line.endswith("so says member a."))
    assert found.index("Member a") < said < found.index("Member b")


def test_what_stands_beside_the_beginnings_of_what_belongs_to_it_is_no_column():
    spoken = [
        "Quill:    Who mends the barns?",
        "Farmer:   Nobody does, in this valley.",
        "          He said so.",
    ] * 3
    listed = [f"{n}.   The barns of the valley stand\n     empty." for n in range(1, 8)]
    figures = [f"Barn {n}     {n * 10}     {n * 7}" for n in range(12)]
    prose = [line for _ in range(4) for line in STORY]
    for lines in (spoken, "\n".join(listed).split("\n"), figures, prose, [], [""], ["x" * 10_000] * 1000):
        assert one_after_another(lines) == []


def test_a_grid_of_gutters_is_read_in_bounded_time():
    grids = (["   ".join(["Barns"] * 180)] * 1900, ["word  Wordy       " * 80] * 1900)
    started = time.process_time()
    for grid in grids:
        one_after_another(grid)
    assert time.process_time() - started < 20


def test_a_page_says_that_its_columns_were_parted(tmp_path):
    (tmp_path / "a.txt").write_text("\n".join(beside(MENU, STORY)))
    (tmp_path / "b.txt").write_text("\n".join(STORY))
    parted, plain = (next(read_file(tmp_path / n, n)) for n in ("a.txt", "b.txt"))
    assert parted.mended.startswith("columns that stood side by side")
    assert not plain.mended
