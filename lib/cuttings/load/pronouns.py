"""Whom *he*, *she*, *they* and *it* may mean, as far as title, role and first name tell."""

from __future__ import annotations

import re

from cuttings.load.lexicon import words
from cuttings.load.names import Person
from cuttings.load.sources import AFTER_HEAD, ROLE

_MALE = re.compile(
    r"\b(?:mr|sir|lord|father|son|husband|brother|uncle|man|grandfather|spokesman|chairman|he|king|prince|widower|congressman|gentleman|boy|dad)\b",
    re.I,
)
_FEMALE = re.compile(
    r"\b(?:mrs|ms|miss|dame|lady|baroness|mother|daughter|wife|sister|aunt|woman|grandmother|spokeswoman|chairwoman|she|queen|princess|widow|congresswoman|girl|mum|headmistress)\b",
    re.I,
)


def is_body(person: Person) -> bool:
    """Whether a voice is a body, which a text may call *it*."""
    if person.name:
        return (
            bool(re.search(rf"\b(?:{'|'.join(map(re.escape, words('body')))})$", person.name, re.IGNORECASE))
            or person.name.isupper()
        )
    last = AFTER_HEAD.split(person.role)[0].split()[-1:]
    return not person.role or bool(last and last[0].lower() in words("body"))


def agrees(word: str, person: Person) -> bool:
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
    last = AFTER_HEAD.split(role)[0].split()[-1:]
    return not role or bool(
        last and ROLE.fullmatch(last[0]) and (not last[0].endswith("s") or last[0].endswith("ss"))
    )
