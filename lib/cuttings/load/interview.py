"""Interviews and transcripts: paragraphs that begin with who speaks them (``Q:``, ``A:``, ``Ada Quill:``), or questions
and answers in turn; and quotations that are signed (``“It was fair.” – Ada Quill, farmer``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cuttings.load.names import ONE_NAME, Person, signature

_LABEL = re.compile(rf"(?P<label>Q|A|Question|Answer|[A-Z]{{3,20}}|{ONE_NAME}):\s+(?=\S)")
_SIGNED = re.compile(r"[“\"][^“”\"]{20,}[”\"]\s*[–—-]{1,2}\s*(?P<who>[A-Z].{3,100})")
_QUESTION = re.compile(r"[^“”\"]{8,200}\?")
_FIRST = re.compile(r"\b(?:I|we|my|our)(?=\b|[’'])", re.IGNORECASE)
LONGEST = 80
"""Characters within which a label and the first word after it stand."""
FEWEST = 4
"""Labelled paragraphs that make an item an interview."""
ASKS = {"Q", "Question"}
ANSWERS = {"A", "Answer"}


@dataclass(frozen=True)
class Turn:
    """Who speaks a paragraph, None for the writer who asks, and where the words after the label begin."""

    person: Person | None
    start: int


def turns(paragraphs: Sequence[str], known: dict[str, str]) -> list[Turn | None]:
    """For each paragraph of an interview its turn, the last one's where it has no label; all None elsewhere.

    An interview has four labelled paragraphs or more, and every label twice. ``known`` has the full
    name for each surname of the item; whoever answers without a name is the first of these.
    """
    if _asked(paragraphs) >= FEWEST:
        return _answered(paragraphs, known)
    found = [_LABEL.match(p[:LONGEST]) for p in paragraphs]
    signed = [_signed(p) for p in paragraphs]
    if any(signed):
        return signed
    labels = Counter(m["label"] for m in found if m)
    if sum(labels.values()) < FEWEST or len(labels) < 2 or min(labels.values()) < 2:
        return [None] * len(paragraphs)
    out: list[Turn | None] = []
    for match in found:
        if match:
            out.append(Turn(_person(match["label"], known), match.end()))
        else:
            out.append(Turn(out[-1].person, 0) if out and out[-1] else None)
    return out


def _signed(paragraph: str) -> Turn | None:
    """The turn of a paragraph that is a quotation with a name, and perhaps a role, behind a dash."""
    match = _SIGNED.fullmatch(paragraph)
    person = signature(match["who"]) if match else None
    return Turn(person, 0) if person and person.name else None


def _asked(paragraphs: Sequence[str]) -> int:
    """How many paragraphs are a question by themselves, each right above one that answers *I* or *we*."""
    return sum(bool(_QUESTION.fullmatch(a)) and bool(_FIRST.search(b)) for a, b in pairwise(paragraphs))


def _answered(paragraphs: Sequence[str], known: dict[str, str]) -> list[Turn | None]:
    """Below the first question whoever the piece names first answers; the questions are the writer's."""
    first = next(i for i, p in enumerate(paragraphs) if _QUESTION.fullmatch(p))
    asked = _person("A", known)
    rest = [Turn(None if _QUESTION.fullmatch(p) else asked, 0) for p in paragraphs[first:]]
    return [None] * first + rest


def _person(label: str, known: dict[str, str]) -> Person | None:
    if label in ASKS:
        return None
    if label in ANSWERS:
        return Person(next(iter(known.values()))) if known else Person(role="interviewee")
    name = label.title() if label.isupper() else label
    return Person(known.get(name.split()[-1], name))
