"""Who speaks each sentence of an item: its writer, somebody quoted, a document cited.

A sentence belongs to the source that its main attribution names (``attribution``, on the parse of
those sentences that need one), else to whoever the quotation in which it stands was given to, else to
the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cuttings.load import interview
from cuttings.load import quotes as quoting
from cuttings.load import sentences as splitting
from cuttings.load.attribution import Report, reports
from cuttings.load.interview import Turn
from cuttings.load.names import Person
from cuttings.load.parsing import Input, blank, parse, prepare
from cuttings.load.quotes import Quote
from cuttings.load.sources import NO_SOURCE, Source, can_speak, read_source, speaking
from cuttings.load.speakers import Speakers, Voice, names_of

WRITER = 0
FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b", re.IGNORECASE)
WITHIN = 300
"""Characters of a sentence in which the person that it is about is looked for."""
ENOUGH = 0.55
"""Share of a sentence's words from which an attribution beside the main clause makes it the source's."""
ENOUGH_MAIN = 0.25
"""The same for an attribution that is the main clause."""


SPOKEN = {"saying", "asking"}
"""Frames in which whatever is named speaks; other verbs are said of things too (*the change needs time*)."""


@dataclass(frozen=True)
class Sentence:
    """Offsets are in the item's text; ``voice`` is a place in the item's list of voices.

    ``speech`` has the start, end and voice of each stretch in which another than the writer speaks.
    """

    start: int
    end: int
    voice: int
    quoted: bool
    speech: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Said:
    """One attribution, in offsets of its paragraph."""

    source: Source
    spans: tuple[tuple[int, int], ...]
    share: float
    main: bool
    frame: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    spans: list[tuple[int, int]]
    quotes: list[Quote]
    within: list[list[Quote]]
    inputs: list[Input | None]


Attributed = tuple[list[Voice], list[Sentence]]


def attribute(paragraphs: Sequence[str], writer: Person) -> Attributed:
    """The voices of an item, its writer first, and its sentences with the voice that speaks each.

    ``paragraphs`` are the item's, unwrapped; offsets count as if a blank line stood between them.
    """
    return attribute_all([(paragraphs, writer)])[0]


def attribute_all(items: Sequence[tuple[Sequence[str], Person]]) -> list[Attributed]:
    """``attribute`` for each item of a page: all their sentences that need it are parsed together."""
    prepared = [_prepare(paragraphs) for paragraphs, _ in items]
    texts = [x.text for item in prepared for p in item for x in p.inputs if x]
    once = dict.fromkeys(texts)
    parsed = dict(zip(once, parse(once), strict=True))
    parses = (parsed[t] for t in texts)
    return [_item(item, writer, parses) for item, (_, writer) in zip(prepared, items, strict=True)]


def _prepare(paragraphs: Sequence[str]) -> list[Paragraph]:
    out = []
    for text, quotes in zip(paragraphs, quoting.find(paragraphs), strict=True):
        spans = splitting.split(text)
        within = _within(spans, quotes)
        inputs = [prepare(text, span, inside) for span, inside in zip(spans, within, strict=True)]
        out.append(Paragraph(text, spans, quotes, within, inputs))
    return out


def _item(paragraphs: list[Paragraph], writer: Person, parses: Iterator) -> Attributed:
    speakers = Speakers(
        [Voice("writer", writer)], names_of([p.text for p in paragraphs]), _argues(paragraphs)
    )
    out: list[Sentence] = []
    offset, open_voice, waiting = 0, -1, 0
    turns = interview.turns([p.text for p in paragraphs], speakers.known)
    for paragraph, turn in zip(paragraphs, turns, strict=True):
        last = out[-1].voice if out and out[-1].quoted else -1
        said = [_said(x, next(parses), paragraph, i) if x else [] for i, x in enumerate(paragraph.inputs)]
        if turn:
            found, voice = _turn(paragraph, turn, speakers), -1
        else:
            found, voice = _paragraph(paragraph, said, speakers, open_voice, last)
        quotes = paragraph.quotes
        if waiting and quotes and quotes[0].continues and found and found[0].voice != WRITER:
            given = found[0].voice
            out[waiting:] = [
                replace(s, voice=given, quoted=True, speech=((s.start, s.end, given),)) for s in out[waiting:]
            ]
        runs_on = bool(quotes) and quotes[-1].runs_on
        waiting = (waiting or len(out)) if runs_on and voice < 0 and quotes[-1].start == 0 else 0
        open_voice = voice
        out += [_moved(s, offset) for s in found]
        offset += len(paragraph.text) + 2
    return speakers.voices, out


def _turn(paragraph: Paragraph, turn: Turn, speakers: Speakers) -> list[Sentence]:
    """A paragraph of an interview, all of it spoken by one voice."""
    voice = speakers.place(Source("speaker", turn.person)) if turn.person else WRITER
    return [
        Sentence(a, b, voice, False, ((max(a, turn.start), b, voice),) if voice and turn.start < b else ())
        for a, b in paragraph.spans
    ]


def _argues(paragraphs: list[Paragraph]) -> bool:
    """Whether the writer speaks in the first person, outside quotations."""
    own = [blank(p.text, p.quotes) for p in paragraphs]
    return sum(len(FIRST_PERSON.findall(t)) for t in own) * 100 >= sum(len(t.split()) for t in own)


def _moved(s: Sentence, by: int) -> Sentence:
    speech = tuple((a + by, b + by, voice) for a, b, voice in s.speech)
    return replace(s, start=s.start + by, end=s.end + by, speech=speech)


def _said(given: Input, doc, paragraph: Paragraph, number: int) -> list[Said]:
    """The attributions of a parsed sentence that stand in no other's content, in the order of their cues."""
    found = reports(doc)
    if not found:
        return []
    outermost = [r for r in found if not any(_holds(o, r) for o in found if o is not r)]
    words = max(1, _words(given, doc, frozenset(range(len(doc))), paragraph.text))
    named = [(r, speaking(_phrase(given, doc, r, paragraph.text))) for r in outermost]
    return [
        Said(
            source,
            _spans(given, doc, r.content, paragraph, number),
            _words(given, doc, r.content, paragraph.text) / words,
            r.main,
            r.frame,
        )
        for r, source in named
        if r.frame in SPOKEN or can_speak(source)
    ]


def _holds(outer: Report, inner: Report) -> bool:
    """Whether an attribution stands in another's content; of two that hold each other, in the longer one."""
    mutual = outer.cue in inner.content
    return inner.cue in outer.content and not (mutual and len(outer.content) < len(inner.content))


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
    return tuple(out)


def _paragraph(
    paragraph: Paragraph, said: list[list[Said]], speakers: Speakers, open_voice: int, last_quoted: int
) -> tuple[list[Sentence], int]:
    """One paragraph's sentences, and the voice whose quotation is still open at its end (or -1).

    ``open_voice`` is that of the paragraph before, ``last_quoted`` the voice whose quotation closed it:
    a paragraph that opens with a quotation of nobody else's goes on with it.
    """
    text, quotes = paragraph.text, paragraph.quotes
    named, speech = [], []
    voice_of: dict[Quote, int] = {}
    for span, inside, reported in zip(paragraph.spans, paragraph.within, said, strict=True):
        voice, stretches = _named(text, span, inside, reported, speakers)
        named.append(voice)
        speech.append(stretches)
        for q in inside:
            for a, b, v in stretches:
                if a < q.end and q.start < b and q.end - q.start > 2 * (max(a, q.start) - q.start):
                    voice_of.setdefault(q, v)
    goes_on = open_voice if quotes and quotes[0].continues else last_quoted
    if quotes and quotes[0].start == 0 and goes_on > 0:
        voice_of.setdefault(quotes[0], goes_on)
    out, current = [], open_voice
    for span, inside, voice, stretches in zip(paragraph.spans, paragraph.within, named, speech, strict=True):
        if voice == WRITER:
            voice = _from_quotes(text, span, inside, voice_of, current)
            if voice != WRITER:
                stretches = [(max(span[0], q.start), min(span[1], q.end), voice) for q in inside]
        direct = voice != WRITER and any(voice_of.get(q, voice) == voice for q in inside)
        if voice != WRITER:
            for q in inside:
                voice_of.setdefault(q, voice)
            current = voice
        out.append(Sentence(*span, voice, direct, tuple(sorted(stretches))))
    ends_open = quotes and quotes[-1].runs_on
    return out, voice_of.get(quotes[-1], -1) if ends_open else -1


def _named(
    text: str, span: tuple[int, int], inside: list[Quote], said: list[Said], speakers: Speakers
) -> tuple[int, list[tuple[int, int, int]]]:
    """The voice that a sentence's attributions give it to, else the writer; and what each voice says in it."""
    stretches, placed = [], []
    for report in said:
        if report.source is NO_SOURCE:
            continue
        at = speakers.place(report.source)
        if at <= 0:
            at = speakers.place(Source("speaker"))
        placed.append((report, at))
        stretches += [
            (a, b, at) for a, b in report.spans if not any(a < d and c < b for c, d, _ in stretches)
        ]
    enough = [(r, at) for r, at in placed if _owns(r, inside, speakers.argues)]
    if not enough:
        outside = text[span[0] : min(span[1], inside[0].start if inside else span[1])]
        speakers.note(_opening(outside[:WITHIN], speakers.known))
        return WRITER, stretches
    main = [(r, at) for r, at in enough if r.main] or enough
    return max(main, key=lambda pair: pair[0].share)[1], stretches


def _owns(said: Said, inside: list[Quote], argues: bool) -> bool:
    """Whether an attribution makes a sentence its source's.

    What somebody knows, asks, means to do or judges is told by the writer, in a piece in which the
    writer argues; words in quotation marks make it the source's all the same.
    """
    quoted = any(a < q.end and q.start < b and q.end - q.start > 8 for a, b in said.spans for q in inside)
    if said.main and quoted:
        return True
    if said.frame in ("knowing", "asking") or (argues and said.frame in ("intending", "judging")):
        return False
    return said.share >= (ENOUGH_MAIN if said.main else ENOUGH)


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


def _overlap(span: tuple[int, int], quote: Quote) -> int:
    return max(0, min(span[1], quote.end) - max(span[0], quote.start))


def _from_quotes(
    text: str, span: tuple[int, int], inside: list[Quote], voice_of: dict[Quote, int], current: int
) -> int:
    """The voice of a sentence without a reporting clause: that of its quotation, if it has one."""
    length = span[1] - span[0]
    for q in inside:
        if q in voice_of and _overlap(span, q) > length * 0.5:
            return voice_of[q]
    covered = sum(_overlap(span, q) for q in inside)
    whole = covered >= length - 3 and covered > 0
    longest = max((len(text[q.start : q.end].split()) for q in inside), default=0)
    speech = longest >= quoting.MORE_THAN_A_PHRASE and covered > length * 0.4
    if current > 0 and (speech or (whole and len(text[span[0] : span[1]].split()) >= 2)):
        return current
    return WRITER


def _opening(outside: str, known: dict[str, str]) -> Source:
    """The person or document that a sentence of the writer's is about: its first words, or a name in it."""
    opening = re.match(
        r"(?:[A-Z][\w’'-]*\s?){2,4}|(?:An?|One) [\w’' -]{3,60}?"
        r"(?=\s(?:in|of|at|for|from|on|with|who|and|is|has|was|had|moving|by)\b|,)",
        outside,
    )
    found = read_source(opening[0]) if opening else NO_SOURCE
    if found is NO_SOURCE:
        name = next((w for w in re.findall(r"[A-Z][\w’-]+", outside) if w in known), "")
        found = Source("speaker", Person(known[name])) if name else NO_SOURCE
    return found
