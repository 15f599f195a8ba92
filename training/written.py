"""Sentences written for this project's training, with the stance of each toward what it mentions.

``written/*.jsonl``: a sentence a line, with its ``targets``, pairs of a mention and a stance, and its
``polarity``. They argue as British papers, letters and blogs of 2000-2010 did, about social care and other
policy; ``written/README.md`` says who wrote them, by which rules. None is of the worked example, and their
writers had not seen that.
"""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

FOLDER = Path(__file__).with_name("written")
SIDES = {"against": -1, "neutral": 0, "for": 1}
APART = 7
"""One sentence in so many is never learnt from, so that what was learnt can be measured."""


def rows(*, apart: bool) -> list[dict]:
    """A row a mention: sentence, from, to, polarity (-1, 0, 1: the stance); kept apart, or all others."""
    return [_row(e["sentence"], *target) for e in _entries(apart) for target in e["targets"]]


def rated(*, apart: bool) -> list[tuple[str, int]]:
    """The sentences with the feeling that they express, from -2 to 2."""
    return [(e["sentence"], e["polarity"]) for e in _entries(apart)]


def _entries(apart: bool) -> list[dict]:
    lines = (line for p in sorted(FOLDER.glob("*.jsonl")) for line in p.read_text("utf-8").splitlines())
    return [e for e in map(json.loads, lines) if _is_apart(e["sentence"]) == apart]


def _is_apart(sentence: str) -> bool:
    return zlib.crc32(sentence.encode()) % APART == 0


def _row(sentence: str, mention: str, stance: str) -> dict:
    at = re.search(rf"(?<!\\w){re.escape(mention)}(?!\\w)", sentence)
    return {"sentence": sentence, "from": at.start(), "to": at.end(), "polarity": SIDES[stance]}
