"""Series over periods from items whose dates are intervals, with a band for sampling and dating."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cuttings import inference
from cuttings.timeline.intervals import SEED, bounds, dated, drawn_days, overlap
from cuttings.timeline.periods import Periods, decimal

COLUMNS = ["period", "x", *inference.Interval.__dataclass_fields__]


def series(
    data: pd.DataFrame, value: str, items: pd.DataFrame, periods: Periods, draws: int = 2000, seed: int = SEED
) -> pd.DataFrame:
    """The mean of ``value`` in every period, with a 95 % band for sampling and dating together.

    ``data`` has ``item_id`` and ``value`` by sentence or statement, ``items`` is as ``dates.placed``
    gives it. In each draw every item has a day from its interval and items are resampled whole; the
    band is the range of the drawn means, expanded as ``inference.mean`` does. A row a period: period,
    x (decimal year of its middle), estimate (items weighted by the share of their interval in the
    period), low and high, n and n_items (expected numbers). A period without items has NaN and
    noughts. There is no band where fewer than ``inference.FEWEST_ITEMS`` items are expected, nor
    where all items say the same, since nothing then tells how much they might differ.
    """
    there, sums, counts = by_item(data, value, items)
    shares = overlap(there, periods.edges[:-1], periods.edges[1:])
    n_items, n, total = shares.sum(axis=0), shares.T @ counts, shares.T @ sums
    estimate = np.divide(total, n, out=np.full(len(periods), np.nan), where=n > 0)
    low, high = _band(there, sums, counts, shares, periods, draws, seed)
    columns = [periods.names, periods.x, estimate, low, high, n, n_items]
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def by_item(
    data: pd.DataFrame, value: str, items: pd.DataFrame
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """The dated items that ``data`` speaks of, with the sum of ``value`` in each and its count."""
    sums = data.groupby("item_id")[value].agg(["sum", "count"])
    there = dated(items[items["item_id"].isin(sums.index)])
    found = sums.loc[there["item_id"]]
    return there, found["sum"].to_numpy(float), found["count"].to_numpy(float)


def item_points(data: pd.DataFrame, value: str, items: pd.DataFrame) -> pd.DataFrame:
    """The mean of ``value`` in each dated item: item_id, mean, n, and the interval of its date.

    ``first`` and ``last`` are decimal years; ``last`` is the end of the last day.
    """
    there, sums, counts = by_item(data, value, items)
    first, last = bounds(there)
    points = {"item_id": there["item_id"], "mean": sums / counts, "n": counts.astype("int64")}
    return pd.DataFrame({**points, "first": decimal(first), "last": decimal(last + 1)})


def late_less_early(
    data: pd.DataFrame, value: str, items: pd.DataFrame, year_from: int, year_to: int, level: float = 0.95
) -> inference.Interval:
    """The mean of the later half of the years less that of the earlier half.

    An item counts in the half that holds the middle of its interval of dates; the interval covers at
    ``level``.
    """
    points = item_points(data, value, items)
    points = points[(points["last"] > year_from) & (points["first"] < year_to + 1)]
    middle = points.set_index("item_id")[["first", "last"]].mean(axis=1)
    shown = data[data["item_id"].isin(middle.index)]
    late = shown["item_id"].map(middle).to_numpy(float) >= (year_from + year_to + 1) / 2
    return inference.contrast(shown[value], shown["item_id"], late, level)


def _band(
    there, sums, counts, shares, periods: Periods, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """The limits of each period's mean; NaN where there are too few items or they do not differ."""
    low, high = np.full((2, len(periods)), np.nan)
    expected = shares.sum(axis=0)
    differ = np.array([_differ(share, sums, counts) for share in shares.T], dtype=bool)
    told = np.flatnonzero((expected >= inference.FEWEST_ITEMS) & differ)
    if not len(told):
        return low, high
    period = periods.index(drawn_days(there, draws, seed))
    weights = inference.resample(len(there), draws, seed + 1)
    for p in told:
        total, n = shares[:, p] @ sums, shares[:, p] @ counts
        near = np.flatnonzero(shares[:, p])
        errors = (weights[:, near] * (period[:, near] == p)) @ (sums - total / n * counts)[near] / n
        limits = total / n + np.quantile(errors, inference.expanded_levels(int(expected[p])))
        low[p], high[p] = np.clip(limits, *_reach(near, sums, counts))
    return low, high


def _differ(share: np.ndarray, sums: np.ndarray, counts: np.ndarray) -> bool:
    low, high = _reach(np.flatnonzero(share), sums, counts)
    return bool(high - low > 1e-9)


def _reach(near: np.ndarray, sums: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """The lowest and the highest mean of the items at places ``near``."""
    means = (sums / counts)[near]
    return (float(means.min()), float(means.max())) if len(means) else (0.0, 0.0)
