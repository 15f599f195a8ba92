"""What is said without anybody who says it: *is expected to resign*, *have been told to wait*, *is accused of fraud*."""

from __future__ import annotations

from functools import cache

from cuttings.load.contents import until
from cuttings.load.lexicon import forms, words
from cuttings.load.subjects import noun_phrase


def hearsay(verb) -> set[int]:
    """The places of what is said in the passive, with whom it is said of; none if somebody is named who says it."""
    of = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if of is None or verb.tag_ != "VBN" or of.lower_ in words("hearing") or _named(verb):
        return set()
    told = verb.lower_ in _forms("ordered")
    about = set() if told else set(noun_phrase(of))
    for child in verb.rights:
        infinite = child.dep_ in ("xcomp", "ccomp", "advcl") and any(
            c.lower_ == "to" and c.dep_ == "aux" for c in child.children
        )
        if infinite and (told or verb.lower_ in _forms("supposed")):
            return about | until(verb, child.left_edge.i)
        if child.dep_ == "ccomp" and child.left_edge.lower_ == "that" and (told or of.lower_ == "it"):
            return until(verb, child.left_edge.i)
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "with", "for")
            and verb.lower_ in _forms("accused")
        ):
            return about | {t.i for t in child.subtree}
    return set()


def _named(verb) -> bool:
    return any(c.dep_ == "agent" for c in verb.children) or any(
        c.dep_ in ("aux", "neg")
        and c.lower_ not in ("has", "have", "had", "'s", "'ve", "'d", "been", "being")
        for c in verb.children
    )


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(form for verb in words(name) for form in forms(verb))
