"""Items in time."""

from __future__ import annotations

import pandas as pd
import pytest

from cuttings import dates

ITEMS = [
    ("news", "2000-12-02/2001-01-30", [("writer", "Two months.")]),
    ("news", "2003-07-02", [("writer", "One day.")]),
    ("blog", "", [("writer", "No date.")]),
    ("blog", "1999-05", [("writer", "Too early.")]),
]


def test_an_interval_is_shared_out_over_its_years_by_days(tables_of):
    shares = dates.year_shares(dates.placed(tables_of(*ITEMS), 2000, 2010))
    assert shares["year"].tolist() == [1999, 2000, 2001, 2003]
    assert shares["share"].tolist() == [1, 0.5, 0.5, 1]


def test_items_are_in_the_years_without_date_or_outside(tables_of):
    items = dates.placed(tables_of(*ITEMS), 2001, 2010)
    assert dict(zip(items["item_id"], items["placing"], strict=True)) == {
        "pages/p01.txt/1": "in the years",
        "pages/p02.txt/1": "in the years",
        "pages/p03.txt/1": "no date",
        "pages/p04.txt/1": "outside the years",
    }
    assert dates.placing_counts(items)["items"].tolist() == [2, 1, 1]
    assert dates.not_placed(items)["item_id"].tolist() == ["pages/p03.txt/1", "pages/p04.txt/1"]


def test_a_day_is_a_decimal_year():
    days = pd.Series(pd.to_datetime(["2001-01-01", "2001-07-02", "2004-12-31"]))
    assert dates.decimal_years(days).tolist() == pytest.approx([2001, 2001 + 182 / 365, 2004 + 365 / 366])
