"""The posts of a thread: lines above or below each, in one form, with its day, time or number.

Forums and many blogs head every contribution with a line such as ``#3, 21 March 2009`` or ``by Ann Lee,
3 May 2008 14:05``. No list of such lines is complete; but on a page of several posts one form comes
again and again, with other figures and names in it and text in between (as records do on any page that
lists them: Liu, Grossman and Zhai 2003, "Mining data records in web pages", KDD).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from cuttings.load import datewords, mails, names
from cuttings.load.blocks import Block

LONGEST_HEAD = 20
LONGEST_NAME = 3
OTHER_WORDS = 4
"""Words of its own that a head without a time of day may have: a name, not a headline."""
NEAR = 4
BREATH = 3
"""Blocks below the last foot in which nobody goes on."""
SHORTEST = 2
"""Words of the shortest sentence that is a post."""
LONG_LINE = 15
FEWEST_POSTS = 3
FEWEST_FEET = 2
"""Fewer than of heads, since each says who wrote."""
NEARLY_ALL = 0.8
SOME_DIFFER = 1 / 3
"""Share of the posts of a thread that have a writer of their own, where few write again and again."""
TIME = re.compile(
    r"\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d\d)?\s?[ap]m\b", re.IGNORECASE
)
AGO = re.compile(
    r"\b(?:an?|\d+)\s+(?:second|minute|min|hour|hr|day|week|month|year|yr)s?\s+ago\b", re.IGNORECASE
)
DIGIT_OR_AGO = re.compile(r"\d|\bago\b", re.IGNORECASE)
ASIDE = re.compile(r"\([^)]*\)")
RATED = re.compile(r"(?:-?\d[\d,]* points?\b\W*)+|\[score hidden\]", re.IGNORECASE)
"""What readers thought of a post, as its head may say."""
SUBJECT = re.compile(r"\b(?:post )?subject:|\btitle:", re.IGNORECASE)
DIGITS = re.compile(r"[\W\d_]+")
NUMBER = re.compile(r"#\s?\d+")
BARE_NUMBER = re.compile(r"#\s?(\d{1,6})$")
COUNTED = re.compile(r"(?:^|\s)#\s?(\d{1,6})(?:\W|$)")
OF_MEMBERS = re.compile(
    r"\b(?:joined|join date|registered|members?(?= (?:since|for|from|no)\b|:| #)|since|posts|messages|location|reputation|released|last"
    r"|viewed|views|points|score|related|copyright)\b|©|^\W*(?:edited|modified|updated)\b",
    re.IGNORECASE,
)
"""What is said of a member or of a change, beside whose date no post begins."""
MEMBER = re.compile(r"\b(?:join date|joined|posts|location|registered|member since)\s*:", re.IGNORECASE)
"""How a line about a member begins."""
RANK = re.compile(
    r"(?:(?:junior|senior|full|active|regular|valued|new|registered|forum|site)\s+)*(?:member|moderator|admin(?:istrator)?|user|newbie)",
    re.IGNORECASE,
)
WRITTEN_BY = re.compile(
    r"\b(?:(?:post)?by|from)\b:?\s+(?P<name>[^»|,•·#<(]{2,40}?)(?=\s+(?:at|on)\s|\s*[»|,•·#<(]|$)",
    re.IGNORECASE,
)
SAYING = re.compile(
    r"(?:(?P<number>\d+)[.)]\s+)?(?P<who>[^\W_][^:\d]{0,60}?)\s+"
    r"(?:says\s*:|(?:says|said)\s*(?:\.{3}|…)|(?(number)(?:says|said|writes|wrote|commented)\s*:?|(?!)))$",
    re.IGNORECASE,
)
"""As blogs head comments; forums head with *Ann wrote:* what a post quotes."""
LONGEST_SAYING = 12
TRAILING = re.compile(r"\s+(?:says|said|writes|wrote|commented)(?: on| at)?\W*$")
WRITES = frozenset(
    "posted post reply replied said says wrote writes added comment commented submitted".split()
)
OWN_WORDS = WRITES | frozenset("by on at re date sent from".split())
DEEDS = frozenset("asked answered edited modified viewed started created".split())
"""Words that a head says itself; any other may be a name."""
DAY, CLOCK, ORDER, OTHER = "<day>", "<time>", "<number>", "<name>"


@dataclass(frozen=True)
class Head:
    """Who wrote the post below, the words that date it, and where the writer is, each empty where unknown."""

    writer: str = ""
    when: str = ""
    place: str = ""


def post_heads(blocks: Sequence[Block], reasons: Sequence[str], prose: Sequence[bool]) -> dict[int, Head]:
    """The blocks that head a post, with what they and the lines beside them say of it.

    ``reasons`` are the groups of phrases that the blocks fall under, ``prose`` whether they read as
    running text. The headers of messages head posts too. Empty for a page without ``FEWEST_POSTS`` lines of one form with text between them.
    """
    if messages := mails.headers(blocks):
        return {i: Head(names.bare(who), when) for i, (who, when) in messages.items()}
    forms = _forms(blocks, prose)
    heading = {i for places in forms.values() for i in places}
    text = [i for i in _text(blocks, reasons, prose) if i not in heading]
    numbered = any(ORDER in form and len(places) >= FEWEST_POSTS for form, places in forms.items())
    spoken = sorted({*text, *_said(blocks, reasons, prose)} - heading)
    found = {form: _parting(places, spoken) for form, places in forms.items()}
    found = {
        form: places
        for form, places in found.items()
        if len(places) >= FEWEST_POSTS
        and (_above(places, text) or _counted(blocks, places))
        and _like_posts(blocks, reasons, form, places, numbered)
    }
    most = max(map(len, found.values()), default=0)
    saying = _saying(blocks, _said(blocks, reasons, prose))
    if saying and len(saying) >= max(most - 1, FEWEST_FEET):
        ends = [*list(saying)[1:], len(blocks)]
        return {
            i: Head(who[0], _when_within(blocks, i + 1, end), who[2])
            for (i, who), end in zip(saying.items(), ends, strict=True)
        }
    if not found:
        return {}
    often = [places for places in found.values() if len(places) >= most * NEARLY_ALL]
    heads = _without_clock(blocks, max(often, key=lambda places: (_dated(blocks, places), len(places))))
    own = {i: _writer(blocks[i].text) for i in heads}
    named = own if len(set(own.values()) - {""}) > 1 else _names_beside(blocks, reasons, heads)
    return {i: Head(named.get(i, ""), _when(blocks, i)) for i in heads}


def post_feet(blocks: Sequence[Block], reasons: Sequence[str], prose: Sequence[bool]) -> dict[int, Head]:
    """The blocks that close a post, as on many blogs of the decade, with what they say of it.

    They are lines in one form that say who wrote and when, each right below some text, and the last
    has none right below it. The arguments are those of ``post_heads``.
    """
    said = set(_said(blocks, reasons, prose))
    for form, places in _forms(blocks, prose).items():
        signed = DAY in form and (not WRITES.isdisjoint(form.split()) or {CLOCK, OTHER} <= set(form.split()))
        below = sum(i - 1 in said for i in places) >= NEARLY_ALL * len(places) and not any(
            reasons[i - 1] or blocks[i - 1].level for i in places
        )
        if len(places) >= FEWEST_FEET and DAY in form and _named_feet(blocks, said, places):
            return {i: Head(blocks[i - 1].text, _when(blocks, i)) for i in places}
        ends = said.isdisjoint(_breath(blocks, reasons, places[-1] + 1))
        if signed and len(places) >= FEWEST_FEET and below and ends:
            return {i: Head(_writer(blocks[i].text), _when(blocks, i)) for i in places}
    return {}


def _breath(blocks: Sequence[Block], reasons: Sequence[str], start: int) -> range:
    """The next places, up to a heading or what closes a page."""
    end = min(start + BREATH, len(blocks))
    closed = (i for i in range(start, end) if blocks[i].level or reasons[i] in ("footer", "related"))
    return range(start, next(closed, end))


def _saying(blocks: Sequence[Block], text: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """The lines that say who wrote what stands below (*3. Ann Lee, Kent says...*), with name, comma and place."""
    found = {
        i: m["who"].partition(", ")
        for i, b in enumerate(blocks)
        if b.words <= LONGEST_SAYING and (m := SAYING.match(b.text))
    }
    return {i: found[i] for i in _parting(list(found), text)} if found else {}


def _when_within(blocks: Sequence[Block], start: int, end: int) -> str:
    """The first line about a post from ``start`` to ``end`` that holds a day."""
    lines = (ASIDE.sub("", b.text).strip() for b in blocks[start:end] if _form(b))
    return next((line for line in lines if datewords.find(line)), "")


def _named_feet(blocks: Sequence[Block], said: set[int], places: Sequence[int]) -> bool:
    """Whether a name stands between the end of a text and each line."""
    named = all(i - 2 in said and i - 1 not in said and _name(blocks[i - 1]) for i in places)
    return named and len({blocks[i - 1].text for i in places}) * 2 > len(places)


def _forms(blocks: Sequence[Block], prose: Sequence[bool]) -> dict[str, list[int]]:
    forms: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        if (not prose[i] or SUBJECT.search(block.text)) and (form := _form(block)):
            forms.setdefault(form, []).append(i)
    return forms


def _said(blocks: Sequence[Block], reasons: Sequence[str], prose: Sequence[bool]) -> list[int]:
    """The places of text, however short the sentence."""
    return [
        i
        for i, (block, reason) in enumerate(zip(blocks, reasons, strict=True))
        if not reason
        and (prose[i] or (block.ended and block.words >= SHORTEST and not SAYING.match(block.text)))
    ]


def _text(blocks: Sequence[Block], reasons: Sequence[str], prose: Sequence[bool]) -> list[int]:
    """The places of text, and of long lines that end without a stop."""
    return [
        i
        for i, (block, reason) in enumerate(zip(blocks, reasons, strict=True))
        if not reason and (prose[i] or (block.words >= LONG_LINE and not block.level))
    ]


def _form(block: Block) -> str:
    """A short line with its dates, times, numbers and names put aside; empty for one that heads no post."""
    if block.words > LONGEST_HEAD or not DIGIT_OR_AGO.search(block.text):
        return ""
    text = RATED.sub(" ", ASIDE.sub(" ", SUBJECT.split(block.text)[0]))
    if OF_MEMBERS.search(text):
        return ""
    for found in reversed(datewords.find(text)):
        if found.dated.days == 1:
            text = f"{text[: found.start]} {DAY} {text[found.end :]}"
    for pattern, mark in ((AGO, DAY), (TIME, CLOCK), (NUMBER, ORDER)):
        text = pattern.sub(f" {mark} ", text)
    words = re.findall(r"<\w+>|[^\W_]+", text.lower())
    marks = {w for w in words if w in (DAY, CLOCK, ORDER)}
    others = sum(w not in marks and w not in OWN_WORDS for w in words)
    if not marks or (marks == {ORDER} and len(words) > 1) or (CLOCK not in marks and others > OTHER_WORDS):
        return ""
    return " ".join(dict.fromkeys(w if w in marks or w in OWN_WORDS else OTHER for w in words))


def _parting(places: Sequence[int], text: Sequence[int]) -> list[int]:
    """Of lines in one form the last before each stretch of text; all, if nearly all are and none follow one another."""
    ends = [*places[1:], text[-1] + 1 if text else 0]
    parting = [i for i, end in zip(places, ends, strict=True) if any(i < t < end for t in text)]
    apart = all(b - a > 1 for a, b in pairwise(places))
    return list(places) if apart and len(parting) >= NEARLY_ALL * len(places) else parting


def _above(places: Sequence[int], text: Sequence[int]) -> bool:
    """Whether lines stand nearer to the text below them than to what went before, as heads do.

    Where both are as near, the first of them tells: no text stands right above it.
    """
    places = [i for i in places if i < max(text, default=0)]
    below = median(next(t for t in text if t > i) - i for i in places)
    over = [i - max((t for t in text if t < i), default=-len(text)) for i in places]
    return below < median(over) or (below == median(over) < over[0])


def _counted(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    """Whether a number is in each of the lines, or alone right below it, that goes up by one, as posts are counted."""
    found = [_number(blocks, i) for i in places]
    numbers = [int(m[1]) for m in found if m]
    return len(numbers) == len(places) and all(b - a == 1 for a, b in pairwise(numbers))


def _number(blocks: Sequence[Block], i: int) -> re.Match | None:
    below = BARE_NUMBER.match(blocks[i + 1].text) if i + 1 < len(blocks) else None
    return COUNTED.search(blocks[i].text) or below


def _like_posts(
    blocks: Sequence[Block], reasons: Sequence[str], form: str, places: Sequence[int], numbered: bool
) -> bool:
    """Whether lines in one form may be heads of posts by what else is known of them.

    Bare numbers have a day or time near them. Days without a time or number head the entries of a
    chronology too, and the teasers of other pages: those of posts follow one another, and somebody
    writes, names stand beside them or readers rated them.
    """
    if form == ORDER:
        near = [blocks[max(i - NEAR, 0) : i + NEAR + 1] for i in places]
        stamped = [any(DAY in _form(b) or CLOCK in _form(b) for b in part) for part in near]
        return sum(stamped) >= NEARLY_ALL * len(near)
    if CLOCK in form or ORDER in form:
        return True
    rated = sum(bool(RATED.search(blocks[i].text)) for i in places) >= NEARLY_ALL * len(places)
    told = numbered or rated or not WRITES.isdisjoint(form.split())
    somebody = told or _names_beside(blocks, reasons, places)
    return bool(somebody) and _follow(_days(blocks, places))


def _days(blocks: Sequence[Block], places: Sequence[int]) -> list[date]:
    return [found[0].dated.earliest for i in places if (found := datewords.find(blocks[i].text))]


def _follow(days: Sequence[date]) -> bool:
    return sum(a <= b for a, b in pairwise(days)) >= NEARLY_ALL * (len(days) - 1)


def _without_clock(blocks: Sequence[Block], heads: Sequence[int]) -> Sequence[int]:
    """Heads without the hour at which the page was loaded, which some forums state above all posts."""
    days = _days(blocks, heads)
    loaded = len(days) == len(heads) and _follow(days[1:]) and days[0] > max(days[1:])
    return heads[1:] if loaded else heads


def _dated(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    return all(datewords.find(blocks[i].text) for i in places)


def _when(blocks: Sequence[Block], head: int) -> str:
    """The head's own words where they hold a day, else those of the nearest line about the post that does."""
    near = sorted(
        range(max(head - NEAR, 0), min(head + NEAR + 1, len(blocks))), key=lambda i: (abs(i - head), i)
    )
    lines = [ASIDE.sub("", blocks[i].text).strip() for i in near if _form(blocks[i])]
    return next((line for line in lines if datewords.find(line)), "")


def _writer(head: str) -> str:
    """The name after *by*, else what stands before the day, less its number."""
    head = SUBJECT.split(head)[0]
    match = WRITTEN_BY.search(head)
    if match and not datewords.find(match["name"]):
        return names.bare(match["name"])
    head = RATED.sub(" ", head)
    first = min([f.start for f in datewords.find(head)] + [m.start() for m in AGO.finditer(head)], default=0)
    opening = re.sub(r"^\W+", "", NUMBER.sub("", head[:first]))
    before = re.split(r"//|[|,•·»–—]|\s-\s|\s(?:on|at)\s*$", opening)[0]
    name = re.sub(r"^\W*(?:\d+[.)]?\s+)?|[\W_]+$", "", before)
    words = name.lower().split()
    return (
        name
        if 0 < len(words) <= OTHER_WORDS
        and (OWN_WORDS | DEEDS).isdisjoint(words)
        and not DIGITS.fullmatch(name)
        and not TIME.match(name)
        else ""
    )


def _names_beside(blocks: Sequence[Block], reasons: Sequence[str], heads: Sequence[int]) -> dict[int, str]:
    """The lines right above or below the heads, or above what is said of the member there, if they may be
    names: short, and a third differ; of several such lines those of which most do."""
    found = []
    for place in (lambda b, i: _above_member(b, i) - 1, _above_member, lambda _, i: i - 1, _below_stamps):
        beside = {i: place(blocks, i) for i in heads}
        named = {
            i: _name(blocks[j])
            for i, j in beside.items()
            if 0 <= j < len(blocks) and not reasons[j] and _name(blocks[j])
        }
        differ = len(set(named.values()))
        if len(named) >= NEARLY_ALL * len(heads) and differ >= max(2, SOME_DIFFER * len(named)):
            found.append((differ, named))
    return max(found, key=lambda pair: pair[0], default=(0, {}))[1]


def _above_member(blocks: Sequence[Block], head: int) -> int:
    """The place above the lines that say since when and how often a member has written; -1 if none do."""
    at, told = head - 1, False
    while at >= 0 and ((member := bool(OF_MEMBERS.search(blocks[at].text))) or _form(blocks[at])):
        at, told = at - 1, told or member
    return at if told else -1


def _below_stamps(blocks: Sequence[Block], head: int) -> int:
    """The place below a head and the numbers and days that stand below it by themselves."""
    at = head + 1
    while at < min(head + NEAR, len(blocks)) and _form(blocks[at]):
        at += 1
    return at


def _name(block: Block) -> str:
    """The name that a short line may be, without what the line goes on to say of the member; else empty."""
    member = OF_MEMBERS.search(block.text)
    name = block.text[: member.start()].strip() if member else TRAILING.sub("", block.text)
    name = name.partition(", ")[0]
    short = 0 < len(name.split()) <= LONGEST_NAME and bool(re.search(r"[^\W\d_]{2}", name))
    return name if short and not (block.ended or _form(block) or RANK.fullmatch(name)) else ""
