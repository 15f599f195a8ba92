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


def test_of_about_equally_full_versions_the_earliest_is_kept_and_of_a_cut_one_the_full():
    later, first, cut = f"{STORY} It was Tuesday.", STORY, STORY[: len(STORY) * 2 // 3]
    pages = [("a", "2004-05-02", later), ("b", "2004-05-01", first), ("c", "2004-04-30", cut)]
    assert duplicates.find((p, day, duplicates.runs(t)) for p, day, t in pages) == {"a": "b", "c": "b"}


def test_texts_that_share_a_quotation_are_no_duplicates():
    assert find(a=STORY + OTHER[:150], b=OTHER) == {}


def test_short_pages_are_left_alone():
    assert find(a="The bus was late again today.", b="The bus was late again today.") == {}


def sentences(*numbers: int) -> str:
    return " ".join(
        f"The van number {n} went to street {n * 11} and its driver, Mr {n}, found gate {n + 5} shut."
        for n in numbers
    )


def test_a_story_cut_differently_at_each_end_points_to_the_fuller_one():
    assert find(top=sentences(*range(10)), tail=sentences(*range(3, 15))) == {"top": "tail"}


def test_a_version_with_its_paragraphs_moved_is_found():
    moved = sentences(*range(6, 12), *range(6))
    assert find(moved=moved, full=sentences(*range(14))) == {"moved": "full"}


def test_an_updated_version_with_a_word_changed_in_each_sentence_is_found():
    assert find(old=sentences(*range(10)).replace("shut", "open"), new=sentences(*range(11))) == {
        "old": "new"
    }


def test_texts_that_share_phrases_here_and_there_are_no_duplicates():
    stock = [f"under the terms of paragraph {n}" for n in range(60)]
    one = " ".join(f"{phrase} bread{n}" for n, phrase in enumerate(stock))
    two = " ".join(f"{phrase} water{n}" for n, phrase in enumerate(stock))
    assert find(one=one, two=two) == {}


def test_a_letter_is_found_again_in_a_long_page_of_letters():
    letters = {f"letter{n}": sentences(*range(100 * n, 100 * n + 6)) for n in range(30)}
    assert find(page=" ".join(letters.values()), **letters) == dict.fromkeys(letters, "page")


def test_a_brief_of_a_few_lines_is_found_only_word_for_word():
    brief = "The day centre in Mill Lane will close at Easter, the council of the town said on Monday after a short debate."
    assert find(a=brief, b=brief) == {"b": "a"}
    assert find(a=brief, b=brief.replace("Easter", "once")) == {}
