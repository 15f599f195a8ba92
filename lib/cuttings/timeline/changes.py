"""The one day, if any, at which a series of items is best cut in two."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import ruptures
from statsmodels.stats.multitest import multipletests

from cuttings.timeline.intervals import SEED, bounds, drawn_days, together
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import by_item

SHORTEST = 40
"""Fewer items than this are not searched for a change."""
SIDE = 8
"""A part that the series is cut into has at least so many items."""


def change_points(
    values: Mapping[str, pd.DataFrame],
    items: pd.DataFrame,
    periods: Periods,
    draws: int = 400,
    seed: int = SEED,
) -> pd.DataFrame:
    """The likeliest single change of each series of item means in order of time, a row each.

    ``values`` holds ``item_id`` and ``value``. Columns: series, n_items, day (the first item after the change),
    earliest and latest (where nine in ten draws put it), before and after (means of items),
    p (Holm's, over the series searched) and says. The cut is that of least squares (ruptures: Truong, Oudre and Vayatis
    2020, Signal Processing 167). p is the share of permutations of pages in which the best cut gains as
    much. In a draw every item has a day from its interval, and what is left over on either side of the
    cut is resampled. Fewer than ``SHORTEST`` items are not searched.
    """
    rows = [{"series": name, **_change(part, items, periods, draws, seed)} for name, part in values.items()]
    columns = ["series", "n_items", "day", "earliest", "latest", "before", "after", "p"]
    found = pd.DataFrame(rows, columns=columns)
    found = found.astype({"before": float, "after": float, "p": float})
    tested = found["p"].notna()
    if tested.any():
        found.loc[tested, "p"] = multipletests(found.loc[tested, "p"], method="holm")[1]
    says = ["too few items" if p != p else "changes" if p <= 0.05 else "cannot tell" for p in found["p"]]
    return found.assign(says=says)


def readable_changes(found: pd.DataFrame) -> pd.DataFrame:
    """``change_points`` as a table to show."""
    between = [
        f"{a} to {b}" if p == p else "–"
        for a, b, p in zip(found["earliest"], found["latest"], found["p"], strict=True)
    ]
    shown = found.assign(between=between)[
        ["series", "n_items", "day", "between", "before", "after", "p", "says"]
    ]
    return shown.rename(
        columns={
            "n_items": "items",
            "between": "nine draws in ten",
            "before": "mean before",
            "after": "mean after",
            "p": "p (adjusted)",
        }
    )


def _change(values: pd.DataFrame, items: pd.DataFrame, periods: Periods, draws: int, seed: int) -> dict:
    there, sums, counts = by_item(values, "value", items)
    first, last = bounds(there)
    inside = (last >= periods.edges[0]) & (first < periods.edges[-1])
    there, means = there[inside].reset_index(drop=True), (sums / counts)[inside]
    if len(means) < SHORTEST or np.ptp(means) == 0:
        return {"n_items": len(means)}
    rng = np.random.default_rng(seed)
    middle = (first + last)[inside] / 2
    order = np.argsort(middle, kind="stable")
    cut = _cut(means[order])
    before, after = means[order][:cut], means[order][cut:]
    fitted = np.where(middle < middle[order][cut], before.mean(), after.mean())
    days = drawn_days(there, draws, seed)
    cuts = []
    for drawn in days:
        left_over = rng.permutation(means - fitted)[rng.integers(0, len(means), len(means))]
        at = np.argsort(drawn, kind="stable")
        cuts.append(drawn[at][_cut((fitted + left_over)[at])])
    earliest, latest = np.quantile(cuts, [0.05, 0.95], method="nearest")
    return {
        "n_items": len(means),
        "day": _day(middle[order][cut]),
        "earliest": _day(earliest),
        "latest": _day(latest),
        "before": float(before.mean()),
        "after": float(after.mean()),
        "p": _p(means[order], together(there)[order], rng),
    }


def _cut(values: np.ndarray) -> int:
    """Where least squares cut ``values`` in two: the first place of the second part."""
    found = ruptures.KernelCPD(kernel="linear", min_size=SIDE).fit_predict(values[:, None], n_bkps=1)
    return int(found[0])


def _p(values: np.ndarray, pages: np.ndarray, rng: np.random.Generator, draws: int = 999) -> float:
    """The share of permutations of whole pages whose best cut gains as much as that of ``values``."""
    gains = _gain(values[None, :])
    keys = rng.random((draws, pages.max() + 1))[:, pages]
    dealt = values[np.argsort(keys, axis=1, kind="stable")]
    return float((1 + np.sum(_gain(dealt) >= gains[0] - 1e-12)) / (1 + draws))


def _gain(rows: np.ndarray) -> np.ndarray:
    """How much the best cut takes off the sum of squares, for each row."""
    n = rows.shape[1]
    left = np.arange(SIDE, n - SIDE + 1)
    total = np.cumsum(rows - rows.mean(axis=1, keepdims=True), axis=1)[:, left - 1]
    return (total**2 * n / (left * (n - left))).max(axis=1)


def _day(number: float) -> str:
    return str(np.datetime64(int(number), "D"))
