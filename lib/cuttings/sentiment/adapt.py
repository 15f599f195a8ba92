"""Sentences made fit for a word list: contractions written out, the subject's own words masked."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from cuttings.text import straighten

MASK = Path(__file__).with_name("mask.toml")
BLANK = "thing"
"""What stands where a word was masked: a noun that no list gives a feeling."""

IRREGULAR = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "ain't": "is not",
}
CONTRACTED = re.compile(r"\b(can't|cannot|won't|shan't|ain't|(\w+)n't)\b", re.IGNORECASE)


def expanded(sentence: str) -> str:
    """The sentence with straight marks and every *n't* and *cannot* written out as *not*."""
    return CONTRACTED.sub(_spelt, straighten(sentence))


def masked(sentence: str) -> str:
    """The sentence with the words of ``mask.toml`` replaced by one that no list knows."""
    return _pattern().sub(BLANK, sentence)


def mask() -> dict[str, list[str]]:
    """The words and names of ``mask.toml`` by the kind of thing that they name here."""
    return tomllib.loads(MASK.read_text("utf-8"))


def _spelt(match: re.Match) -> str:
    found = match[0].lower()
    return IRREGULAR.get(found, f"{match[2]} not")


@cache
def _pattern() -> re.Pattern:
    names = sorted({name for group in mask().values() for name in group}, key=lambda n: (-len(n), n))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?:s'|'s|s)?\b", re.IGNORECASE)
