"""Which events a timeline shows, so that their lines can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd

from cuttings import dates, tables
from cuttings.corpus import Event
from cuttings.errors import CuttingsError
from cuttings.stance.mentions import alias_pattern
from cuttings.timeline.periods import Periods

LONGEST = 31
"""An event whose date is less certain than this many days has no line: it would claim too much."""

ASKED = 3
"""Events before and after which a series is compared, where no days are given."""
LANDMARKS = {"inquiry", "white_paper", "case", "legislation", "election"}
"""Kinds of event that go before others of which the corpus says as little."""


def naming(out_dir: str | Path, events: Iterable[Event]) -> dict[Event, int]:
    """How many items name each event by one of its names; ``a & b`` names it where both words stand."""
    names = {e: [[alias_pattern(part) for part in name.split("&")] for name in e.named] for e in events}
    counts = dict.fromkeys(names, 0)
    for batch in tables.batches(out_dir, "items", ["text"]):
        for text, (event, options) in product(batch["text"], names.items()):
            counts[event] += any(all(part.search(text) for part in parts) for parts in options)
    return counts


def chosen_events(
    events: Iterable[Event],
    year_from: int,
    year_to: int,
    named: Mapping[Event, int] | None = None,
    most: int = 12,
) -> list[tuple[float, Event]]:
    """At most ``most`` events in order of time, each with its place as a decimal year.

    Only events that are dated to a month or better are shown, a verified one before any that is not.
    The corpus itself says which matter: those that the most items name (``named``, as ``naming`` gives it) come first, of equals
    the earlier, since what follows close upon an event mostly follows from it. Those that no item
    names come last: those that concern the most targets before others, then ``LANDMARKS``. In that order an event is
    taken if no other is in its span (the years are cut into ``most`` equal ones) or nearer than a
    thirtieth of the years.
    """
    years, named = year_to + 1 - year_from, named or {}
    there = [(_place(e), e) for e in events if e.date.days <= LONGEST]
    there = [(x, e) for x, e in there if year_from <= x < year_to + 1]
    taken: dict[int, tuple[float, Event]] = {}
    for x, event in sorted(there, key=lambda pair: _rank(*pair, named.get(pair[1], 0))):
        span = int((x - year_from) * most / years)
        if span not in taken and all(abs(x - other) >= years / 30 for other, _ in taken.values()):
            taken[span] = (x, event)
    return [taken[span] for span in sorted(taken)]


def concerning(chosen: list[tuple[float, Event]], target: str) -> list[tuple[float, Event]]:
    """Of the events shown, those that concern ``target``."""
    return [(x, event) for x, event in chosen if target in event.targets]


def named_days(
    events: Iterable[Event], written: str, periods: Periods, named: Mapping[Event, int]
) -> dict[str, str]:
    """The days that ``written`` lists (``2003-01-28``, separated by spaces), by what happened on them.

    Where it lists none, those of the ``ASKED`` events, dated to a day, that promise most: verified ones before
    others, ``LANDMARKS`` before others, then those that concern the most targets and that the most items
    name (``named``, as ``naming`` gives it). Days outside the years are left out; a day on which no event is
    known is named by itself. Raises ``CuttingsError`` for a text that is no day.
    """
    events = list(events)
    known, found = {e.date.edtf: e.event for e in reversed(events)}, {}
    for text in written.split() or _promising(events, periods, named):
        try:
            day = date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise CuttingsError(
                f"{text!r} is no day; write days as 2003-01-28, with spaces between"
            ) from error
        if periods.year_from <= int(day[:4]) <= periods.year_to:
            found[known.get(day, day)] = day
    return found


def _promising(events: list[Event], periods: Periods, named: Mapping[Event, int]) -> list[str]:
    within = [e for e in events if e.date.days == 1 and periods.year_from <= _place(e) < periods.year_to + 1]
    ranked = sorted(
        within,
        key=lambda e: (not e.verified, e.kind not in LANDMARKS, -len(e.targets), -named.get(e, 0), _place(e)),
    )
    return sorted({e.date.edtf: None for e in ranked[:ASKED]})


def key(chosen: list[tuple[float, Event]]) -> pd.DataFrame:
    """The events shown, numbered as in the figures: a table to show."""
    rows = [
        (str(n), e.date.edtf, e.event, e.kind, "yes" if e.verified else "no", e.source_url)
        for n, (_, e) in enumerate(chosen, 1)
    ]
    return pd.DataFrame(rows, columns=["no.", "date", "event", "kind", "verified", "source"])


def _rank(place: float, event: Event, n_items: int) -> tuple:
    unnamed = (0, False) if n_items else (-len(event.targets), event.kind not in LANDMARKS)
    return not event.verified, -n_items, *unnamed, place, event.event


def _place(event: Event) -> float:
    return float(dates.decimal_years(pd.Series([event.date.earliest, event.date.latest])).mean())
