"""Who wrote a piece, by the lines around it: ``By Ada Quill``, a name between headline and text, or below it.

A conditional logit (``logit``) over the lines that may name the writer, and over nobody being named; its
weights stand in ``byline.toml``, made by ``training/bylines.py``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cuttings.load import datewords, names
from cuttings.load.blocks import Block
from cuttings.load.items import Split
from cuttings.load.lexicon import words
from cuttings.load.logit import Features, score
from cuttings.load.names import NAME, ONE_NAME, Person

ABOVE, WITHIN, BELOW = 30, 6, 25
"""Lines above a piece, after its first and below it among which its byline is looked for."""
EDGE = 2
"""Paragraphs at either end of a piece that may be its byline."""
LONGEST = 25
"""Words of a line that may name the writer."""
BESIDE = 2
"""Lines from a name within which a date dates the piece it signs."""
_AND = r"(?:\s*,\s*|\s+(?:and|&|with)\s+|\s*,\s+and\s+)"
_PEN = rf"(?:{NAME}|[A-Z][\w’'.-]+)"
CUE = re.compile(
    rf"(?:^|[\s|·•–—-])(?P<cue>(?i:(?:written|words|story|text|interview(?:ed)?|posted|published|contributed|authored|submitted|report(?:ed)?|article|blog)\s+by"
    rf"|byline|by|authors?|writer|from))\s*:?\s+(?P<names>(?:[Tt]he )?{_PEN}(?:{_AND}{NAME})*)"
)
CUE_ALONE = re.compile(
    r"(?:(?:written|words|story|posted|published)\s+)?by:?$|(?:authors?|writer):?$", re.IGNORECASE
)
PLAIN = re.compile(
    rf"(?P<names>{NAME}(?:{_AND}{NAME})*)(?P<rest>\s*(?:$|[,|–—(/·•-].*|(?=\d|{datewords.WEEKDAY}|(?i:{'|'.join(datewords.MONTHS)})).*))"
)
WHOLE_NAME = re.compile(rf"{NAME}(?:{_AND}{NAME})*")
WRITTEN = re.compile(r"\W*(?:written|words|text|story) by\b|\W*(?:author|writer)\b", re.IGNORECASE)
PEN_CUE = re.compile(r"(?:posted |written )?(?:on .{4,30} )?by:? (?P<names>[\w.-]+)$", re.IGNORECASE)
REPORTER = re.compile(
    rf"(?:^|[.!?] )(?P<names>{NAME}) (?:(?:reports|writes|investigates)\b[^.!?]*"
    r"|(?:visits|meets|asks|joins|follows|talks to|speaks to|looks at|finds out|examines|explores|considers) [^.!?]+)[.!?]?$"
)
"""As a standfirst names who wrote what stands below it."""
APART = re.compile(r"\s*[•·|]\s*")
PEN_NAME = re.compile(rf"(?P<names>{ONE_NAME})$")
OTHERS = re.compile(
    r"\b(?:(?:medically |fact[- ]|expert )?(?:reviewed|edited|checked|verified|illustrat\w+|photo\w*|image|picture|picked|powered|sponsored|approved|produced|compiled|presented) by"
    r"|credit|photo|image|getty|comments? by|copyright|©)",
    re.IGNORECASE,
)
MONTH = re.compile(rf"\s*\b(?:{'|'.join(datewords.MONTHS)})\.?$", re.IGNORECASE)
GLUED = re.compile(r"(?<=[a-z])(?=(?:Published|Updated|Posted|Follow|Last|Written|Reviewed)\b)")
"""Where a scraper left out the space between a name and what follows it."""
NO_NAME = re.compile(
    r"^(?:Get|Find|Share|Search|Sign|Log|Read|More|About|Contact|Home|Menu|Learn|View|Click|Download|Press|Related|Follow)\b"
    r"|\b(?:Posted|Updated|Edited|Published|Written|Reviewed|Author|Email|E-mail|Newsletter|Privacy|Terms|Cookie|Facebook"
    r"|Twitter|Linkedin|Youtube|Instagram|Articles?|News|Subscribe|Comments?)\b"
    r"|\b(?:Street|Road|Avenue|Hospital|Council|Trust|School|Centre|Center|Release|Page)$"
)
"""What makes capitalised words no name: prompts, parts of pages, places."""


@dataclass(frozen=True)
class Candidate:
    """A line that may name the writer: its place, the person, and whether a word such as *by* says so."""

    place: int
    person: Person
    cued: bool


def sign(blocks: Sequence[Block], split: Split, author: str = "") -> Split:
    """A page's first piece with the writer whom its markup or the lines around it name, if any does.

    ``author`` is whom the markup names; if that is a name, it goes before the lines. Pages of letters and of
    leaders keep what they have; so does a piece that names its writer within.
    """
    number = next((n for n, item in enumerate(split.items) if item.genre != "comment"), None)
    if number is None or split.genre in ("letter", "leader"):
        return split
    item, found = split.items[number], candidates(blocks, split, number)
    if WHOLE_NAME.fullmatch(author) and not NO_NAME.search(author):
        writer = Person(names.bare(author))
        chosen = next((c for c in found if c.person.name == writer.name), Candidate(-1, writer, True))
    else:
        chosen = choose(blocks, split, number, found)
    reasons = list(split.reasons)
    if chosen:
        item = replace(item, writer=chosen.person)
        line = blocks[chosen.place].line_from if chosen.place >= 0 else 0
        rest = [p for p in item.paragraphs if p.line_from != line]
        if line and rest:
            item = replace(item, paragraphs=rest)
            reasons[chosen.place] = "byline"
    elif _by_a_line(blocks, found, item.writer.name):
        item = replace(item, writer=Person(), signed=False)
    items = (*split.items[:number], item, *split.items[number + 1 :])
    return replace(split, items=items, reasons=tuple(reasons))


def _by_a_line(blocks: Sequence[Block], found: list[Candidate], name: str) -> bool:
    """Whether it was a line of its own that named the writer, not the piece's text."""
    named = any(c.person.name == name for c in found)
    return bool(name) and (named or any(b.words <= LONGEST and name in b.text for b in blocks))


def choose(blocks: Sequence[Block], split: Split, number: int, found: list[Candidate]) -> Candidate | None:
    """The likeliest of the lines that may name the writer of a page's item ``number``, None if nobody is."""
    rows = features(blocks, split, number, found)
    scored = [(score("byline", row), -k) for k, row in enumerate(rows)]
    best = max(scored, default=(0.0, 0))
    return found[-best[1]] if best[0] > 0 else None


def candidates(blocks: Sequence[Block], split: Split, number: int) -> list[Candidate]:
    """The lines above and below an item that may name its writer, and those at its ends that are no sentence."""
    first, start, end, last = _around(blocks, split, number)
    paragraphs = split.items[number].paragraphs
    ends = [*paragraphs[:EDGE], *paragraphs[-EDGE:]]
    bylines = {p.line_from for p in ends if not p.ended or names.byline(p.text)}
    own = {p.line_from for p in paragraphs} - bylines
    within = min(end, start + WITHIN)
    near = (*range(first, within), *range(max(within, end - EDGE), last))
    places = [i for i in near if 0 < blocks[i].words <= LONGEST and blocks[i].line_from not in own]
    found = [c for i in places if (c := _candidate(blocks, i, split.reasons[i] == "signature"))]
    return [c for c in found if c.person.name and not NO_NAME.search(c.person.name)]


def _candidate(blocks: Sequence[Block], i: int, signs: bool) -> Candidate | None:
    text = GLUED.sub(" ", blocks[i].text.lstrip("*+•·|-–— ").strip())
    above = blocks[i - 1].text.strip(" *+•·|") if i else ""
    if pen := PEN_CUE.match(text):
        return Candidate(i, Person(pen["names"]), True)
    plain, cue = PLAIN.match(text), CUE.search(text)
    cue = None if cue and re.search(r"[a-z]\s+$", text[: cue.start("cue")]) else cue
    if reporter := REPORTER.search(text):
        return Candidate(i, Person(names.bare(reporter["names"])), True)
    if cue:
        return Candidate(i, _person(cue["names"], text[cue.end("names") :]), True)
    cued = bool(CUE_ALONE.match(above))
    if plain:
        return Candidate(i, _person(plain["names"], plain["rest"]), cued)
    if signs and (pen := names.ALONE.match(text)):
        return Candidate(i, _person(pen["name"], text[pen.end("name") :]), cued)
    if (pen := PEN_NAME.match(text)) and (cued or _dated(blocks, i)):
        return Candidate(i, Person(names.bare(pen["names"])), cued)
    parts = APART.split(_undated(text))
    name = next((p for p in parts if re.fullmatch(NAME, p.strip())), None)
    return Candidate(i, Person(names.bare(name)), cued) if name else None


def _undated(text: str) -> str:
    for found in reversed(datewords.find(text)):
        text = text[: found.start] + text[found.end :]
    return text.strip(" ,|•·-–—")


def _person(name: str, rest: str) -> Person:
    signed = names.signature(f"{name}{rest}") if rest.lstrip().startswith((",", "–", "-", "|", "(")) else None
    role = signed.role if signed and not datewords.find(rest) else ""
    first, _, further = name.partition(", ")
    if further and names.ROLE_WORD.search(further.lower()):
        name, role = first, role or further.strip(" ,")
    name = MONTH.sub("", name) if re.match(r"\W{0,2}\d", rest) else name
    return Person(names.bare(name.strip(" ,")), role)


def _around(blocks: Sequence[Block], split: Split, number: int) -> tuple[int, int, int, int]:
    """From where to where a byline may stand above an item, and below it."""
    place = {b.line_from: i for i, b in enumerate(blocks)}
    item = split.items[number]
    start, end = place[item.paragraphs[0].line_from], place[item.paragraphs[-1].line_from] + 1
    before = [place[i.paragraphs[-1].line_from] + 1 for i in split.items[:number]]
    after = [place[i.paragraphs[0].line_from] for i in split.items[number + 1 :]]
    first = max([0, start - ABOVE, *before])
    return first, start, end, min([len(blocks), end + BELOW, *after])


def features(blocks: Sequence[Block], split: Split, number: int, found: list[Candidate]) -> list[Features]:
    """The features of each candidate."""
    _, start, end, _ = _around(blocks, split, number)
    head = next((i for i in range(start - 1, -1, -1) if split.reasons[i] == "headline"), -1)
    own = set(re.findall(r"[^\W\d_]+", split.items[number].text))
    copies = Counter(b.text for b in blocks)
    firsts = {*words("male"), *words("female")}
    rows = [_features(blocks, split, c, (head, start, end), own, copies, firsts) for c in found]
    for k, row in enumerate(rows):
        row["cue_elsewhere"] = float(not row["cue"] and any(r["cue"] for j, r in enumerate(rows) if j != k))
        row["not_first"] = float(k > 0)
    return rows


def _features(blocks, split, c: Candidate, bounds, own, copies, firsts) -> Features:
    head, start, end = bounds
    titled = set(re.findall(r"[^\W\d_]+", blocks[head].text.lower())) if head >= 0 else set()
    text, name = blocks[c.place].text, c.person.name
    tokens = re.findall(r"[^\W\d_]+", name)
    above = blocks[c.place - 1].text if c.place else ""
    signs = split.reasons[c.place] == "signature"
    under = c.place > head >= 0 and c.place < start
    return {
        "somebody": 1.0,
        "cue": float(c.cued),
        "cue_opens": float(bool(re.match(r"\W*(?:by|written by|author)\b", text, re.IGNORECASE))),
        "written": float(bool(WRITTEN.match(text) or WRITTEN.match(above))),
        "others": float(bool(OTHERS.search(text) or OTHERS.search(above))),
        "first_name": float(bool(tokens) and tokens[0].lower() in firsts),
        "one_word": float(len(tokens) == 1 and not signs),
        "under": float(under),
        "under_away": math.log1p(c.place - head) if under else 0.0,
        "over": float(head >= 0 and c.place < head),
        "over_away": math.log1p(head - c.place) if c.place < head else 0.0,
        "below": float(c.place >= end),
        "below_away": math.log1p(c.place - end) if c.place >= end else 0.0,
        "to_text": math.log1p(abs(start - c.place)) if c.place < end else 0.0,
        "after_first": float(start <= c.place < end),
        "in_text": float(not split.reasons[c.place]),
        "dated": float(_dated(blocks, c.place)),
        "same_line_dated": float(bool(datewords.find(text))),
        "words": math.log(blocks[c.place].words),
        "role": float(bool(tokens) and bool(names.ROLE_WORD.fullmatch(tokens[-1].lower()))),
        "in_title": sum(t.lower() in titled for t in tokens) / max(1, len(tokens)),
        "common": sum(t.lower() in own for t in tokens) / max(1, len(tokens)),
        "copies": math.log(copies[text]),
        "listed": float(split.reasons[c.place] in ("list of other pages", "navigation")),
        "signs": float(signs),
        "signs_apart": float(signs and bool(blocks[c.place].gap)),
        "alone": float(
            bool(blocks[c.place].gap) and (c.place + 1 == len(blocks) or bool(blocks[c.place + 1].gap))
        ),
        "capitals": float(name.isupper()),
        "bullet": float(blocks[c.place].bullet),
        "role_after": float(bool(c.person.role)),
    }


def _dated(blocks: Sequence[Block], i: int) -> bool:
    near = blocks[max(0, i - BESIDE) : i + BESIDE + 1]
    return any(b.words <= LONGEST and datewords.find(b.text) for b in near)
