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
from cuttings.load.claims import Paragraph, Said, owns, paragraphs_of, said_in, shared, together
from cuttings.load.interview import Turn
from cuttings.load.lexicon import words
from cuttings.load.names import Person
from cuttings.load.parsing import blank, parse
from cuttings.load.quotes import Quote
from cuttings.load.sources import NO_SOURCE, PERSONS, UNNAMED, Source, read_source, speaking
from cuttings.load.speakers import Speakers, Voice, names_of, titled

WRITER = 0
FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b", re.IGNORECASE)
LEADS_IN = re.compile(
    r"^(?P<who>(?:[A-Z]|[Tt]he |An? |One |[Ss]?he$)[^“”\"]{1,160}?),? "
    r"(?:said|says|added|adds|commented|comments|explained|continued|concluded|writes|wrote|told [^“”\":]{2,40})\s*:$"
)
"""A sentence that announces what the next paragraph quotes: *Ada Quill, chief executive, said:*"""
_PERSON = rf"(?:[\w’'-]+ ){{0,2}}?(?:{'|'.join(map(re.escape, PERSONS))})\b"
ROLE_MET = re.compile(rf"\b(?:my|our) {_PERSON}", re.IGNORECASE)
ANY_ROLE_MET = re.compile(rf"\b(?:my|our|the|an?|one|his|her|their|another) {_PERSON}", re.IGNORECASE)
"""Whoever a writer who speaks of himself tells of: *a mother shut the door on me*."""
WRITTEN = re.compile(
    rf"(?i:the|its|their|his|her|this) (?:[\w’'-]+ ){{0,3}}?(?i:{'|'.join(map(re.escape, words('document')))})\b"
)
"""A document that a sentence is about: *The white paper commits itself*."""
FIRST_WORDS = re.compile(
    r"(?:(?:By|On|In|At|But|And|So|As|For|From|After|Before|Since|When|While|Yet|Then|Now|Still)\s+)+"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:night|morning|afternoon|evening))?\s*)?,?\s*"
)
"""How a sentence may begin before whom it is about."""
OPENS = re.compile(r"[^“”\"‘¤]*?[A-Z][^“”\"‘¤]*?(?=\b(?:he|she|they|it)\b)")
"""What stands in a sentence before its first pronoun, outside quotations."""
WITHIN = 300
"""Characters of a sentence in which the person that it is about is looked for."""


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


Attributed = tuple[list[Voice], list[Sentence]]


def attribute(paragraphs: Sequence[str], writer: Person) -> Attributed:
    """The voices of an item, its writer first, and its sentences with the voice that speaks each.

    ``paragraphs`` are the item's, unwrapped; offsets count as if a blank line stood between them.
    """
    return attribute_all([(paragraphs, writer)])[0]


def attribute_all(items: Sequence[tuple[Sequence[str], Person]]) -> list[Attributed]:
    """``attribute`` for each item of a page: all their sentences that need it are parsed together."""
    prepared = [paragraphs_of(paragraphs) for paragraphs, _ in items]
    texts = [x.text for item in prepared for p in item for x in p.inputs if x]
    once = dict.fromkeys(texts)
    parsed = dict(zip(once, parse(once), strict=True))
    parses = (parsed[t] for t in texts)
    return [_item(item, writer, parses) for item, (_, writer) in zip(prepared, items, strict=True)]


def _item(paragraphs: list[Paragraph], writer: Person, parses: Iterator) -> Attributed:
    speakers = Speakers(
        [Voice("writer", writer)],
        names_of([p.text for p in paragraphs]),
        _argues(paragraphs),
        titled([p.text for p in paragraphs]),
    )
    out: list[Sentence] = []
    offset, open_voice, waiting, announced = 0, -1, 0, -1
    turns = interview.turns([p.text for p in paragraphs], speakers.known)
    for paragraph, turn in zip(paragraphs, turns, strict=True):
        last = out[-1].voice if out and out[-1].quoted else announced
        announced = -1
        said = [said_in(x, next(parses), paragraph, i) if x else [] for i, x in enumerate(paragraph.inputs)]
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
        if lead := LEADS_IN.search(paragraph.text[slice(*paragraph.spans[-1])] if paragraph.spans else ""):
            announced = speakers.place(speaking(lead["who"].strip(" ,")))
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
        if report.source is NO_SOURCE or (report.source is UNNAMED and speakers.argues):
            continue
        if speakers.is_writer(report.source):
            continue
        if report.source.pronoun and (known := OPENS.match(text[span[0] : span[1]])):
            speakers.note(_opening(known[0][:WITHIN], {}, speakers.argues))
        at = speakers.unnamed() if report.source is UNNAMED else speakers.place(report.source)
        if at <= 0:
            at = speakers.place(UNNAMED)
        placed.append((report, at))
        stretches += [
            (a, b, at) for a, b in report.spans if not any(a < d and c < b for c, d, _ in stretches)
        ]
    enough = [(r, at) for r, at in together(placed) if owns(r, inside, speakers.argues)]
    enough = enough or ([] if speakers.argues else shared(placed))
    if not enough or all(r.source is UNNAMED for r, _ in enough):
        outside = text[span[0] : min(span[1], inside[0].start if inside else span[1])]
        speakers.note(_opening(outside[:WITHIN], speakers.known, speakers.argues))
    if not enough:
        return WRITER, stretches
    main = [(r, at) for r, at in enough if r.main] or enough
    return max(main, key=lambda pair: pair[0].share)[1], stretches


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


def _opening(outside: str, known: dict[str, str], argues: bool) -> Source:
    """The person or document that a sentence of the writer's is about: its first words, or a name in it."""
    outside = FIRST_WORDS.sub("", outside)
    opening = re.match(
        r"(?:[A-Z][\w’'-]*\.?\s?){2,6}|(?:An?|One) [\w’' -]{3,60}?"
        r"(?=\s(?:in|of|at|for|from|on|with|who|and|is|has|was|had|moving|by)\b|,)",
        outside,
    )
    opening = opening or WRITTEN.match(outside)
    found = read_source(opening[0]) if opening else NO_SOURCE
    if found is NO_SOURCE:
        name = next((w for w in re.findall(r"[A-Z][\w’-]+", outside) if w in known), "")
        found = Source("speaker", Person(known[name])) if name else NO_SOURCE
    if found is NO_SOURCE and (
        role := next(iter(reversed((ANY_ROLE_MET if argues else ROLE_MET).findall(outside))), "")
    ):
        found = read_source(role)
    return found
