"""From the blocks of a page to its items: leaders, letters, reports, posts and comments."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from cuttings.load import datewords, furniture, names
from cuttings.load.blocks import BOLD, Block
from cuttings.load.features import densest
from cuttings.load.names import Person
from cuttings.load.posts import in_posts
from cuttings.load.roles import (
    END_OF_PIECE,
    END_OF_TEXT,
    RELATED,
    STAMP,
    TIME,
    below_name,
    comment_head,
    page_genre,
    to_roles,
)
from cuttings.load.thread import Head

BRIEFS = re.compile(
    r"\bin brief$|^(?:news ?|the )?(?:briefs?|bites|bytes|shorts|digest|flashes)$|\bround-?up$"
    r"|^(?:news )?(?:in brief|round-?up)\b|^(?:the|this) week in (?:news|review|brief)$",
    re.IGNORECASE,
)
"""A line that heads several short pieces."""

SURE = 1.4
"""Log odds of being text from which a short line needs no sentence after it."""
LEANING = 1.0
"""Log odds that a block at an end of a piece has in its favour."""
MOST_PIECES = 3
BRIEF, BRIEF_HEADING = 150, 6
"""Words that a piece in brief has at most, on average, and the heading of them all."""
LONGEST_DATE_LINE = 40
"""Words; a date in a longer line outside the text says nothing of the page's own."""
NO_TITLE = re.compile(
    r"(?:your |readers['’] )?letters?(?: to the editor)?|opinion|comment|news|features?", re.IGNORECASE
)
"""Headings of a part of a paper, which head no piece beside a headline."""
POSTED = re.compile(
    r"this \w+ (?:was|is) (?:posted|published|filed|written) (?:on|by|at)\b[^.]{0,120}", re.IGNORECASE
)
OPENING = re.compile(r"[^.!?]{0,40}.{0,30}?\s[-–—]{1,2}\s")
"""The place and day before the dash that opens a press release's first paragraph."""
SHORT_LINE = 12
"""Words that an unfinished line must have to speak for running text at all."""
LESSER = 0.2
"""Below the end of a page's text, what is shorter than this share of its longest piece is another page's."""
NEXT = 4
"""Blocks below a name within which a text that goes on makes it none that signs, but for letters."""
FRAGMENT = 40
"""Fewer words than this without heading or signature are no piece of their own."""


@dataclass(frozen=True)
class Item:
    """One piece of writing; ``date_lines`` are the lines outside the text that may state its date.
    ``after_text`` when it begins below the prompts and lists that end a page's text."""

    genre: str = ""
    title: str = ""
    paragraphs: list[Block] = field(default_factory=list)
    writer: Person = field(default_factory=Person)
    date_lines: tuple[str, ...] = ()
    signed: bool = False
    after_text: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True)
class Split:
    """A page's items, the reason for each block that is in none, and the lines that head the page,
    and all lines outside the text that hold a date (but for those that introduce comments), of which
    the first ``dates_above`` stand above the text."""

    items: tuple[Item, ...]
    reasons: tuple[str, ...]
    headings: tuple[str, ...]
    date_lines: tuple[str, ...]
    genre: str
    dates_above: int = 0


def split(
    blocks: Sequence[Block], reasons: Sequence[str], genre: str = "", odds: Sequence[float] = ()
) -> Split:
    """The items of a page from its blocks. ``genre`` is what the catalogue states, if anything.

    ``odds`` are the blocks' log odds of being text; where they are known, they decide which ends of a
    piece are cut off and whether stray text stays.

    A page of letters splits at signatures, a page of leaders at headings, a thread or the comments on a
    piece at the lines that introduce or close them. In one report a heading between paragraphs is a crosshead and stays,
    unless the end of a piece (a prompt, an invitation) comes before it or a byline or day below it; where that
    would make more than ``MOST_PIECES`` pieces that are not dated one by one, they are the sections of one.
    """
    roles = to_roles(blocks, reasons)
    genre = genre or page_genre(blocks, roles)
    roles, posts = in_posts(blocks, roles, odds)
    briefs = heads_briefs(blocks, reasons, roles)
    found = _Splitter(blocks, list(reasons), roles, genre, odds, posts, briefs).run()
    pieces = [i for i in found.items if i.genre != "comment"]
    dated = sum(bool(i.date_lines) for i in pieces) >= len(pieces) - 1
    listed = genre in ("letter", "leader") or briefs or dated
    if not listed and len(pieces) > MOST_PIECES:
        return _Splitter(blocks, list(reasons), roles, genre, odds, posts, sections=True).run()
    return found


def heads_briefs(blocks: Sequence[Block], reasons: Sequence[str], roles: Sequence[str]) -> bool:
    """Whether a page's pieces are short ones under a heading such as *News in brief*, each under its own."""
    text = [i for i, role in enumerate(roles) if role == "prose"]
    headings = [i for i, role in enumerate(roles) if role == "heading"]
    over = [
        i
        for i, role in enumerate(roles[: text[0] if text else 0])
        if (role == "heading" or blocks[i].level or reasons[i] in furniture.COPIES)
        and blocks[i].words <= BRIEF_HEADING
        and BRIEFS.search(blocks[i].text)
    ]
    below = {
        i: [r for r in roles[i + 1 : i + 3] if r not in ("byline", "dateline", "removed")] for i in headings
    }
    opens = [i for i in headings if below[i][:1] == ["prose"]]
    words = sum(blocks[i].words for i in text)
    return bool(over) and len(opens) > 1 and words <= BRIEF * len(opens)


class _Splitter:
    """Walks the blocks once; what is pending belongs to the item that opens next."""

    def __init__(
        self,
        blocks: Sequence[Block],
        reasons: list[str],
        roles: list[str],
        genre: str,
        odds: Sequence[float] = (),
        posts: Mapping[int, Head] = MappingProxyType({}),
        briefs: bool = False,
        sections: bool = False,
    ):
        self.odds = odds
        self.posts = posts
        self.sections = sections
        self.briefs = briefs
        self.blocks, self.reasons, self.roles, self.genre = blocks, reasons, roles, genre
        self.place = {block.line_from: i for i, block in enumerate(blocks)}
        self.items: list[Item] = []
        self.page_headings: list[str] = []
        self.open: Item | None = None
        self.pending: list[int] = []
        self.writer, self.dates = Person(), []
        self.end_seen = self.text_ended = False
        self.ended_by: set[str] = set()
        self.level = 0
        self.signed_to = -1
        self.after_text = False

    def run(self) -> Split:
        for i, (block, role) in enumerate(zip(self.blocks, self.roles, strict=True)):
            getattr(self, f"_on_{role}")(i, block)
        self._close()
        for i in self.pending:
            self.reasons[i] = "short line apart from the text"
        items = tuple(_finish(item) for item in self._without_fragments())
        dates, above = self._date_lines(items)
        return Split(items, tuple(self.reasons), tuple(self.page_headings), dates, self.genre, above)

    def _on_removed(self, i: int, block: Block) -> None:
        in_thread = i < max(self.posts, default=0)
        if self.reasons[i] in END_OF_PIECE and self.open and not block.aside and not in_thread:
            self.end_seen = True
            self.text_ended = self.text_ended or self.reasons[i] in END_OF_TEXT
            self.ended_by.add(self.reasons[i])
        if self.reasons[i] == STAMP or (block.words <= 20 and datewords.find(block.text)):
            self._date(block.text)
            for part in re.split(r"\s[|·•/–-]\s", block.text):
                self.writer = names.byline(part) or self.writer

    def _on_aside(self, i: int, block: Block) -> None:
        self.reasons[i] = "short line apart from the text"

    def _on_dateline(self, i: int, block: Block) -> None:
        self.reasons[i] = "date line"
        if self.open and not self.pending and self.open.genre != "comment" and TIME.search(block.text):
            self.end_seen = True
        self._date(block.text)

    def _on_byline(self, i: int, block: Block) -> None:
        self.reasons[i] = "byline"
        writer = names.byline(block.text) or Person(names.bare(block.text))
        if self.open and not self.pending:
            self.open = replace(self.open, writer=writer)
        else:
            self.writer = writer
        self._date(block.text)

    def _on_commenthead(self, i: int, block: Block) -> None:
        head = self.posts.get(i, Head(comment_head(block.text)))
        self._open_post(replace(head, when=head.when or block.text))
        self.reasons[i] = "comment header"

    def _open_post(self, head: Head) -> None:
        self._close()
        self._page_heads()
        self.open = Item("comment", writer=Person(head.writer, place=head.place), date_lines=(head.when,))

    def _on_commentfoot(self, i: int, block: Block) -> None:
        self.reasons[i] = "comment header"
        if self.open and self.open.genre == "comment":
            self._close()

    def _on_signature(self, i: int, block: Block) -> None:
        if i <= self.signed_to:
            return
        last = "prose" not in self.roles[i + 1 : i + 2 if self.genre == "letter" else i + NEXT]
        if self.open and (last or self.genre == "letter"):
            below = below_name(self.blocks, self.roles, i) if self.genre == "letter" else range(0)
            for line in (i, *below):
                self.reasons[line] = "signature"
            self.open = replace(
                self.open,
                writer=names.signature(block.text, *(self.blocks[b].text for b in below)) or Person(),
                signed=True,
            )
            self._close()
            self.signed_to = i + len(below)
        else:
            self._on_heading(i, block)

    def _on_heading(self, i: int, block: Block) -> None:
        if i <= self.signed_to:
            return
        plain = not any(self.blocks[j].level for j in self.pending)
        heads = not self.pending or (block.level and plain) or self.roles[i + 1 : i + 2] == ["dateline"]
        if self.open and heads and self._starts_piece(i, block):
            self._close()
        self.pending.append(i)
        if self.open and len(self.pending) > 1 and self.genre in ("letter", "leader"):
            self._close(sign=False)

    def _starts_piece(self, i: int, block: Block) -> bool:
        untitled = not self.open.title and sum(p.words for p in self.open.paragraphs) < FRAGMENT
        if untitled or self.open.genre == "comment":
            return True
        if self.sections:
            return False
        if self.genre in ("letter", "leader") or self.end_seen:
            return True
        if self.briefs:
            return bool(block.level or not self.level)
        if block.level and block.level != BOLD:
            return self.level in (0, block.level)
        if BRIEFS.search(block.text):
            return True
        followed = [r for r in self.roles[i + 1 : i + 3] if r in ("byline", "dateline")]
        return bool(followed)

    def _on_prose(self, i: int, block: Block) -> None:
        if i in self.posts:
            self._open_post(self.posts[i])
        if self.open and self.text_ended and not self.pending:
            self._forget_end() if self._goes_on(i) else self._close()
        if self.open and self.pending:
            self._crossheads()
        if not self.open:
            title = self._title()
            self.open = Item(
                genre="news" if self.briefs and not self.genre else "",
                title=title,
                writer=self.writer,
                date_lines=tuple(self.dates),
                after_text=self.after_text,
            )
            self.writer, self.dates = Person(), []
        self.open.paragraphs.append(block)

    def _goes_on(self, i: int) -> bool:
        """Whether a text goes on right below a list of other pages that stood in it."""
        return len(self.odds) > 0 and self.ended_by == {RELATED} and self.odds[i] > SURE

    def _forget_end(self) -> None:
        self.end_seen = self.text_ended = False
        self.ended_by = set()

    def _title(self) -> str:
        """The heading next to the text; the others head the page."""
        if not self.pending:
            return ""
        titles = [i for i in self.pending if not NO_TITLE.fullmatch(self.blocks[i].text)] or self.pending
        titles = [i for i in titles if not datewords.is_dateline(self.blocks[i].text)] or titles
        marked = [i for i in titles if self.blocks[i].level]
        chosen = marked[-1] if marked else titles[-1]
        self.reasons[chosen] = "headline"
        self.level = self.level or self.blocks[chosen].level
        self.pending.remove(chosen)
        self._page_heads()
        return self.blocks[chosen].text

    def _page_heads(self) -> None:
        for i in self.pending:
            self.reasons[i] = "page heading"
            if not (self.items or self.open):
                self.page_headings.append(self.blocks[i].text)
        self.pending = []

    def _crossheads(self) -> None:
        """Headings inside a piece stay as paragraphs of their own."""
        inside = tuple(self.blocks[i] for i in self.pending)
        self.open.paragraphs.extend(inside)
        self.pending = []

    def _date(self, text: str) -> None:
        if len(text.split()) > LONGEST_DATE_LINE or not datewords.find(text) or datewords.is_span(text):
            return
        if self.open and self.open.genre == "comment" and datewords.find(self.open.date_lines[0]):
            return
        if self.open and not self.pending:
            self.open = replace(self.open, date_lines=(*self.open.date_lines, text))
        else:
            self.dates.append(text)

    def _close(self, sign: bool = True) -> None:
        if self.open:
            item = self._sign_alone(self.open) if sign else self.open
            self._last_entries(item)
            self.items.append(item)
            self.after_text = self.text_ended or item.genre == "comment"
            self.open = None
        self._forget_end()

    def _last_entries(self, item: Item) -> None:
        """Entries of a list right below a piece that the model is sure of belong to it."""
        while self.pending and len(self.odds) and item.paragraphs:
            i, block = self.pending[0], self.blocks[self.pending[0]]
            listed = block.bullet or not block.gap or item.paragraphs[-1].text.endswith(":")
            if i != self.place[item.paragraphs[-1].line_from] + 1 or not listed or self.odds[i] < SURE:
                return
            item.paragraphs.append(self.blocks[self.pending.pop(0)])

    def _date_lines(self, items: Sequence[Item]) -> tuple[tuple[str, ...], int]:
        """What may state the page's date, in its order: lines outside the text and the openings of items;
        how many of them stand above the first item, or right below a byline under its first words."""
        first = {item.paragraphs[0].line_from for item in items if item.genre != "comment"}
        parts, above = [], 0
        of_comments = {line for item in items if item.genre == "comment" for line in item.date_lines}
        reason_above = ""
        for block, reason in zip(self.blocks, self.reasons, strict=True):
            below_byline, reason_above = reason_above == "byline", reason
            if reason and not (reason == "comment header" and block.text in of_comments):
                parts.append(block.text if block.words <= LONGEST_DATE_LINE else _posted(block.text))
            elif block.line_from in first and (opening := OPENING.match(block.text)):
                parts.append(opening[0])
            elif not reason and not block.ended and block.words <= SHORT_LINE:
                parts.append(block.text)
            else:
                continue
            if not datewords.find(parts[-1]):
                parts.pop()
            elif first and (block.line_from < min(first) or (below_byline and above == len(parts) - 1)):
                above = len(parts)
        return tuple(parts), above

    def _without_fragments(self) -> list[Item]:
        """Stray text apart from the pieces is removed; a piece that furniture interrupted is joined."""
        out: list[Item] = []
        most = max((len(i.text.split()) for i in self.items), default=0)
        for item in (self._trimmed(i) for i in self.items if i.paragraphs):
            apart = item.after_text and item.genre != "comment" and self.genre != "leader"
            whole = (item.title and not apart) or item.signed or item.genre == "comment"
            least = FRAGMENT if self.genre == "blog" or not apart else max(FRAGMENT, most * LESSER)
            stray = not item.signed and item.genre != "comment" and most >= 3 * FRAGMENT
            short = len(item.text.split()) < min(least, most)
            if (not whole or stray) and short and not self._likely(item):
                self._mark(item.paragraphs, "short text apart from the pieces")
            elif not whole and not item.title and out and not out[-1].signed and out[-1].genre != "comment":
                out[-1] = replace(out[-1], paragraphs=[*out[-1].paragraphs, *item.paragraphs])
            elif item.paragraphs:
                out.append(item)
        return out

    def _trimmed(self, item: Item) -> Item:
        """A piece without the runs of short lines before and after its sentences.

        A comment has a text, however short: the sentence with which it opens.
        """
        start, end = densest([self._weight(p) for p in item.paragraphs])
        if start == end and item.genre == "comment" and item.paragraphs[0].ended:
            start, end = 0, 1
        self._mark((*item.paragraphs[:start], *item.paragraphs[end:]), "short lines apart from the text")
        return replace(item, paragraphs=item.paragraphs[start:end])

    def _weight(self, block: Block) -> float:
        """How much a block speaks for running text: its words, by how likely the model finds it text;
        without a model its words, less a fixed cost unless it ends like a sentence."""
        if len(self.odds):
            return block.words * math.tanh((self.odds[self.place[block.line_from]] + LEANING) / 2)
        return block.words if block.ended else block.words - SHORT_LINE

    def _likely(self, item: Item) -> bool:
        """Whether the model finds a piece to be text, in as many words as make one."""
        return bool(len(self.odds)) and sum(self._weight(p) for p in item.paragraphs) >= FRAGMENT

    def _mark(self, blocks: Sequence[Block], reason: str) -> None:
        for block in blocks:
            self.reasons[self.place[block.line_from]] = reason

    def _sign_alone(self, item: Item) -> Item:
        """A lone name below the text, such as a blogger's, signs it."""
        if item.signed or len(self.pending) != 1:
            return item
        match = names.ALONE.match(self.blocks[self.pending[0]].text)
        if not match or self.blocks[self.pending[0]].words > 6:
            return item
        self.reasons[self.pending.pop()] = "signature"
        return replace(item, writer=Person(names.bare(match["name"])), signed=True)


def _posted(text: str) -> str:
    """What a longer notice says first, if it says when the page was posted."""
    match = POSTED.match(text)
    return match[0] if match else ""


def _finish(item: Item) -> Item:
    """Broken paragraphs joined, a byline inside the first paragraph taken out."""
    joined: list[Block] = []
    for block in item.paragraphs:
        if joined and not joined[-1].ended and not block.bullet and block.text[:1].islower():
            joined[-1] = joined[-1].join(block)
        else:
            joined.append(block)
    if joined and (match := names.INLINE_BYLINE.search(joined[0].text)):
        name = match["after"] or match["before"]
        text = joined[0].text[: match.start()].rstrip()
        joined[0] = replace(joined[0], text=text + "." * (not joined[0].ended or text[-1:].isalnum()))
        item = replace(item, writer=replace(item.writer, name=item.writer.name or names.bare(name)))
    return replace(item, paragraphs=joined)
