"""Sentences of a paragraph, as character offsets."""

from __future__ import annotations

import re
from functools import cache

from syntok import segmenter

from cuttings.load.lexicon import words

GLUED = re.compile(r"(?<=[a-z][.!?])(?=[\"“‘'(]?[A-Z][a-z])|(?<=[.!?][”’\"])(?=[A-Z“‘])")
"""Where a space is missing between two sentences: ``outcomes.These``."""


def split(paragraph: str) -> list[tuple[int, int]]:
    """The ``(start, end)`` of each sentence of one unwrapped paragraph, in order.

    syntok's segmenter (https://github.com/fnl/syntok), with two mends: a missing space after a full
    stop still ends a sentence, and short forms such as ``Cllr.`` do not.
    """
    spans: list[tuple[int, int]] = []
    cuts = [0, *(m.start() for m in GLUED.finditer(paragraph) if not _in_address(paragraph, m.start()))]
    for begin, end in zip(cuts, [*cuts[1:], len(paragraph)], strict=True):
        for start, stop in _syntok(paragraph[begin:end]):
            start, stop = begin + start, begin + stop
            if spans and _abbreviated(
                paragraph[max(spans[-1][0], spans[-1][1] - 12) : spans[-1][1]], paragraph[start:stop]
            ):
                spans[-1] = (spans[-1][0], stop)
            else:
                spans.append((start, stop))
    return spans


def _syntok(text: str) -> list[tuple[int, int]]:
    out = []
    for part in segmenter.analyze(text):
        for sentence in part:
            tokens = [t for t in sentence if t.value]
            if tokens:
                out.append((tokens[0].offset, tokens[-1].offset + len(tokens[-1].value)))
    return _true_ends(text, out)


def _true_ends(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ends moved to the last character before the next sentence: syntok rewrites some tokens."""
    starts = [s for s, _ in spans]
    ends = [*starts[1:], len(text)]
    return [(s, s + len(text[s:e].rstrip())) for s, e in zip(starts, ends, strict=True)]


def _in_address(text: str, at: int) -> bool:
    before = re.split(r"\s", text[max(0, at - 200) : at])[-1]
    return "://" in before or "www." in before or "@" in before or bool(re.fullmatch(r"[a-z]\.", before))


@cache
def _short_forms() -> re.Pattern:
    return re.compile(rf"(?:^|[\s(])(?:{'|'.join(words('abbreviation'))}|[A-Z])\.$")


def _abbreviated(before: str, following: str) -> bool:
    return bool(_short_forms().search(before)) and not re.match(r"[“‘\"]", following)
