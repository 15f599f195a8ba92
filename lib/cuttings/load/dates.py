"""When a page was written: stated, in its address, or inferred from what its text knows.

The sources in order: the catalogue, the address, a date stated outside the running text, and
inference. Inference bounds the date on both sides by events that the text speaks of (``last year's
NHS Plan``, a body called new), by days cited without a year, and by years that lie behind or before
it; the bounds are intersected. Where no two-sided interval results the date is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from cuttings.corpus import Event
from cuttings.edtf import Dated, between, month_end
from cuttings.load import datewords

NEW = r"(?:brand[- ])?(?:new|newly[- ](?:created|formed|established|launched|minted|fledged)|fledgling|infant|newborn)"
RELATIVE = r"(?P<which>last|this|next)\s+(?P<unit>year|month|week|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)"
FUTURE = re.compile(
    r"\b(?:will|would|shall|by|until|from|due|expected|planned|plans? to|is to|are to|to become|to be|coming|forthcoming|next|deadline|target date|start(?:s|ing)? (?:in|on)|come april)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|had|did|created|began|started|came|took|set up|published|launched|opened|since|ago|introduced|died|became|passed|wrote|said|promised|announced|ever since|in force)\b",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?<![\d/£.,-])(?:(?P<word>in|by|from|since|until|of|for|during|before|after|early|late)\s+)?(?:(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)\s+)?(?P<year>(?:19[89]|20[0-3])\d)(?![\d/-])",
    re.IGNORECASE,
)
SPAN_OF_YEARS = re.compile(r"(?<![\d/-])(?P<first>(?:19|20)\d\d)[/-](?P<last>(?:19|20)?\d\d)(?![\d/-])")
NUMBERS = dict(
    zip("a two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
) | {"one": 1}
LONGEST = 3 * 366
"""An inferred interval of more days than this says too little: the date is unknown."""


LATER = re.compile(
    r"\b(?:updated|modified|altered|amended|edited|printed|archived?|reviewed|revised|retrieved|copyright|page (?:was )?(?:created|made))\b|©",
    re.IGNORECASE,
)
WRITTEN = re.compile(
    r"\b(?:published|posted|dated?|asked|start(?:ed|er| date)|created|filed|issued|released|written|added|submitted)\b",
    re.IGNORECASE,
)
ELSEWHEN = re.compile(
    r"\b(?:joined|join date|founded|member|registered|until|till|expires?|expired|deadline|born|next|through|closes?|since|"
    r"latest|active|last (?:post|reply|activity|visit|seen)|accessed|retrieved|crawled|scraped|fetched|captured|upcoming|starts|ends)\b[^.;|·•]{0,40}$",
    re.IGNORECASE,
)
"""Words before a date that is not that of the writing: a member's, an event's, a reply's."""
NEAR = 60
"""Characters before a date in which its label is looked for."""
LONG_LINE = 25
"""A date in a line of more words than this is a little less likely to be the line's point."""


@dataclass(frozen=True)
class Evidence:
    """What some words of the text say about its date; a missing bound is open."""

    words: str
    earliest: date = date.min
    latest: date = date.max

    @property
    def closed(self) -> bool:
        return self.earliest > date.min and self.latest < date.max


@dataclass(frozen=True)
class Dating:
    """A date with its basis and the words that are its evidence; ``dated`` is None when unknown."""

    dated: Dated | None
    basis: str
    evidence: str = ""


UNKNOWN = Dating(None, "unknown")


@dataclass(frozen=True)
class Candidate:
    """A date in a line outside the text, and how well it would do as the date of writing."""

    dated: Dated
    words: str
    line: int
    later: bool
    score: float


def stated(lines: Sequence[str], above: int = 0) -> Dating:
    """The date of writing that lines outside the text state, the lines in the order of the page.

    A day goes before a month, and of several the best by its label (``published``, not ``joined``) and
    its place, the earlier the better. A date labelled ``updated`` or the like is none (see ``updated``)
    unless it stands in one of the first ``above`` lines, those above the text, and no other date does.
    """
    known = candidates(lines)
    found = [c for c in known if not c.later] or [c for c in known if c.line < above and c.dated.days == 1]
    exact = [c for c in found if c.dated.days == 1]
    best = max(exact or found, key=lambda c: c.score, default=None)
    return Dating(best.dated, "stated", best.words) if best else UNKNOWN


def candidates(lines: Sequence[str]) -> list[Candidate]:
    """Every date in the lines but those that their labels give to something else, in order."""
    out: list[Candidate] = []
    month_first = datewords.month_first(lines)
    for number, line in enumerate(lines):
        found = [] if datewords.is_span(line) else datewords.find(line, month_first)
        end, above = 0, lines[number - 1] if number else ""
        for f in found:
            label = line[max(end, f.start - NEAR) : f.start]
            if not re.search(r"\w", label) and not end and len(above) < NEAR and not datewords.find(above):
                label = above
            end = f.end
            if not ELSEWHEN.search(label):
                later = bool(LATER.search(f"{label} {line}" if len(found) == 1 else label))
                score = 0.6 * bool(WRITTEN.search(label)) - 0.3 * min(len(out), 12)
                score -= 0.3 * (line.count(" ") >= LONG_LINE)
                out.append(Candidate(f.dated, line[f.start : f.end], number, later, score))
    return out


def updated(lines: Sequence[str]) -> Evidence | None:
    """What ``last updated 9 February 2006`` says: written on that day or in the month before it."""
    found = [(f, line) for line in lines if LATER.search(line) for f in datewords.find(line)]
    if not found:
        return None
    f, line = min(found, key=lambda pair: pair[0].dated.latest)
    return Evidence(line, f.dated.earliest - timedelta(days=31), f.dated.latest)


def in_address(url: str) -> Dating:
    """The date in a page's address, if it has one."""
    dated = datewords.in_address(url)
    return Dating(dated, "url", url) if dated else UNKNOWN


def infer(text: str, events: Sequence[Event], lines: Sequence[str] = ()) -> Dating:
    """An interval for when ``text`` was written, from what it knows, or unknown.

    ``lines`` are those outside the text, of which a line ``updated`` is evidence too.
    """
    found = [e for e in (updated(lines), *_evidence(text, events)) if e]
    closed = [e for e in found if e.closed]
    if not closed:
        closed = _meeting(found)
    if not closed:
        return UNKNOWN
    earliest, latest, used = _intersect(closed, [e for e in found if not e.closed])
    if (latest - earliest).days + 1 > LONGEST:
        return UNKNOWN
    return Dating(between(earliest, latest), "inferred", " | ".join(dict.fromkeys(e.words for e in used)))


def _meeting(open_ended: Sequence[Evidence]) -> list[Evidence]:
    """The latest lower bound and the earliest upper bound, where together they enclose an interval."""
    lower = max((e for e in open_ended if e.earliest > date.min), key=lambda e: e.earliest, default=None)
    upper = min((e for e in open_ended if e.latest < date.max), key=lambda e: e.latest, default=None)
    if not lower or not upper or lower.earliest > upper.latest:
        return []
    return [Evidence(f"{lower.words} | {upper.words}", lower.earliest, upper.latest)]


def _intersect(
    closed: Sequence[Evidence], open_ended: Sequence[Evidence]
) -> tuple[date, date, list[Evidence]]:
    """Evidence narrowed by evidence; contradicting evidence widens the interval to hold all of it."""
    ordered = sorted(closed, key=lambda e: (e.latest - e.earliest, e.earliest, e.words))
    earliest, latest, used = ordered[0].earliest, ordered[0].latest, [ordered[0]]
    agreed = True
    for e in ordered[1:]:
        if e.earliest <= latest and e.latest >= earliest:
            narrower = (max(earliest, e.earliest), min(latest, e.latest))
        else:
            narrower, agreed = (min(earliest, e.earliest), max(latest, e.latest)), False
        if narrower != (earliest, latest):
            (earliest, latest), used = narrower, [*used, e]
    for e in open_ended if agreed else ():
        narrower = (max(earliest, e.earliest), min(latest, e.latest))
        if narrower[0] <= narrower[1] and narrower != (earliest, latest):
            (earliest, latest), used = narrower, [*used, e]
    return earliest, latest, used


def _evidence(text: str, events: Sequence[Event]) -> Iterator[Evidence]:
    lowered = text.replace("’", "'").lower()
    named = [e for e in events if any(n.split("&")[0].strip().lower() in lowered for n in e.named)]
    for sentence in re.split(r"(?<=[.!?”])\s+|\n\n", text):
        yield from _named_events(sentence, named)
        yield from _years(sentence)
        yield from _spans_of_years(sentence)


def _named_events(sentence: str, events: Sequence[Event]) -> Iterator[Evidence]:
    plain = sentence.replace("’", "'")
    for event in events:
        match = _first_mention(plain, event.named)
        if match:
            for rule in EVENT_RULES:
                for e in rule(plain, match, event):
                    at = plain.index(e.words)
                    yield replace(e, words=sentence[at : at + len(e.words)])


def _first_mention(sentence: str, named: Sequence[str]) -> re.Match | None:
    """Where a sentence first names an event; ``a & b`` names it by two words that stand together."""
    for name in sorted(named, key=len, reverse=True):
        found = [_whole_words(part.strip()).search(sentence) for part in name.split("&")]
        if all(found):
            return min(found, key=lambda m: m.start())
    return None


@cache
def _whole_words(name: str) -> re.Pattern:
    flags = 0 if name.isupper() or (name[:1].isupper() and len(name) < 6) else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)


def _called_new(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """``the new Commission``, ``Cafcass, the new body``: within a year of its start."""
    if event.kind not in ("body", "reorganisation", "election"):
        return
    before = re.search(rf"\b{NEW}\s+(?:[\w-]+\s+){{0,2}}$", sentence[: match.start()], re.IGNORECASE)
    after = re.match(
        rf"(?:'s)?,?\s+\(?(?:the|a|an|its|our|this)\s+{NEW}\s+\w+", sentence[match.end() :], re.IGNORECASE
    )
    if before or after:
        words = (
            sentence[before.start() : match.end()]
            if before
            else sentence[match.start() : match.end() + after.end()]
        )
        yield Evidence(words, event.date.earliest, _add_year(event.date.latest))


def _relative(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """``last year's NHS Plan``, ``the NHS Plan, published last month``."""
    this = re.search(
        r"\b(?P<which>this)\s+(?P<unit>week|month)\b[^\w]{1,3}(?:the\s+)?$",
        sentence[: match.start()],
        re.IGNORECASE,
    )
    possessive = this or re.search(
        rf"\b{RELATIVE}'s\s+(?:[\w'-]+\s+){{0,3}}$", sentence[: match.start()], re.IGNORECASE
    )
    phrase = rf"(?:'s)?,?\s*(?:[\w'-]+\s+){{0,3}}?(?:published|launched|announced|unveiled|issued|out|released|came out|opened|began|started|arrived|presented|printed|appeared)\s+(?:\w+\s+){{0,2}}?{RELATIVE}\b"
    later = re.match(phrase, sentence[match.end() :], re.IGNORECASE)
    found = possessive or later
    if not found:
        return
    bounds = _reading(found["which"].lower(), found["unit"].lower(), event.date)
    if bounds:
        words = (
            sentence[possessive.start() : match.end()]
            if possessive
            else sentence[match.start() : match.end() + later.end()]
        )
        yield Evidence(words, *bounds)


def _reading(which: str, unit: str, dated: Dated) -> tuple[date, date] | None:
    """The days on which an event of that date is ``last month``, ``this year``, ``next April``."""
    first, last = dated.earliest, dated.latest
    if which not in ("last", "this", "next"):
        return None
    if unit == "year":
        shift = {"last": 1, "this": 0, "next": -1}[which]
        return date(first.year + shift, 1, 1), date(last.year + shift, 12, 31)
    if unit == "month":
        shift = {"last": 1, "this": 0, "next": -1}[which]
        return _shift_month(first, shift), month_end(_shift_month(last, shift))
    if unit == "week":
        return {
            "last": (first + timedelta(days=1), last + timedelta(days=14)),
            "this": (first - timedelta(days=6), last + timedelta(days=7)),
            "next": (first - timedelta(days=14), last - timedelta(days=1)),
        }[which]
    if unit in datewords.MONTHS and datewords.MONTHS[unit] != first.month:
        return None
    return {
        "last": (first, _add_year(last)),
        "this": (first - timedelta(days=92), last + timedelta(days=92)),
        "next": (first - timedelta(days=365), last),
    }[which]


def _recent(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """``Thursday's NHS Plan``, ``published yesterday``: the weekday must be the event's own."""
    near, start = _around(sentence, match, 70)
    if event.date.days > 1 or FUTURE.search(near):
        return
    on = event.date.earliest
    if yesterday := re.search(r"\byesterday\b|\blast night\b", near, re.IGNORECASE):
        yield Evidence(
            _words(sentence, match, start, yesterday), on + timedelta(days=1), on + timedelta(days=2)
        )
    for weekday in re.finditer(
        r"\b(last )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?! in )", near, re.IGNORECASE
    ):
        if weekday[2].lower() == on.strftime("%A").lower():
            words = _words(sentence, match, start, weekday)
            yield Evidence(words, on, on + timedelta(days=13 if weekday[1] else 7))
            return


def _month_last_year(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """``in July of last year`` beside an event of a July: the year after it."""
    near, start = _around(sentence, match, 70)
    for found in re.finditer(
        rf"\b({'|'.join(datewords.MONTHS)})\b,?(?: of)? last year\b", near, re.IGNORECASE
    ):
        if datewords.MONTHS.get(found[1].lower()) == event.date.earliest.month:
            year = event.date.earliest.year + 1
            yield Evidence(_words(sentence, match, start, found), date(year, 1, 1), date(year, 12, 31))


def _time_since(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """``three months have gone by since``, ``two years ago``: so long after, give or take a half."""
    near, start = _around(sentence, match, 80)
    pattern = rf"\b({'|'.join(NUMBERS)}|\d{{1,2}}) (week|month|year)s?\b(?:(?: \w+){{0,4}} since\b| ago\b)"
    for found in re.finditer(pattern, near, re.IGNORECASE):
        count = NUMBERS.get(found[1].lower()) or int(found[1] if found[1].isdecimal() else 0)
        days = {"week": 7, "month": 30.44, "year": 365.25}[found[2].lower()]
        low = event.date.earliest + timedelta(days=int((count - 0.5) * days))
        high = event.date.latest + timedelta(days=int((count + 1) * days))
        yield Evidence(_words(sentence, match, start, found), low, high)


def _around(sentence: str, match: re.Match, width: int) -> tuple[str, int]:
    start = max(0, match.start() - width)
    return sentence[start : match.end() + width], start


def _words(sentence: str, match: re.Match, offset: int, found: re.Match) -> str:
    """The stretch of the sentence from the earlier of two finds to the end of the later."""
    return sentence[min(match.start(), offset + found.start()) : max(match.end(), offset + found.end())]


def _cited_day(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """A day cited without its year beside an event: the first such day from the event on."""
    for cited in datewords.DAY_AND_MONTH.finditer(sentence):
        bracket = re.search(r"\([^()]*$", sentence[: cited.start()])
        found = datewords.day_and_month(cited)
        if not bracket or not found:
            continue
        try:
            start = date(event.date.earliest.year, *found)
        except ValueError:
            continue
        if start < event.date.earliest:
            start = _add_year(start) + timedelta(days=1)
        yield Evidence(sentence[match.start() : cited.end()], start, _add_year(start))


def _already_there(sentence: str, match: re.Match, event: Event) -> Iterator[Evidence]:
    """A text that speaks of a published paper or a body at work is no older than it."""
    near = sentence[max(0, match.start() - 60) : match.end() + 60]
    if not FUTURE.search(near) and event.date.days <= 31:
        yield Evidence(sentence[match.start() : match.end()], earliest=event.date.earliest)


EVENT_RULES: tuple[Callable, ...] = (
    _called_new,
    _relative,
    _recent,
    _month_last_year,
    _time_since,
    _cited_day,
    _already_there,
)


def _years(sentence: str) -> Iterator[Evidence]:
    """``created in 1999`` lies behind the text, ``by April 2004`` before it."""
    for match in YEAR.finditer(sentence):
        near = sentence[max(0, match.start() - 50) : match.end() + 10]
        year, month = int(match["year"]), datewords.MONTHS.get((match["month"] or "").lower())
        first = date(year, month or 1, 1)
        last = month_end(first) if month else date(year, 12, 31)
        word = (match["word"] or "").lower()
        if word in ("by", "until", "before") or (
            word in ("in", "from") and FUTURE.search(near) and not PAST.search(near)
        ):
            yield Evidence(match[0], latest=last)
        elif word == "since" or (
            word in ("in", "during", "late", "early", "after")
            and PAST.search(near)
            and not FUTURE.search(near)
        ):
            yield Evidence(match[0], earliest=first)


def _spans_of_years(sentence: str) -> Iterator[Evidence]:
    """A survey or report of ``2000/2001`` appears between the first year and the year after the last."""
    for match in SPAN_OF_YEARS.finditer(sentence):
        first = int(match["first"])
        last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
        titled = re.search(
            r"\b(?:survey|report|review|census|statistics|figures|returns?)\b", sentence, re.IGNORECASE
        )
        if titled and last == first + 1:
            yield Evidence(match[0], date(first, 1, 1), date(last + 1, 12, 31))


def _add_year(value: date) -> date:
    """The day before the same day of the next year."""
    try:
        return value.replace(year=value.year + 1) - timedelta(days=1)
    except ValueError:
        return value.replace(year=value.year + 1, day=28)


def _shift_month(value: date, months: int) -> date:
    index = value.year * 12 + value.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
