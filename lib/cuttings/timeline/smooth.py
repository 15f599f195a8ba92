"""A smoothed line through items, where there are enough of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.nonparametric.smoothers_lowess import lowess

from cuttings.inference import resample
from cuttings.timeline.intervals import SEED, drawn_days
from cuttings.timeline.periods import Periods, decimal
from cuttings.timeline.series import by_item

FEWEST = 60
"""Items below which nothing is smoothed: a local fit would rest on fewer than thirty of them."""


def smoothed(
    data: pd.DataFrame, value: str, items: pd.DataFrame, periods: Periods, draws: int = 120, seed: int = SEED
) -> pd.DataFrame:
    """LOESS through the items' means with a 95 % band, at the middles of the periods: x, estimate, low, high.

    Each local fit takes half of the items. In a draw items are resampled and every item has a day from its
    interval. No row below ``FEWEST`` items, and none for a period without items, before the first or
    after the last. Cleveland (1979), "Robust locally weighted regression", JASA 74, without the robust steps.
    """
    empty = pd.DataFrame(columns=["x", "estimate", "low", "high"], dtype=float)
    there, sums, counts = by_item(data, value, items)
    if len(there) < FEWEST:
        return empty
    at, means = decimal(drawn_days(there, draws, seed)), sums / counts
    inside = (at >= periods.year_from) & (at < periods.year_to + 1)
    weights = resample(len(there), draws, seed + 1).astype(int) * inside
    if inside.sum(axis=1).min() < FEWEST:
        return empty
    x = periods.x[
        np.bincount(periods.index(drawn_days(there, draws, seed)).ravel(), minlength=len(periods))[
            : len(periods)
        ]
        > 0
    ]
    lines = np.array(
        [_fit(np.repeat(a, w), np.repeat(means, w), x) for a, w in zip(at, weights, strict=True)]
    )
    plain = np.mean([_fit(a[i], means[i], x) for a, i in zip(at[:20], inside[:20], strict=True)], axis=0)
    low, high = np.nanquantile(lines, [0.025, 0.975], axis=0)
    return pd.DataFrame({"x": x, "estimate": plain, "low": low, "high": high}).dropna(ignore_index=True)


def _fit(x: np.ndarray, y: np.ndarray, at: np.ndarray) -> np.ndarray:
    order = np.argsort(x, kind="stable")
    return lowess(y[order], x[order], frac=0.5, it=0, xvals=at)
