"""How well the instruments agree with coders of the same sentences, and with each other."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, inference, tables
from cuttings.agreement import alpha_ordinal, macro_f1, pearson
from cuttings.sentiment.instruments import NAMES

COLUMNS = ["instrument", "with", "measure", "estimate", "low", "high", "n", "n_items"]


def coded(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Every coding of polarity beside the instruments' scores of its sentence.

    A row for each coder, sentence and instrument, only for coded sentences that reading found again:
    coder, coded (-2 to 2), instrument, polarity, item_id.
    """
    found = codings.match(codings.read(corpus_dir, "polarity"), out_dir)
    scores = tables.query(
        out_dir,
        "SELECT sentence_id AS read_id, item_id, instrument, polarity "
        "FROM sentiment JOIN sentences USING (sentence_id) ORDER BY instrument, sentence_id",
    )
    pairs = found.rename(columns={"polarity": "coded"})[["coder", "coded", "read_id"]].merge(
        scores, on="read_id"
    )
    return pairs.sort_values(["coder", "instrument", "read_id"], ignore_index=True)


def coverage(corpus_dir: str | Path, out_dir: str | Path) -> str:
    """One sentence: how many coded sentences were found again, or that no error is known."""
    found = codings.match(codings.read(corpus_dir, "polarity"), out_dir)
    return codings.coverage(found, "sentences", "how far any instrument is off")


def agreement(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Agreement of each instrument with each coder, of the coders and of the instruments with each other.

    Pearson's r is of the polarities; alpha and macro-F1 are of their signs (negative, neutral,
    positive). Intervals resample items. Columns: instrument, with, measure and an interval.
    """
    pairs = coded(corpus_dir, out_dir)
    rows = []
    for (coder, name), part in pairs.groupby(["coder", "instrument"], sort=True):
        rows += _measures(NAMES[name], coder, part["item_id"], part["coded"], part["polarity"])
    for one, other, both in codings.between_coders(codings.read(corpus_dir, "polarity"), "polarity"):
        rows += _measures(one, other, both["item_id"], both["second"], both["first"])
    scores = tables.query(
        out_dir,
        "SELECT item_id, sentence_id, instrument, polarity FROM sentiment JOIN sentences USING (sentence_id)",
    ).pivot(index=["item_id", "sentence_id"], columns="instrument", values="polarity")
    for first, second in combinations(scores.columns, 2):
        items = scores.index.get_level_values("item_id")
        rows += _measures(NAMES[first], NAMES[second], items, scores[second], scores[first])
    return pd.DataFrame(rows, columns=COLUMNS)


def _measures(name: str, other: str, items: pd.Series, truth: pd.Series, guess: pd.Series) -> list[dict]:
    signs = np.sign(truth).astype(int), np.sign(guess).astype(int)
    measured = {
        "Pearson's r": inference.of(pearson, items, truth, guess),
        "Krippendorff's alpha": inference.of(alpha_ordinal, items, *signs, draws=400),
        "macro-F1": inference.of(macro_f1, items, *signs),
    }
    return [{"instrument": name, "with": other, "measure": m, **vars(i)} for m, i in measured.items()]
