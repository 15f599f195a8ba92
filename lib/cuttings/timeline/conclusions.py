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
STATEMENTS = "SELECT statements.* FROM statements JOIN items USING (item_id) WHERE items.date <> '' AND "


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
        count("years-empty", "Years without any item", empty, rows, "years"),
    ]
    for instrument, part in scores.groupby("instrument", sort=True):
        change = late_less_early(part, "polarity", items, year_from, year_to)
        says = f"Later half of the years less the earlier, mean polarity, {NAMES[instrument]}"
        sql = f"{SCORES}{scope} AND instrument = '{instrument}'"
        found.append(measured(f"later-less-earlier-{instrument}", says, change, sql, ""))
    change = late_less_early(statements, "balance", items, year_from, year_to)
    says = "Later half of the years less the earlier, share for minus share against, all targets"
    found.append(measured("later-less-earlier-stance", says, change, STATEMENTS + scope, ""))
    return found
