"""The voices of one item as they are met: who is meant by a surname, a role, *she* or *the report*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cuttings.load.names import NAME, Person, bare
from cuttings.load.pronouns import agrees, is_body
from cuttings.load.sources import AFTER_HEAD, BODIES, COMMON_FIRST_WORDS, ROLE, Source

MOST_NAMES = 2000
"""Names of one item that are kept to lead surnames back to."""
_LONG = re.compile(r"\S{41,}")
"""Runs of characters that are no word: looking for names in them would take for ever."""
GENERIC = {
    "report",
    "paper",
    "document",
    "study",
    "survey",
    "review",
    "letter",
    "statement",
    "memo",
    "research",
    "findings",
    "analysis",
}


@dataclass(frozen=True)
class Voice:
    kind: str
    person: Person


SHORT_TITLES = {
    "Sen": ("senator",),
    "Rep": ("representative", "congressman", "congresswoman", "lawmaker"),
    "Gov": ("governor",),
    "Rev": ("reverend", "pastor", "minister"),
    "Dr": ("doctor",),
    "Prof": ("professor",),
    "Cllr": ("councillor",),
    "Det": ("detective",),
    "Sgt": ("sergeant",),
    "Supt": ("superintendent",),
    "Insp": ("inspector",),
    "Col": ("colonel",),
    "Capt": ("captain",),
    "Gen": ("general",),
}
TITLE = re.compile(
    rf"\b(?:(?P<short>{'|'.join(SHORT_TITLES)})\.?|(?P<role>[A-Z][a-z]{{3,}})) (?P<name>[A-Z][\w’'-]+(?: [A-Z]\.)? [A-Z][\w’'-]+)"
)
CAPITALISED = re.compile(rf"(?<!\w){NAME}(?:\s+[A-Z][\w’'-]+)*")
LONGEST_NAME = 4
UNNAMED_VOICE = Voice("speaker", Person())


@dataclass
class Speakers:
    """The voices of an item, its writer first, and who spoke or was named last."""

    voices: list[Voice]
    known: dict[str, str] = field(default_factory=dict)
    argues: bool = False
    titled: dict[str, set[str]] = field(default_factory=dict)
    recent: list[int | Source] = field(default_factory=list)
    """Places of those who spoke, and persons whom a sentence was about before they spoke, the last one last."""
    nobody: int = -1
    """The place of the voice of what is said without anybody who says it."""
    last_document: int = -1
    last_thing: int = -1

    def place(self, source: Source) -> int:
        """The place of a source among the voices, added if it is new; -1 for a pronoun that means nobody."""
        if source.pronoun:
            return self._by_pronoun(source.pronoun)
        source = self._in_full(source)
        at = self._met(source)
        if at < 0:
            at = len(self.voices)
            self.voices.append(Voice(source.kind, source.person))
        else:
            self.voices[at] = replace(self.voices[at], person=fuller(self.voices[at].person, source.person))
        if source.kind == "document":
            self.last_document = self.last_thing = at
        else:
            name = self.voices[at].person.name
            self.recent = [m for m in self.recent if m != at and not _is_named(m, name)] + [at]
            if is_body(source.person):
                self.last_thing = at
        return at

    def is_writer(self, source: Source) -> bool:
        """Whether a source is named as the writer is, who then speaks of himself by name."""
        return bool(source.person.name) and source.person.name == self.voices[0].person.name

    def unnamed(self) -> int:
        """The place of the one voice of all that is said without anybody who says it; no pronoun means it."""
        if self.nobody < 0:
            self.nobody = len(self.voices)
            self.voices.append(UNNAMED_VOICE)
        return self.nobody

    def note(self, opening: Source) -> None:
        """A person or document met without a reporting clause may be meant by the next pronoun."""
        if opening.kind == "speaker" and (
            " " in opening.person.name or opening.person.role or opening.person.name in self.known
        ):
            met = self._in_full(opening)
            if not (self.recent and _is_named(self.recent[-1], met.person.name)):
                self.recent = [m for m in self.recent if not _is_named(m, met.person.name)] + [met]
        elif opening.kind == "document":
            self.last_document = self.last_thing = self.place(opening)

    def _by_pronoun(self, word: str) -> int:
        if word == "it":
            return self.last_thing
        for met in reversed(self.recent):
            person = met.person if isinstance(met, Source) else self.voices[met].person
            if agrees(word, person):
                return self.place(met) if isinstance(met, Source) else met
        return -1

    def _in_full(self, source: Source) -> Source:
        """A surname alone led back to the name that the item gives in full."""
        name = source.person.name
        held = self.titled.get(_head(source.person.role), set()) if source.definite and not name else set()
        if source.kind == "speaker" and len(held) == 1:
            return replace(source, person=replace(source.person, name=next(iter(held))))
        if source.kind != "speaker" or not name or " " in name:
            return source
        met = [v.person.name for v in self.voices[1:]] + list(self.known.values())
        full = self.known.get(name) or next((n for n in met if n.startswith(f"{name} ")), name)
        return replace(source, person=replace(source.person, name=full))

    def _met(self, source: Source) -> int:
        exact = next((i for i, v in enumerate(self.voices) if i and same(v, source)), -1)
        if exact >= 0:
            return exact
        if (
            source.kind == "document"
            and self.last_document > 0
            and _noun_of(source.person.name) in GENERIC
            and source.definite
        ):
            return self.last_document
        if source.kind == "speaker" and source.definite and source.person.role and not source.person.name:
            wanted = _role_words(source.person)
            return next(
                (
                    i
                    for i in range(len(self.voices) - 1, 0, -1)
                    if self.voices[i].kind == "speaker" and wanted <= _role_words(self.voices[i].person)
                ),
                -1,
            )
        return -1


def _is_named(met: int | Source, name: str) -> bool:
    return isinstance(met, Source) and bool(name) and met.person.name == name


def names_of(paragraphs: Sequence[str]) -> dict[str, str]:
    """For each surname of the item the first full name that ends with it."""
    out: dict[str, str] = {}
    for text in paragraphs:
        for match in CAPITALISED.finditer(_LONG.sub(" ", text)):
            name = bare(match[0]).split()
            while name and name[0].lower() in COMMON_FIRST_WORDS:
                name = name[1:]
            name = _without_role(name)
            common = not name or _common(name[-1]) or name[-1].lower() in COMMON_FIRST_WORDS
            if 2 <= len(name) <= LONGEST_NAME and not common and len(out) < MOST_NAMES:
                out.setdefault(name[-1], " ".join(name))
    return out


def _without_role(name: list[str]) -> list[str]:
    """A name without the role before it: *City Councilman Ada Quill*."""
    last = max((i for i, word in enumerate(name[:-2]) if ROLE.fullmatch(word)), default=-1)
    return name[last + 1 :]


def titled(paragraphs: Sequence[str]) -> dict[str, set[str]]:
    """For each role that stands before names (*Sen. Ada Quill*, *Mayor Ben Tarn*) the names."""
    out: dict[str, set[str]] = {}
    for text in paragraphs:
        for match in TITLE.finditer(_LONG.sub(" ", text)):
            roles = SHORT_TITLES.get(match["short"] or "", ((match["role"] or "").lower(),))
            for role in roles:
                out.setdefault(role, set()).add(match["name"])
    return out


def _common(word: str) -> bool:
    """Whether a capitalised word names a kind of person or body: *Liberal Democrat*, *Care Council*."""
    return bool(ROLE.fullmatch(word)) or word.lower() in BODIES


def same(voice: Voice, source: Source) -> bool:
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
    return (
        not b.name
        and not a.name
        and bool(b.role or b.organisation)
        and (_head(a.role), a.organisation) == (_head(b.role), b.organisation)
    )


def fuller(old: Person, new: Person) -> Person:
    return Person(
        max(old.name, new.name, key=len),
        old.role or new.role,
        old.organisation or new.organisation,
        old.place or new.place,
    )


def _nouns(name: str) -> set[str]:
    return {w.lower().rstrip("s") for w in re.findall(r"[A-Za-z-]{4,}", name)} - {
        "joint",
        "their",
        "this",
        "last",
        "year",
        "the",
        "new",
        "latest",
        "from",
        "with",
        "into",
    }


def _noun_of(name: str) -> str:
    head = AFTER_HEAD.split(name)[0]
    return head.split()[-1].lower() if head.split() else ""


def _role_words(person: Person) -> set[str]:
    return {w.lower() for w in re.findall(r"[\w’'-]+", f"{person.role} {person.organisation}")} - {
        "the",
        "a",
        "of",
    }


def _head(role: str) -> str:
    return re.sub(r"^(?:a|an|the|one|another|its|their|his|her)\s+", "", role.lower())
