"""Phrases that a corpus uses often and that no target covers: candidates for ``targets.toml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from cuttings.corpus import Target
from cuttings.stance.mentions import Mentions, alias_pattern
from cuttings.text import straighten

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\S")
FUNCTION_WORDS = frozenset(
    files("cuttings.describe").joinpath("function_words.txt").read_text("utf-8").split()
)
LONGEST = 3
FEWEST = 4
"""A phrase is suggested when this many items use it."""


@dataclass(frozen=True)
class Uncovered:
    """``unmatched``: the aliases that no item uses, each with its target; ``suggested``: phrases of two or
    three words that many items use and no target names, each with how many items do."""

    unmatched: list[tuple[str, str]]
    suggested: list[tuple[str, int]]


def survey(items: Iterable[str], targets: Iterable[Target], most: int = 10) -> Uncovered:
    """What the targets miss in the texts of ``items``, which are read once.

    A phrase neither begins nor ends with a function word and does not run over punctuation. Of
    phrases inside one another only the longest is given where it is as frequent.
    """
    targets = list(targets)
    mentions = Mentions(targets)
    left = {(t.name, alias): alias_pattern(alias) for t in targets for alias in t.aliases}
    used: Counter[str] = Counter()
    for text in items:
        left = {key: pattern for key, pattern in left.items() if not pattern.search(text)}
        used.update(_phrases(text, mentions))
    return Uncovered(sorted(left), _frequent(used)[:most])


def _frequent(used: Counter[str]) -> list[tuple[str, int]]:
    common = {p: n for p, n in used.items() if n >= FEWEST}
    inside = {
        p for p in common for q in common if p != q and f" {p} " in f" {q} " and common[q] >= 0.8 * common[p]
    }
    return [(p, -n) for n, p in sorted((-n, p) for p, n in common.items() if p not in inside)]


def _phrases(text: str, mentions: Mentions) -> set[str]:
    named = [(m.start, m.end) for m in mentions.all(text)]
    words = [
        (m[0].lower(), m[0][0].isalpha() and not any(s < m.end() and m.start() < e for s, e in named))
        for m in WORD.finditer(straighten(text))
    ]
    found = set()
    for size in range(2, LONGEST + 1):
        for at in range(len(words) - size + 1):
            some = words[at : at + size]
            ends = {some[0][0], some[-1][0]}
            if all(fits for _, fits in some) and not ends & FUNCTION_WORDS:
                found.add(" ".join(word for word, _ in some))
    return found
