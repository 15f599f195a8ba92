"""Dates as intervals of days: days drawn from them, and how much of each lies in a stretch of time."""

from __future__ import annotations

import numpy as np
import pandas as pd

SEED = 2010


def drawn_days(items: pd.DataFrame, draws: int, seed: int = SEED) -> np.ndarray:
    """Days for ``items`` (all dated), shape (draws, items), as whole days since 1 January 1970.

    Every day of an item's interval is as likely as any other. Items that appeared together (see
    ``together``) share their day: the letters of one page were printed on one day.
    """
    first, last = bounds(items)
    group = together(items)
    chance = np.random.default_rng(seed).random((draws, group.max(initial=-1) + 1))[:, group]
    return first + np.floor(chance * (last - first + 1)).astype("int64")


def overlap(items: pd.DataFrame, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The share of each item's interval that lies in each stretch, shape (items, stretches).

    ``starts`` and ``ends`` are days since 1970, the end not included. ``items`` are all dated.
    """
    first, last = (side[:, None] for side in bounds(items))
    days = np.minimum(last + 1, ends) - np.maximum(first, starts)
    return np.clip(days, 0, None) / (last - first + 1)


def together(items: pd.DataFrame) -> np.ndarray:
    """A number for each item: the same for items of one page that have the same interval of dates."""
    return items.groupby(["page_id", "date_earliest", "date_latest"], sort=False).ngroup().to_numpy()


def bounds(items: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last possible day of each item, as days since 1970."""
    return day_numbers(items["date_earliest"]), day_numbers(items["date_latest"])


def day_numbers(days: pd.Series | np.ndarray) -> np.ndarray:
    return np.asarray(days).astype("datetime64[D]").astype("int64")


def dated(items: pd.DataFrame) -> pd.DataFrame:
    """The items that have a date, in a fixed order."""
    there = items.dropna(subset=["date_earliest"])
    return there.sort_values(["date_earliest", "date_latest", "item_id"], ignore_index=True)
