"""Which events a timeline shows, so that their lines can be read."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from cuttings import dates
from cuttings.corpus import Event

LONGEST = 31
"""An event whose date is less certain than this many days has no line: it would claim too much."""


def chosen_events(
    events: Iterable[Event], year_from: int, year_to: int, most: int = 12
) -> list[tuple[float, Event]]:
    """At most ``most`` events in order of time, each with its place as a decimal year.

    Only verified events that are dated to a month or better are shown. The years are cut into
    ``most`` equal spans, and each span shows the event in it that concerns the most targets (of
    equals the earliest) among those that keep off the line before by a thirtieth of the years.
    """
    years = year_to + 1 - year_from
    placed = [(_place(e), e) for e in events if e.verified and e.date.days <= LONGEST]
    taken: list[tuple[float, Event]] = []
    for span in range(most):
        low, high = year_from + span * years / most, year_from + (span + 1) * years / most
        clear = max(low, taken[-1][0] + years / 30) if taken else low
        there = [(x, e) for x, e in placed if clear <= x < high]
        taken += sorted(there, key=lambda pair: (-len(pair[1].targets), pair[0], pair[1].event))[:1]
    return taken


def key(chosen: list[tuple[float, Event]]) -> pd.DataFrame:
    """The events shown, numbered as in the figures: a table to show."""
    rows = [(str(n), e.date.edtf, e.event, e.kind, e.source_url) for n, (_, e) in enumerate(chosen, 1)]
    return pd.DataFrame(rows, columns=["no.", "date", "event", "kind", "source"])


def _place(event: Event) -> float:
    return float(dates.decimal_years(pd.Series([event.date.earliest, event.date.latest])).mean())
