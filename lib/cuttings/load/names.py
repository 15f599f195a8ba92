"""How names and signatures are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cuttings.load.lexicon import words

HONORIFIC = "|".join(words("honorific"))
_CAPITAL, _SMALL = "[A-ZÀ-ÖØ-Þ]", "[a-zß-öø-ÿ]"
_TOKEN = rf"(?>{_CAPITAL}(?:{_SMALL}|[’'ʼ])*{_CAPITAL}?[\w’'ʼ-]*{_SMALL}|[A-Z]\.?(?=[\s.])|[A-Z]\.[A-Z]\.)"
_PARTICLE = r"(?:de|van|von|der|la|le|du|al|bin|ap|ab)"
_TITLES = rf"(?:(?:(?:{HONORIFIC})\.?|\((?:{HONORIFIC})\.?\))\s+)"
NAME = rf"{_TITLES}*{_TOKEN}(?:\s+(?:{_PARTICLE}\s+)?{_TOKEN}){{1,3}}"
"""Two to four capitalised words, initials and particles allowed, perhaps after a title: *(Mrs) E. Quill*."""
ONE_NAME = rf"{_TITLES}*{_TOKEN}(?:\s+(?:{_PARTICLE}\s+)?{_TOKEN}){{0,3}}"
WITHHELD = re.compile(
    r"^[(\[]?(?:names?|address|identity)\b.{0,30}\b(?:supplied|withheld)\b.{0,20}$", re.IGNORECASE
)
SIGNATURE = re.compile(
    rf"^[-–—]*\s*(?:yours (?:sincerely|faithfully),?\s*)?(?P<name>{NAME})(?:\s*(?:[,|(–—]|-\s|\bis\b|\bvia\b|\bby e-?mail\b)\s*(?P<rest>.*))?$"
)
LONGEST_SIGNED = 400
"""Characters of a line that signs."""
CAPITALS = re.compile(r"^(?P<name>(?:[A-Z]\.? ?)*(?:[A-Z][A-Z’'-]+ ){0,2}[A-Z][A-Z’'-]+), (?=\S*[a-z])")
"""A name in capitals before a place, as newspapers set those of their readers."""
OTHERS = re.compile(r"\s+(?:and|&) (?:\w+ )?others\b", re.IGNORECASE)
TWO = re.compile(rf"^(?P<first>{NAME}),? (?:and|&) {NAME}(?=,|$)")
PAIR = re.compile(rf"^(?P<first>{_TOKEN}) (?:and|&) {_TOKEN} (?P<family>{_TOKEN}),")
"""*Ada and Ben Quill, foster carers*: the first of a couple."""
ALONE = re.compile(rf"^[-–—]*\s*(?P<name>{ONE_NAME}|[A-Z]{{2,3}})(?:,\s*(?P<rest>.*))?$")
BYLINE = re.compile(
    rf"^(?:(?i:by|from|words|report(?:ed)? by|interview(?:ed)? by|story by|written by|words by)[:\s]+(?P<name>{NAME})(?P<rest>(?:\W.*)?)"
    rf"|(?P<reporter>{NAME}) (?:reports|writes)\.?)$"
)
SENTENCE = 9
"""Words from which a line that ends like a sentence is one: *By Tuesday Ada Quill had written to them, twice.*"""
INLINE_BYLINE = re.compile(
    rf"(?:,?\s+(?:writes|reports)\s+(?P<after>{NAME})\.|(?:^|(?<=[.!?”’\"])\s+)(?P<before>{NAME})\s+(?:writes|reports)\.)$"
)
ROLE_WORD = re.compile(rf"\b(?:{'|'.join(map(re.escape, words('role')))})s?\b", re.IGNORECASE)
BODY = re.compile(
    r"\b(?:department|university|college|council|trust|hospital|unison|unit|centre|service|team|branch|school|institute)s?\b",
    re.IGNORECASE,
)
LINKING = frozenset("of and for the at in on upon by le under".split())


@dataclass(frozen=True)
class Person:
    name: str = ""
    role: str = ""
    organisation: str = ""
    place: str = ""


def bare(name: str) -> str:
    """A name without the titles before it."""
    return re.sub(rf"^{_TITLES}+", "", name.strip())


def signature(text: str, *below: str) -> Person | None:
    """Who signs with this line: ``Name, place``, ``Name, job, employer`` or a name withheld.

    ``below`` are further lines of the signature, which say what its bearer is.
    """
    if WITHHELD.match(text):
        return Person(name="")
    text = text.strip()
    if len(text) > LONGEST_SIGNED or len(text.split()) > 25:
        return None
    if capitals := CAPITALS.match(text):
        text = capitals["name"].title() + text[capitals.end("name") :]
    text = OTHERS.sub("", text)
    if two := TWO.match(text):
        text = two["first"] + text[two.end() :]
    if pair := PAIR.match(text):
        text = f"{pair['first']} {text[pair.start('family') :]}"
    match = SIGNATURE.match(", ".join((text, *below)))
    if not match:
        return None
    return _person(match["name"], match["rest"] or "")


def _person(name: str, rest: str) -> Person:
    parts = [p.strip(" .()") for p in re.split(r",|\s[–—|-]\s", rest) if p.strip(" .()")]
    parts = [p for p in parts if not re.fullmatch(r"(by|via) e-?mail|e-?mail|online", p, re.I)]
    if WITHHELD.match(", ".join(parts)):
        return Person(bare(name))
    if parts and ROLE_WORD.search(parts[0]):
        return Person(bare(name), parts[0], ", ".join(parts[1:]))
    if any(ROLE_WORD.search(p) for p in parts):
        return Person(bare(name), ", ".join(parts))
    return Person(bare(name), place=", ".join(parts))


def describes(text: str) -> bool:
    """Whether a line below a name may say what its bearer is or where: a job, a body, a place."""
    words_ = text.split()
    small = [w for w in words_ if w[:1].islower() and w not in LINKING]
    return (
        len(words_) <= 14
        and not text.endswith((".", "!", "?", ":"))
        and (bool(ROLE_WORD.search(text) or BODY.search(text)) or (len(words_) <= 3 and not small))
    )


def byline(text: str) -> Person | None:
    """Who wrote, from a line ``By Name`` or ``By Name, job``."""
    text = text.split(" | ")[0].strip()
    match, words_ = BYLINE.match(text), len(text.split())
    if not match or words_ > 14 or (words_ >= SENTENCE and text.rstrip().endswith((".", "!", "?"))):
        return None
    rest = re.sub(r"\d.*", "", match["rest"] or "").strip(" ,|-–")
    return Person(bare(match["name"] or match["reporter"]), rest if ROLE_WORD.search(rest) else "")
