"""Dates as intervals: Extended Date/Time Format (EDTF, ISO 8601-2) with its earliest and latest day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import edtf as library

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""The commonest date, which needs no grammar: that takes some milliseconds a date."""


class EdtfError(ValueError):
    """A date that EDTF cannot read; the message shows how it could be written."""


@dataclass(frozen=True)
class Dated:
    """A date as EDTF, with the first and last day on which it can fall."""

    edtf: str
    earliest: date
    latest: date

    @property
    def days(self) -> int:
        return (self.latest - self.earliest).days + 1


def parse(text: str) -> Dated:
    """An EDTF string as an interval of days. Raises ``EdtfError`` for anything without both bounds."""
    try:
        if text.strip()[:1] == "/" or text.strip()[-1:] == "/":
            raise ValueError("an open interval")
        if DAY.fullmatch(text.strip()):
            return day(date.fromisoformat(text.strip()))
        value = library.parse_edtf(text.strip())
        low, high = value.lower_strict(), value.upper_strict()
        found = Dated(text.strip(), date(*low[:3]), date(*high[:3]))
    except (library.EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise EdtfError(
            f"cannot read the date {text!r}; write 2001-07-12, 2001-07, 2001 or 2001-04-01/2001-06-30"
        ) from None
    if found.latest < found.earliest:
        raise EdtfError(f"the date {text!r} ends before it begins")
    return found


def day(value: date) -> Dated:
    return Dated(value.isoformat(), value, value)


def between(earliest: date, latest: date) -> Dated:
    """The interval from one day to another, in the shortest EDTF that says exactly that."""
    if earliest == latest:
        return day(earliest)
    if (earliest.month, earliest.day, latest.month, latest.day) == (
        1,
        1,
        12,
        31,
    ) and earliest.year == latest.year:
        return Dated(f"{earliest.year:04d}", earliest, latest)
    if earliest.day == 1 and latest == month_end(earliest):
        return Dated(earliest.isoformat()[:7], earliest, latest)
    return Dated(f"{earliest.isoformat()}/{latest.isoformat()}", earliest, latest)


def month_end(value: date) -> date:
    """The last day of the month that ``value`` is in."""
    return (value.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
