"""What is said without a clause: the object or phrase of a verb that judges, asks for or recalls something."""

from __future__ import annotations

import re
from functools import cache

from cuttings.load.contents import short_of_summing, until
from cuttings.load.lexicon import forms, words

CALL = frozenset(forms("call"))
INQUIRING = re.compile(
    r"inspect|investigat|audit|research|inquir|commission|watchdog|regulator|scien|analy|tribunal|panel|committee|coroner|judge|court"
)
"""Persons and bodies that find and show things as documents do."""


def judged(verb, subject, names: set[str]) -> set[int]:
    """``accused them of hiding it``, ``called it a farce``, ``denied any wrongdoing``."""
    if not names & {"judging", "documentary"}:
        return set()
    rights = [c for c in verb.rights if c.i != subject.i and c.i > verb.i]
    named = next((c for c in rights if c.dep_ in ("oprd", "ccomp", "xcomp")), None)
    if verb.lower_ in _calling() and (called := _called(verb, rights, named)):
        return called
    if verb.lower_ in CALL and verb.doc[verb.i + 1 : verb.i + 2].text not in ("for", "on"):
        return set()
    thing = next(
        (
            c
            for c in rights
            if c.dep_ in ("dobj", "dative", "attr") or (c.dep_ in ("xcomp", "ccomp", "advcl") and _gerund(c))
        ),
        None,
    )
    phrase = next(
        (c for c in rights if c.dep_ == "prep" and c.lower_ in ("of", "as", "for", "about", "against")), None
    )
    wish = next(
        (
            c
            for c in rights
            if c.dep_ in ("advcl", "ccomp") and c.left_edge.lower_ == "for" and c.left_edge.i == verb.i + 1
        ),
        None,
    )
    if wish is not None:
        return {t.i for t in wish.subtree}
    if phrase is not None and (thing is None or phrase.lower_ in ("of", "as") or verb.lower_ in _faulting()):
        return _with_thing(phrase, thing) | _described(verb, phrase)
    found_as = _as(verb, thing)
    if found_as is not None:
        return set(range(thing.left_edge.i, found_as.right_edge.i + 1))
    cause = next((c for c in rights if c.dep_ in ("prep", "dative") and c.lower_ == "to"), None)
    if thing is not None and cause is not None and verb.lower_ in _ascribing():
        return set(range(thing.left_edge.i, max(_edge(cause), thing.i) + 1))
    written = subject.lower_.removesuffix("s") in words("document") or subject.lower_ in words("document")
    shown = written and "documentary" in names
    if thing is None or (thing.tag_ in ("PRP", "NNP", "NNPS") and not shown):
        return set()
    if "judging" not in names and not written and not INQUIRING.search(subject.lower_):
        return set()
    if (
        verb.lower_ in _answering()
        and not shown
        and thing.lower_.removesuffix("s") not in words("assertion")
        and not _gerund(thing)
    ):
        return set()
    whole = "documentary" in names or verb.lower_ in _asking()
    found = until(verb, thing.left_edge.i) if whole else {t.i for t in thing.subtree}
    found = short_of_summing(verb.doc, found)
    return found if any(verb.doc[i].tag_[0] in "NVJ" for i in found) else set()


def _gerund(verb) -> bool:
    """``having``, ``being telephoned``: what is recalled or denied."""
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
    return first.tag_ == "VBG" and not any(c.dep_ == "mark" for c in verb.children)


def _called(verb, rights, named) -> set[int]:
    """``called it “a farce”``, ``calls the plan reckless``: what is named, and how."""
    marks = [t.i for t in verb.doc[verb.i + 1 :] if t.text == '"'][:2]
    marks = marks if marks and marks[0] <= verb.right_edge.i + 1 else []
    thing = next((c for c in rights if c.dep_ in ("dobj", "nsubj", "dative")), None)
    first = thing.left_edge.i if thing is not None else verb.i + 1
    if any(c.dep_ == "prep" and c.lower_ in ("for", "on") and c.i == verb.i + 1 for c in rights):
        return set()
    if len(marks) >= 2 and not any(t.tag_[0] == "V" for t in verb.doc[first : marks[0]]):
        return set(range(min(first, marks[0]), marks[-1] + 1))
    if named is not None:
        return set(range(min(first, named.left_edge.i), named.right_edge.i + 1))
    return set()


def _with_thing(phrase, thing) -> set[int]:
    """A phrase with the object before it: ``the council of hiding it``."""
    first = thing.left_edge.i if thing is not None and thing.i < phrase.i else phrase.i
    return set(range(min(first, phrase.left_edge.i), phrase.right_edge.i + 1))


def _described(verb, phrase) -> set[int]:
    """What is described, where it is the subject: ``the plan was described by Ada as “a farce”``."""
    thing = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if thing is None or phrase.lower_ != "as" or thing.tag_ in ("PRP", "WDT", "WP"):
        return set()
    return set(range(thing.left_edge.i, thing.right_edge.i + 1))


def _as(verb, thing):
    """What follows *as* where the parser took it for an adverb: ``dismissed the report as politically motivated``."""
    if thing is None:
        return None
    after = thing.right_edge.i + 1
    if after < len(verb.doc) and verb.doc[after].lower_ == "as" and verb.doc[after].dep_ == "advmod":
        return verb.doc[after].head
    return None


def _edge(phrase) -> int:
    """The last place of a phrase, with the quotation that it opens."""
    closing = [t.i for t in phrase.doc[phrase.i :] if t.text == '"'][:2]
    quoted = len(closing) == 2 and closing[0] <= phrase.i + 2
    return max(phrase.right_edge.i, closing[1]) if quoted else phrase.right_edge.i


@cache
def _ascribing() -> frozenset[str]:
    """Verbs whose object and phrase belong together: ``attributed the delay to the weather``."""
    return frozenset(f for v in ("attribute", "ascribe", "liken", "compare") for f in forms(v))


@cache
def _asking() -> frozenset[str]:
    """Verbs of which all that follows is what is asked for: ``demanding a statement when the House returns``."""
    asked = ("want", "demand", "request", "propose", "recommend", "predict", "forecast")
    return frozenset(f for v in asked for f in forms(v))


@cache
def _faulting() -> frozenset[str]:
    """Verbs with somebody and what for: ``faulted him for leaving``."""
    faults = (
        "criticise",
        "criticize",
        "praise",
        "blame",
        "attack",
        "fault",
        "chide",
        "rebuke",
        "scold",
        "commend",
    )
    more = ("applaud", "condemn", "castigate", "lambast", "lambaste", "slam", "mock", "credit")
    return frozenset(f for v in (*faults, *more) for f in forms(v))


@cache
def _answering() -> frozenset[str]:
    """Verbs by which something said is answered; of other things (*rejected the application*) they tell a deed."""
    return frozenset(f for v in ("reject", "dismiss", "identify", "deny") for f in forms(v))


@cache
def _calling() -> frozenset[str]:
    return frozenset(f for v in ("call", "brand", "label", "dub", "describe", "deride") for f in forms(v))
