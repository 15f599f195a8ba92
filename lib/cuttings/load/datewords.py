"""Dates as British pages write them, found in running text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cuttings.edtf import Dated, between, day, month_end

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?\s+"
FORMS = [
    re.compile(rf"\b(?:{WEEKDAY})?{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?:{WEEKDAY})?{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"(?<![\d/.-]){_YEAR}(?P<parted>[-/.])(?P<month>\d\d)(?P=parted)(?P<day>\d\d)(?![\d/-])"),
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)?\d\d)(?![\d/])"),
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>(?:19|20)\d\d)(?![\d/-])"),
    re.compile(rf"\b{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{WEEKDAY}{_DAY}\s+{_MONTH}\s+(?P<year>\d\d)\b(?![:.]\d)", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+{_MONTH}\s+['’](?P<year>\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+{_MONTH}\s+(?P<year>\d\d),?\s+(?:at\s+)?(?=\d{{1,2}}[:.]\d\d)", re.IGNORECASE),
    re.compile(rf"\b{_DAY}-{_MONTH}-(?P<year>(?:19|20)?\d\d)\b", re.IGNORECASE),
]
IN_FIGURES = FORMS[3:5]
_MONTH_NAME = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_NO_YEAR = r"(?!,?\s+\d{4})"
DAY_AND_MONTH = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH_NAME}{_NO_YEAR}|\b{_MONTH_NAME}\s+\d{{1,2}}\b{_NO_YEAR}",
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])(?:[/-]?(?P<day>[0-3]\d))?(?=[/\-._]|$)"
)


@dataclass(frozen=True)
class Found:
    """A date and where its words stand in the text."""

    dated: Dated
    start: int
    end: int


def find(text: str, month_first: bool = False) -> list[Found]:
    """Every date of a day or a month with its year, in order; of overlapping readings the fullest.

    Figures alone are read day first, as British pages write them, unless the page is known to put
    the month first (see ``month_first``).
    """
    out: list[Found] = []
    for form in FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            turned = (
                {**parts, "day": parts["month"], "month": parts["day"]}
                if form in IN_FIGURES and month_first
                else parts
            )
            dated = _dated(turned) or _dated(parts)
            place = bisect.bisect_left(out, match.start(), key=lambda f: f.start)
            before, after = out[max(place - 1, 0) : place], out[place : place + 1]
            if (
                dated
                and all(f.end <= match.start() for f in before)
                and all(match.end() <= f.start for f in after)
            ):
                out.insert(place, Found(dated, *match.span()))
    return out


def is_span(text: str) -> bool:
    """Whether a line says from which day to which, as of the copies that an archive holds of a page."""
    found = find(text)
    between = text[found[0].end : found[1].start] if len(found) == 2 else ""
    return bool(re.fullmatch(r"\s*(?:[-–—]|to|until)\s*", between))


def month_first(lines: Iterable[str]) -> bool:
    """Whether a page writes its dates in figures with the month first: some cannot be read otherwise."""
    found = [m.groupdict() for line in lines for form in IN_FIGURES for m in form.finditer(line)]
    american = sum(int(f["month"]) > 12 >= int(f["day"]) for f in found)
    british = sum(int(f["day"]) > 12 >= int(f["month"]) for f in found)
    return american > british


def in_address(url: str) -> Dated | None:
    """The date in an address such as ``/2001/07/12/`` or ``/2001/07/``."""
    match = IN_ADDRESS.search(url)
    return _dated(match.groupdict()) if match else None


def day_and_month(match: re.Match) -> tuple[int, int] | None:
    """``(month, day)`` of a match of ``DAY_AND_MONTH``."""
    text = match[0].lower()
    name = next((w for w in re.findall(r"[a-z]+", text) if w in MONTHS), "")
    number = int(re.search(r"\d+", text)[0])
    try:
        date(2000, MONTHS[name], number)
    except (KeyError, ValueError):
        return None
    return MONTHS[name], number


def is_dateline(text: str) -> bool:
    """Whether a line says a date and hardly anything else."""
    found = find(text)
    if not found:
        return False
    rest = text
    for f in reversed(found):
        rest = rest[: f.start] + rest[f.end :]
    rest = re.sub(
        rf"{WEEKDAY}|\b\d{{1,2}}[:.]\d\d\s*(am|pm|gmt|bst)?\b|\b(at|on|date|issue|no|vol|edition|of|the)\b",
        " ",
        rest,
        flags=re.I,
    )
    return len(re.findall(r"[a-z]{2,}", rest, re.I)) <= 2


def _dated(parts: dict[str, str | None]) -> Dated | None:
    month_word = (parts.get("month") or "").lower()
    if month_word not in MONTHS and not month_word.isdecimal():
        return None
    month = MONTHS.get(month_word) or int(month_word)
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 50 else 1900
    try:
        if parts.get("day"):
            return day(date(year, month, int(parts["day"])))
        first = date(year, month, 1)
    except ValueError:
        return None
    return between(first, month_end(first))
