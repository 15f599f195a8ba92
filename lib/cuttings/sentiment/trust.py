"""How well the instruments agree with coders of the same sentences, and with each other."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, inference, tables
from cuttings.agreement import Pairs, alpha_ordinal, keep, macro_f1, pearson
from cuttings.sentiment.instruments import NAMES

COLUMNS = ["instrument", "with", "measure", "estimate", "low", "high", "n", "n_items"]


def coded(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Every coding of polarity beside the instruments' scores of its sentence.

    A row for each coder, sentence and instrument, only for coded sentences that reading found again:
    coder, coded (-2 to 2), instrument, polarity, read_id, item_id.
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
    positive). Intervals resample items. Columns: instrument, with, measure and an interval. What was
    compared goes to the table ``agreements_polarity``, but for the instruments with each other.
    """
    pairs = list(_with_coders(corpus_dir, out_dir))
    keep(out_dir, "agreements_polarity", pairs)
    rows = []
    for one, other, both in chain(pairs, _with_each_other(out_dir)):
        names = NAMES.get(one, one), NAMES.get(other, other)
        rows += _measures(*names, both["item_id"], both["coded"], both["scored"])
    return pd.DataFrame(rows, columns=COLUMNS)


def _with_coders(corpus_dir: str | Path, out_dir: str | Path) -> Pairs:
    for (coder, name), part in coded(corpus_dir, out_dir).groupby(["coder", "instrument"], sort=True):
        both = part.rename(columns={"read_id": "sentence_id", "polarity": "scored"})
        yield name, coder, both[["sentence_id", "item_id", "coded", "scored"]]
    for one, other, both in codings.between_coders(codings.read(corpus_dir, "polarity"), "polarity"):
        yield one, other, both.rename(columns={"first": "scored", "second": "coded"})


def _with_each_other(out_dir: str | Path) -> Pairs:
    scores = tables.query(
        out_dir,
        "SELECT item_id, sentence_id, instrument, polarity FROM sentiment JOIN sentences USING (sentence_id)",
    ).pivot(index=["item_id", "sentence_id"], columns="instrument", values="polarity")
    for first, second in combinations(scores.columns, 2):
        yield first, second, scores.rename(columns={first: "scored", second: "coded"}).reset_index()


def _measures(name: str, other: str, items: pd.Series, truth: pd.Series, guess: pd.Series) -> list[dict]:
    signs = np.sign(truth).astype(int), np.sign(guess).astype(int)
    measured = {
        "Pearson's r": inference.of(pearson, items, truth, guess),
        "Krippendorff's alpha": inference.of(alpha_ordinal, items, *signs, draws=400),
        "macro-F1": inference.of(macro_f1, items, *signs),
    }
    return [{"instrument": name, "with": other, "measure": m, **vars(i)} for m, i in measured.items()]
