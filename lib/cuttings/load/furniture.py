"""What on a page is not the writing: notices, menus, prompts, teasers, second copies.

Each block of a page is either kept or removed for a stated reason. The phrases are in
``phrases.toml``; other rules look at copies and lists, at what stands on the outlet's other pages, and
a trained model (``linemodel``) weighs the form, the place and the neighbours of a block.
"""

from __future__ import annotations

import bisect
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from cuttings.load import datewords, names
from cuttings.load.blocks import BOLD, HEADER, Block
from cuttings.load.linemodel import best_cut, text_odds
from cuttings.load.thread import MEMBER, Head, post_feet, post_heads

MOST_CHARACTERS = 4000
"""Characters by which copies of a block are known."""
LONG = 30
"""A block of more words than this is prose, whatever phrases stand in it."""
PROSE = 9
"""A block of this many words that ends like a sentence is prose."""
SPEAKS_TO_READER = re.compile(
    r"\b(?:you|your|us|we|please)\b|^(?:comments?|links?|letters?|sign|log|register|subscribe|click|send|write|e-?mail|"
    r"vote|join|read|post|leave|add|subscribers|anonymous)\b",
    re.IGNORECASE,
)
COPIES = {"second copy", "repeated headline"}
INVITING = {"notice", "prompt", "invitation", "footer"}
"""Reasons whose phrases may stand in a whole sentence; the others need a short line."""


WITHIN_SENTENCES = re.compile(r"[.!?]\s+[\"'“‘]?[A-Z]")
FEWEST_AROUND = 3
"""Paragraphs of a text from which a quotation is pulled out."""
REPEATED = "on other pages of the outlet"
SET_APART = "set apart by the page's markup"
TO_EDITORS = "notes to editors"
PULLED = "words of the text set apart from it"
NOTES = re.compile(
    r"\W*(?:notes?|information|background) (?:to|for) (?:the )?(?:editors?|media|journalists)\W*",
    re.IGNORECASE,
)
FEWEST_ABOVE_NOTES = 2
"""Paragraphs of text from which a line such as *Notes to editors* closes a release."""
UNLIKE_TEXT = "unlike the page's text"
UNLIKELY = -0.4
"""Log odds of being text below which prose goes, and a second copy stays in its place."""
UNLIKELY_SHORT = -2.0
"""Log odds below which a short line goes; what it is besides, its neighbours in the piece tell."""
CERTAIN = 1.5
LONG_PROMPT = 20
"""Words from which what may prompt the reader is text, below text, where the model is certain."""
IN_POST = 3.0
"""Log odds that the first text of a post has in its favour."""
PANEL = 10
"""Lines within which the text of a post begins, below its head and what is said of the member."""
LONGEST_OF_PANEL = 8
"""Words from which a line without a stop, below the head of a post, is no longer what is said of its member."""
NEXT_IN_POST = 1.5
"""The same of the sentences that follow it."""
QUOTING = re.compile(r"\b(?:wrote|said|writes|posted)\W{0,2}:$", re.IGNORECASE)
"""Above what a post quotes of another."""
SUBJECT = re.compile(r"\s*(?:(?:default|re:)\s+)+", re.IGNORECASE)
"""What stands before a thread's subject above a post: the icon of vBulletin, and *Re:*."""
ICON = re.compile(r"Default [A-Z]")
FEWEST_MARKED = 2
"""Lines behind the icon that no text begins with by chance."""
REPLY = re.compile(r"(?:default )?re: .{0,120}$|default$|post subject:.{0,120}$", re.IGNORECASE)
"""The subject of a post that answers another, and that icon or its label alone."""
QUOTES = re.compile(r"^.{1,40}? (?:wrote|said):(?=\S)")
"""The same, run together with what is quoted."""
SHORTEST_QUOTED = 5
"""Words that no two posts have in common by chance."""
MOST_QUOTABLE = 200_000
"""Characters above a post in which what it quotes is looked for."""
MOST_BLOCKS = 20_000
HEADLINE = 4
"""Words from which a line above a byline or a date may be the headline."""
AHEAD = 3
"""A short line stays if text follows within so many blocks: it may be a heading or a byline."""
AHEAD_OF_HEADING = 5
"""The same of a line that HTML marks as a heading: day, section and outlet may stand below it."""


def label(
    blocks: Sequence[Block], odds: Sequence[float] = (), repeated: frozenset[str] = frozenset()
) -> list[str]:
    """For each block of a page the reason why it is not an item's own text, empty if it may be.

    ``odds`` are the blocks' log odds of being text (see ``odds_of_text``), ``repeated`` the lines that
    stand on other pages of the outlet (see ``plain``).
    """
    reasons = [phrase_reason(b) for b in blocks]
    _keep_inside_text(blocks, reasons)
    _label_copies(blocks, reasons)
    _label_subjects(blocks, reasons)
    _label_pulled(blocks, reasons)
    first_post = min(heads_of_posts(blocks), default=len(blocks))
    _prefer_posts(blocks, reasons, first_post)
    _label_quoted(blocks, reasons, first_post)
    _label_lists(blocks, reasons)
    _label_notes(blocks, reasons)
    for i, block in enumerate(blocks):
        if not reasons[i] and block.aside and not _says_who_or_when(block):
            reasons[i] = SET_APART
        if not reasons[i] and plain(block.text) in repeated and not _of_an_item(block):
            reasons[i] = REPEATED
    if len(odds):
        _weigh(blocks, reasons, odds)
    return [says(r) if r in _phrases() else r for r in reasons]


def odds_of_text(blocks: Sequence[Block]) -> Sequence[float]:
    """The log odds that each block is of an item's text, by its form, place and neighbours.

    They are settled (``settled``). Nothing for a page of more than ``MOST_BLOCKS``, which is no page of
    the press.
    """
    if len(blocks) > MOST_BLOCKS:
        return ()
    return settled(blocks, text_odds(blocks, *_looks(blocks)))


def heads_of_posts(blocks: Sequence[Block]) -> dict[int, Head]:
    """The blocks that head a post of a thread (see ``thread``)."""
    return post_heads(blocks, *_looks(blocks)) if len(blocks) <= MOST_BLOCKS else {}


def feet_of_posts(blocks: Sequence[Block]) -> dict[int, Head]:
    """The blocks that close a post of a thread (see ``thread``)."""
    return post_feet(blocks, *_looks(blocks)) if len(blocks) <= MOST_BLOCKS else {}


def _looks(blocks: Sequence[Block]) -> tuple[list[str], list[bool]]:
    return [phrase_reason(b) for b in blocks], [is_prose(b) for b in blocks]


def settled(blocks: Sequence[Block], odds: np.ndarray) -> np.ndarray:
    """Log odds shifted, all blocks of a page alike, so that 0 is where to part text from the rest.

    That is the cut from which the page's expected F1 is best (``linemodel.best_cut``). And a page holds
    some text: where all its prose is in doubt, the odds are raised until the best prose has ``CERTAIN``.
    """
    odds = odds + _in_posts(blocks)
    odds = odds - best_cut(odds, np.array([b.words for b in blocks]))
    best = max((o for o, b in zip(odds, blocks, strict=True) if is_prose(b)), default=CERTAIN)
    return odds + max(0.0, CERTAIN - best)


def _in_posts(blocks: Sequence[Block]) -> np.ndarray:
    """What speaks for the first text below the head of each post, or above its foot, in log odds."""
    out = np.zeros(len(blocks))
    heads = heads_of_posts(blocks)
    ends = [*list(heads)[1:], len(blocks)]
    beside = [range(i + 1, min(i + 1 + PANEL, end)) for i, end in zip(heads, ends, strict=False)]
    beside += [range(i - 1, max(i - 3, -1), -1) for i in ({} if heads else feet_of_posts(blocks))]
    for places in beside:
        first = next((i for i in places if _a_sentence(blocks[i]) and not phrase_reason(blocks[i])), None)
        if first is None:
            first = next((i for i in places if _a_line(blocks[i])), None)
        if first is not None:
            out[first] = IN_POST
            _raise_next(blocks, out, first, places.step)
    return out


def _raise_next(blocks: Sequence[Block], out: np.ndarray, first: int, step: int) -> None:
    """Add to the odds of the sentences that follow the first text of a post, up to the first other line."""
    at = first + step
    while 0 <= at < len(blocks) and is_prose(blocks[at]) and not phrase_reason(blocks[at]):
        out[at] = max(out[at], NEXT_IN_POST)
        at += step


def _a_sentence(block: Block) -> bool:
    if (
        HEADER.match(block.text)
        or REPLY.match(block.text)
        or MEMBER.match(block.text)
        or QUOTING.search(block.text)
    ):
        return False
    return is_prose(block) or (block.ended and block.words > 1)


def _a_line(block: Block) -> bool:
    """Whether a block may be a post that ends without a stop."""
    return block.words >= LONGEST_OF_PANEL and not phrase_reason(block)


def _of_an_item(block: Block) -> bool:
    """Whether a line is a byline, signature or date line, which come again and yet belong to an item."""
    return _says_who_or_when(block) or bool(names.signature(block.text))


def _says_who_or_when(block: Block) -> bool:
    return bool(names.byline(block.text) or datewords.is_dateline(block.text))


def _weigh(blocks: Sequence[Block], reasons: list[str], odds: Sequence[float]) -> None:
    """Take off what the model finds unlike text; a second copy that it finds like text replaces the first."""
    first = {plain(b.text): odds[i] for i, b in reversed(list(enumerate(blocks))) if not reasons[i]}
    for i, block in enumerate(blocks):
        words = plain(block.text)
        if (
            reasons[i] == "prompt"
            and odds[i] > CERTAIN
            and block.words > LONG_PROMPT
            and _goes_on(blocks, reasons, i)
        ):
            reasons[i] = ""
        elif reasons[i] in COPIES and odds[i] > 0 and first.get(words, 0) < UNLIKELY:
            reasons[i], first[words] = "", odds[i]
        elif not reasons[i] and odds[i] < (UNLIKELY if is_prose(block) else UNLIKELY_SHORT):
            near = odds[i + 1 : i + 1 + (AHEAD_OF_HEADING if block.level else AHEAD)]
            follows = any(x > 0 and not r for x, r in zip(near, reasons[i + 1 :], strict=False))
            signs = i and not reasons[i - 1] and is_prose(blocks[i - 1]) and names.ALONE.match(block.text)
            heads = block.words >= HEADLINE and any(map(_of_an_item, blocks[i + 1 : i + 2]))
            signs = signs or (
                i
                and not reasons[i - 1]
                and names.signature(blocks[i - 1].text)
                and names.describes(block.text)
            )
            titles = block.level == 1 and not block.aside
            if not titles and (is_prose(block) or not (follows or signs or heads or _of_an_item(block))):
                reasons[i] = UNLIKE_TEXT


def _goes_on(blocks: Sequence[Block], reasons: Sequence[str], i: int) -> bool:
    return i > 0 and not reasons[i - 1] and is_prose(blocks[i - 1])


def says(reason: str) -> str:
    """A reason as the table of removed lines shows it."""
    return _phrases()[reason]["says"]


def is_prose(block: Block) -> bool:
    """Whether a block reads as running text: a sentence, or long."""
    return (block.ended and block.words >= PROSE) or block.words > LONG


def plain(text: str) -> str:
    """A line's words alone, by which its copies are known."""
    return re.sub(r"\W+", " ", text[:MOST_CHARACTERS].lower()).strip()


@cache
def _phrases() -> dict:
    table = tomllib.loads((Path(__file__).with_name("phrases.toml")).read_text("utf-8"))
    for entry in table.values():
        entry["pattern"] = re.compile("|".join(f"(?:{p})" for p in entry["match"]), re.IGNORECASE)
    return table


def phrase_reason(block: Block) -> str:
    """The first group of phrases that a block falls under; long prose falls under none."""
    return "" if len(block.text) > 10 * LONG * 2 else _phrase_reason(block)


@lru_cache(10_000)
def _phrase_reason(block: Block) -> str:
    text = block.text.strip("[]{}|•·-–— ")
    if block.words > LONG * 2 or (is_prose(block) and block.words > LONG and not _speaks_to_reader(text)):
        return ""
    for reason, entry in _phrases().items():
        whole_sentence = is_prose(block) or block.level not in (0, BOLD)
        if whole_sentence and reason not in INVITING:
            continue
        if whole_sentence and not (_speaks_to_reader(text) or reason in ("footer", "notice")):
            continue
        if entry["pattern"].search(text):
            return reason
    return ""


def _speaks_to_reader(text: str) -> bool:
    """Whether a sentence speaks to the reader."""
    return bool(SPEAKS_TO_READER.search(text))


def _keep_inside_text(blocks: Sequence[Block], reasons: list[str]) -> None:
    """A longer paragraph between two paragraphs of text is text, whatever phrase stands in it."""
    for i in range(1, len(blocks) - 1):
        around = [is_prose(blocks[j]) and not reasons[j] for j in (i - 1, i + 1)]
        if reasons[i] and is_prose(blocks[i]) and blocks[i].words > 20 and all(around):
            reasons[i] = ""


def _label_copies(blocks: Sequence[Block], reasons: list[str]) -> None:
    """Mark teasers cut off before their full version, repeated headlines and second copies."""
    words = [plain(b.text) for b in blocks]
    kept = [i for i, r in enumerate(reasons) if not r and words[i]]
    ordered = sorted(words[i] for i in kept)
    seen: set[str] = set()
    for i in kept:
        repeats_day = datewords.is_dateline(blocks[i].text)
        if _is_teaser(blocks[i].text, ordered):
            reasons[i] = "teaser of the text below"
        elif words[i] in seen and not blocks[i].text.endswith((":", "...", "…")) and not repeats_day:
            reasons[i] = "second copy" if is_prose(blocks[i]) else "repeated headline"
        else:
            seen.add(words[i])


def _label_pulled(blocks: Sequence[Block], reasons: list[str]) -> None:
    """A short line between paragraphs that repeats words of one is a quotation that the page pulled out, with the
    name and calling below it. One that holds a whole sentence may repeat what is said further down; a headline may be
    words of the text below it."""
    text = [i for i, b in enumerate(blocks) if is_prose(b) and not reasons[i]]
    if len(text) < FEWEST_AROUND or len(blocks) > MOST_BLOCKS:
        return
    words = {i: f" {plain(blocks[i].text)} " for i in text}
    above, below = "", "".join(words.values())[:MOST_QUOTABLE]
    for i in range(text[0], text[-1]):
        block = blocks[i]
        if i in words:
            above = (above + words[i])[-MOST_QUOTABLE:]
        elif reasons[i] or block.level or not SHORTEST_QUOTED <= block.words <= LONG:
            continue
        elif f" {plain(block.text)} " in (below if WITHIN_SENTENCES.search(block.text) else above):
            reasons[i] = PULLED
            _label_named(blocks, reasons, range(i + 1, min(i + 3, text[-1])))


def _label_named(blocks: Sequence[Block], reasons: list[str], places: range) -> None:
    """Who said what was pulled out: a name, and the calling below it."""
    if not places or not re.fullmatch(names.NAME, blocks[places[0]].text):
        return
    for i in places:
        if reasons[i] or is_prose(blocks[i]):
            return
        reasons[i] = PULLED


def _label_subjects(blocks: Sequence[Block], reasons: list[str]) -> None:
    """The subject of a thread, above each post as *Re:* it, is a copy of its title, though a question."""
    keys = [SUBJECT.sub("", b.text.lower()) if b.words <= LONG else "" for b in blocks]
    replied = {k for k, b in zip(keys, blocks, strict=True) if k and REPLY.match(b.text)}
    marked = [k for k, b in zip(keys, blocks, strict=True) if k and ICON.match(b.text)]
    again = {k for k, n in Counter(keys).items() if n > 1}
    subjects = ((replied | set(marked)) & again) | set(marked if len(marked) >= FEWEST_MARKED else ())
    for i, (key, block) in enumerate(zip(keys, blocks, strict=True)):
        if not reasons[i] and key in subjects and SUBJECT.match(block.text.lower()):
            reasons[i] = "repeated headline"


def _prefer_posts(blocks: Sequence[Block], reasons: list[str], start: int) -> None:
    """Of copies of which one stands above the first post of a thread, as a summary does, the post's stays."""
    above = {plain(b.text): i for i, b in enumerate(blocks[:start]) if not reasons[i] and is_prose(b)}
    for i in range(start, len(blocks)):
        if reasons[i] in COPIES and (copy := above.pop(plain(blocks[i].text), None)) is not None:
            reasons[i], reasons[copy] = "", reasons[i]


def _label_quoted(blocks: Sequence[Block], reasons: list[str], first_post: int) -> None:
    """What a post quotes of a post above it, though only in part, is that one's: a second copy."""
    above = ""
    for i in range(first_post, len(blocks)):
        words = f" {plain(QUOTES.sub('', blocks[i].text))} "
        if reasons[i] or not _a_sentence(blocks[i]):
            continue
        if blocks[i].words >= SHORTEST_QUOTED and words in above:
            reasons[i] = "second copy"
        else:
            above = (above + words)[-MOST_QUOTABLE:]


def _label_notes(blocks: Sequence[Block], reasons: list[str]) -> None:
    """What a press release says to editors, below its text, is not its text."""
    text = 0
    for i, block in enumerate(blocks):
        if text >= FEWEST_ABOVE_NOTES and NOTES.fullmatch(block.text):
            reasons[i:] = [reason or TO_EDITORS for reason in reasons[i:]]
            return
        text += is_prose(block) and not reasons[i]


def _is_teaser(text: str, ordered: Sequence[str]) -> bool:
    """Whether a text breaks off in dots and another of the page's texts goes on where it stops."""
    cut = re.search(r"(\.{3}|…)\W*(more|read more|continued)?\W*$", text[-60:], re.IGNORECASE)
    if not cut:
        return False
    stem = plain(text[: len(text) - len(text[-60:]) + cut.start()])
    at = bisect.bisect_left(ordered, stem)
    following = [other for other in ordered[at : at + 3] if other.startswith(stem)]
    return len(stem) > 20 and len(following) > (plain(text) == stem)


def _label_lists(blocks: Sequence[Block], reasons: list[str]) -> None:
    """A heading such as ``More from`` takes the short lines below it with it."""
    head = ""
    for i in range(len(blocks)):
        if reasons[i] and _phrases().get(reasons[i], {}).get("heads"):
            head, first = reasons[i], i + 1
        elif head and _in_list(blocks, reasons, i, first):
            reasons[i] = reasons[i] or head
        else:
            head = ""


def _in_list(blocks: Sequence[Block], reasons: Sequence[str], i: int, first: int) -> bool:
    """Whether a block is an entry of the list whose first entry would be the block ``first``."""
    block, last = blocks[i], i + 1 == len(blocks)
    dated = not last and datewords.is_dateline(block.text) and not blocks[i + 1].gap
    ends = is_prose(block) or block.level or (block.gap > 0 and i > first and not dated)
    apart = not last and i > first and block.gap == 0 < blocks[i + 1].gap
    heads_text = not (last or block.bullet or apart or reasons[i + 1]) and is_prose(blocks[i + 1])
    lone = block.gap > 0 and (last or blocks[i + 1].gap > 0)
    return not (ends or heads_text or lone)
