"""Names that only an item explains: acronyms that it defines, and "the new body" for one just named.

A text that writes "primary care groups (PCGs)" may then write PCGs; one that has just named a care
trust may call it "the trust". Both are led back to their target here, each with what it stands for,
so that a reader can see the resolution and object to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cuttings.corpus import Target
from cuttings.stance.mentions import Mention, Mentions

DEFINED = re.compile(
    r"\s*\(\s*(?:the\s+)?[\"'“‘]?(?P<short>[A-Z][A-Za-z&./]{0,9}?)(?P<plural>s)?[\"'”’]?\s*\)"
)
DEFINITE = re.compile(
    r"\b(?:the|this|these|those)\s+(?P<new>(?:new|proposed|planned)\s+)?(?P<head>[a-z]+)\b(?!\s+(?:of|for)\b)(?!-)",
    re.IGNORECASE,
)
BODIES = set("trust group service inspectorate council commission authority cafcass".split())
GENERIC = set("body bodies organisation organisations agency agencies".split())
"""What a new body of any kind may be called."""
BACK = 2
"""Sentences back in which the name must stand."""


class Resolver:
    """Finds what ``Mentions`` finds, and the short names that the sentences of one item explain."""

    def __init__(self, targets: Iterable[Target]):
        self.mentions = Mentions(targets)

    def item(self, sentences: list[str]) -> list[list[Mention]]:
        """For each sentence of one item, in order, the first mention of each target in it.

        A mention that was resolved says in ``stands_for`` what it was led back to.
        """
        acronyms: dict[str, Mention] = {}
        recent: list[list[Mention]] = []
        found = []
        for sentence in sentences:
            named = self.mentions.all(sentence)
            short = [*_acronyms(sentence, acronyms, named), *_definite(sentence, named, recent)]
            found.append(_first([*named, *short]))
            acronyms |= _defined(sentence, named)
            recent = [*recent, named][-BACK:]
        return found


def _definite(sentence: str, named: list[Mention], recent: list[list[Mention]]) -> list[Mention]:
    found = []
    for match in DEFINITE.finditer(sentence):
        if any(m.start < match.end() and match.start() < m.end for m in named):
            continue
        head, new = match["head"].lower(), bool(match["new"])
        before = [m for m in named if m.end <= match.start()]
        last = _last_named([*recent, before], lambda m, head=head, new=new: _fits(m, head, new))
        if last is not None:
            found.append(Mention(last.target, *match.span(), match[0], last.words))
    return found


def _fits(mention: Mention, head: str, new: bool) -> bool:
    """Whether a description may mean a mention: it ends in the same word, or both name a body."""
    words = re.findall(r"[a-z]+", mention.words.lower())
    own = words[-1].removesuffix("s") if words else ""
    return (len(words) > 1 and head.removesuffix("s") == own) or (new and head in GENERIC and own in BODIES)


def _last_named(recent: list[list[Mention]], fits) -> Mention | None:
    """The mention named last that fits; none where that sentence has fitting ones of two targets."""
    for named in reversed(recent):
        fitting = [m for m in named if fits(m)]
        if len({m.target for m in fitting}) > 1:
            return None
        if fitting:
            return fitting[-1]
    return None


def _defined(sentence: str, named: list[Mention]) -> dict[str, Mention]:
    """Short names that the sentence puts in brackets after a name, with the mention each stands for."""
    found = {}
    for mention in named:
        match = DEFINED.match(sentence, mention.end)
        if match and _abbreviates(match["short"], mention.words):
            found[match["short"]] = mention
    return found


def _abbreviates(short: str, words: str) -> bool:
    """Whether the capitals of ``short`` begin words of the name, in order."""
    initials = iter(w[0].upper() for w in re.findall(r"[A-Za-z]+", words))
    return len(short) > 1 and all(letter in initials for letter in re.findall(r"[A-Z]", short))


def _acronyms(sentence: str, acronyms: dict[str, Mention], named: list[Mention]) -> list[Mention]:
    found = []
    for short, mention in acronyms.items():
        for match in re.finditer(rf"(?<![\w/]){re.escape(short)}(?:s|['’]s?|s['’])?(?![\w/])", sentence):
            if not any(m.start < match.end() and match.start() < m.end for m in named):
                found.append(Mention(mention.target, *match.span(), match[0], mention.words))
    return found


def _first(mentions: list[Mention]) -> list[Mention]:
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.target)):
        first.setdefault(mention.target, mention)
    return list(first.values())
