"""Sentences of newspaper editorials with the mean rating of 20 people; a fifth of the editorials is kept out.

Hutto and Gilbert (2014), the VADER project: ratings run from -4 to 4.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

SEED, SHARE = 5, 5


def rows(bench: Path, *, apart: bool) -> list[dict]:
    """id, sentence and human_mean of the editorials kept out, or of all others."""
    kept = set(kept_out(bench))
    return [r for r in _all(bench) if (_editorial(r) in kept) == apart]


def kept_out(bench: Path) -> list[str]:
    """The numbers of the editorials that nothing is learnt from."""
    found = sorted({_editorial(r) for r in _all(bench)}, key=int)
    random.Random(SEED).shuffle(found)
    return sorted(found[: len(found) // SHARE], key=int)


def _all(bench: Path) -> list[dict]:
    with (bench / "nyt_editorials" / "dev.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _editorial(row: dict) -> str:
    return row["id"].split("_")[0]
