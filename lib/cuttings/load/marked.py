"""Texts in which each stretch of speech is marked by hand, and how well speech that was read agrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cuttings.load.names import Person

_MARK = re.compile(r"\[(\d+): |\]")
_PART = re.compile(r"\[s(\d+) |<c(\d+) |\{(\d+) |[\]>}]")
_WORD = re.compile(r"\w+(?:[’']\w+)?")

Span = tuple[int, int, int]
"""Start, end (in characters, end exclusive) and the place of the voice among its item's."""


@dataclass(frozen=True)
class Marked:
    """A text without its marks, its ``speech`` and ``speakers`` (kind and person) by the numbers in the marks."""

    text: str
    speech: tuple[Span, ...]
    speakers: dict[int, tuple[str, Person]]


def unmark(marked: str, speakers: Sequence[str]) -> Marked:
    """``[1: “No,”] said Ada.`` with ``Ada; farmer; Loxley`` for speaker 1.

    ``document: `` before a name says that it is one. Raises ``ValueError`` for marks that do not pair.
    """
    out: list[str] = []
    spans: list[Span] = []
    at, length, opened = 0, 0, None
    for match in _MARK.finditer(marked):
        out.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match[1]:
            if opened:
                raise ValueError(f"a mark inside another: {marked!r}")
            opened = (length, int(match[1]))
        elif opened:
            spans.append((opened[0], length, opened[1]))
            opened = None
        else:
            raise ValueError(f"a mark closes that was not opened: {marked!r}")
    return Marked(
        "".join([*out, marked[at:]]), tuple(spans), {n: _speaker(s) for n, s in enumerate(speakers, 1)}
    )


@dataclass
class Attribution:
    """Who says what in an article: ``kind`` and ``person`` speak ``content``; ``cue`` is the word that reports it."""

    kind: str
    person: Person
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


def unmark_article(marked: str, speakers: Mapping[str, Mapping[str, str]]) -> tuple[str, list[Attribution]]:
    """``[s1 Ada] <c1 says> {1 no}`` without its marks, and its attributions in the order of their numbers.

    Marks may nest; an attribution whose content stands in another's is left out. Raises ``ValueError``
    for marks that do not pair.
    """
    made = {n: Attribution(s["kind"], _person(s)) for n, s in speakers.items()}
    out: list[str] = []
    opened: list[tuple[list[tuple[int, int]], int, str]] = []
    at, length = 0, 0
    for match in _PART.finditer(marked):
        out.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match[0][0] in "[<{":
            a = made[match[1] or match[2] or match[3]]
            part, closes = {"[": (a.source, "]"), "<": (a.cue, ">"), "{": (a.content, "}")}[match[0][0]]
            opened.append((part, length, closes))
        elif opened and opened[-1][2] == match[0]:
            part, start, _ = opened.pop()
            part.append((start, length))
        else:
            raise ValueError(f"a mark closes that was not opened: {marked[:at][-60:]!r}")
    if opened:
        raise ValueError(f"a mark was not closed: {marked[:60]!r}")
    return "".join([*out, marked[at:]]), _outermost([made[n] for n in sorted(made, key=int)])


def _person(speaker: Mapping[str, str]) -> Person:
    return Person(speaker["name"], speaker["role"], speaker["organisation"])


def _outermost(made: list[Attribution]) -> list[Attribution]:
    def inside(a: Attribution, b: Attribution) -> bool:
        return all(any(c <= x and y <= d for c, d in b.content) for x, y in a.content)

    return [a for a in made if not any(b is not a and inside(a, b) and not inside(b, a) for b in made)]


def _speaker(text: str) -> tuple[str, Person]:
    kind = "document" if text.startswith("document: ") else "speaker"
    name, role, organisation = [*(p.strip() for p in text.removeprefix("document: ").split(";")), "", ""][:3]
    return kind, Person(name, role, organisation)


def spoken_words(text: str, speech: Iterable[Span]) -> dict[int, int]:
    """For each word of a text (by its place) that is spoken, the voice that speaks it; the first span wins."""
    words = [m.span() for m in _WORD.finditer(text)]
    out: dict[int, int] = {}
    for start, end, voice in speech:
        for i, (a, b) in enumerate(words):
            if start <= a and b <= end:
                out.setdefault(i, voice)
    return out


def spans_found(text: str, coded: Iterable[Span], read: Iterable[Span]) -> list[tuple[int, int]]:
    """For each coded span of which half the words were read as speech: its voice, and the one read for most."""
    by_word = spoken_words(text, read)
    out = []
    for span in coded:
        places = spoken_words(text, [span])
        voices = [by_word[i] for i in places if i in by_word]
        if places and len(voices) * 2 >= len(places):
            out.append((span[2], max(set(voices), key=lambda v: (voices.count(v), -v))))
    return out
