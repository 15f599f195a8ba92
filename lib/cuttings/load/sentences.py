"""Sentences of a paragraph, as character offsets."""

from __future__ import annotations

import re
from functools import cache

from syntok import segmenter

from cuttings.load.lexicon import words

GLUED = re.compile(
    r"(?<=[a-z][.!?])(?=[\"“‘'(]?[A-Z][a-z])|(?<=[.!?][”’\"])(?=[A-Z“‘])"
    r"|(?<=[a-z][.!?]`)(?=\s+[`A-Z])|(?<=[.!?]'')(?=\s+[`A-Z])"
)
"""Where two sentences meet unseen: ``outcomes.These``, ```So it is.` He left``."""
AFTER_LETTER = re.compile(
    r"(?<=\sI\.)(?=\s+[A-Z])|(?<=[\s.][A-Z]\.)(?=\s+(?:The|An?|This|That|These|It|He|She|They|We|But|And|Nor|In|On|At|Its|His|Her"
    r"|Their|Then)\s+[a-z])"
)
"""Where a sentence ends with one letter, which is no initial: ``so shall I. The slides``."""


def split(paragraph: str) -> list[tuple[int, int]]:
    """The ``(start, end)`` of each sentence of one unwrapped paragraph, in order.

    syntok's segmenter (https://github.com/fnl/syntok), mended: a missing space after a full stop still
    ends a sentence, as does one letter before a new beginning; short forms such as ``Cllr.`` do not,
    nor do semicolons.
    """
    spans: list[tuple[int, int]] = []
    sure = {m.start() for m in AFTER_LETTER.finditer(paragraph)}
    glued = {m.start() for m in GLUED.finditer(paragraph) if not _in_address(paragraph, m.start())}
    cuts = [0, *sorted(sure | glued)]
    for begin, end in zip(cuts, [*cuts[1:], len(paragraph)], strict=True):
        for number, (start, stop) in enumerate(_syntok(paragraph[begin:end])):
            new = begin in sure and number == 0
            start, stop = begin + start, begin + stop
            before = paragraph[max(spans[-1][0], spans[-1][1] - 12) : spans[-1][1]] if spans else ""
            if before and not new and _goes_on(before, paragraph[start:stop]):
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


def _goes_on(before: str, following: str) -> bool:
    """Whether what follows belongs to the sentence that seemed to end: after a semicolon, a place line or a short form."""
    if before.endswith(";") or re.match("[—–-] ", following):
        return True
    return bool(_short_forms().search(before)) and not re.match(r"[“‘\"]", following)
