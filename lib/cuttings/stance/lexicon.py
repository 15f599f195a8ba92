"""The scorer ``lexicon``: stance from words and rules that a reader can follow and edit.

Every cue (a word or phrase of ``lexicon.toml``) in a sentence speaks for or against the target
mentioned there. How much it counts depends on its place: what the target does or has done to it,
how far off the cue is, what negates, boosts, concedes or only supposes it. The weights of the
cues add up to a score, and two offsets turn the score into three probabilities.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from cuttings.text import straighten

TOKEN = re.compile(r"\w+(?:['-]\w+)*|[,;:()]|[–—]|--")
BREAK = re.compile(r"[,;:()–—]|--")
SIDES = {"good": 1, "bad": -1, "for": 1, "against": -1, "helps": 1, "harms": -1}
ASIDE = {**SIDES, "for": 0}
"""What a verb says of a target that is not its object or subject: to be for something else says nothing."""
BE = set("am are be been being is was were get gets got".split())
OBJECT_REACH, NEGATOR_REACH = 6, 3


@dataclass(frozen=True)
class Cue:
    """What one word or phrase of a sentence says of the mention.

    ``start`` and ``end`` are character offsets in the sentence, ``role`` is evaluative, attitude,
    deed or done_to, ``value`` is signed: above nought it speaks for the target.
    """

    start: int
    end: int
    words: str
    role: str
    value: float


@dataclass(frozen=True)
class Lexicon:
    """The entries of ``lexicon.toml``: word lists by name, and the rules' numbers."""

    words: dict[str, dict[str, list[tuple[str, ...]]]]
    rules: dict[str, float]

    def lists(self, tokens: list[str], at: int) -> dict[str, int]:
        """The lists in which an entry begins at token ``at``, with the entry's number of tokens."""
        token = tokens[at]
        heads = [token, *(f"{token[:n]}*" for n in range(len(token), 1, -1))]
        found = {}
        for name, entries in self.words.items():
            fits = [e for head in heads for e in entries.get(head, ()) if _fits(e, tokens, at)]
            if fits:
                found[name] = max(map(len, fits))
        return found


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    stated = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    rules = stated.pop("rules")
    return Lexicon({name: _by_head(part["words"]) for name, part in stated.items()}, rules)


def score(sentences: list[str], spans: list[tuple[int, int]]) -> np.ndarray:
    """Probabilities of against, neutral and for: shape (n, 3), each row adding up to 1."""
    rules = lexicon().rules
    cues = [explain(sentence, span) for sentence, span in zip(sentences, spans, strict=True)]
    sums = np.array([sum(c.value for c in found) for found in cues], float)
    stirred = rules["stirred"] * np.array([sum(abs(c.value) for c in found) for found in cues], float)
    logits = np.zeros((len(cues), 3))
    logits[:, 0] = -sums + stirred - rules["against_offset"]
    logits[:, 2] = sums + stirred - rules["for_offset"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=0))
    return powers / powers.sum(axis=1, keepdims=True)


def explain(sentence: str, span: tuple[int, int]) -> list[Cue]:
    """The cues of a sentence with what each says of the mention at ``span``, in order."""
    lex, rules = lexicon(), lexicon().rules
    matches = list(TOKEN.finditer(straighten(sentence)))
    tokens = [m[0].lower() for m in matches]
    inside = [i for i, m in enumerate(matches) if m.start() < span[1] and m.end() > span[0]]
    if not inside:
        return []
    first, last = inside[0], inside[-1]
    listed = [lex.lists(tokens, i) for i in range(len(tokens))]
    weights = _weights(tokens, listed, rules)
    cues = []
    skip = 0
    for at, found in enumerate(listed):
        if at < skip or first <= at <= last or not found.keys() & SIDES.keys():
            continue
        role, side, length = _role(tokens, found, at, first, last)
        value = side * rules[role] * weights[at] * _nearness(tokens, listed, at, first, last, rules)
        if value:
            end = matches[min(at + length, len(tokens)) - 1].end()
            cues.append(Cue(matches[at].start(), end, sentence[matches[at].start() : end], role, value))
        skip = at + length
    return cues


def _role(tokens: list[str], found: dict[str, int], at: int, first: int, last: int) -> tuple[str, int, int]:
    """What a cue is to the mention: its role, its side (1 for, -1 against) and its length in tokens."""
    ahead = at < first
    passive = (
        not ahead and tokens[at].endswith(("ed", "en")) and bool(BE & set(tokens[max(last + 1, at - 3) : at]))
    )
    clause = not any(BREAK.fullmatch(t) for t in tokens[min(at, last) : max(at, first)])
    is_object = clause and (passive or (ahead and first - at <= OBJECT_REACH))
    is_subject = clause and not ahead and not passive
    for name in ("for", "against"):
        if name in found and is_object:
            return "attitude", SIDES[name], found[name]
    for name in ("helps", "harms"):
        if name in found and is_subject:
            return "deed", SIDES[name], found[name]
        if name in found and is_object:
            return "done_to", SIDES[name], found[name]
    for name in ("good", "bad"):
        if name in found:
            return "evaluative", SIDES[name], found[name]
    name = next(n for n in found if n in SIDES)
    return "aside", ASIDE[name], found[name]


def _weights(tokens: list[str], listed: list[dict[str, int]], rules: dict[str, float]) -> list[float]:
    """How much each token counts, from what negates, boosts, concedes or only supposes it."""
    turn = next((i for i, found in enumerate(listed) if "outweighs" in found and i > 1), None)
    conceding, supposing = False, False
    weights = []
    for at, token in enumerate(tokens):
        if BREAK.fullmatch(token):
            conceding = supposing = False
        conceding = conceding or "opens" in listed[at]
        supposing = supposing or "supposes" in listed[at]
        weight = rules["supposed"] if supposing else 1.0
        if conceding or (turn is not None and at < turn):
            weight *= rules["conceded"]
        elif turn is not None:
            weight *= rules["outweighing"]
        before = range(max(0, at - NEGATOR_REACH), at)
        if any("negators" in listed[i] or tokens[i].endswith("n't") for i in before):
            weight *= rules["negated"]
        if at and "boosters" in listed[at - 1]:
            weight *= rules["boosted"]
        weights.append(weight)
    return weights


def _nearness(
    tokens: list[str], listed: list[dict[str, int]], at: int, first: int, last: int, rules: dict[str, float]
) -> float:
    """How much of a cue's weight reaches the mention: less by distance, breaks and speech verbs between."""
    low, high = (at + 1, first) if at < first else (last + 1, at)
    breaks = sum(bool(BREAK.fullmatch(t)) for t in tokens[low:high])
    told = at > last and any("speech" in listed[i] for i in range(low, high))
    return rules["clause"] ** breaks * (rules["told"] if told else 1.0) / (1 + (high - low) / rules["near"])


def _by_head(words: str) -> dict[str, list[tuple[str, ...]]]:
    heads: dict[str, list[tuple[str, ...]]] = {}
    for word in words.split():
        entry = tuple(word.split("_"))
        heads.setdefault(entry[0], []).append(entry)
    return heads


def _fits(entry: tuple[str, ...], tokens: list[str], at: int) -> bool:
    there = tokens[at : at + len(entry)]
    return len(there) == len(entry) and all(
        t.startswith(e[:-1]) if e.endswith("*") else t == e for e, t in zip(entry, there, strict=True)
    )
