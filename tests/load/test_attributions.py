"""Who speaks which words, in invented news of many constructions."""

import json
import tomllib
from pathlib import Path

import pytest

from cuttings.load.marked import spans_found, spoken_words, unmark, unmark_article
from cuttings.load.names import Person
from cuttings.load.truth import same_person
from cuttings.load.voices import attribute

ARTICLES = Path(__file__).with_name("articles_unseen.jsonl").read_text("utf-8").splitlines()
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


def test_an_article_gives_each_attribution_its_parts_and_leaves_nested_ones_out():
    who = {"name": "Ada Quill", "role": "farmer", "organisation": "", "kind": "speaker"}
    marked = "[s1 [s2 Ada]] <c1 said> {1 that [s3 Ben] <c3 thinks> {3 it rains}} and <c2 added>, {2 “So.”}"
    text, found = unmark_article(marked, {"1": who, "2": who, "3": who})
    assert text == "Ada said that Ben thinks it rains and added, “So.”"
    assert [[text[a:b] for a, b in said.content] for said in found] == [
        ["that Ben thinks it rains"],
        ["“So.”"],
    ]


@pytest.mark.parametrize("text", ["{1 a", "a}", "[s1 a}"])
def test_marks_of_an_article_that_do_not_pair_are_refused(text):
    with pytest.raises(ValueError, match="mark"):
        unmark_article(text, {"1": {"name": "Ada", "role": "", "organisation": "", "kind": "speaker"}})


def test_most_words_of_others_in_whole_articles_are_found_by_sentence_and_by_stretch():
    counts = {"stretch": [0, 0, 0], "sentence": [0, 0, 0]}
    for line in ARTICLES:
        entry = json.loads(line)
        text, marked = unmark_article(entry["text"], entry["speakers"])
        _, spoken = attribute(text.split("\n\n"), Person())
        coded = set(spoken_words(text, [(a, b, 1) for said in marked for a, b in said.content]))
        for unit, read in (
            ("stretch", [x for s in spoken for x in s.speech]),
            ("sentence", [(s.start, s.end, s.voice) for s in spoken if s.voice]),
        ):
            found = set(spoken_words(text, read))
            parts = (len(coded & found), len(found), len(coded))
            counts[unit] = [a + b for a, b in zip(counts[unit], parts, strict=True)]
    f1 = {unit: 2 * right / (read + coded) for unit, (right, read, coded) in counts.items()}
    assert f1["stretch"] >= 0.8
    assert f1["sentence"] >= 0.7
