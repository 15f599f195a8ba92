"""The voices of one item as they are met: who is meant by a surname, a role, *she* or *the report*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cuttings.load.lexicon import words
from cuttings.load.names import NAME, Person, bare
from cuttings.load.sources import COMMON_FIRST_WORDS, NO_SOURCE, ROLE, Source

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
_MALE = re.compile(
    r"\b(?:mr|sir|lord|father|son|husband|brother|uncle|man|grandfather|spokesman|chairman|he|king|prince|widower|congressman|gentleman|boy|dad)\b",
    re.I,
)
_FEMALE = re.compile(
    r"\b(?:mrs|ms|miss|dame|lady|baroness|mother|daughter|wife|sister|aunt|woman|grandmother|spokeswoman|chairwoman|she|queen|princess|widow|congresswoman|girl|mum|headmistress)\b",
    re.I,
)


@dataclass(frozen=True)
class Voice:
    kind: str
    person: Person


@dataclass
class Speakers:
    """The voices of an item, its writer first, and who spoke or was named last."""

    voices: list[Voice]
    known: dict[str, str] = field(default_factory=dict)
    argues: bool = False
    last_speaker: int = -1
    last_document: int = -1
    last_thing: int = -1
    mentioned: Source = NO_SOURCE

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
            self.last_speaker, self.mentioned = at, NO_SOURCE
            if is_body(source.person):
                self.last_thing = at
        return at

    def note(self, opening: Source) -> None:
        """A person or document met without a reporting clause may be meant by the next pronoun."""
        if opening.kind == "speaker" and (
            " " in opening.person.name or opening.person.role or opening.person.name in self.known
        ):
            self.mentioned = opening
        elif opening.kind == "document":
            self.last_document = self.last_thing = self.place(opening)

    def _by_pronoun(self, word: str) -> int:
        if word == "it":
            return self.last_thing
        if self.mentioned is not NO_SOURCE and _agrees(word, self.mentioned.person):
            return self.place(self.mentioned)
        if self.last_speaker > 0 and _agrees(word, self.voices[self.last_speaker].person):
            return self.last_speaker
        others = [
            i for i, v in enumerate(self.voices) if i and v.kind == "speaker" and _agrees(word, v.person)
        ]
        return others[-1] if others else -1

    def _in_full(self, source: Source) -> Source:
        """A surname alone led back to the name that the item gives in full."""
        name = source.person.name
        if source.kind == "speaker" and name and " " not in name and name in self.known:
            return replace(source, person=replace(source.person, name=self.known[name]))
        return source

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


def names_of(paragraphs: Sequence[str]) -> dict[str, str]:
    """For each surname of the item the first full name that ends with it."""
    out: dict[str, str] = {}
    for text in paragraphs:
        for match in re.finditer(NAME, _LONG.sub(" ", text)):
            name = bare(match[0]).split()
            while name and name[0].lower() in COMMON_FIRST_WORDS:
                name = name[1:]
            if len(name) >= 2 and len(out) < MOST_NAMES:
                out.setdefault(name[-1], " ".join(name))
    return out


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


def is_body(person: Person) -> bool:
    """Whether a voice is a body, which a text may call *it*."""
    if person.name:
        return (
            bool(re.search(rf"\b(?:{'|'.join(map(re.escape, words('body')))})$", person.name, re.IGNORECASE))
            or person.name.isupper()
        )
    last = person.role.split(" of ")[0].split(" for ")[0].split()[-1:]
    return not person.role or bool(last and last[0].lower() in words("body"))


def _agrees(word: str, person: Person) -> bool:
    """Whether *he*, *she* or *they* may be said of a voice, as far as title, role and first name tell."""
    if word == "they":
        return True
    if is_body(person) or not (person.name or _human(person.role)):
        return False
    wrong_title, wrong_names = (_FEMALE, "female") if word == "he" else (_MALE, "male")
    described = f"{person.name} {person.role}"
    right_title = _MALE if word == "he" else _FEMALE
    if right_title.search(described):
        return True
    first = person.name.split()[0].lower() if " " in person.name else ""
    return not wrong_title.search(described) and first not in words(wrong_names)


def _human(role: str) -> bool:
    """Whether a role is one person's: ``manager at the council``, not ``managers`` or ``letterbox``."""
    last = re.split(r"\s(?:of|for|from|in|at|on|with|by|to|who)\s", role)[0].split()[-1:]
    return not role or bool(
        last and ROLE.fullmatch(last[0]) and (not last[0].endswith("s") or last[0].endswith("ss"))
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
    head = re.split(r"\s(?:of|for|from|in|at|on|by|into|to|that|which|about)\s", name)[0]
    return head.split()[-1].lower() if head.split() else ""


def _role_words(person: Person) -> set[str]:
    return {w.lower() for w in re.findall(r"[\w’'-]+", f"{person.role} {person.organisation}")} - {
        "the",
        "a",
        "of",
    }


def _head(role: str) -> str:
    return re.sub(r"^(?:a|an|the|one|another|its|their|his|her)\s+", "", role.lower())
