"""Reading the words that name a source: a speaker with name, role and organisation, or a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cuttings.load.lexicon import words
from cuttings.load.names import HONORIFIC, NAME, ONE_NAME, Person, bare

COMMON_FIRST_WORDS = set(
    "a an the this that these those there here it he she they we i you one no not now then so but and or if as at in on of for to "
    "by with from what who when where why how which some any all most many more much few each every another other others both "
    "perhaps maybe yes our my his her its their your nobody everyone someone everybody anybody nothing something people".split()
)
COMMON_OWNER = re.compile(
    r"(?:children|people|women|men|today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|year)[’']s$"
    r"|(?:last|next|this|children)$",
    re.IGNORECASE,
)
"""Capitalised first words of a description that name no body."""
NO_SUBJECT = re.compile(
    r"(?:I|we|you|may|can|could|would|will|should|must|do|does|did|let|is|are|was|were|has|have|had)\b",
    re.IGNORECASE,
)
"""What begins a clause of the writer's own, or a question."""
DOCUMENT = re.compile(rf"\b(?:{'|'.join(map(re.escape, words('document')))})\b", re.IGNORECASE)
FIRST_NAMES = frozenset((*words("male"), *words("female")))
PERSONS = (*words("role"), *words("person"))
ROLE = re.compile(rf"\b(?:{'|'.join(map(re.escape, PERSONS))})(?:s|es)?\b", re.IGNORECASE)
CALLING = re.compile(
    r"[a-z]{3,}(?:(?<!l)ist|ician|ocrat)s?|[a-z]+(?:woman|women|spokesmen|people)", re.IGNORECASE
)
"""Endings that callings have: ``toxicologist``, ``mathematicians``, ``camerawoman``."""
MANY = re.compile(r"[a-z]{3,}ers")
THINGS = frozenset(
    "numbers papers letters computers waters powers orders borders towers rivers matters centers quarters covers offers servers trailers containers posters chapters registers winters summers figures tickers markers boosters drawers corners feathers flowers showers fingers shoulders trousers others ladders shutters barriers".split()
)
"""Plurals like those of callings (``crabbers``, ``reformers``) that are no persons."""
ACRONYM = re.compile(r"[A-Z]{2,6}s?")
NOT_YET = re.compile(r"^(?:co|ex|vice|former|then)-|-elect$", re.IGNORECASE)
TITLED = re.compile(
    rf"(?P<role>(?:[Tt]he )?(?:[\w.’'&-]+ ){{0,6}}?(?:(?i:{'|'.join(map(re.escape, PERSONS))})|[A-Z][a-z]{{1,3}}\.)) "
    rf"(?P<name>{NAME})(?: (?:of|at|from) (?:the )?(?P<body>[A-Z].*))?"
)
"""``former Loxley Mayor Ada Quill``, ``Chief Ada Quill of the Loxley Police``."""
RANK = re.compile(
    r"(?:deputy|assistant|senior|chief|former|acting|vice|lead|head|junior|council|government|party|cabinet)",
    re.IGNORECASE,
)
"""Capitalised first words of a role that are part of it."""
DETERMINER = r"(?:a|an|the|one|another|some|many|several|most|its|their|his|her|our|my|this|that|each|every|both|two|three|other|senior|former|local|union|council|few)"


VAGUE = frozenset(
    "another others some many several most both few one two three four five six dozens hundreds thousands millions".split()
)
"""What stands for persons by itself: *another recalled that*."""
BODIES = frozenset(words("body")) | VAGUE
AFTER_HEAD = re.compile(
    r"\s(?:of|for|from|in|at|on|with|by|into|to|who|that|which|about|under|whose|against|between|behind|inside|outside|near"
    r"|last|this|next|earlier|late|early|released|published|issued|seen|obtained|reviewed|commissioned|made|conducted|posted"
    r"|filed|written|compiled|prepared|sent|signed|based|involved|familiar|representing|backing|opposing)\s"
)
"""What follows the noun on which a description is built."""
SUMMED_UP = re.compile(
    r"^an? (?:number|figure|sum|claim|idea|charge|decision|move|reading|step|argument) (?=[a-z]+ )(?!of )"
)
"""Where the parser took *a figure* for a part of who speaks: *a figure water companies say is too low*."""
PRONOUNS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "herself": "she",
    "they": "they",
    "them": "they",
    "their": "they",
    "it": "it",
    "its": "it",
}


@dataclass(frozen=True)
class Source:
    """A voice as a reporting clause names it; with ``pronoun`` its name stands elsewhere."""

    kind: str
    person: Person = field(default_factory=Person)
    pronoun: str = ""
    definite: bool = False
    """Whether it was named as known already: *the director*, *the report*."""


NO_SOURCE = Source("")
UNNAMED = Source("speaker")
"""Somebody of whom nothing is told: *is expected to*."""


def speaking(phrase: str) -> Source:
    """The source that a reporting clause names with ``phrase``: whatever it is, it speaks."""
    phrase = SUMMED_UP.sub("", phrase)
    words_ = phrase.split()
    if not words_:
        return NO_SOURCE
    if phrase.lower() in PRONOUNS:
        return Source("speaker", pronoun=PRONOUNS[phrase.lower()])
    found = read_source(phrase, anybody=True)
    if found is NO_SOURCE:
        head = re.split(r",|\s(?:who|which|that)\s", phrase)[0]
        last = AFTER_HEAD.split(head)[0].split()[-1:]
        kind = "document" if last and DOCUMENT.fullmatch(last[0].rstrip("s")) else "speaker"
        plain = re.sub(rf"^{DETERMINER}\s+", "", head, flags=re.IGNORECASE)
        found = Source(kind, Person(plain) if kind == "document" else Person(role=plain))
    return replace(found, definite=words_[0].lower() in ("the", "this", "that", "its", "their", "his", "her"))


def can_speak(source: Source) -> bool:
    """Whether a source is a person, a body or a document, as far as its words tell."""
    if source.pronoun or source.person.name or source.kind == "document":
        return True
    described = AFTER_HEAD.split(source.person.role)[0]
    last = described.split()[-1:] or [""]
    noun = NOT_YET.sub("", last[0].lower())
    one = re.sub("ies$", "y", noun)
    known = ROLE.fullmatch(noun) or ROLE.fullmatch(one) or CALLING.fullmatch(noun)
    known = known or re.search(r"\d\s?%|\bper ?cent\b", source.person.role)
    known = known or (MANY.fullmatch(noun) and noun not in THINGS)
    return (
        bool(known) or bool({noun, noun.removesuffix("s"), one} & BODIES) or bool(ACRONYM.fullmatch(last[0]))
    )


def read_source(phrase: str, anybody: bool = False) -> Source:
    """A noun phrase as a speaker with name, role and organisation, or as a document.

    ``NO_SOURCE`` for anything that can be neither; with ``anybody`` a noun phrase that is no known
    role is a speaker all the same.
    """
    phrase = re.sub(
        r"^(?:that|because|as|when|while|if|although|and|but|where|so)\s+",
        "",
        phrase.strip(),
        flags=re.IGNORECASE,
    )
    if not phrase or len(phrase.split()) > 24:
        return NO_SOURCE
    head, _, apposition = phrase.partition(", ")
    apposition = (
        re.split(r"(?<=[a-z]) (?:of|from) (?:the )?(?=[A-Z])|, ", apposition)[0]
        if _names(apposition)
        else apposition
    )
    if re.fullmatch(NAME, apposition) and ROLE.search(head):
        role, organisation = _role_and_body(head)
        return Source("speaker", Person(bare(apposition), role, organisation))
    if re.fullmatch(NAME, apposition) and re.match(rf"{DETERMINER}\b", head, re.IGNORECASE):
        return Source(
            "speaker", Person(bare(apposition), *_role_and_body(re.sub(r"^[Oo]ne of .*", "", head)))
        )
    pair = re.match(rf"(?P<name>{ONE_NAME}) and {ONE_NAME}$", head)
    head = pair["name"] if pair and not ROLE.search(head) else head
    in_apposition = TITLED.fullmatch(apposition) if apposition and ROLE.search(head) else None
    if in_apposition:
        role, organisation = _role_and_body(head)
        return Source("speaker", Person(bare(in_apposition["name"]), role, organisation))
    titled = TITLED.fullmatch(head)
    if titled:
        role, organisation = _role_and_body(titled["role"])
        of = _role_and_body(apposition) if apposition else ("", titled["body"] or "")
        return Source("speaker", Person(bare(titled["name"]), role or of[0], organisation or of[1]))
    if re.fullmatch(NAME, head) and not DOCUMENT.search(head):
        role, organisation = _role_and_body(apposition)
        if not apposition and ROLE.search(head.split()[-1]) and head.split()[0].lower() not in FIRST_NAMES:
            return Source("speaker", Person(role=head))
        return Source("speaker", Person(bare(head), role, organisation))
    named = re.search(rf"(?:^|\s)(?P<name>{NAME})$", head)
    of_place = named and re.search(
        r"\b(?:in|of|at|from|the|for|across|near|through|to|by|on|with|under|over|into|against)$",
        head[: named.start()],
    )
    if named and not of_place and ROLE.search(head[: named.start()]):
        role, organisation = _role_and_body(head[: named.start()])
        return Source("speaker", Person(bare(named["name"]), role, organisation))
    of_body = re.fullmatch(rf"(?P<name>{ONE_NAME}) (?:of|from|at|with) (?:the )?(?P<body>[A-Z].*)", head)
    of_person = of_body and " " in of_body["name"] and not ROLE.search(of_body["name"].split()[-1])
    if of_person and not DOCUMENT.search(of_body["name"]):
        return Source("speaker", Person(bare(of_body["name"]), "", of_body["body"]))
    if re.fullmatch(rf"(?:(?:{HONORIFIC})\.?\s+)+{ONE_NAME}", head):
        return Source("speaker", Person(bare(head)))
    if (
        re.fullmatch(r"[A-Z][\w’'-]+", head)
        and not ROLE.fullmatch(head)
        and head.lower() not in COMMON_FIRST_WORDS
    ):
        return (
            Source("speaker", Person(head))
            if not DOCUMENT.fullmatch(head.rstrip("s"))
            else _unnamed(head, anybody)
        )
    return _unnamed(head, anybody)


def _names(apposition: str) -> bool:
    """Whether an apposition is a name: ``Sen. Ada Quill of Nevada``, not a role."""
    return bool(re.match(rf"{NAME}(?:$|,| of | from )", apposition)) and not ROLE.match(apposition)


def _unnamed(head: str, anybody: bool) -> Source:
    """A role (``a director in the north``), a body, or a document (``the inspectors' report``)."""
    core = AFTER_HEAD.split(head)[0]
    last = core.split()[-1] if core.split() else ""
    if not re.match(rf"(?:{DETERMINER})\b|[A-Z]|[a-z]+s\b|research\b", head) or NO_SUBJECT.match(head):
        return NO_SOURCE
    if DOCUMENT.fullmatch(last) or DOCUMENT.fullmatch(last.rstrip("s")):
        return Source("document", Person(re.sub(r"^(?:a|an|the)\s+", "", head, flags=re.IGNORECASE)))
    if ROLE.fullmatch(last) or (
        anybody and re.match(rf"(?:{DETERMINER})\s+\w|[a-z]+s$", head, re.IGNORECASE)
    ):
        role, organisation = _role_and_body(head)
        return Source("speaker", Person(role=role, organisation=organisation))
    return NO_SOURCE


def _role_and_body(text: str) -> tuple[str, str]:
    """A description split into what the person is and the body they are that for; an age before it left out."""
    text = re.sub(r"^\d+,?\s*", "", text.strip())
    if re.match(r"(?:who|which|whose|that)\b", text.strip(), re.IGNORECASE):
        return "", ""
    text = re.sub(
        rf"^(?i:a|an|the|my|our|your|his|her|its|their|one|this|that|another|other|many|some|several)\s+(?!of\b)|\s+(?:{HONORIFIC})\.?$",
        "",
        text.strip(" ,"),
    )
    text = re.split(r"\s(?:who|whose|which|that)\s", text)[0]
    if not text:
        return "", ""
    body_first = re.match(
        r"(?P<body>[A-Z][\w’'&.-]*(?:\s+(?:of|and|for|the|&)(?=\s+[A-Z])|\s+[A-Z][\w’'&.-]*)*)\s+(?P<role>[a-z].*)",
        text,
    )
    if (
        body_first
        and ROLE.search(body_first["role"])
        and not COMMON_OWNER.match(body_first["body"])
        and body_first["body"].lower() not in COMMON_FIRST_WORDS
        and not RANK.fullmatch(body_first["body"])
    ):
        return body_first["role"], re.sub(r"[’']s$", "", body_first["body"])
    of_body = re.match(r"(?P<role>.+?)\s+(?:of|at|for|with|from)\s+(?P<body>(?:the\s+)?[A-Z].*)", text)
    if of_body:
        return of_body["role"], re.sub(r"^the\s+", "", of_body["body"])
    return text, ""
