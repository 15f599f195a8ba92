"""Short names that only an item explains."""

from __future__ import annotations

from cuttings.corpus import Target
from cuttings.stance.resolving import Resolver

TARGETS = [
    Target("ferry_groups", "Ferry groups", ("primary ferry group",)),
    Target("river_trusts", "River trusts", ("river trust",)),
    Target("guards", "Guards", ("captain's guard",)),
]
RESOLVER = Resolver(TARGETS)


def led_back(*sentences: str) -> list[tuple[int, str, str, str]]:
    """What was resolved: the number of its sentence, target, words and what they stand for."""
    found = RESOLVER.item(list(sentences))
    return [
        (n, m.target, m.words, m.stands_for) for n, some in enumerate(found) for m in some if m.stands_for
    ]


def test_an_acronym_that_the_item_defines_is_led_back_to_the_name():
    assert led_back("Primary ferry groups (PFGs) began in May.", "It rained.", "Then PFGs lost heart.") == [
        (2, "ferry_groups", "PFGs", "Primary ferry groups")
    ]


def test_an_acronym_of_something_else_is_not():
    assert led_back("Primary ferry groups (XYZ) began.", "XYZ met.") == []


def test_an_acronym_holds_in_its_own_item_only():
    led_back("Primary ferry groups (PFGs) began in May.")
    assert led_back("PFGs lost heart.") == []


def test_the_last_word_of_a_name_stands_for_it_in_the_next_two_sentences():
    said = [
        "A river trust opened.",
        "The trust has boats.",
        "It rained.",
        "It rained.",
        "The trust has oars.",
    ]
    assert led_back(*said) == [(1, "river_trusts", "The trust", "river trust")]


def test_a_new_body_is_the_body_named_last():
    assert led_back("A river trust opened.", "Nobody asked for the new body.") == [
        (1, "river_trusts", "the new body", "river trust")
    ]


def test_a_body_without_a_word_that_points_back_is_nobody():
    assert led_back("A river trust opened.", "The body lay on the bank.") == []


def test_between_two_names_that_fit_nothing_is_chosen():
    assert led_back("The river trust and the primary ferry group met.", "The new body is slow.") == []


def test_offsets_are_those_of_the_words_in_their_sentence():
    (first, second) = RESOLVER.item(["A river trust opened.", "Many like the trust."])
    assert (second[0].start, second[0].end) == (10, 19)
    assert first[0].stands_for == ""
