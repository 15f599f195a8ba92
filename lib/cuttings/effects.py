"""How far two groups of sentences lie apart, with intervals and a test that keep items whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from cuttings import permutation
from cuttings.bootstrap import Weighted, WithError, bca, studentised
from cuttings.inference import FEWEST_ITEMS, Interval

FINEST = 512
"""Different values that Cliff's delta tells apart while resampling; more are put into bins of equal number."""


@dataclass(frozen=True)
class Effect:
    """Chosen sentences against the others: two sizes of the effect, and the p of a permutation test.

    ``difference`` is of means, in the unit of the values. ``delta`` is Cliff's: how much likelier a
    chosen sentence is the higher one of a pair than the lower, from -1 to 1. ``n`` and ``n_items``
    count both sides together in the intervals, and each side here. Limits and p are NaN where a side
    has fewer than ``FEWEST_ITEMS`` items.
    """

    difference: Interval
    delta: Interval
    p: float
    n_chosen: int
    n_other: int
    items_chosen: int
    items_other: int

    @property
    def enough(self) -> bool:
        return self.difference.enough


def compare(
    values: pd.Series, items: pd.Series, chosen: pd.Series, draws: int = 2000, seed: int = 2010
) -> Effect:
    """The effect of being ``chosen`` (bools) on ``values`` (floats), resampling and permuting ``items``.

    The three are of the same length; a value belongs to one item, an item may have both sides.
    The interval of the difference is studentised (BCa where items are so alike that many draws have
    no spread to measure errors by), that of delta BCa, both 95 % (``bootstrap``); the
    test is ``permutation.p_value``, which permutes twice as often as the bootstrap draws.
    Cliff (1993), "Dominance statistics", Psychological Bulletin 114.
    """
    codes, names = pd.factorize(np.asarray(items, dtype=object), sort=True)
    values, chosen = np.asarray(values, float), np.asarray(chosen, bool)
    sides = [len(np.unique(codes[side])) for side in (chosen, ~chosen)]
    counts = int(chosen.sum()), int((~chosen).sum()), *sides
    estimates = [difference(values, chosen), cliffs_delta(values[chosen], values[~chosen])]
    limits, p = [(float("nan"), float("nan"))] * 2, float("nan")
    if min(sides) >= FEWEST_ITEMS:
        limits = [
            _limits(_difference(values, codes, chosen), len(names), draws, seed),
            bca(_delta(values, codes, chosen), len(names), draws, seed),
        ]
        p = permutation.p_value(values, items, chosen, 2 * draws - 1, seed)
    found = [
        Interval(estimate, *limit, len(values), len(names))
        for estimate, limit in zip(estimates, limits, strict=True)
    ]
    return Effect(*found, p, *counts)


def difference(values: np.ndarray, chosen: np.ndarray) -> float:
    """The mean of the chosen values less that of the others; NaN where a side is empty."""
    if chosen.all() or not chosen.any():
        return float("nan")
    return float(values[chosen].mean() - values[~chosen].mean())


def cliffs_delta(first: np.ndarray, second: np.ndarray) -> float:
    """The share of pairs in which ``first`` is higher less the share in which it is lower, -1 to 1."""
    if not len(first) or not len(second):
        return float("nan")
    ordered = np.sort(second)
    lower, upper = np.searchsorted(ordered, first, "left"), np.searchsorted(ordered, first, "right")
    return float((lower.sum() - (len(ordered) - upper).sum()) / (len(first) * len(ordered)))


def _limits(statistic: WithError, n_items: int, draws: int, seed: int) -> tuple[float, float]:
    low, high = studentised(statistic, n_items, draws, seed)
    return (low, high) if low == low else bca(lambda weights: statistic(weights)[0], n_items, draws, seed)


def _difference(values: np.ndarray, codes: np.ndarray, chosen: np.ndarray) -> WithError:
    """The difference of means, with the standard error of its linearisation over items."""
    n_items, centred = codes.max() + 1, values - values.mean()
    sides = [s.astype(float) for s in (chosen, ~chosen)]
    parts = np.column_stack([np.bincount(codes, v, n_items) for s in sides for v in (centred * s, s)])
    products = (parts[:, :, None] * parts[:, None, :]).reshape(n_items, -1)

    def statistic(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with np.errstate(invalid="ignore", divide="ignore"):
            total, n, other_total, other_n = (weights @ parts).T
            mean, other = total / n, other_total / other_n
            slopes = np.column_stack([1 / n, -mean / n, -1 / other_n, other / other_n])
            squared = (slopes[:, :, None] * slopes[:, None, :]).reshape(len(weights), -1)
            drawn = weights.sum(axis=1)
            variance = (squared * (weights @ products)).sum(axis=1) * drawn / (drawn - 1)
            return mean - other, np.sqrt(np.maximum(variance, 0))

    return statistic


def _delta(values: np.ndarray, codes: np.ndarray, chosen: np.ndarray) -> Weighted:
    places = _places(values)
    shape = codes.max() + 1, places.max() + 1
    counted = [
        sparse.csr_array((np.ones(side.sum()), (codes[side], places[side])), shape=shape)
        for side in (chosen, ~chosen)
    ]

    def statistic(weights: np.ndarray) -> np.ndarray:
        first, second = (weights @ side for side in counted)
        below = np.cumsum(second, axis=1) - second
        above = second.sum(axis=1, keepdims=True) - below - second
        with np.errstate(invalid="ignore", divide="ignore"):
            return (first * (below - above)).sum(axis=1) / (first.sum(axis=1) * second.sum(axis=1))

    return statistic


def _places(values: np.ndarray) -> np.ndarray:
    """The rank of each value among the different ones, in at most ``FINEST`` bins."""
    places = np.unique(values, return_inverse=True)[1]
    if places.max() < FINEST:
        return places
    ranks = np.argsort(np.argsort(places, kind="stable"), kind="stable")
    first = pd.Series(ranks).groupby(places).transform("min").to_numpy()
    return np.unique(first * FINEST // len(values), return_inverse=True)[1]
