"""Who speaks which words, in invented news of many constructions."""

import tomllib
from pathlib import Path

import pytest

from cuttings.load.marked import spans_found, spoken_words, unmark
from cuttings.load.names import Person
from cuttings.load.truth import same_person
from cuttings.load.voices import attribute

ITEMS = tomllib.loads(Path(__file__).with_name("attributions.toml").read_text("utf-8"))["item"]


@pytest.fixture(scope="module")
def read():
    """Of every item not tuned on: its marks, its voices and the speech that was read."""
    out = []
    for item in ITEMS[1::2]:
        marked = unmark(item["text"], item["speakers"])
        found, spoken = attribute(marked.text.split("\n\n"), Person())
        out.append((marked, found, [stretch for s in spoken for stretch in s.speech]))
    return out


def test_most_words_that_others_speak_are_found_and_few_besides(read):
    right = n_read = n_coded = 0
    for marked, _, speech in read:
        coded, found = (set(spoken_words(marked.text, spans)) for spans in (marked.speech, speech))
        right, n_read, n_coded = right + len(coded & found), n_read + len(found), n_coded + len(coded)
    assert right / n_read >= 0.9
    assert right / n_coded >= 0.85


def test_the_speaker_of_words_that_are_found_is_right(read):
    checks = []
    for marked, found, speech in read:
        for coded, at in spans_found(marked.text, marked.speech, speech):
            kind, person = marked.speakers[coded]
            if person.name or person.role:
                checks.append(same_person(kind, person, found[at].kind, found[at].person))
    assert len(checks) > 50
    assert sum(checks) / len(checks) >= 0.9


def test_marks_become_spans_and_leave_the_text():
    marked = unmark("[1: “No,”] said Ada. The memo says [2: so].", ["Ada; farmer; Loxley", "document: memo"])
    assert marked.text == "“No,” said Ada. The memo says so."
    assert [marked.text[a:b] for a, b, _ in marked.speech] == ["“No,”", "so"]
    assert marked.speakers[1] == ("speaker", Person("Ada", "farmer", "Loxley"))
    assert marked.speakers[2] == ("document", Person("memo"))


@pytest.mark.parametrize("text", ["[1: a [2: b]]", "a] b"])
def test_marks_that_do_not_pair_are_refused(text):
    with pytest.raises(ValueError, match="mark"):
        unmark(text, ["Ada", "Ben"])


def test_a_span_counts_as_found_when_half_its_words_are():
    text = "Hay is very dear now."
    assert spans_found(text, [(0, 21, 1)], [(0, 11, 7)]) == [(1, 7)]
    assert spans_found(text, [(0, 21, 1)], [(0, 3, 7)]) == []
