"""Shares for and against, put right for the errors that the scorer is known to make.

Where statements are coded as well as scored, it is known how often each verdict of the scorer
(against, neutral, for, or left open) means each true side. Those shares turn the verdicts on all
statements of a group into the sides that they stand for: the predictive values of Marshall (1990),
"Validation study methods for estimating exposure proportions and odds ratios with misclassified data",
Journal of Clinical Epidemiology 43. One bootstrap over items carries both uncertainties. The
verdicts are taken to mean the same in every group; where a scorer errs differently from group to
group, this cannot know.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from cuttings import inference
from cuttings.inference import FEWEST_ITEMS, Interval
from cuttings.tables import STANCES

OPEN = "left open"
VERDICTS = [*STANCES, OPEN]
FEWEST_CODED = 50
"""Below this many coded statements the verdicts' meaning is not known well enough to correct by."""


def corrected(
    data: pd.DataFrame, coded: pd.DataFrame, group: str | list[str], draws: int = 2000, seed: int = 2010
) -> pd.DataFrame:
    """The balance of each group, put right: a row each with estimate, low, high, n and n_items.

    ``data`` has item_id, verdict and the columns of ``group``; ``coded`` has item_id, verdict and
    coded (the true side). The balance is the share for less the share against. No row where fewer
    than ``FEWEST_CODED`` statements or ``FEWEST_ITEMS`` items are coded; no limits for a group of
    fewer than ``FEWEST_ITEMS`` items.
    """
    keys = [group] if isinstance(group, str) else list(group)
    columns = [*keys, *Interval.__dataclass_fields__]
    if len(coded) < FEWEST_CODED or coded["item_id"].nunique() < FEWEST_ITEMS:
        return pd.DataFrame(columns=columns)
    items = pd.Index(sorted({*data["item_id"], *coded["item_id"]}))
    weights = np.vstack([np.ones(len(items)), inference.resample(len(items), draws, seed)])
    means = _meaning(weights, coded, items)
    rows = []
    for key, part in data.groupby(keys, sort=True, observed=True):
        counts = weights @ _counts(part, items)
        with np.errstate(invalid="ignore", divide="ignore"):
            balance = (counts * means).sum(axis=1) / counts.sum(axis=1)
        named = dict(zip(keys, key if isinstance(key, tuple) else (key,), strict=True))
        rows.append({**named, **vars(_interval(balance, len(part), part["item_id"].nunique()))})
    return pd.DataFrame(rows, columns=columns)


def _meaning(weights: np.ndarray, coded: pd.DataFrame, items: pd.Index) -> np.ndarray:
    """For each draw what each verdict is worth: its share truly for less that truly against."""
    of_side = {side: weights @ _counts(coded[coded["coded"] == side], items) for side in STANCES}
    total = sum(of_side.values())
    overall = (of_side["for"] - of_side["against"]).sum(axis=1) / total.sum(axis=1)
    return (of_side["for"] - of_side["against"] + overall[:, None]) / (total + 1)


def _counts(data: pd.DataFrame, items: pd.Index) -> np.ndarray:
    """How many statements of each item have each verdict: shape (items, verdicts)."""
    counts = np.zeros((len(items), len(VERDICTS)))
    at = items.get_indexer(data["item_id"]), [VERDICTS.index(v) for v in data["verdict"]]
    np.add.at(counts, at, 1)
    return counts


def _interval(drawn: np.ndarray, n: int, n_items: int) -> Interval:
    estimate, drawn = float(drawn[0]), drawn[1:][np.isfinite(drawn[1:])]
    if n_items < FEWEST_ITEMS:
        return Interval(estimate, float("nan"), float("nan"), n, n_items)
    low, high = np.quantile(drawn, inference.expanded_levels(n_items))
    return Interval(estimate, float(low), float(high), n, n_items)
