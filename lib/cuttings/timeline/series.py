"""Series over years from items whose dates are intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cuttings import dates, inference

COLUMNS = ["year", *inference.Interval.__dataclass_fields__]


def by_year(
    data: pd.DataFrame,
    value: str,
    items: pd.DataFrame,
    year_from: int,
    year_to: int,
    draws: int = 2000,
    seed: int = 2010,
) -> pd.DataFrame:
    """The mean of ``value`` in every year shown, with a band for sampling and dating together.

    ``data`` has ``item_id`` and ``value`` by sentence or statement, ``items`` is as ``dates.placed``
    gives it. In each draw items are resampled whole and each falls in a year with the probability
    that its interval of dates gives it. A row a year: estimate (items weighted by that probability),
    low and high (NaN where fewer than ``inference.FEWEST_ITEMS`` are expected), n and n_items
    (expected numbers). A year without items has NaN and noughts.
    """
    sums = data.groupby("item_id")[value].agg(["sum", "count"]).reset_index()
    parts = dates.year_shares(items).merge(sums, on="item_id").sort_values(["year", "item_id"])
    rows = []
    for year in range(year_from, year_to + 1):
        part = parts[parts["year"] == year]
        rows.append((year, *_mean_of_year(part, draws, seed)))
    return pd.DataFrame(rows, columns=COLUMNS)


def item_points(data: pd.DataFrame, value: str, items: pd.DataFrame) -> pd.DataFrame:
    """The mean of ``value`` in each dated item: item_id, mean, n, and the interval of its date.

    ``first`` and ``last`` are decimal years; ``last`` is the end of the last day.
    """
    means = data.groupby("item_id")[value].agg(mean="mean", n="size").reset_index()
    dated = items.dropna(subset=["date_earliest"])[["item_id", "date_earliest", "date_latest"]]
    points = means.merge(dated, on="item_id").sort_values(["date_earliest", "date_latest", "item_id"])
    first = dates.decimal_years(points["date_earliest"])
    last = dates.decimal_years(points["date_latest"] + pd.Timedelta(days=1))
    return points[["item_id", "mean", "n"]].assign(first=first, last=last).reset_index(drop=True)


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


def _mean_of_year(part: pd.DataFrame, draws: int, seed: int) -> tuple[float, float, float, float, float]:
    share, sums, counts = (part[c].to_numpy(float) for c in ("share", "sum", "count"))
    n_items, n = share.sum(), (share * counts).sum()
    if not len(part):
        return float("nan"), float("nan"), float("nan"), 0.0, 0.0
    estimate = (share * sums).sum() / n
    if n_items < inference.FEWEST_ITEMS:
        return estimate, float("nan"), float("nan"), n, n_items
    weights = inference.resample(len(part), draws, seed)
    weights *= np.random.default_rng(seed + 1).random(weights.shape) < share
    drawn = weights @ counts
    means = (weights @ sums)[drawn > 0] / drawn[drawn > 0]
    low, high = np.quantile(means, inference.expanded_levels(int(n_items)))
    return estimate, float(low), float(high), n, n_items
