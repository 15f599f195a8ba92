"""Text laid out in columns, as w3m, elinks, inscriptis and ``pdftotext -layout`` leave a page, read one column after another.

The grid of characters is cut where a gutter of blanks runs down between two columns, then each part again:
a recursive X-Y cut (Nagy and Seth 1984, "Hierarchical representation of optically scanned documents", ICPR).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from cuttings.load.thread import MEMBER

GUTTER = 2
"""Characters of the narrowest gutter."""
FEWEST_BESIDE, FEWEST_WITHIN = 4, 3
"""Lines with text on both sides from which blanks are a gutter, and the same in a part of a page in columns."""
WORDY = 3
"""Letters of a word; marks, numbers and the Q and A of an interview are none."""
PARTED = 0.25
"""Share of the lines beside one another that begin in mid-sentence, where columns are wrapped apart."""
LONG_CELL = 100
"""Characters of a line that no column was wrapped to."""
NARROW = 30
"""Characters of a column in which a line that stands full is no sure sign of a wrap."""
MOST_CELLS, MOST_TRIED, DEEPEST = 3_000_000, 20, 12
"""Characters of the grid, gutters that are tried in a part of it, and cuts within cuts: what bounds the time."""
DRAWN = re.compile(r"[\u2500-\u257f\u00a0]")
"""What stands for a blank."""
BULLET = re.compile(r"\s*(?:[•●▪■◦‣·*+-]|\d{1,3}[.)])\s")
LONGEST_WORD = 20
FEWEST_MEMBERS = 3
"""Lines about members (``thread.MEMBER``) from which a column is that of a board's members."""


@dataclass(frozen=True)
class Cut:
    """A gutter: its first column of characters, and the lines along which it runs."""

    at: int
    top: int
    bottom: int


def one_after_another(lines: Sequence[str]) -> list[str]:
    """The lines of a page, column by column and with their wraps undone; empty for a page in one column."""
    lines = [DRAWN.sub(" ", line.expandtabs(8)).rstrip() for line in lines]
    width = max(map(len, lines), default=0)
    if not width or width * len(lines) > MOST_CELLS:
        return []
    parts = _parts(lines, 0)
    return [line for part in parts for line in (*_unwrapped(part), "")] if len(parts) > 1 else []


def _parts(lines: list[str], depth: int) -> list[list[str]]:
    written = [i for i, line in enumerate(lines) if line.strip()]
    lines = lines[written[0] : written[-1] + 1] if written else []
    cut = _cut(lines, within=depth > 0) if depth < DEEPEST else None
    if cut is None:
        return [lines] if lines else []
    left = [line[: cut.at].rstrip() for line in lines[cut.top : cut.bottom]]
    right = [line[cut.at :] for line in lines[cut.top : cut.bottom]]
    rows = (
        _rows(left, right)
        if sum(bool(MEMBER.search(line)) for line in left) >= FEWEST_MEMBERS
        else [(left, right)]
    )
    beside = [part for a, b in rows for part in (a, _flush(b))]
    return [p for part in (lines[: cut.top], *beside, lines[cut.bottom :]) for p in _parts(part, depth + 1)]


def _rows(left: Sequence[str], right: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """The two sides from one blank line across both to the next, as boards set a post beside its member."""
    written = [bool(a.strip() or b.strip()) for a, b in zip(left, right, strict=True)]
    spans = [
        [i for i, _ in run] for some, run in groupby(enumerate(written), key=lambda pair: pair[1]) if some
    ]
    return [([left[i] for i in span], [right[i] for i in span]) for span in spans]


def _flush(lines: list[str]) -> list[str]:
    """The lines less the blanks with which all of them begin."""
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[margin:].rstrip() for line in lines]


def _cut(lines: Sequence[str], within: bool) -> Cut | None:
    """The gutter with text on both sides of most lines, if it parts columns; ``within`` columns any does."""
    width = max(map(len, lines), default=0)
    fewest = FEWEST_WITHIN if within else FEWEST_BESIDE
    if len(lines) < fewest or width <= GUTTER:
        return None
    padded = np.array([line.ljust(width) for line in lines], dtype=f"U{width}")
    inked = padded.view("U1").reshape(len(lines), width) != " "
    before = np.logical_or.accumulate(inked, axis=1)
    after = np.logical_or.accumulate(inked[:, ::-1], axis=1)[:, ::-1]
    blank = ~inked[:, :-1] & ~inked[:, 1:]
    beside = blank & before[:, :-1] & after[:, 1:]
    best = _longest(blank, beside)
    for _ in range(MOST_TRIED):
        at = int(best.argmax())
        if best[at] < fewest:
            return None
        top, bottom = _run(blank[:, at], beside[:, at])
        right = _right_edge(inked[top:bottom], at)
        cut = Cut(right, top, bottom)
        if _columns(lines, cut, within):
            return cut
        best[max(at - 1, 0) : right + 1] = 0
    return None


def _longest(blank: np.ndarray, beside: np.ndarray) -> np.ndarray:
    """For each column of characters the most lines with text on both sides that one gutter passes."""
    best = np.zeros(blank.shape[1], dtype=int)
    current = np.zeros_like(best)
    for row in range(len(blank)):
        current = np.where(blank[row], current + beside[row], 0)
        best = np.maximum(best, current)
    return best


def _run(blank: np.ndarray, beside: np.ndarray) -> tuple[int, int]:
    """The first and the line after the last of the run of blanks that passes most text."""
    runs, start = [], 0
    for row in range(len(blank) + 1):
        if row == len(blank) or not blank[row]:
            runs.append((int(beside[start:row].sum()), start, row))
            start = row + 1
    _, top, bottom = max(runs, key=lambda r: r[0])
    rows = np.flatnonzero(beside[top:bottom])
    return top + int(rows[0]), bottom


def _right_edge(inked: np.ndarray, at: int) -> int:
    """Where the text to the right of a gutter begins."""
    used = inked[:, at:].any(axis=0)
    return at + int(used.argmax())


def _columns(lines: Sequence[str], cut: Cut, within: bool) -> bool:
    """Whether what stands on the two sides is apart: it goes on from line to line, or are long cells beside a list.

    The names of a header's fields, the speakers of an interview and the numbers of a list stand beside the beginnings
    of what belongs to them.
    """
    sides = [(line[: cut.at].strip(), line[cut.at :].strip()) for line in lines[cut.top : cut.bottom]]
    both = [(a, b) for a, b in sides if a and b]
    worded = sum(_worded(a) and _worded(b) for a, b in both)
    if within or worded * 2 < len(both):
        return worded * 2 >= len(both)
    going_on = sum(b[0].islower() or (a[0].islower() and len(a.split()) > 1) for a, b in both)
    alone = sum(bool(a) and not b for a, b in sides)
    prose = sum(len(b.split()) > WORDY or len(a.split()) > WORDY for a, b in both)
    wrapped = going_on >= PARTED * len(both) and prose * 2 >= len(both)
    cells = (
        alone >= 2 and any(len(b) > LONG_CELL for _, b in both) and not any(a.endswith(":") for a, _ in both)
    )
    return wrapped or cells


def _worded(text: str) -> bool:
    return bool(re.search(rf"[^\W\d_]{{{WORDY},}}", text))


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines of one column, each joined to that above which had no room for its first word."""
    width = max(map(len, lines), default=0)
    out: list[str] = []
    above = ""
    for line in lines:
        word = (line.split() or [""])[0]
        full = above and word and len(above) + 1 + len(word) > width and len(word) <= LONGEST_WORD
        if full and not BULLET.match(line) and (width >= NARROW or word[0].islower()):
            out[-1] = f"{out[-1]} {line.strip()}"
        else:
            out.append(line)
        above = line
    return out
