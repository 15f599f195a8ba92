"""Who speaks each sentence of an item: its writer, somebody quoted, a document cited.

Rules over the surface of the text, with the word lists of ``lexicon.toml``: a sentence belongs to
the source of a reporting clause in it (``X said``, ``said X``, ``according to X``), to the source
that the quotation it stands in was given to, or else to the writer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cuttings.load import quotes as quoting
from cuttings.load import sentences as splitting
from cuttings.load.names import Person
from cuttings.load.quotes import Quote
from cuttings.load.sources import (
    NO_SOURCE,
    Source,
    after_verb,
    before_verb,
    read_source,
    reporting_verbs,
)

WRITER = 0
MOST_VERBS = 20
WITHIN = 300
"""Reporting verbs of one sentence, and characters beside each, that are looked at."""


@dataclass(frozen=True)
class Voice:
    kind: str
    person: Person


@dataclass(frozen=True)
class Sentence:
    """Offsets are in the item's text; ``voice`` is a place in the item's list of voices."""

    start: int
    end: int
    voice: int
    quoted: bool


@dataclass
class _Speakers:
    """The voices met so far, and who spoke last, for pronouns and open quotations."""

    voices: list[Voice]
    last_speaker: int = -1
    last_document: int = -1
    mentioned: Source = NO_SOURCE

    def place(self, source: Source) -> int:
        if source.pronoun:
            return self._by_pronoun(source)
        at = next((i for i, v in enumerate(self.voices) if i and _same(v, source)), -1)
        if at < 0:
            at = len(self.voices)
            self.voices.append(Voice(source.kind, source.person))
        else:
            self.voices[at] = replace(self.voices[at], person=_fuller(self.voices[at].person, source.person))
        if source.kind == "document":
            self.last_document = at
        else:
            self.last_speaker, self.mentioned = at, NO_SOURCE
        return at

    def note(self, opening: Source) -> None:
        """A person or document met without a reporting clause may be meant by the next pronoun."""
        if opening.kind == "speaker" and (" " in opening.person.name or opening.person.role):
            self.mentioned = opening
        elif opening.kind == "document":
            self.last_document = self.place(opening)

    def _by_pronoun(self, source: Source) -> int:
        """The last person for *he*, *she*, *they*, the last document for *it*; -1 if there is none."""
        if source.kind == "document":
            return self.last_document
        if self.mentioned is not NO_SOURCE:
            return self.place(self.mentioned)
        return self.last_speaker


def attribute(paragraphs: Sequence[str], writer: Person) -> tuple[list[Voice], list[Sentence]]:
    """The voices of an item, its writer first, and its sentences with the voice that speaks each.

    ``paragraphs`` are the item's, unwrapped; offsets count as if a blank line stood between them.
    """
    speakers = _Speakers([Voice("writer", writer)])
    out: list[Sentence] = []
    offset, open_voice, waiting = 0, -1, 0
    for text, quotes in zip(paragraphs, quoting.find(paragraphs), strict=True):
        spans = splitting.split(text)
        last = out[-1].voice if out and out[-1].quoted else -1
        found, voice = _paragraph(text, spans, quotes, speakers, open_voice, last)
        if waiting and quotes and quotes[0].continues and found[0].voice != WRITER:
            out[waiting:] = [replace(s, voice=found[0].voice, quoted=True) for s in out[waiting:]]
        runs_on = bool(quotes) and quotes[-1].runs_on
        if runs_on and voice < 0 and quotes[-1].start == 0:
            waiting = waiting or len(out)
        else:
            waiting = 0
        open_voice = voice
        out += [replace(s, start=s.start + offset, end=s.end + offset) for s in found]
        offset += len(text) + 2
    return speakers.voices, out


def _paragraph(
    text: str,
    spans: list[tuple[int, int]],
    quotes: list[Quote],
    speakers: _Speakers,
    open_voice: int,
    last_quoted: int,
) -> tuple[list[Sentence], int]:
    """One paragraph's sentences, and the voice whose quotation is still open at its end (or -1).

    ``open_voice`` is that of the paragraph before, ``last_quoted`` the voice whose quotation closed it:
    a paragraph that opens with a quotation of nobody else's goes on with it.
    """
    within = _within(spans, quotes)
    named = [_named_source(text, span, inside, speakers) for span, inside in zip(spans, within, strict=True)]
    voice_of: dict[Quote, int] = {}
    for inside, voice in zip(within, named, strict=True):
        for q in inside if voice != WRITER else ():
            voice_of.setdefault(q, voice)
    goes_on = open_voice if quotes and quotes[0].continues else last_quoted
    if quotes and quotes[0].start == 0 and goes_on > 0:
        voice_of.setdefault(quotes[0], goes_on)
    out, current = [], open_voice
    for span, inside, voice in zip(spans, within, named, strict=True):
        if voice == WRITER:
            voice = _from_quotes(text, span, inside, voice_of, current)
        direct = voice != WRITER and any(voice_of.get(q, voice) == voice for q in inside)
        for q in inside:
            voice_of.setdefault(q, voice)
        if voice != WRITER:
            current = voice
        out.append(Sentence(*span, voice, direct))
    ends_open = quotes and quotes[-1].runs_on
    return out, voice_of.get(quotes[-1], -1) if ends_open else -1


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


def _named_source(text: str, span: tuple[int, int], inside: list[Quote], speakers: _Speakers) -> int:
    """The voice that a reporting clause in the sentence names, else the writer."""
    start, end = span
    outside = _blank(text, start, end, inside)
    speech = outside.count("¤") > 20
    for verb in reporting_verbs(outside)[:MOST_VERBS]:
        before = outside[max(0, verb.start() - WITHIN) : verb.start()]
        inserted = outside[verb.end() :].startswith(",")
        source = before_verb(before, verb[0], speech, inserted)
        if source is NO_SOURCE and _may_invert(outside, verb, inside):
            source = after_verb(outside[verb.end() : verb.end() + WITHIN], verb[0], speech)
        if source is not NO_SOURCE and _reports(outside, verb, inside):
            at = speakers.place(source)
            if at <= 0 and speech and source.kind == "speaker":
                at = speakers.place(Source("speaker"))
            if at > 0:
                return at
    opening = _opening(outside)
    if speech and opening.kind == "speaker" and re.search(r":\s*¤", outside):
        return speakers.place(opening)
    speakers.note(opening)
    return WRITER


def _blank(text: str, start: int, end: int, quotes: list[Quote]) -> str:
    """The sentence with each quotation replaced by as many ``¤``."""
    out = list(text[start:end])
    for q in quotes:
        for i in range(max(q.start, start), min(q.end, end)):
            out[i - start] = "¤"
    return "".join(out)


def _may_invert(outside: str, verb: re.Match, inside: list[Quote]) -> bool:
    """``“...,” said X``: the verb stands right after a quotation, or after a comma."""
    if verb[0].lower().startswith("according"):
        return True
    return bool(re.search(r"(?:¤|,|–|-)\s*$", outside[: verb.start()])) and (
        bool(inside) or verb[0].lower() == "said"
    )


def _reports(outside: str, verb: re.Match, inside: list[Quote]) -> bool:
    """Whether the clause really reports words: a quotation, a *that* clause, a comma or a whole clause."""
    if verb[0].lower().startswith("according"):
        return True
    rest = outside[verb.end() :].lstrip()
    if inside and sum(c == "¤" for c in outside) > 8:
        return True
    clause = re.match(r"(?:\w+ly )?(?:[\w’'-]+ ){0,4}?(?:that|if|whether|how|why|what)\b|[:,¤]", rest)
    told = re.match(r"tell|told", verb[0], re.IGNORECASE)
    if told:
        return bool(
            re.match(
                r"(?:[\w’'-]+ ){1,5}?(?:that|how|why|what|it|he|she|they|there|the|this|¤)|[^.]{3,40},", rest
            )
        )
    speaks = re.match(
        r"sa(?:y|id|ys)\b|add|argu|warn|claim|insist|believ|conced|admit|suggest|conclud|complain|think|found|find|show|fear|hope|estimat|predict|maintain|stress|reckon",
        verb[0],
        re.IGNORECASE,
    )
    clause_follows = speaks and len(rest.split()) >= 3
    closing = rest.strip(" .”’'\"") == "" or rest.startswith(",")
    return bool(clause or clause_follows or closing)


def _same(voice: Voice, source: Source) -> bool:
    """Whether a source is a voice already met: by surname, by the whole role, or by document noun."""
    a, b = voice.person, source.person
    if voice.kind != source.kind:
        return False
    if a.name and b.name:
        return a.name.split()[-1] == b.name.split()[-1] and (
            len(b.name.split()) == 1 or len(a.name.split()) == 1 or a.name == b.name
        )
    if source.kind == "document":
        return bool(_nouns(a.name) & _nouns(b.name))
    return not b.name and not a.name and bool(b.role) and _head(a.role) == _head(b.role)


def _nouns(name: str) -> set[str]:
    return {w.lower().rstrip("s") for w in re.findall(r"[A-Za-z-]{4,}", name)} - {
        "joint",
        "their",
        "this",
        "last",
        "year",
    }


def _head(role: str) -> str:
    return re.sub(r"^(?:a|an|the|one|another|its|their|his|her)\s+", "", role.lower())


def _fuller(old: Person, new: Person) -> Person:
    return Person(
        max(old.name, new.name, key=len),
        old.role or new.role,
        old.organisation or new.organisation,
        old.place or new.place,
    )


def _opening(outside: str) -> Source:
    """The person or document that a sentence begins with."""
    opening = re.match(
        r"(?:[A-Z][\w’'-]*\s?){2,4}|(?:An?|One) [\w’' -]{3,60}?"
        r"(?=\s(?:in|of|at|for|from|on|with|who|and|is|has|was|had|moving|by)\b|,)",
        outside,
    )
    return read_source(opening[0]) if opening else NO_SOURCE
