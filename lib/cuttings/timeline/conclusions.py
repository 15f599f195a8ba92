"""The findings of step 05."""

from __future__ import annotations

import pandas as pd

from cuttings import dates
from cuttings.findings import Finding, count, measured
from cuttings.sentiment import NAMES
from cuttings.timeline.series import late_less_early

SCORES = (
    "SELECT sentiment.*, sentences.item_id FROM sentiment JOIN sentences USING (sentence_id) "
    "JOIN items USING (item_id) WHERE items.date <> '' AND "
)
STATEMENTS = (
    "SELECT statements.* FROM statements JOIN items USING (item_id) "
    "WHERE scorer = 'lexicon' AND items.date <> '' AND "
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
