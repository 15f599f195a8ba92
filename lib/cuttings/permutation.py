"""Tests by permutation that keep items whole, and many of them adjusted together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

ROWS = 500
"""Permutations that are worked on at once, which bounds the memory."""


def p_value(
    values: pd.Series, items: pd.Series, chosen: pd.Series, draws: int = 4999, seed: int = 2010
) -> float:
    """How often chance alone sets the two sides as far apart as they are: a two-sided p.

    ``values`` are floats, ``items`` the item of each, ``chosen`` (bools) its side. Where every item is
    wholly on one side, sides are dealt anew to whole items, and the difference of means is measured in
    standard errors that know the items, so that sides may differ in spread (Janssen 1997,
    "Studentized permutation tests", Statistics & Probability Letters 36). Where items have both
    sides, the contribution of each whole item to the difference changes sign at random (Hemerik,
    Goeman and Finos 2020, "Robust testing in generalized linear models by sign flipping score
    contributions", JRSS B 82). NaN where a side has fewer than two items.
    """
    codes, names = pd.factorize(np.asarray(items, dtype=object), sort=True)
    values, chosen = np.asarray(values, float), np.asarray(chosen, bool)
    ours, theirs = (np.bincount(codes, side.astype(float), len(names)) for side in (chosen, ~chosen))
    if min((ours > 0).sum(), (theirs > 0).sum()) < 2:
        return float("nan")
    rng = np.random.default_rng(seed)
    if np.any((ours > 0) & (theirs > 0)):
        observed, drawn = _flipped(_scores(values, codes, chosen, len(names)), draws, rng)
    else:
        sums = np.bincount(codes, values - values.mean(), len(names))
        observed, drawn = _dealt(sums, ours + theirs, ours > 0, draws, rng)
    if not np.isfinite(observed):
        return float("nan")
    return float((1 + np.sum(drawn >= observed - 1e-12)) / (1 + draws))


def adjusted(p: pd.Series) -> pd.Series:
    """p-values adjusted for a family of tests so that its false discoveries are held; NaN stays NaN.

    Benjamini and Hochberg (1995), "Controlling the false discovery rate", JRSS B 57.
    """
    out = pd.Series(p, dtype=float).copy()
    known = out.notna()
    if known.any():
        out[known] = multipletests(out[known], method="fdr_bh")[1]
    return out


def _dealt(
    sums: np.ndarray, counts: np.ndarray, side: np.ndarray, draws: int, rng: np.random.Generator
) -> tuple[float, np.ndarray]:
    """The studentised difference as it is and with sides dealt anew to items, signs left out."""
    observed = float(_studentised(sums, counts, side[None, :].astype(float))[0])
    drawn = []
    for start in range(0, draws, ROWS):
        order = rng.random((min(ROWS, draws - start), len(side))).argsort(axis=1)
        drawn.append(_studentised(sums, counts, side[order].astype(float)))
    return observed, np.nan_to_num(np.concatenate(drawn), nan=0.0)


def _studentised(sums: np.ndarray, counts: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Differences of means over their linearised standard errors, for rows of 0 and 1 by item."""
    squares = np.column_stack([sums, counts, sums**2, sums * counts, counts**2])
    difference, variance = 0.0, 0.0
    for sign, weights in ((1, sides), (-1, 1 - sides)):
        total, n, ss, sc, cc = (weights @ squares).T
        mean, m = total / n, weights.sum(axis=1)
        difference = difference + sign * mean
        variance = variance + (ss - 2 * mean * sc + mean**2 * cc) / n**2 * m / (m - 1)
    return np.abs(difference) / np.sqrt(np.maximum(variance, 1e-300))


def _scores(values: np.ndarray, codes: np.ndarray, chosen: np.ndarray, n_items: int) -> np.ndarray:
    """What each item adds to the covariance of value and side."""
    return np.bincount(codes, (values - values.mean()) * (chosen - chosen.mean()), n_items)


def _flipped(scores: np.ndarray, draws: int, rng: np.random.Generator) -> tuple[float, np.ndarray]:
    drawn = []
    for start in range(0, draws, ROWS):
        signs = rng.integers(0, 2, (min(ROWS, draws - start), len(scores))) * 2.0 - 1
        drawn.append(np.abs(signs @ scores))
    return float(np.abs(scores.sum())), np.concatenate(drawn)
