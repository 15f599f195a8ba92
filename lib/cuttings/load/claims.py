"""What a sentence's attributions claim: who says which stretches of its paragraph, and how much of it that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cuttings.load import quotes as quoting
from cuttings.load import sentences as splitting
from cuttings.load.attribution import Report, reports
from cuttings.load.parsing import Input, prepare
from cuttings.load.quotes import Quote
from cuttings.load.sources import UNNAMED, Source, can_speak, speaking

ENOUGH = 0.55
"""Share of a sentence's words from which an attribution beside the main clause makes it the source's."""
ENOUGH_TOLD = 0.35
"""The same for words reported in a piece that tells the news, in which the writer does not argue."""
ENOUGH_QUOTED = 0.2
"""The same if they stand in quotation marks."""
ENOUGH_MAIN = 0.25
"""The same for an attribution that is the main clause."""


TOLD = {"knowing", "withholding"}
"""Frames whose clause is a voice's own while the sentence stays the writer's."""
WAYS = {
    "need",
    "plan",
    "taste",
    "age",
    "size",
    "type",
    "custom",
    "tradition",
    "circumstances",
    "ability",
    "schedule",
    "rank",
}
SPOKEN = {"saying", "asking", "withholding", "hearsay", "polling"}
"""Frames in which whatever is named speaks; other verbs are said of things too (*the change needs time*)."""


@dataclass(frozen=True)
class Paragraph:
    text: str
    spans: list[tuple[int, int]]
    quotes: list[Quote]
    within: list[list[Quote]]
    inputs: list[Input | None]


@dataclass(frozen=True)
class Said:
    """One attribution, in offsets of its paragraph."""

    source: Source
    spans: tuple[tuple[int, int], ...]
    share: float
    main: bool
    frame: str


def paragraphs_of(paragraphs: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of one item with their sentences, quotations and what the parser is to be given."""
    out = []
    for text, quotes in zip(paragraphs, quoting.find(paragraphs), strict=True):
        spans = splitting.split(text)
        within = _within(spans, quotes)
        inputs = [prepare(text, span, inside) for span, inside in zip(spans, within, strict=True)]
        out.append(Paragraph(text, spans, quotes, within, inputs))
    return out


def said_in(given: Input, doc, paragraph: Paragraph, number: int) -> list[Said]:
    """The attributions of a parsed sentence that stand in no other's content, in the order of their cues."""
    found = [
        (r, speaking(_phrase(given, doc, r, paragraph.text)) if r.source else UNNAMED) for r in reports(doc)
    ]
    found = [
        (r, source)
        for r, source in found
        if r.frame in SPOKEN or can_speak(source) or (r.frame == "according" and not _way(source))
    ]
    if not found:
        return []
    outermost = [(r, source) for r, source in found if not any(_holds(o, r) for o, _ in found if o is not r)]
    words = max(1, _words(given, doc, frozenset(range(len(doc))), paragraph.text))
    return [
        Said(
            source,
            _spans(given, doc, r.content, paragraph, number),
            _words(given, doc, r.content, paragraph.text) / words,
            r.main,
            r.frame,
        )
        for r, source in outermost
    ]


def _way(source: Source) -> bool:
    """Whether ``according to`` names how, not who: *according to need*."""
    return source.person.role.lower() in WAYS


def _holds(outer: Report, inner: Report) -> bool:
    """Whether an attribution stands in another's content; of two that hold each other, in the longer one."""
    if inner.cue not in outer.content or outer.cue not in inner.content:
        return inner.cue in outer.content
    if "according" in (inner.frame, outer.frame):
        return outer.frame == "according"
    return len(outer.content) >= len(inner.content)


def _phrase(given: Input, doc, report: Report, text: str) -> str:
    first, last = doc[report.source[0]], doc[report.source[-1]]
    phrase = text[given.place(first.idx) : given.place(last.idx) + len(last)]
    return re.sub(r"\s*\([^()]*\)", "", phrase).strip(" ,")


def _words(given: Input, doc, places: frozenset[int], text: str) -> int:
    """How many words of the paragraph the tokens stand for."""
    total = 0
    for i in places:
        quote = given.quote_at(doc[i].idx)
        if quote is None:
            total += any(c.isalnum() for c in doc[i].text)
        elif doc[i].text == "Yes":
            total += len(text[quote.start : quote.end].split())
    return total


def _spans(
    given: Input, doc, places: frozenset[int], paragraph: Paragraph, number: int
) -> tuple[tuple[int, int], ...]:
    """The stretches of the paragraph that tokens stand for, joined where only marks are between them."""
    start, end = paragraph.spans[number]
    out: list[tuple[int, int]] = []
    for i in sorted(places):
        quote = given.quote_at(doc[i].idx)
        if quote is not None:
            a, b = max(start, quote.start), min(end, quote.end)
        elif any(c.isalnum() for c in doc[i].text):
            a = given.place(doc[i].idx)
            b = a + len(doc[i])
        else:
            continue
        if out and a <= out[-1][1] + 12 and not re.search(r"\w", paragraph.text[out[-1][1] : a]):
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        elif a < b:
            out.append((a, b))
    return tuple(_with_marks(paragraph.text, a, b) for a, b in out)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the mark just beyond it that its other mark belongs to."""
    said = text[start:end]
    for opens, closes in ("“”", '""'):
        odd = said.count(opens) % 2 if opens == closes else said.count(opens) - said.count(closes)
        if odd > 0 and text[end : end + 1] == closes:
            return start, end + 1
        if odd and start and text[start - 1] == opens:
            return start - 1, end
    return start, end


def together(placed: list[tuple[Said, int]]) -> list[tuple[Said, int]]:
    """Attributions in which each has the share of all that its voice says in the sentence."""
    shares = Counter()
    for report, at in placed:
        shares[at] += report.share if report.frame not in TOLD else 0
    return [(replace(report, share=max(report.share, shares[at])), at) for report, at in placed]


def shared(placed: list[tuple[Said, int]]) -> list[tuple[Said, int]]:
    """The main attributions of a sentence of which several voices together say enough."""
    told = [(report, at) for report, at in placed if report.frame not in TOLD]
    enough = len(told) > 1 and sum(report.share for report, _ in told) >= ENOUGH_TOLD
    return [(report, at) for report, at in told if report.main] if enough else []


def owns(said: Said, inside: list[Quote], argues: bool) -> bool:
    """Whether an attribution makes a sentence its source's.

    What somebody knows, asks, means to do or judges is told by the writer, in a piece in which the
    writer argues; words in quotation marks make it the source's all the same.
    """
    quoted = any(a < q.end and q.start < b and q.end - q.start > 8 for a, b in said.spans for q in inside)
    if quoted and (said.main or (not argues and said.share >= ENOUGH_QUOTED)):
        return True
    beside = said.frame in ("intending", "judging")
    if said.frame in TOLD or (argues and (beside or said.frame == "asking")):
        return False
    return said.share >= (ENOUGH_MAIN if said.main else ENOUGH if argues or beside else ENOUGH_TOLD)


def _within(spans: list[tuple[int, int]], quotes: list[Quote]) -> list[list[Quote]]:
    """For each sentence the quotations that reach into it; both are in order."""
    out, first = [], 0
    for start, end in spans:
        while first < len(quotes) and quotes[first].end <= start:
            first += 1
        last = first
        while last < len(quotes) and quotes[last].start < end:
            last += 1
        out.append(quotes[first:last])
    return out
