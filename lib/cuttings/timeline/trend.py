"""Trend: does a yearly series only rise or only fall, and by how much a year?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cuttings import show
from cuttings.inference import FEWEST_ITEMS
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import series
from cuttings.timeline.shifts import Series

FEWEST_PERIODS = 6
"""Fewer points than this cannot show a trend at 5 % after adjusting for a few series."""


def trends(points: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The Mann-Kendall test of each series (``points`` as ``series`` gives them, by name), a row each.

    Columns: series, periods (those with at least ``FEWEST_ITEMS`` items), tau (-1 to 1), slope a year
    with low and high (Sen 1968), p (Holm's, over the series tested), echo (the correlation of each
    period with the next, once the slope is taken off) and says. A trend test takes the periods for independent;
    where echo is well above 0, p is too small (Hamed and Rao 1998). NaN below ``FEWEST_PERIODS``.
    Mann (1945), Econometrica 13; Kendall (1975), *Rank Correlation Methods*.
    """
    rows = [{"series": name, **_trend(one)} for name, one in points.items()]
    found = pd.DataFrame(rows, columns=["series", "periods", "tau", "slope", "low", "high", "p", "echo"])
    tested = found["p"].notna()
    if tested.any():
        found.loc[tested, "p"] = multipletests(found.loc[tested, "p"], method="holm")[1]
    return found.assign(says=[_says(*row) for row in found[["p", "slope"]].itertuples(index=False)])


def series_of(asked: Mapping[str, Series], items: pd.DataFrame, periods: Periods) -> dict[str, pd.DataFrame]:
    """The series of each of ``asked`` (as ``shifts`` takes them) by its title."""
    return {one.title: series(one.values, "value", items, periods) for one in asked.values()}


def readable_trends(found: pd.DataFrame) -> pd.DataFrame:
    """``trends`` as a table to show."""
    shown = found.assign(
        slope=[_slope(*row) for row in found[["slope", "low", "high"]].itertuples(index=False)]
    )
    return shown[["series", "periods", "tau", "slope", "p", "echo", "says"]].rename(
        columns={"slope": "slope a year [95 % interval]", "p": "p (adjusted)"}
    )


def _slope(slope: float, low: float, high: float) -> str:
    if slope != slope:
        return "–"
    return f"{show.number(slope, 3)} [{show.number(low, 3)}, {show.number(high, 3)}]"


def _trend(points: pd.DataFrame) -> dict[str, float]:
    there = points[points["n_items"] >= FEWEST_ITEMS]
    x, y = there["x"].to_numpy(float), there["estimate"].to_numpy(float)
    if len(x) < FEWEST_PERIODS or np.ptp(y) == 0:
        return {"periods": len(x)} | dict.fromkeys(["tau", "slope", "low", "high", "p", "echo"], np.nan)
    tau, p = stats.kendalltau(x, y)
    slope, intercept, low, high = stats.theilslopes(y, x)
    rest = y - intercept - slope * x
    echo = float(np.corrcoef(rest[:-1], rest[1:])[0, 1]) if np.ptp(rest) > 1e-12 else 0.0
    return {"periods": len(x), "tau": tau, "slope": slope, "low": low, "high": high, "p": p, "echo": echo}


def _says(p: float, slope: float) -> str:
    if p != p:
        return "too few periods"
    return "cannot tell" if p > 0.05 else ("rises" if slope > 0 else "falls")
