"""From lines to blocks: paragraphs, headings and list entries, hard wraps undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise

BULLET = re.compile(r"^\s*(?:[•●▪■◦‣·∙○►»*]|[-–—](?=\s))\s+(?=.*\w)")
TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]`]*$")
REST = 4
"""Words from which a line in small letters is the rest of the sentence above, where no wrap is sure."""
WIDEST_WRAP = 100
"""Hard-wrapped text is narrower than this many characters; longer lines are whole paragraphs."""
NARROWEST_WRAP = 40
ASIDE, OWN, WRAPPED = -1, -2, -3
"""In place of a heading's level: a line that HTML sets apart from the text, as in a menu or a footer, one that does
not go on from the line above, and one that does."""
BOLD = 5
"""The level of a line that is bold and no heading element."""


@dataclass(frozen=True)
class Block:
    """Consecutive lines of a page that belong together; lines are counted from 1.

    ``gap`` is the number of blank lines above, ``level`` that of an HTML heading (0 for none), ``aside``
    whether HTML sets it apart from the text.
    """

    text: str
    line_from: int
    line_to: int
    indent: int = 0
    gap: int = 0
    bullet: bool = False
    level: int = 0
    aside: bool = False

    @cached_property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def ended(self) -> bool:
        """Whether it closes like a sentence."""
        return bool(TERMINAL.search(self.text))

    def join(self, other: Block) -> Block:
        return replace(self, text=f"{self.text} {other.text}", line_to=other.line_to)


HEADER = re.compile(
    r"(?:from|date|sent|subject|to|cc|message-id|references|in-reply-to|reply-to|x-[\w-]+|organi[sz]ation|sender|newsgroups"
    r"|path|lines|(?:list|content|nntp|mailing)-[\w-]+|mime-version|return-path|received)\s*:(?:\s|$)",
    re.IGNORECASE,
)
"""A line of a message's header."""
MARK_FIRST = re.compile(r"[,;:.)\]’”?!](?![.\w])")
HANGING = frozenset(
    "the a an of by at in to for with and from on that as its their his her our my your or is are was were said than".split()
)
LONGEST_LINK, LONGEST_STRESS, LONG_ENOUGH, FEWEST_BROKEN = 8, 3, 5, 2
INITIAL = re.compile(r"[\"'“‘]?[A-Z]")
BY = re.compile(
    r"(?:(?:(?:last )?edited|posted|written|reported|submitted|story|words|comment|left|author)\s)?by\s*:?|author\s?:",
    re.IGNORECASE,
)
PARTING = re.compile(r"[|·•,–—-]\s?")
ON_DAY = re.compile(
    r"(?:on|at)\s+(?:\w+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d)"
    r"[^.!?]{0,40}",
    re.IGNORECASE,
)
SIGN_IN = re.compile(r"(?:log|sign|logged|signed) (?:in|on)", re.IGNORECASE)
FEWEST_FILLED, MOSTLY = 3, 0.75


def to_blocks(lines: list[str], headings: Mapping[int, int] | None = None) -> list[Block]:
    """The blocks of a page. ``headings`` gives the level of each line that HTML marks as a heading, ``ASIDE``, ``OWN`` or
    ``WRAPPED``."""
    levels = headings or {}
    (width, sure), indent = wrap_width(lines), _usual_indent(lines)
    broken = _broken(lines)
    blocks: list[Block] = []
    gap, previous = 0, ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            gap, previous = gap + 1, ""
            continue
        block = _block(line, number, gap, levels.get(number, 0))
        told = levels.get(number) == WRAPPED
        wrapped = told or (
            _goes_on(previous, line, width) and (sure or (_small(line) and len(line.split()) >= REST))
        )
        if previous and (wrapped or number in broken) and levels.get(number, WRAPPED) == WRAPPED:
            block = _block(line, number, gap, 0, bullet=False)
            joined = blocks[-1].join(block)
            cut_off = not wrapped and (MARK_FIRST.match(block.text) or _initial(previous.strip(), block.text))
            blocks[-1] = replace(joined, text=blocks[-1].text + block.text) if cut_off else joined
        elif blocks and _hangs(blocks[-1], block, indent) and levels.get(number) != OWN:
            blocks[-1] = blocks[-1].join(block)
        else:
            blocks.append(block)
        gap, previous = 0, line
    return blocks


def _broken(lines: list[str]) -> set[int]:
    """The numbers of lines that go on with the line above, where a scraper put every element on a line of its own."""
    stripped = [line.strip() for line in lines]
    heads = _heads_in_parts(stripped)
    initials = {i for i, (above, line) in enumerate(pairwise(stripped), 2) if _initial(above, line)}
    return heads | initials | {n for n in _broken_by_links(stripped) if n - 1 not in heads}


def _heads_in_parts(stripped: list[str]) -> set[int]:
    """Who wrote and when, below *Posted by:*, and days and hours that go on from a name: ``on 2 May 2008``."""
    out: set[int] = set()
    for i in range(1, len(stripped)):
        line, above = stripped[i], stripped[i - 1]
        if not line or not above:
            continue
        open_ended = BY.match(above) and PARTING.fullmatch(above[-1])
        named = (BY.fullmatch(above) or open_ended) and len(line.split()) <= LONGEST_LINK
        on = line[0].islower() and ON_DAY.fullmatch(line)
        parted = (
            i in out and (PARTING.match(line) or PARTING.fullmatch(above[-1])) and not TERMINAL.search(line)
        )
        if (
            named
            or (on and len(above.split()) <= LONGEST_LINK)
            or (parted and len(line.split()) <= LONGEST_LINK)
        ):
            out.add(i + 1)
    return out


def _broken_by_links(stripped: list[str]) -> set[int]:
    """The lines that go on with the sentence above, on a page where every link stands on a line of its own.

    Empty where fewer than ``FEWEST_BROKEN`` lines show it: they begin with a mark that begins no sentence, stand
    below one that ends with an article or preposition, or below a first letter alone.
    """
    shown = sum(
        bool(MARK_FIRST.match(b)) or (len(a.split()) >= LONG_ENOUGH and _hanging(a)) or _initial(a, b)
        for a, b in pairwise(stripped)
        if a and b
    )
    out: set[int] = set()
    if shown < FEWEST_BROKEN:
        return out
    for i, line in enumerate(stripped):
        above = stripped[i - 1] if i else ""
        if above and line and (line[0] in ",;" or _after_stress(stripped, i)):
            out.add(i + 1)
            continue
        unfinished = above and line and not TERMINAL.search(above)
        if not unfinished or (len(above.split()) < LONG_ENOUGH and not _hanging(above) and i not in out):
            continue
        below = stripped[i + 1] if i + 1 < len(stripped) else ""
        goes_on = _goes_on_small(below) and (len(below.split()) > 1 or TERMINAL.search(below))
        linked = len(line.split()) <= LONGEST_LINK and not TERMINAL.search(line) and goes_on
        if _goes_on_small(line) or linked or (_hanging(above) and len(line.split()) <= LONGEST_LINK):
            out.add(i + 1)
    return out


def _initial(above: str, line: str) -> bool:
    """Whether a large first letter was parted from its word."""
    return bool(INITIAL.fullmatch(above)) and line[:1].islower()


def _after_stress(stripped: list[str], i: int) -> bool:
    """Whether a line goes on from words that the page stressed or linked at the start of a sentence."""
    before, above, line = (stripped[j] if j >= 0 else "" for j in (i - 2, i - 1, i))
    short = 0 < len(above.split()) <= LONGEST_STRESS and above[:1].isupper() and not TERMINAL.search(above)
    rest = line[:1].islower() and len(line.split()) >= LONG_ENOUGH and TERMINAL.search(line)
    return bool(short and rest and TERMINAL.search(before) and len(before.split()) >= LONG_ENOUGH)


def _hanging(line: str) -> bool:
    """Whether a line ends with a word that ends no sentence, and no prompt."""
    return not SIGN_IN.fullmatch(line) and (line.split() or [""])[-1].lower() in HANGING


def _goes_on_small(line: str) -> bool:
    return line[:1].islower() or bool(MARK_FIRST.match(line))


def wrap_width(lines: list[str]) -> tuple[int, bool]:
    """The width at which a page's text was hard-wrapped, 0 for a page that was not, and whether that is sure.

    Read off the lines that have a line right below them: their usual greatest length, if the first
    word below would mostly not have fitted and most of them end in mid-sentence. It is sure if most lines
    below go on with it in small letters or a dash, and if fewer lines are longer than any wrap.
    """
    pairs = [(a.rstrip(), b) for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()]
    lengths = sorted(len(a) for a, _ in pairs if NARROWEST_WRAP <= len(a) <= WIDEST_WRAP)
    if len(lengths) < 3:
        return 0, False
    width = lengths[int(0.9 * (len(lengths) - 1))]
    full = [(a, b) for a, b in pairs if _full(a, b, width)]
    open_ended = [a for a, _ in full if not TERMINAL.search(a)]
    going_on = [b for _, b in full if _small(b)]
    longer = sum(len(line) > WIDEST_WRAP for line in lines)
    wrapped = len(full) >= 3 and len(open_ended) * 2 > len(full)
    sure = len(going_on) * 2 > len(full) >= 2 * longer
    return width * wrapped, sure or _filled(lines, width)


def _filled(lines: list[str], width: int) -> bool:
    """Whether the paragraphs that blank lines part are filled: every line but the last up to the width, and
    mostly the last alone ends like a sentence."""
    grouped = [list(lines_) for some, lines_ in groupby(lines, key=lambda line: bool(line.strip())) if some]
    filled = [g for g in grouped if len(g) > 1 and all(_full(a, b, width) for a, b in pairwise(g))]
    inner = [line for g in filled for line in g[:-1]]
    ended = sum(bool(TERMINAL.search(g[-1].rstrip())) for g in filled)
    within = sum(bool(TERMINAL.search(line.rstrip())) for line in inner)
    return (
        len(filled) >= FEWEST_FILLED and ended >= MOSTLY * len(filled) and within <= (1 - MOSTLY) * len(inner)
    )


def _small(line: str) -> bool:
    """Whether a line begins as only the rest of a sentence does."""
    first = line.lstrip()[:1]
    return first.islower() or first in "–—-"


def _usual_indent(lines: list[str]) -> int:
    indents = [len(line) - len(line.lstrip()) for line in lines if len(line.strip()) >= NARROWEST_WRAP]
    return max(set(indents), key=indents.count) if indents else 0


def _full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted, with some room for a ragged edge."""
    length = len(line.rstrip())
    return length + 1 + len(following.split()[0]) > width * 0.85 and length <= width + 8


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a line is the wrapped continuation of the one before; a dash then is no bullet."""
    if not width or not _full(line, following, width):
        return False
    if HEADER.match(following) or line.lstrip().startswith(">") != following.lstrip().startswith(">"):
        return False
    return not BULLET.match(following) or not TERMINAL.search(line.rstrip())


def _block(line: str, number: int, gap: int, level: int, bullet: bool = True) -> Block:
    bullet = BULLET.match(line) if bullet else None
    text = " ".join(line[bullet.end() :].split()) if bullet else " ".join(line.split())
    indent = len(line) - len(line.lstrip())
    return Block(text, number, number, indent, gap, bool(bullet), max(level, 0), level == ASIDE)


def _hangs(last: Block, block: Block, usual_indent: int) -> bool:
    """Whether a block continues a bullet: indented a little deeper than it and than the text, and below no sentence's end
    and blank line."""
    deeper = max(usual_indent, last.indent) < block.indent <= last.indent + 4
    return last.bullet and not block.bullet and deeper and not (block.gap and last.ended)
