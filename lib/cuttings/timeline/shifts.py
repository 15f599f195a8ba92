"""Before and after an event: did what was said change, and at that day rather than at any other?

Two nulls, because each is blind to what the other sees. *Permutation*: what a page says has nothing to
do with when it appeared, so pages swap their dates. *Placebo dates*: what changed would have seemed to
change about any other day of the years as well, as it does where things only drift.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from cuttings.timeline import contrasts
from cuttings.timeline.intervals import SEED, overlap
from cuttings.timeline.periods import Periods
from cuttings.timeline.power import items_needed

VERDICTS = [
    "rose",
    "fell",
    "moved, but no more than about other days",
    "no shift of that size",
    "cannot tell",
]
LEVEL = 0.05


@dataclass(frozen=True)
class Series:
    """What is compared: its title, its values by item (``item_id``, ``value``) and a shift that would matter."""

    title: str
    values: pd.DataFrame
    matters: float


def shifts(
    series: Mapping[str, Series],
    items: pd.DataFrame,
    days: Mapping[str, str],
    years: Periods,
    windows: tuple[int, ...] = (6, 12, 24),
    draws: int = 2000,
    seed: int = SEED,
) -> pd.DataFrame:
    """The mean after less the mean before each day, for every window (months) and series.

    ``items`` is as ``dates.placed`` gives it, ``days`` names each event's day (``YYYY-MM-DD``). A row
    for each: day, event, window, series, title, before and after (means), n_before and n_after (items
    expected there), estimate with low and high (95 %, resampling items and drawing days), p (adjusted
    for all rows together), placebo (the share of all days of the years about which the contrast is as
    large), verdict, matters, and needed: the items on either side that would give 80 % power for a
    shift of ``matters``. Windows end where the years do. Where a side has fewer than
    ``inference.FEWEST_ITEMS`` items nothing is tested, and the verdict is "cannot tell".

    p is Westfall and Young's (1993, *Resampling-Based Multiple Testing*): the share of permutations of
    the pages' dates in which the largest of all standardised contrasts is as large as this one. It
    allows for windows that overlap and targets that share sentences, as neither Holm's nor Benjamini
    and Hochberg's adjustment does. The placebo dates are *all* days, the event's own neighbours too:
    without them the few independent windows of a decade would raise false alarms.
    """
    there = contrasts.gather([one.values for one in series.values()], items, years)
    asked = [(name, day, months) for name, day in days.items() for months in windows]
    sides = [contrasts.windows(np.array([day], "datetime64[D]"), m, years) for _, day, m in asked]
    before, after = (
        np.array([overlap(there.frame, *side[k])[:, 0] for side in sides]).reshape(
            len(sides), len(there.frame)
        )
        for k in (0, 1)
    )
    z = contrasts.standardised(before, after, there)
    maxima = contrasts.permuted_maxima(before, after, there, np.isfinite(z), draws, seed)
    alpha = 2 * stats.norm.sf(np.quantile(maxima, 1 - LEVEL)) if len(maxima) else LEVEL
    needed = [
        items_needed(one.matters, spread, alpha)
        for one, spread in zip(series.values(), there.spread, strict=True)
    ]
    early, _, n_early = contrasts.means(before, there)
    late, _, n_late = contrasts.means(after, there)
    held = contrasts.limits(sides, there, draws, seed)
    about = {months: contrasts.every_day(there, months, years) for months in windows}
    rows = []
    for e, (name, day, months) in enumerate(asked):
        for s, (key, one) in enumerate(series.items()):
            p = _share(maxima, z[e, s], spare=1)
            placebo = _share(about[months][:, s], z[e, s])
            estimate, (low, high) = late[e, s] - early[e, s], held[e, s]
            verdict = _verdict(estimate, low, high, p, placebo, one.matters)
            found = [day, name, months, key, one.title, early[e, s], late[e, s], n_early[e, s], n_late[e, s]]
            rows.append([*found, estimate, low, high, p, placebo, verdict, one.matters, needed[s]])
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = [
    *("day", "event", "window", "series", "title", "before", "after", "n_before", "n_after"),
    *("estimate", "low", "high", "p", "placebo", "verdict", "matters", "needed"),
]


def balances(statements: pd.DataFrame, targets: list[str], matters: float) -> dict[str, Series]:
    """The balance of stance of each target, as ``shifts`` takes it; ``statements`` as ``stance.statements`` gives it."""
    parts = {target: statements[statements["target"] == target] for target in targets}
    return {
        target: Series(part["label"].iloc[0], part.rename(columns={"balance": "value"}), matters)
        for target, part in parts.items()
    }


def scores_of(scores: pd.DataFrame, instrument: str) -> pd.DataFrame:
    """The polarity by one instrument as values by item; ``scores`` as ``sentiment.scored`` gives it."""
    return scores[scores["instrument"] == instrument].rename(columns={"polarity": "value"})


def readable(found: pd.DataFrame) -> pd.DataFrame:
    """``shifts`` as a table to show."""
    shown = found.assign(
        items=[f"{b:.0f} and {a:.0f}" for b, a in zip(found["n_before"], found["n_after"], strict=True)],
        window=found["window"].astype(str) + " months",
        needed=[f"{n:.0f}" if n == n else "–" for n in found["needed"]],
        event=found["day"] + " " + found["event"],
    )
    names = {
        "title": "what",
        "items": "items before and after",
        "estimate": "after less before",
        "placebo": "share of days as far apart",
    }
    columns = [
        "event",
        "window",
        "title",
        "items",
        "estimate",
        "low",
        "high",
        "p",
        "placebo",
        "verdict",
        "needed",
    ]
    return shown[columns].rename(columns={**names, "p": "p (adjusted)", "needed": "items needed a side"})


def in_words(row) -> str:
    """The verdict of a row of ``shifts``, with the size of the shift that is ruled out."""
    return f"no shift of {row.matters:g} or more" if row.verdict == VERDICTS[3] else row.verdict


def _verdict(estimate: float, low: float, high: float, p: float, placebo: float, matters: float) -> str:
    if p <= LEVEL and placebo <= LEVEL:
        return VERDICTS[0] if estimate > 0 else VERDICTS[1]
    if p <= LEVEL:
        return VERDICTS[2]
    return VERDICTS[3] if -matters < low and high < matters else VERDICTS[4]


def _share(others: np.ndarray, z: float, spare: int = 0) -> float:
    """The share of ``others`` at least as far from 0 as ``z``, itself counted ``spare`` times; NaN if not tested."""
    known = np.abs(others[np.isfinite(others)])
    if not np.isfinite(z) or not len(known):
        return float("nan")
    return float((spare + np.sum(known >= abs(z) - 1e-9)) / (spare + len(known)))
