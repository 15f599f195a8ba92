"""Which line above a piece is its headline: by form, place, copies, and what it shares with the text.

A conditional logit (``logit``) over the lines above the piece; its weights stand in ``headline.toml``,
made by ``training/headlines.py``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cuttings.load import datewords, names
from cuttings.load.blocks import Block
from cuttings.load.furniture import REPEATED, UNLIKE_TEXT, plain
from cuttings.load.items import Item, Split
from cuttings.load.logit import Features, score

LONGEST = 30
"""Words beyond which a line heads nothing."""
OPENING = 250
"""Words of a piece with which its headline is compared."""
SHORT = 12
"""Words that a line which only dates a piece has at most."""
BELOW = 4
"""Lines within which a byline or a date follows a headline."""
AROUND = 5
"""Lines before and after, of which a menu's are short."""
NEAR = 3
"""Lines above a piece within which a line may head it that shares no word with it."""
FUNCTION = frozenset(
    "a an the and or but of in on at to for from by with as is are was were be it its this that how what why who your "
    "you i we not no do can".split()
)
MENU = frozenset(
    "home news features comment opinion letters jobs archive search next previous back menu contents index blogs forum forums "
    "login log register subscribe help faq members list calendar posts contact about rss sign topics careers events directory "
    "print email share page pages advertise sitemap links section sections magazine issue".split()
)
"""Words of which menus are made."""
MENU_LINE = 4
"""Words of a line that is a menu if most of its words are ``MENU``'s."""
TEASER = 40
"""Characters by which a line is known to begin as the piece does."""
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_PART = re.compile(r"\s+[|·•»>:–—-]+\s+|\s*[|»>]\s*")


def retitle(blocks: Sequence[Block], split: Split, page_title: str = "") -> Split:
    """A page's first piece under the likeliest headline above it, which heads the page too.

    ``page_title`` is what HTML gives as the page's title. Pages of letters and of leaders keep their
    headings: each piece has its own right above it.
    """
    if not split.items or split.genre in ("letter", "leader"):
        return split
    number = next((n for n, item in enumerate(split.items) if item.genre != "comment"), 0)
    item = split.items[number]
    place = {b.line_from: i for i, b in enumerate(blocks)}
    start = place[item.paragraphs[0].line_from]
    first = max((place[i.paragraphs[-1].line_from] + 1 for i in split.items[:number]), default=0)
    chosen = choose(blocks, split.reasons, first, start, item.text, page_title)
    if chosen is None:
        return split
    title = blocks[chosen].text
    if item.genre == "comment":
        thread = replace(split.items[0], title=split.items[0].title or title)
        return replace(split, items=(thread, *split.items[1:]), headings=(title,))
    if _each_headed(split.items, blocks):
        return replace(split, headings=(title,))
    reasons = list(split.reasons)
    for i in range(first, start):
        if reasons[i] == "headline":
            reasons[i] = "page heading"
    reasons[chosen] = "headline"
    items = list(split.items)
    items[number] = replace(item, title=title)
    return replace(split, items=tuple(items), reasons=tuple(reasons), headings=(title,))


def _each_headed(items: Sequence[Item], blocks: Sequence[Block]) -> bool:
    """Whether a page holds several pieces, each under a heading that HTML marks, or all of them briefs."""
    pieces = [item for item in items if item.genre != "comment"]
    marked = {b.text for b in blocks if b.level}
    return len(pieces) > 1 and all(item.title and (item.title in marked or item.genre) for item in pieces)


def choose(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    first: int,
    start: int,
    text: str,
    page_title: str = "",
) -> int | None:
    """The place of the headline among ``blocks[first:start]``, above a piece that begins at ``start``.

    ``text`` is the piece's own. None if no line there is likely to head it.
    """
    places, rows = candidates(blocks, reasons, first, start, text)
    scores = [
        score("headline", row) + _marked(blocks[i], page_title) for i, row in zip(places, rows, strict=True)
    ]
    if not scores:
        return None
    best = max(range(len(places)), key=lambda k: scores[k])
    i, row = places[best], rows[best]
    heads = row["shared_words"] or row["followed"] or blocks[i].level or start - i <= NEAR
    return i if heads else None


def candidates(
    blocks: Sequence[Block], reasons: Sequence[str], first: int, start: int, text: str
) -> tuple[list[int], list[Features]]:
    """The places of the lines that may head a piece, and the features of each; of copies the highest heading,
    else the last."""
    lines: dict[str, int] = {}
    for i in range(first, start):
        if _may_head(blocks[i]) and reasons[i] != REPEATED:
            words = plain(blocks[i].text)
            before = blocks[lines[words]].level if words in lines else 0
            if not before or 0 < blocks[i].level <= before:
                lines[words] = i
    places = sorted(lines.values())
    short = [b.text for b in blocks if b.words <= LONGEST]
    copies = Counter(plain(t) for t in short)
    parts = Counter(p for t in short for p in {plain(p) for p in _PART.split(t)} if p)
    opening, whole = _content(" ".join(text.split()[:OPENING])), _content(text)
    begins = plain(text[:400])
    rows = [
        _form(blocks[i])
        | _place(blocks, reasons, i, start)
        | _copies(plain(blocks[i].text), copies, parts)
        | _shared(_content(blocks[i].text), opening, whole)
        | {"teaser": float(begins.startswith(plain(blocks[i].text)[:TEASER]))}
        for i in places
    ]
    for k, row in enumerate(rows):
        row["headings_below"] = math.log1p(sum(r["heading"] for r in rows[k + 1 :]))
        for name, others in (("nearer_shares", rows[k + 1 :]), ("above_shares", rows[:k])):
            row[name] = float(any(r["shared_words"] >= row["shared_words"] > 0 for r in others))
    return places, rows


def _may_head(block: Block) -> bool:
    if not 0 < block.words <= LONGEST or not _WORD.search(block.text) or names.byline(block.text):
        return False
    if block.words >= MENU_LINE and _menu_words(block) > MOST_OF_LINE:
        return False
    return not (block.words <= SHORT and datewords.is_dateline(block.text))


def _menu_words(block: Block) -> float:
    """The share of a line's words that menus are made of."""
    return sum(w in MENU for w in _WORD.findall(block.text.lower())) / max(2, block.words)


def _form(block: Block) -> Features:
    text, n = block.text, block.words
    return {
        "bullet": float(block.bullet),
        "numbered": float(bool(re.match(r"\d+[.)] ", text))),
        "words_1_2": float(n <= 2),
        "words_3_4": float(3 <= n <= 4),
        "words_16": float(n > 16),
        "heading": float(4 <= n <= 16 and not block.ended and not block.bullet),
        "full_stop": float(bool(re.search(r"(?<!\.)\.[\"'”’)]*$", text))),
        "question": float(text.endswith(("?", "!"))),
        "colon": float(text.endswith(":")),
        "small": float(text[:1].islower()),
        "capitals": float(text.isupper()),
        "separated": float(len(_PART.split(text)) > 1),
        "date": float(bool(datewords.find(text))),
        "brackets": float(len(re.findall(r"\[[^\]]+\]", text)) > 1),
        "name": float(bool(re.fullmatch(names.NAME, text))),
        "link": float("http" in text or "@" in text),
    }


def _place(blocks: Sequence[Block], reasons: Sequence[str], i: int, start: int) -> Features:
    below = [b.text for b in blocks[i + 1 : min(start, i + 1 + BELOW)]]
    alone = bool((blocks[i].gap or not i) and blocks[i + 1].gap)
    dated = [bool(datewords.find(t) or names.byline(t)) for t in below]
    return {
        "distance": math.log(start - i),
        "next": float(start - i == 1),
        "alone": float(alone),
        "alone_next": float(alone and start - i == 1),
        "first": float(i < 2),
        "followed": float(any(dated)),
        "followed_next": float(any(dated[:1])),
        "below_short": sum(b.words <= 2 for b in blocks[i + 1 : min(start, i + 1 + AROUND)]) / AROUND,
        "above_short": sum(b.words <= 2 for b in blocks[max(0, i - AROUND) : i]) / AROUND,
        "repeated": float(reasons[i] == "repeated headline"),
        "listed": float(reasons[i] == "list of other pages"),
        "menu": float(reasons[i] == "navigation"),
        "unlike": float(reasons[i] == UNLIKE_TEXT),
        "menu_words": _menu_words(blocks[i]),
    }


def _copies(line: str, copies: Counter, parts: Counter) -> Features:
    return {"copies": math.log(max(1, copies[line])), "part": float(parts[line] > copies[line])}


def _shared(words: set[str], opening: set[str], whole: set[str]) -> Features:
    """How many of its words stand in the piece's opening; ``strange`` are those that stand nowhere in it."""
    hits = len(words & opening)
    return {
        "shared": hits / (len(words) + 2),
        "shared_words": math.log1p(hits),
        "strange": len(words - whole) / (len(words) + 2),
    }


def _content(text: str) -> set[str]:
    return {w for w in _WORD.findall(text.lower()) if w not in FUNCTION}


LEVEL_1, LEVEL, ASIDE, IN_TITLE = 5.0, 3.0, -3.0, 9.0
"""What HTML's marks add to a line's score; set by hand, the labelled pages are plain text."""
MOST_OF_LINE = 0.7
"""Share of a line's words from which the page's title, which may add the site's name, says the line."""


def _marked(block: Block, page_title: str) -> float:
    line = plain(block.text)
    added = LEVEL_1 if block.level == 1 else LEVEL if block.level else 0.0
    added += ASIDE if block.aside else 0.0
    return added + IN_TITLE * _share(line.split(), plain(page_title).split())


def _share(line: Sequence[str], title: Sequence[str]) -> float:
    """How much of the page's title a line says, less for a line of under four words, which may be the site's name."""
    both = sum((Counter(line) & Counter(title)).values())
    told = both / len(title) if both >= MOST_OF_LINE * len(line) and title else 0.0
    return told * min(1.0, (len(line) - 1) / 3)
