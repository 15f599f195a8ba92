"""Means corrected for the measured error of an instrument, by prediction-powered inference.

An instrument scores every sentence, coders only some. The mean of the scores over the items that
nobody coded, moved by how far the instrument is off where items were coded, is a mean on the coders'
scale whose interval holds both the spread of items and what is not known of the error.
Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), "Prediction-powered inference", Science 382;
the weight of the instrument as in Angelopoulos, Duchi and Zrnic (2023), "PPI++", arXiv:2311.01453.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import inference
from cuttings.inference import FEWEST_ITEMS, Interval
from cuttings.sentiment.trust import coded

COLUMNS = ["coder", "mean", "estimate", "low", "high", "n", "n_items", "coded_items", "weight"]


def corrected(data: pd.DataFrame, corpus_dir: str | Path, out_dir: str | Path, group: str) -> pd.DataFrame:
    """Means of polarity by ``group`` (genre or voice), raw and corrected towards each coder.

    ``data`` is one instrument's part of ``compare.scored``. A row each with the group, coder (empty
    for the raw mean), mean (raw, corrected), an interval, ``coded_items``, and ``weight``, how much
    of the instrument's score the corrected mean uses (0: the codings alone). Corrected means are on
    the coders' scale halved, -1 to 1. Nothing is corrected where no sentence is coded.
    """
    name = data["instrument"].iloc[0] if len(data) else ""
    truth = coded(corpus_dir, out_dir)
    truth = truth[truth["instrument"] == name]
    rows = []
    for kind, part in data.groupby(group, sort=True):
        raw = inference.mean(part["polarity"], part["item_id"])
        rows.append({group: kind, "coder": "", "mean": "raw", **vars(raw), "coded_items": 0, "weight": 1.0})
        for coder, by in truth.groupby("coder", sort=True):
            codes = part["sentence_id"].map(by.set_index("read_id")["coded"]) / 2
            found, weight = mean(part["polarity"], codes, part["item_id"])
            n_coded = part.loc[codes.notna(), "item_id"].nunique()
            row = {group: kind, "coder": coder, "mean": "corrected", **vars(found)}
            rows.append({**row, "coded_items": n_coded, "weight": weight})
    return pd.DataFrame(rows, columns=[group, *COLUMNS])


def mean(scores: pd.Series, codes: pd.Series, items: pd.Series) -> tuple[Interval, float]:
    """The mean code of all sentences, from the codes of some items and the scores of all; and the weight.

    ``scores`` and ``codes`` are floats on about one scale, ``codes`` NaN where nobody coded. An item
    counts as coded where any of its sentences is; its other sentences are left out. The coded items
    must be a random part of all of them (of the group in question). The 95 % interval is a t interval
    on standard errors over items; it is NaN where fewer than five items are coded. n and n_items
    count what was used, coded or not.
    """
    items, names = pd.factorize(np.asarray(items, dtype=object))
    scores, codes = np.asarray(scores, float), np.asarray(codes, float)
    known = ~np.isnan(codes)
    has = np.bincount(items, known, len(names)) > 0
    rest = ~has[items]
    size = int(known.sum() + rest.sum()), len(names)
    if not known.any():
        return Interval(*[float("nan")] * 3, *size), float("nan")
    code, score = (_linear(v[known], items[known]) for v in (codes, scores))
    other = _linear(scores[rest], items[rest])
    weight = _weight(code[1], score[1], other[1]) if len(other[1]) >= FEWEST_ITEMS else 0.0
    shift = weight * (other[0] - score[0]) if weight else 0.0
    estimate = float(code[0] + shift)
    if len(code[1]) < FEWEST_ITEMS:
        return Interval(estimate, float("nan"), float("nan"), *size), weight
    parts = [(_variance(code[1] - weight * score[1]), len(code[1]))]
    parts += [(weight**2 * _variance(other[1]), len(other[1]))] if weight else []
    variance = sum(v for v, _ in parts)
    freedom = variance**2 / max(sum(v**2 / (m - 1) for v, m in parts), 1e-300)
    reach = float(stats.t.ppf(0.975, max(freedom, 1)) * np.sqrt(variance))
    return Interval(estimate, estimate - reach, estimate + reach, *size), weight


def _linear(values: np.ndarray, items: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean of ``values`` and what each item adds to its error, to first order."""
    if not len(values):
        return float("nan"), np.zeros(0)
    average = float(values.mean())
    present = np.bincount(items) > 0
    return average, np.bincount(items, values - average)[present] / len(values)


def _weight(code: np.ndarray, score: np.ndarray, other: np.ndarray) -> float:
    """The weight of the instrument that makes the variance least, from 0 (it tells nothing) to 1 and over."""
    spread = _variance(score) + _variance(other)
    together = len(code) / (len(code) - 1) * float(code @ score) if len(code) > 1 else 0.0
    return max(0.0, together / spread) if spread > 1e-12 else 0.0


def _variance(influence: np.ndarray) -> float:
    m = len(influence)
    return float(influence @ influence) * m / (m - 1) if m > 1 else float("nan")
