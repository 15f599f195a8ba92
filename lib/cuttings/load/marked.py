"""Texts in which each stretch of speech is marked by hand, and how well speech that was read agrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cuttings.load.names import Person

_MARK = re.compile(r"\[(\d+): |\]")
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
