"""Where a text quotes: direct quotation in any style of mark, also over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

OPENERS = {"“": "”", "‘": "’", '"': '"', "'": "'", "`": "`", "``": "''"}
OTHER_CLOSE = {"`": "'"}
"""How a mark closes where its own closing mark is not in the paragraph."""
_OPEN = re.compile(r"(?<![\w”’])(?:``|[“‘\"'`])(?=[\w\[(.…£$‘“'\"])")
_BETTER = {mark: re.compile(rf"[.,?!;:]{mark}(?!\w)") for mark in "’'"}
LONGEST = 5000
"""Characters within which a quotation must close in its paragraph."""
MOST_MARKS = 100
"""Marks that are tried as the close of a quotation; most of them are apostrophes."""
MORE_THAN_A_PHRASE = 5
"""Quoted words from which a quotation is speech even without a reporting verb beside it."""


@dataclass(frozen=True)
class Quote:
    """Offsets in the paragraph, marks included. ``runs_on`` when the paragraph ends inside it."""

    start: int
    end: int
    runs_on: bool = False
    continues: bool = False


def find(paragraphs: Sequence[str]) -> list[list[Quote]]:
    """The outermost quotations of each paragraph of one item.

    A quotation that is still open where its paragraph ends runs on when the next paragraph opens
    with the same mark, as British papers set quotes of several paragraphs.
    """
    out, carried = [], False
    for number, text in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
        quotes = _in_paragraph(text, following)
        if carried and quotes and quotes[0].start == 0:
            quotes[0] = Quote(quotes[0].start, quotes[0].end, quotes[0].runs_on, continues=True)
        out.append(quotes)
        carried = bool(quotes) and quotes[-1].runs_on
    return out


def _in_paragraph(text: str, following: str) -> list[Quote]:
    quotes: list[Quote] = []
    at = 0
    while match := _OPEN.search(text, at):
        mark = match[0]
        end = _close(text, match.end(), mark)
        if end:
            quotes.append(Quote(match.start(), end))
            at = end
        elif following.startswith(mark) and not _is_apostrophe(text, match.start(), mark):
            quotes.append(Quote(match.start(), len(text), runs_on=True))
            break
        else:
            at = match.end()
    return quotes


def _is_apostrophe(text: str, at: int, mark: str) -> bool:
    """Whether a single mark before a word is an apostrophe (``'em``, ``'90s``)."""
    return mark in "'‘" and bool(re.match(r".(?:em|til|tis|twas|cause|n|\d0s)\b", text[at : at + 8]))


def _close(text: str, start: int, mark: str) -> int:
    """Where the quotation opened before ``start`` ends, closing mark included; 0 if it does not."""
    closer = OPENERS[mark]
    if mark in OTHER_CLOSE and closer not in text[start : start + LONGEST]:
        closer = OTHER_CLOSE[mark]
    single = closer in "’'" and len(closer) == 1
    at = text.find(closer, start)
    for _ in range(MOST_MARKS):
        if not 0 <= at < start + LONGEST:
            break
        before, after = text[at - 1], text[at + len(closer) : at + len(closer) + 1]
        inside = single and (after.isalnum() or before.isspace())
        possessive = single and before == "s" and after == " " and _closes_later(text, at + 1, closer)
        if at > start and not inside and not possessive:
            return at + len(closer)
        at = text.find(closer, at + 1)
    return 0


def _closes_later(text: str, start: int, closer: str) -> bool:
    """Whether a mark after *s* is a possessive: a better closing mark follows before any new opening."""
    later = _BETTER[closer].search(text, start, start + LONGEST)
    opening = _OPEN.search(text, start, start + LONGEST)
    return bool(later) and (not opening or later.start() < opening.start())
