"""Reading the words beside a reporting verb: who or what is said to speak."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from cuttings.load.lexicon import words
from cuttings.load.names import HONORIFIC, NAME, ONE_NAME, Person, bare

IRREGULAR = {
    "say": "say|says|said|saying",
    "tell": "tell|tells|told|telling",
    "write": "write|writes|wrote|writing",
    "think": "think|thinks|thought",
    "find": "find|finds|found",
    "show": "show|shows|showed",
    "put it": "put it|puts it",
    "go on": "goes on|went on",
    "set out": "sets? out",
    "cast": "casts?",
    "point out": "points? out|pointed out",
    "call for": "calls? for|called for",
}
ALSO_NOUNS = set(
    "fear hope question doubt report comment list record offer demand claim state note estimate show cast find plan praise blame review object counter pledge vow caution joke reply".split()
)
"""Verbs whose base form is more often a noun: only their other forms report."""
PLAIN_SAYING = re.compile(
    r"(?:says?|said|saying|tells?|told|asks?|asked|adds?|added|writes?|wrote|informed|calls?|called|murmured|replied|replies|insist\w*|argue\w*|warn\w*|declare\w*)$",
    re.IGNORECASE,
)
"""Verbs after or before which any person that a quotation stands beside may be the speaker."""
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
PRONOUN = re.compile(
    r"(?:^|[\s,;:–¤(])(?P<word>he|she|they|it)(?:\s+(?:\w+ly|also|has|have|had|then|later|too))*\s*$",
    re.IGNORECASE,
)
AUXILIARY = re.compile(
    r"(?:\s+(?:has|have|had|also|then|later|now|once|today|yesterday|this week|last week|last night|rightly|still"
    r"|even|often|always|never|recently|simply|cheerfully|\w+ly))+\s*$",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"\b(?:been|was|were|is|are|be|being|get|gets|got|to|who|which|what|not|cannot|can|could|would|will|should|might|may|must|n't|n’t|I|we|you|one)\s*(?:\w+ly\s*)?$",
    re.IGNORECASE,
)
LEAD_IN = re.compile(
    r"^(?:.*[¤;:]\s*|(?:but|and|however|meanwhile|yet|so|then|still|nevertheless|elsewhere|instead|also|in turn|in reply|for (?:his|her|its) part|by contrast|on the other hand|(?:last|this|next) (?:night|week|month|year|spring|summer|autumn|winter)|yesterday|today|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b,?\s*)+",
    re.IGNORECASE,
)
DOCUMENT = re.compile(rf"\b(?:{'|'.join(map(re.escape, words('document')))})\b", re.IGNORECASE)
ROLE = re.compile(rf"\b(?:{'|'.join(map(re.escape, words('role')))})(?:s|es)?\b", re.IGNORECASE)
DETERMINER = r"(?:a|an|the|one|another|some|many|several|most|its|their|his|her|our|my|this|that|each|every|both|two|three|other|senior|former|local|union|council|few)"


@dataclass(frozen=True)
class Source:
    """A voice as a reporting clause names it; with ``pronoun`` its name stands elsewhere."""

    kind: str
    person: Person = field(default_factory=Person)
    pronoun: str = ""


NO_SOURCE = Source("")


@cache
def _verb_pattern() -> re.Pattern:
    forms = [form for verb in (*words("reporting"), *words("documentary")) for form in _forms(verb)]
    return re.compile(
        rf"\b(?:according to|{'|'.join(sorted(forms, key=len, reverse=True))})\b", re.IGNORECASE
    )


def _forms(verb: str) -> list[str]:
    if verb in ALSO_NOUNS:
        return [f for f in _all_forms(verb) if f != verb]
    return _all_forms(verb)


def _all_forms(verb: str) -> list[str]:
    if verb in IRREGULAR:
        return IRREGULAR[verb].split("|")
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied"]
    doubled = [f"{verb}{verb[-1]}ed"] if verb in ("admit", "shrug", "commit") else [f"{verb}ed"]
    return [verb, f"{verb}s", *doubled]


@cache
def _only_documents() -> re.Pattern:
    forms = [form for verb in words("documentary") for form in _forms(verb)]
    return re.compile(rf"(?:{'|'.join(forms)})$", re.IGNORECASE)


def reporting_verbs(sentence: str) -> list[re.Match]:
    """Every reporting verb and ``according to`` in a sentence, in order."""
    return list(_verb_pattern().finditer(sentence))


def before_verb(text: str, verb: str, quotes: bool = False, inserted: bool = False) -> Source:
    """The source that ends right before the verb: ``Loxley director Ada Quill`` said.

    With ``quotes`` the sentence holds a quotation: then anybody may be the source of a plain verb.
    A clause that is ``inserted`` (``..., the union said, ...``) has its source right before the verb,
    any other may have it at the start of the sentence (``A paper, seen by the Courier, warns``).
    """
    if verb.lower().startswith("according") or PASSIVE.search(text):
        return NO_SOURCE
    pronoun = PRONOUN.search(text)
    if pronoun:
        return _pronoun(pronoun["word"])
    text = AUXILIARY.sub("", text.rstrip())
    anybody = quotes and bool(PLAIN_SAYING.match(verb))
    source = read_source(_subject(text), anybody)
    if "," in text and not inserted and not source.person.name:
        first = read_source(LEAD_IN.sub("", text).split(",")[0], anybody)
        source = source if first is NO_SOURCE else first
    if source.kind == "speaker" and verb and _only_documents().match(verb):
        return NO_SOURCE
    return source


def after_verb(text: str, verb: str, quotes: bool = False) -> Source:
    """The source that follows the verb: said ``the report's co-author Dr Ada Quill``."""
    text = text.lstrip()
    pronoun = re.match(r"(?P<word>he|she|they|it)\b", text, re.IGNORECASE)
    if pronoun:
        return _pronoun(pronoun["word"])
    phrase = re.split(
        r"¤|\.(?:\s|$)|;|:|\s–\s|,\s*(?=(?:but|and|which|while|although|though|as|because|before|after|in|on|at|when|adding|speaking)\b)",
        text,
    )[0]
    if verb.lower().startswith("according"):
        phrase = phrase.split(",")[0]
        head = re.match(
            rf"(?:[\w’'-]+\s){{0,6}}?{DOCUMENT.pattern}(?=\s+(?:by|from|of|for|into|on|which|that|\w+ed|out|seen|sent|put)\b)",
            phrase,
            re.IGNORECASE,
        )
        phrase = head[0] if head else phrase
        found = read_source(phrase.strip(" ,"))
        unknown = re.match(rf"(?:{DETERMINER})\s+[a-z]", phrase) and found is NO_SOURCE
        return Source("document", Person(re.sub(r"^(?:a|an|the)\s+", "", phrase))) if unknown else found
    return read_source(phrase.strip(" ,"), quotes and bool(PLAIN_SAYING.match(verb)))


def _pronoun(word: str) -> Source:
    return Source("document" if word.lower() == "it" else "speaker", pronoun=word.lower())


def _subject(phrase: str) -> str:
    """The noun phrase at the end of what stands before a verb, with its apposition."""
    phrase = LEAD_IN.sub("", phrase).strip()
    apposition = re.search(rf"(?:^|[\s,;])((?:{NAME}),\s[^,]+(?:,\s[^,]+)?),?$", phrase)
    if apposition:
        return apposition[1]
    if phrase.endswith(",") and "," not in phrase[:-1]:
        return ""
    before, relative, _ = re.sub(r",\s*(?:who|which)\b", "\0", phrase, count=1).partition("\0")
    if relative and "," not in before:
        return before
    return phrase.rstrip(",").rsplit(", ", 1)[-1]


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
    if re.fullmatch(NAME, head) and not DOCUMENT.search(head):
        role, organisation = _role_and_body(apposition)
        if not apposition and ROLE.search(head.split()[-1]):
            return Source("speaker", Person(role=head))
        return Source("speaker", Person(bare(head), role, organisation))
    named = re.search(rf"(?:^|\s)(?P<name>{NAME})$", head)
    of_place = named and re.search(r"\b(?:in|of|at|from|the|for|across|near)$", head[: named.start()])
    if named and not of_place and ROLE.search(head[: named.start()]):
        role, organisation = _role_and_body(head[: named.start()])
        return Source("speaker", Person(bare(named["name"]), role, organisation))
    if re.fullmatch(rf"(?:(?:{HONORIFIC})\.?\s+)+{ONE_NAME}", head):
        return Source("speaker", Person(bare(head)))
    if (
        re.fullmatch(r"[A-Z][\w’'-]+", head)
        and not ROLE.fullmatch(head)
        and head.lower() not in COMMON_FIRST_WORDS
    ):
        return Source("speaker", Person(head)) if not DOCUMENT.fullmatch(head) else NO_SOURCE
    return _unnamed(head, anybody)


def _unnamed(head: str, anybody: bool) -> Source:
    """A role (``a director in the north``), a body, or a document (``the inspectors' report``)."""
    core = re.split(r"\s(?:of|for|from|in|at|on|with|by|into|to|who|that|which|about|under|whose)\s", head)[0]
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
    """A description split into what the person is and the body they are that for."""
    if re.match(r"(?:who|which|whose|that)\b", text.strip(), re.IGNORECASE):
        return "", ""
    text = re.sub(
        rf"^(?:a|an|the|my|our|your|his|her|its|their|one|this|that|another|other|many|some|several)\s+|\s+(?:{HONORIFIC})\.?$",
        "",
        text.strip(" ,"),
        flags=re.IGNORECASE,
    )
    text = re.split(r"\s(?:who|whose|which|that)\s", text)[0]
    if not text:
        return "", ""
    body_first = re.match(
        r"(?P<body>[A-Z][\w’'&.-]*(?:\s+(?:of|and|for|the|&)(?=\s+[A-Z])|\s+[A-Z][\w’'&.-]*)*)\s+(?P<role>[a-z].*)",
        text,
    )
    if body_first and ROLE.search(body_first["role"]) and not COMMON_OWNER.match(body_first["body"]):
        return body_first["role"], re.sub(r"[’']s$", "", body_first["body"])
    of_body = re.match(r"(?P<role>.+?)\s+(?:of|at|for|with|from)\s+(?P<body>(?:the\s+)?[A-Z].*)", text)
    if of_body:
        return of_body["role"], re.sub(r"^the\s+", "", of_body["body"])
    return text, ""
