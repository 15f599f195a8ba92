"""How sure a number is: intervals that know that sentences of one item belong together.

Sentences of one item share a writer and a subject, so they are not independent. Everything here
resamples items, never sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import stats

FEWEST_ITEMS = 5
"""Below this many items no interval is given: the points are drawn and the reader is told."""


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence limits; the limits are NaN where there are too few items."""

    estimate: float
    low: float
    high: float
    n: int
    n_items: int

    @property
    def enough(self) -> bool:
        return self.low == self.low

    def __str__(self) -> str:
        if self.n == 0:
            return "nothing to measure"
        limits = f"[{self.low:.2f}, {self.high:.2f}]" if self.enough else "too few items for an interval"
        return f"{self.estimate:.2f} {limits}, n = {self.n:,} in {self.n_items:,} items"


def mean(values: pd.Series, items: pd.Series, draws: int = 2000, seed: int = 2010) -> Interval:
    """The mean of ``values`` with a 95 % bootstrap interval that resamples whole items.

    ``values`` are floats, ``items`` the item that each belongs to, of the same length. The interval
    is the expanded percentile interval of Hesterberg (2015), "What teachers should know about the
    bootstrap", The American Statistician 69(4), section 5.3: the percentiles are widened by the
    factor that a t interval needs at this number of items.
    """
    data = pd.DataFrame({"value": np.asarray(values, float), "item": np.asarray(items)})
    sums = data.groupby("item", sort=True)["value"].agg(["sum", "count"])
    estimate = float(data["value"].mean()) if len(data) else float("nan")
    if len(sums) < FEWEST_ITEMS:
        return Interval(estimate, float("nan"), float("nan"), len(data), len(sums))
    weights = resample(len(sums), draws, seed)
    means = (weights @ sums["sum"].to_numpy()) / (weights @ sums["count"].to_numpy())
    low, high = np.quantile(means, expanded_levels(len(sums)))
    return Interval(estimate, float(low), float(high), len(data), len(sums))


def of(
    statistic: Callable[..., float],
    items: pd.Series,
    *columns: pd.Series,
    draws: int = 1000,
    seed: int = 2010,
    level: float = 0.95,
    centred: bool = False,
) -> Interval:
    """Any ``statistic`` of whole columns, with an interval that resamples items as ``mean`` does.

    ``statistic`` takes the columns as arrays and gives a float. Draws in which it is not defined
    (NaN) are left out; where that is one draw in twenty or more, there is no interval. Where
    ``centred``, the limits are moved back by the draws' bias, as for a statistic that every noise
    makes larger (Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, 10.2).
    """
    arrays = [np.asarray(c) for c in columns]
    codes, names = pd.factorize(np.asarray(items, dtype=object), sort=True)
    n, n_items = len(codes), len(names)
    estimate = float(statistic(*arrays)) if n else float("nan")
    none = Interval(estimate, float("nan"), float("nan"), n, n_items)
    if n_items < FEWEST_ITEMS:
        return none
    rows = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    rng = np.random.default_rng(seed)
    drawn = (np.concatenate([rows[i] for i in rng.integers(0, n_items, n_items)]) for _ in range(draws))
    values = np.array([statistic(*(a[index] for a in arrays)) for index in drawn])
    values = values[np.isfinite(values)]
    if len(values) <= 0.95 * draws:
        return none
    bias = values.mean() - estimate if centred else 0.0
    low, high = np.quantile(values, expanded_levels(n_items, level)) - bias
    return Interval(estimate, float(low), float(high), n, n_items)


def contrast(values: pd.Series, items: pd.Series, chosen: pd.Series, level: float = 0.95) -> Interval:
    """The mean of ``values`` where ``chosen`` is true less their mean elsewhere, resampling items.

    The interval covers at ``level``; the wider it is, the more draws, so that its tails hold as many.
    No interval is given where either side has fewer than ``FEWEST_ITEMS`` items.
    """
    values, items, chosen = np.asarray(values, float), np.asarray(items, object), np.asarray(chosen, bool)
    found = of(_difference, items, values, chosen, draws=round(50 / (1 - level)), level=level)
    if min(len(set(items[chosen])), len(set(items[~chosen]))) >= FEWEST_ITEMS:
        return found
    return replace(found, low=float("nan"), high=float("nan"))


def _difference(values: np.ndarray, chosen: np.ndarray) -> float:
    if chosen.all() or not chosen.any():
        return float("nan")
    return float(values[chosen].mean() - values[~chosen].mean())


def share(right: pd.Series, items: pd.Series) -> Interval:
    """The share of ``right`` (bools) that is true, as ``mean``; where all or none are, exactly.

    A bootstrap of equal values has no width. There the limits are those of Clopper and Pearson (1934),
    "The use of confidence or fiducial limits", Biometrika 26, with an item as the unit.
    """
    found = mean(pd.Series(right, dtype=float), items)
    if not found.n_items or 0 < found.estimate < 1:
        return found
    edge = float(0.025 ** (1 / found.n_items))
    low, high = (edge, 1.0) if found.estimate == 1 else (0.0, 1 - edge)
    return replace(found, low=low, high=high)


@lru_cache(maxsize=2)
def resample(n_items: int, draws: int, seed: int) -> np.ndarray:
    """How often each of ``n_items`` is drawn in each bootstrap sample: shape (draws, n_items), read-only."""
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(n_items, np.full(n_items, 1 / n_items), size=draws).astype(float)
    drawn.flags.writeable = False
    return drawn


def expanded_levels(n_items: int, level: float = 0.95) -> tuple[float, float]:
    """The percentiles to read off so that an interval from ``n_items`` covers at ``level``."""
    t = stats.t.ppf((1 + level) / 2, n_items - 1)
    tail = float(stats.norm.cdf(-np.sqrt(n_items / (n_items - 1)) * t))
    return tail, 1 - tail


def by_group(data: pd.DataFrame, group: str | list[str], value: str, item: str = "item_id") -> pd.DataFrame:
    """``mean`` of ``value`` for each group: a row each with estimate, low, high, n and n_items."""
    keys = [group] if isinstance(group, str) else list(group)
    rows = []
    for key, part in data.groupby(keys, sort=True, observed=True):
        interval = mean(part[value], part[item])
        rows.append({**dict(zip(keys, key, strict=True)), **vars(interval)})
    return pd.DataFrame(rows, columns=[*keys, *Interval.__dataclass_fields__])
