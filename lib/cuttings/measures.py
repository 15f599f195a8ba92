"""Measures of agreement with intervals over items, thousands of resamples in one multiplication.

Each measure needs of an item only sums (how often the two sides gave which labels; moments of their
numbers), so a bootstrap of items is a product of weights and sums. The measures are those of
``agreement``, which compute the same from the labels themselves.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from cuttings.bootstrap import evaluate
from cuttings.inference import FEWEST_ITEMS, Interval, expanded_levels, resample

DRAWS = 2000


def of_labels(items: pd.Series, truth: pd.Series, guess: pd.Series) -> dict[str, Interval]:
    """Macro-F1 and Krippendorff's ordinal alpha of two columns of ordered whole numbers.

    Intervals are 95 %, expanded percentiles over resampled items (``inference.mean``); none where there
    are fewer than five items or a measure is not defined in one draw of twenty.
    """
    pairs, size = _pairs(truth, guess)

    def table(sums: np.ndarray) -> np.ndarray:
        return sums.reshape(len(sums), size, size)

    return {
        "Krippendorff's alpha, ordinal": _interval(items, pairs, lambda s: _alpha_ordinal(table(s))),
        "macro-F1": _interval(items, pairs, lambda s: _macro_f1(table(s))),
    }


def gain(items: pd.Series, truth: pd.Series, guess: pd.Series, other: pd.Series) -> tuple[float, Interval]:
    """Macro-F1 of ``other``, and how much higher that of ``guess`` is, with its interval over items."""
    (ours, size), (theirs, other_size) = _pairs(truth, guess), _pairs(truth, other)
    cut = size**2

    def statistic(sums: np.ndarray) -> np.ndarray:
        first, second = sums[:, :cut], sums[:, cut:]
        before = _macro_f1(second.reshape(-1, other_size, other_size))
        return _macro_f1(first.reshape(-1, size, size)) - before

    before = float(_macro_f1(theirs.sum(axis=0).reshape(1, other_size, other_size))[0])
    return before, _interval(items, np.hstack([ours, theirs]), statistic)


def of_numbers(items: pd.Series, truth: pd.Series, guess: pd.Series) -> dict[str, Interval]:
    """Pearson's r and Krippendorff's interval alpha of two columns of numbers on one scale."""
    x, y = np.asarray(truth, float), np.asarray(guess, float)
    moments = np.column_stack([np.ones(len(x)), x, y, x * x, y * y, x * y])
    return {
        "Pearson's r": _interval(items, moments, _pearson),
        "Krippendorff's alpha, interval": _interval(items, moments, _alpha_interval),
    }


def _pairs(truth: pd.Series, guess: pd.Series) -> tuple[np.ndarray, int]:
    """For each row a one in the place of its pair of labels, and the number of labels."""
    labels, placed = np.unique(np.concatenate([truth, guess]), return_inverse=True)
    size, n = len(labels), len(truth)
    return (np.eye(size**2)[placed[:n] * size + placed[n:]] if n else np.zeros((0, 0))), size


def _interval(items: pd.Series, columns: np.ndarray, measure: Callable[[np.ndarray], np.ndarray]) -> Interval:
    """``measure`` of the sums of ``columns`` over all rows, with its interval over items."""
    codes, names = pd.factorize(np.asarray(items, dtype=object), sort=True)
    nan, n_items = float("nan"), len(names)
    if not len(codes):
        return Interval(nan, nan, nan, 0, 0)
    sums = np.zeros((n_items, columns.shape[1]))
    np.add.at(sums, codes, columns)

    def statistic(weights: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return measure(weights @ sums)

    estimate = float(statistic(np.ones((1, n_items)))[0])
    if n_items < FEWEST_ITEMS:
        return Interval(estimate, nan, nan, len(codes), n_items)
    drawn = evaluate(statistic, resample(n_items, DRAWS, 2010))
    drawn = drawn[np.isfinite(drawn)]
    if len(drawn) <= 0.95 * DRAWS:
        return Interval(estimate, nan, nan, len(codes), n_items)
    low, high = np.quantile(drawn, expanded_levels(n_items))
    return Interval(estimate, float(low), float(high), len(codes), n_items)


def _macro_f1(tables: np.ndarray) -> np.ndarray:
    both = np.diagonal(tables, axis1=1, axis2=2)
    used = tables.sum(axis=1) + tables.sum(axis=2)
    return np.where(used > 0, 2 * both / np.maximum(used, 1e-300), 0).sum(axis=1) / (used > 0).sum(axis=1)


def _alpha_ordinal(tables: np.ndarray) -> np.ndarray:
    """From the coincidences of two coders; a label's place is the middle of its ranks."""
    coincide = tables + tables.transpose(0, 2, 1)
    n = coincide.sum(axis=2)
    middle = np.cumsum(n, axis=1) - n / 2
    apart = (middle[:, :, None] - middle[:, None, :]) ** 2
    observed = (coincide * apart).sum(axis=(1, 2))
    expected = (n[:, :, None] * n[:, None, :] * apart).sum(axis=(1, 2)) / (n.sum(axis=1) - 1)
    return 1 - observed / np.where(expected > 0, expected, np.nan)


def _pearson(moments: np.ndarray) -> np.ndarray:
    n, x, y, xx, yy, xy = moments.T
    spread = np.maximum(n * xx - x * x, 0), np.maximum(n * yy - y * y, 0)
    varies = (spread[0] > 1e-9 * n * n) & (spread[1] > 1e-9 * n * n)
    return np.where(varies, (n * xy - x * y) / np.sqrt(spread[0] * spread[1]), np.nan)


def _alpha_interval(moments: np.ndarray) -> np.ndarray:
    n, x, y, xx, yy, xy = moments.T
    observed = (xx + yy - 2 * xy) / n
    spread = (xx + yy) / (2 * n) - ((x + y) / (2 * n)) ** 2
    expected = 2 * spread * 2 * n / (2 * n - 1)
    return np.where(expected > 1e-12, 1 - observed / np.where(expected > 0, expected, np.nan), np.nan)
