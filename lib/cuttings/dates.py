"""Items in time: which of them fall in the years asked for, and how one item spreads over years.

The date of an item is an interval of days. Within it every day is held equally likely.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import tables

PLACINGS = ["in the years", "no date", "outside the years"]


def in_scope(year_from: int, year_to: int) -> str:
    """SQL: an item is not known to fall outside the years; an item without a date is in scope."""
    first, last = f"DATE '{int(year_from):04d}-01-01'", f"DATE '{int(year_to):04d}-12-31'"
    return f"(items.date = '' OR (items.date_latest >= {first} AND items.date_earliest <= {last}))"


def placed(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Every item with its outlet, dates and ``placing``: in the years, no date, or outside the years.

    An item is in the years when its interval of dates overlaps them. The rows are in order of date.
    """
    return tables.query(
        out_dir,
        f"""SELECT item_id, page_id, outlet, genre, items.title, date, date_earliest, date_latest, date_basis,
             CASE WHEN date = '' THEN 'no date' WHEN {in_scope(year_from, year_to)} THEN 'in the years'
                  ELSE 'outside the years' END AS placing
            FROM items JOIN pages USING (page_id) ORDER BY date_earliest NULLS LAST, date_latest, item_id""",
    )


def placing_counts(items: pd.DataFrame) -> pd.DataFrame:
    """How many items have each ``placing``, nought included."""
    counts = items["placing"].value_counts().reindex(PLACINGS, fill_value=0)
    return counts.rename_axis("placing").reset_index(name="items")


def not_placed(items: pd.DataFrame) -> pd.DataFrame:
    """The items that no year of the range can show, to be named in a table."""
    left = items.loc[items["placing"] != PLACINGS[0], ["placing", "date", "outlet", "title", "item_id"]]
    return left.sort_values(["placing", "date", "item_id"], ignore_index=True)


def year_shares(items: pd.DataFrame) -> pd.DataFrame:
    """How much of each dated item's interval falls in each year: ``item_id``, ``year``, ``share``.

    The shares of an item add up to 1, also over years outside any range.
    """
    rows = []
    dated = items.dropna(subset=["date_earliest"])
    for item, first, last in zip(dated["item_id"], dated["date_earliest"], dated["date_latest"], strict=True):
        days = (last - first).days + 1
        for year in range(first.year, last.year + 1):
            low, high = max(first, pd.Timestamp(year, 1, 1)), min(last, pd.Timestamp(year, 12, 31))
            rows.append((item, year, ((high - low).days + 1) / days))
    return pd.DataFrame(rows, columns=["item_id", "year", "share"])


def decimal_years(days: pd.Series) -> pd.Series:
    """Days as years with their fraction, at the day's first moment: 2 July 2001 is about 2001.5."""
    days = pd.to_datetime(days)
    return days.dt.year + (days.dt.day_of_year - 1) / (365 + days.dt.is_leap_year.astype(int))
