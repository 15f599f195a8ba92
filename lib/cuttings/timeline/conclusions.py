"""The findings of step 05."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cuttings import dates
from cuttings.findings import Finding, count, measured
from cuttings.inference import Interval
from cuttings.sentiment import NAMES
from cuttings.stance.scorers import FAVOURED
from cuttings.timeline.contrasts import windows
from cuttings.timeline.intervals import bounds
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import late_less_early
from cuttings.timeline.shifts import Series, in_words

SCORES = (
    "SELECT sentiment.*, sentences.item_id FROM sentiment JOIN sentences USING (sentence_id) "
    "JOIN items USING (item_id) WHERE items.date <> '' AND "
)
STATEMENTS = (
    "SELECT statements.* FROM statements JOIN items USING (item_id) "
    f"WHERE scorer = '{FAVOURED}' AND items.date <> '' AND "
)
EMPTY = (
    "SELECT year FROM range({first}, {end}) AS years(year) WHERE NOT EXISTS (SELECT 1 FROM items "
    "WHERE date <> '' AND year BETWEEN year(date_earliest) AND year(date_latest))"
)


def conclude(
    scores: pd.DataFrame, statements: pd.DataFrame, items: pd.DataFrame, year_from: int, year_to: int
) -> list[Finding]:
    """What notebook 05 found, from the scores, statements and items that it drew."""
    scope = dates.in_scope(year_from, year_to)
    rows = f"SELECT items.* FROM items WHERE items.date <> '' AND {scope}"
    placed = items[items["placing"] == dates.PLACINGS[0]]
    spread = placed[placed["date_earliest"].dt.year != placed["date_latest"].dt.year]
    years = set(dates.year_shares(placed)["year"])
    empty = sum(year not in years for year in range(year_from, year_to + 1))
    lacking = EMPTY.format(first=int(year_from), end=int(year_to) + 1)
    across = " AND year(date_earliest) <> year(date_latest)"
    found = [
        count("items-placed", "Items on the timeline", len(placed), rows, "items"),
        count(
            "items-spread",
            "Items whose date spreads over more than one year",
            len(spread),
            rows + across,
            "items",
        ),
        count("years-empty", "Years without any item", empty, lacking, "years"),
    ]
    return found + _changes(scores, statements, items, year_from, year_to)


def conclude_shifts(
    found: pd.DataFrame, series: Mapping[str, Series], items: pd.DataFrame, years: Periods
) -> list[Finding]:
    """A finding for every contrast of the longest window that has items enough to be tested.

    ``found`` and ``series`` are as ``shifts`` gives and takes them; the keys of ``series`` are names of
    targets or of instruments.
    """
    tested = found[found["p"].notna() & (found["window"] == found["window"].max())]
    out = []
    for row in tested.itertuples():
        start, end = (str(day) for day in _stretch(row.day, row.window, years))
        rows = _rows_of(row.series)
        rows += f"items.date_latest >= DATE '{start}' AND items.date_earliest < DATE '{end}'"
        n, n_items = _within(series[row.series].values, items, start, end)
        says = (
            f"{row.title}: {row.window} months after {row.day} ({row.event}) less the {row.window} before"
            f" (p adjusted for {len(found)} contrasts {row.p:.2f}: {in_words(row)})"
        )
        change = Interval(row.estimate, row.low, row.high, n, n_items)
        out.append(measured(f"shift-{row.series}-{row.day}", says, change, rows, ""))
    return out


def _rows_of(series: str) -> str:
    """SQL, to be gone on with: the scores of an instrument, or the statements on a target."""
    if series in NAMES:
        return f"{SCORES}instrument = '{series}' AND "
    quoted = series.replace("'", "''")
    return f"{STATEMENTS}target = '{quoted}' AND "


def _stretch(day: str, months: int, years: Periods) -> tuple[np.datetime64, np.datetime64]:
    (start, _), (_, end) = windows(np.array([day], "datetime64[D]"), months, years)
    return np.datetime64(int(start[0]), "D"), np.datetime64(int(end[0]), "D")


def _within(values: pd.DataFrame, items: pd.DataFrame, start: str, end: str) -> tuple[int, int]:
    """The values whose items may lie in a stretch of days, and how many items these are."""
    there = items.dropna(subset=["date_earliest"])
    first, last = bounds(there)
    low, high = (np.datetime64(day, "D").astype("int64") for day in (start, end))
    inside = values["item_id"].isin(there.loc[(last >= low) & (first < high), "item_id"])
    return int(inside.sum()), int(values.loc[inside, "item_id"].nunique())


def _changes(
    scores: pd.DataFrame, statements: pd.DataFrame, items: pd.DataFrame, year_from: int, year_to: int
) -> list[Finding]:
    """Later half less earlier, a finding a series, with Bonferroni's intervals over all of them.

    Dunn (1961), "Multiple comparisons among means", JASA 56: each of m intervals covers at 1 - .05/m.
    """
    scope = dates.in_scope(year_from, year_to)
    series = [
        (
            name,
            f"mean polarity, {NAMES[name]}",
            part,
            "polarity",
            f"{SCORES}{scope} AND instrument = '{name}'",
        )
        for name, part in scores.groupby("instrument", sort=True)
    ]
    series.append(
        ("stance", "share for minus share against, all targets", statements, "balance", STATEMENTS + scope)
    )
    said = f" (interval adjusted for {len(series)} comparisons)" if len(series) > 1 else ""
    found = []
    for name, what, data, value, rows in series:
        change = late_less_early(data, value, items, year_from, year_to, 1 - 0.05 / len(series))
        says = f"Later half of the years less the earlier, {what}{said}"
        found.append(measured(f"later-less-earlier-{name}", says, change, rows, ""))
    return found
