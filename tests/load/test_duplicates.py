"""Pages that hold the same text again."""

from cuttings.load import duplicates

STORY = " ".join(
    f"The {n} bus was late and the driver said that number {n * 7} had broken down." for n in range(9)
)
OTHER = " ".join(
    f"Nobody in room {n} had seen the file, which lay on desk {n * 3} all week." for n in range(9)
)


def find(**pages: str) -> dict[str, str]:
    return duplicates.find((name, "", duplicates.runs(text)) for name, text in pages.items())


def test_a_cut_version_points_to_the_full_one():
    assert find(cut=STORY[: len(STORY) * 2 // 3], full=STORY, other=OTHER) == {"cut": "full"}


def test_of_equal_texts_the_earliest_is_kept():
    pages = [("a", "2004-05-02", duplicates.runs(STORY)), ("b", "2004-05-01", duplicates.runs(STORY))]
    assert duplicates.find(pages) == {"a": "b"}


def test_texts_that_share_a_quotation_are_no_duplicates():
    assert find(a=STORY + OTHER[:150], b=OTHER) == {}


def test_short_pages_are_left_alone():
    assert find(a="The bus was late again today.", b="The bus was late again today.") == {}
