"""The months, quarters or years that a series is counted in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cuttings.errors import CuttingsError, nearest

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Periods:
    """The years from ``year_from`` to ``year_to``, both included, cut into periods of equal months.

    ``every`` is month, quarter or year. Raises ``CuttingsError`` for any other and for years that run
    backwards.
    """

    year_from: int
    year_to: int
    every: str = "year"

    def __post_init__(self) -> None:
        if self.every not in MONTHS:
            raise CuttingsError(
                f"every is {self.every!r}{nearest(self.every, MONTHS)}; one of month, quarter, year"
            )
        if self.year_to < self.year_from:
            raise CuttingsError(f"the years run backwards: {self.year_from} to {self.year_to}")

    @cached_property
    def edges(self) -> np.ndarray:
        """The first day of each period and the day after the last, as days since 1970: one more than periods."""
        first, end = np.datetime64(f"{self.year_from}-01"), np.datetime64(f"{self.year_to + 1}-01")
        months = np.arange(first, end + 1, MONTHS[self.every])
        return months.astype("datetime64[D]").astype("int64")

    @cached_property
    def names(self) -> list[str]:
        """``2003``, ``2003 Q2`` or ``2003-05``."""
        starts = pd.to_datetime(self.edges[:-1], unit="D")
        if self.every == "year":
            return [str(day.year) for day in starts]
        if self.every == "quarter":
            return [f"{day.year} Q{day.quarter}" for day in starts]
        return [f"{day.year}-{day.month:02d}" for day in starts]

    @property
    def x(self) -> np.ndarray:
        """Where the middle of each period stands on an axis of decimal years."""
        at = decimal(self.edges)
        return (at[:-1] + at[1:]) / 2

    @property
    def width(self) -> float:
        """The width of a period on an axis of decimal years."""
        return MONTHS[self.every] / 12

    def __len__(self) -> int:
        return len(self.edges) - 1

    def index(self, days: np.ndarray) -> np.ndarray:
        """The period that holds each day, counted from 0; ``len(self)`` for a day outside the years."""
        place = np.searchsorted(self.edges, days, side="right") - 1
        return np.where((place < 0) | (place >= len(self)), len(self), place)


def decimal(days: np.ndarray) -> np.ndarray:
    """Days since 1970 as years with their fraction, at the day's first moment."""
    at = np.asarray(days).astype("datetime64[D]")
    year = at.astype("datetime64[Y]")
    first, after = year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]")
    return year.astype("int64") + 1970 + (at - first) / (after - first)
