"""Interviews and transcripts: paragraphs that begin with who speaks them (``Q:``, ``A:``, ``Ada Quill:``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cuttings.load.names import ONE_NAME, Person

_LABEL = re.compile(rf"(?P<label>Q|A|Question|Answer|[A-Z]{{3,20}}|{ONE_NAME}):\s+(?=\S)")
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
    found = [_LABEL.match(p[:LONGEST]) for p in paragraphs]
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


def _person(label: str, known: dict[str, str]) -> Person | None:
    if label in ASKS:
        return None
    if label in ANSWERS:
        return Person(next(iter(known.values()))) if known else Person(role="interviewee")
    name = label.title() if label.isupper() else label
    return Person(known.get(name.split()[-1], name))
