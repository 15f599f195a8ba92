"""Bootstrap intervals of statistics that are functions of how often each item counts.

A bootstrap sample of items is a row of weights: how often each item was drawn. A statistic that takes
many such rows at once and gives a value for each is drawn thousands of times in one multiplication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy import stats

from cuttings.inference import expanded_levels, resample

Weighted = Callable[[np.ndarray], np.ndarray]
"""From weights of items, shape (samples, items), to a value for each sample; NaN where not defined."""

WithError = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""The same, giving each value with its standard error."""

GROUPS = 200
"""Groups of items that the jackknife leaves out in turn where there are more items than that."""
ROWS = 250
"""Samples that are worked on at once, which bounds the memory."""


def bca(
    statistic: Weighted, n_items: int, draws: int = 2000, seed: int = 2010, level: float = 0.95
) -> tuple[float, float]:
    """The limits of the bias-corrected and accelerated bootstrap interval, resampling items.

    The levels are first widened for few items as Hesterberg (2015) proposes, then moved for the bias
    and the skewness of the statistic: Efron (1987), "Better bootstrap confidence intervals", JASA 82.
    NaN where the statistic is not defined in one draw of twenty or more.
    """
    drawn = evaluate(statistic, resample(n_items, draws, seed))
    drawn = drawn[np.isfinite(drawn)]
    if len(drawn) <= 0.95 * draws:
        return float("nan"), float("nan")
    estimate = float(statistic(np.ones((1, n_items)))[0])
    below = (np.sum(drawn < estimate) + 0.5 * np.sum(drawn == estimate)) / len(drawn)
    bias = stats.norm.ppf(np.clip(below, 1 / len(drawn), 1 - 1 / len(drawn)))
    skew = _acceleration(statistic, n_items)
    z = bias + stats.norm.ppf(np.array(expanded_levels(n_items, level)))
    low, high = np.quantile(drawn, stats.norm.cdf(bias + z / (1 - skew * z)))
    return float(low), float(high)


def studentised(
    statistic: WithError, n_items: int, draws: int = 2000, seed: int = 2010, level: float = 0.95
) -> tuple[float, float]:
    """The limits of the studentised bootstrap interval (bootstrap-t), resampling items.

    Errors are measured in standard errors, which each draw estimates for itself, so that few items and
    skewed ones are allowed for: Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, 12.5.
    NaN where statistic or error is not defined in one draw of twenty or more.
    """
    weights = resample(n_items, draws, seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate, error = (float(v[0]) for v in statistic(np.ones((1, n_items))))
        drawn, errors = statistic(weights)
        t = (drawn - estimate) / np.where(errors > 1e-9, errors, np.nan)
    t = t[np.isfinite(t)]
    if len(t) <= 0.95 * draws:
        return float("nan"), float("nan")
    low, high = np.quantile(t, [(1 + level) / 2, (1 - level) / 2])
    return float(estimate - low * error), float(estimate - high * error)


def evaluate(statistic: Weighted, weights: np.ndarray) -> np.ndarray:
    """The statistic of every row of ``weights``, a few hundred rows at a time."""
    parts = [statistic(weights[i : i + ROWS]) for i in range(0, len(weights), ROWS)]
    return np.concatenate(parts)


def _acceleration(statistic: Weighted, n_items: int) -> float:
    left_out = np.concatenate([statistic(rows) for rows in _leaving_out(n_items)])
    apart = np.nanmean(left_out) - left_out
    spread = np.nansum(apart**2) ** 1.5
    return float(np.nansum(apart**3) / (6 * spread)) if spread > 0 else 0.0


def _leaving_out(n_items: int) -> Iterator[np.ndarray]:
    """Weights that leave out each item, or each of ``GROUPS`` groups of items, a few at a time."""
    groups = np.arange(n_items) * min(GROUPS, n_items) // n_items
    for start in range(0, groups[-1] + 1, ROWS):
        yield (groups != np.arange(start, min(start + ROWS, groups[-1] + 1))[:, None]).astype(float)
