"""Contrasts between stretches of time, in standard errors: as they are, permuted, and about every day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cuttings.inference import FEWEST_ITEMS, expanded_levels, resample
from cuttings.timeline.intervals import dated, day_numbers, drawn_days, overlap, together
from cuttings.timeline.periods import Periods


@dataclass(frozen=True)
class Gathered:
    """Dated items with what every series has of them: ``sums``, ``counts`` and ``speaks``, shape (items, series).

    ``speaks`` counts the items themselves, ``variance`` is that of an item's sum about its expectation.
    """

    frame: pd.DataFrame
    sums: np.ndarray
    counts: np.ndarray
    speaks: np.ndarray
    variance: np.ndarray

    @property
    def spread(self) -> np.ndarray:
        """The standard deviation between items, of each series."""
        per_item = self.counts.sum(axis=0) / np.maximum(self.speaks.sum(axis=0), 1)
        return np.sqrt(self.variance) / np.maximum(per_item, 1e-9)


def gather(values: Sequence[pd.DataFrame], items: pd.DataFrame, years: Periods) -> Gathered:
    """The items dated in the years, with the sums of each of ``values`` (``item_id``, ``value``)."""
    there = dated(items)
    there = there[overlap(there, years.edges[:1], years.edges[-1:])[:, 0] > 0].reset_index(drop=True)
    sums, counts = np.zeros((2, len(there), len(values)))
    for s, one in enumerate(values):
        found = one.groupby("item_id")["value"].agg(["sum", "count"]).reindex(there["item_id"]).fillna(0)
        sums[:, s], counts[:, s] = found["sum"], found["count"]
    speaks = (counts > 0).astype(float)
    residual = sums - sums.sum(axis=0) / np.maximum(counts.sum(axis=0), 1) * counts
    variance = (residual**2).sum(axis=0) / np.maximum(speaks.sum(axis=0) - 1, 1)
    return Gathered(there, sums, counts, speaks, variance)


def windows(days: np.ndarray, months: int, years: Periods) -> tuple[tuple, tuple]:
    """Starts and ends of the stretches of ``months`` before and after each day, cut off where the years end."""
    month = days.astype("datetime64[M]")
    rest = days - month.astype("datetime64[D]")
    shifted = [(month + k * months).astype("datetime64[D]") + rest for k in (-1, 1)]
    at, earlier, later = (np.clip(day_numbers(d), years.edges[0], years.edges[-1]) for d in (days, *shifted))
    return (earlier, at), (at, later)


def means(weights: np.ndarray, there: Gathered) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean, its variance and the number of items for weights of shape (..., items): (..., series) each.

    The variance is taken from all items, so that five that happen to agree are not taken for certain.
    """
    n, items = weights @ there.counts, weights @ there.speaks
    with np.errstate(invalid="ignore", divide="ignore"):
        return weights @ there.sums / n, there.variance * items / n**2, items


def standardised(before: np.ndarray, after: np.ndarray, there: Gathered) -> np.ndarray:
    """The mean after less that before in standard errors; NaN where either side has too few items."""
    early, early_error, n_early = means(before, there)
    late, late_error, n_late = means(after, there)
    error = early_error + late_error
    known = (np.minimum(n_early, n_late) >= FEWEST_ITEMS) & (error > 1e-18)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known, (late - early) / np.sqrt(error), np.nan)


def permuted_maxima(
    before: np.ndarray, after: np.ndarray, there: Gathered, tested: np.ndarray, draws: int, seed: int
) -> np.ndarray:
    """The largest contrast of those ``tested`` when pages swap their dates, for each permutation.

    ``before`` and ``after`` have the shape (contrasts, items). What appeared together stays together.
    """
    if not tested.any():
        return np.empty(0)
    pages = together(there.frame)
    first = np.unique(pages, return_index=True)[1]
    parts = {name: _added(getattr(there, name), pages) for name in ("sums", "counts", "speaks")}
    by_page = replace(there, frame=there.frame.iloc[first], **parts)
    sides = [side[:, first].T for side in (before, after)]
    rng, maxima = np.random.default_rng(seed), []
    for size in np.diff([*range(0, draws, 250), draws]):
        order = rng.random((size, len(first))).argsort(axis=1)
        z = standardised(*(side[order].swapaxes(1, 2) for side in sides), by_page)
        maxima.append(np.nan_to_num(np.abs(np.where(tested, z, 0.0))).max(axis=(1, 2)))
    return np.concatenate(maxima)


def every_day(there: Gathered, months: int, years: Periods) -> np.ndarray:
    """The standardised contrast about every day of the years, shape (days, series)."""
    days = np.arange(years.edges[0], years.edges[-1]).astype("datetime64[D]")
    before, after = (overlap(there.frame, *side).T for side in windows(days, months, years))
    return standardised(before, after, there)


def limits(sides: Sequence[tuple], there: Gathered, draws: int, seed: int) -> np.ndarray:
    """95 % limits of every contrast, shape (contrasts, series, 2), resampling items and drawing their days.

    What is resampled is each item's distance from the mean of its side, so that a side that a draw
    happens to leave nearly empty does not widen the interval for that reason alone.
    """
    out = np.full((len(sides), there.sums.shape[1], 2), np.nan)
    if not len(there.frame):
        return out
    days, weights = drawn_days(there.frame, draws, seed), resample(len(there.frame), draws, seed + 1)
    for e, side in enumerate(sides):
        errors, estimates, fewest = 0.0, [], np.inf
        for sign, (start, end) in zip((-1, 1), side, strict=True):
            share = overlap(there.frame, start, end).T
            mean, _, items = (part[0] for part in means(share, there))
            residual = there.sums - np.nan_to_num(mean) * there.counts
            inside = weights * ((days >= start) & (days < end))
            errors = errors + sign * (inside @ residual) / np.maximum(share @ there.counts, 1e-9)
            estimates.append(mean)
            fewest = np.minimum(fewest, items)
        for s in np.flatnonzero(fewest >= FEWEST_ITEMS):
            levels = expanded_levels(int(fewest[s]))
            out[e, s] = estimates[1][s] - estimates[0][s] + np.quantile(errors[:, s], levels)
    return out


def _added(part: np.ndarray, pages: np.ndarray) -> np.ndarray:
    out = np.zeros((pages.max() + 1, part.shape[1]))
    np.add.at(out, pages, part)
    return out
