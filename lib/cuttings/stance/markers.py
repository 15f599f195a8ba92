"""How voices colour what they say: hedges, boosters, attitude markers and self-mention.

Hyland (2005), "Stance and engagement", Discourse Studies 7(2). The lists are in ``markers.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from cuttings import dates, inference, tables
from cuttings.inference import FEWEST_ITEMS, Interval
from cuttings.stance.evidence import VOICE
from cuttings.text import straighten

WORD = re.compile(r"\w+(?:['-]\w+)*")
PER = 1000
NAMES = {
    "hedges": "hedges",
    "boosters": "boosters",
    "attitude": "attitude markers",
    "self_mention": "self-mention",
}


def counted(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Words and markers of every item in scope, by kind of voice.

    A row for each item and kind of voice (``voice``) that speaks in it: item_id, voice, genre,
    n_words, and a count for each kind of marker.
    """
    sentences = tables.query(
        out_dir,
        f"""SELECT item_id, genre, {VOICE} AS voice, sentences.text AS text FROM sentences
            JOIN voices USING (voice_id, item_id) JOIN items USING (item_id)
            WHERE {dates.in_scope(year_from, year_to)} ORDER BY sentence_id""",
    )
    made = pd.DataFrame([_counts(text) for text in sentences["text"]], columns=["n_words", *patterns()])
    keys = ["item_id", "genre", "voice"]
    return pd.concat([sentences[keys], made], axis=1).groupby(keys, sort=True, as_index=False).sum()


def rates(data: pd.DataFrame, group: str) -> pd.DataFrame:
    """Markers per 1,000 words by ``group`` (voice or genre): a row a group and kind of marker.

    ``data`` is as ``counted`` gives it. Intervals resample items; n is the number of words.
    """
    rows = []
    for key, part in data.groupby(group, sort=True):
        by_item = part.groupby("item_id", sort=True)[["n_words", *patterns()]].sum().astype(float)
        for kind in patterns():
            rows.append({group: key, "marker": NAMES[kind], **vars(_rate(by_item[kind], by_item["n_words"]))})
    return pd.DataFrame(rows, columns=[group, "marker", *Interval.__dataclass_fields__])


@cache
def patterns() -> dict[str, re.Pattern]:
    """A pattern for each kind of marker, over words in lower case with one space between."""
    stated = tomllib.loads(files(__package__).joinpath("markers.toml").read_text("utf-8"))
    return {kind: _pattern(part["words"].split()) for kind, part in stated.items()}


def _pattern(entries: list[str]) -> re.Pattern:
    longest_first = sorted((e.replace("_", " ") for e in entries), key=lambda e: (-len(e), e))
    return re.compile(r"(?<![\w'-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w'-])")


def _counts(text: str) -> list[int]:
    words = WORD.findall(straighten(text).lower())
    joined = " ".join(words)
    return [len(words), *(len(pattern.findall(joined)) for pattern in patterns().values())]


def _rate(found: pd.Series, words: pd.Series) -> Interval:
    n, n_items = int(words.sum()), len(words)
    estimate = PER * found.sum() / n if n else float("nan")
    if n_items < FEWEST_ITEMS:
        return Interval(float(estimate), float("nan"), float("nan"), n, n_items)
    weights = inference.resample(n_items, 2000, 2010)
    drawn = PER * (weights @ found.to_numpy()) / (weights @ words.to_numpy())
    low, high = pd.Series(drawn).quantile(inference.expanded_levels(n_items))
    return Interval(float(estimate), float(low), float(high), n, n_items)
