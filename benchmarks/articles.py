"""How well reading tells who speaks in invented full-length news articles (tests/load).

Every attribution of an article is marked: source, cue and content. Those of ``articles.jsonl`` were
tuned on. Those of ``articles_unseen.jsonl`` were written and marked by somebody who knew nothing of the reader, and
were only scored: what was missed in them was never looked at. ``report`` is called by ``benchmarks/voices.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from cuttings import inference
from cuttings.load import voices
from cuttings.load.marked import Attribution, Span, spoken_words, unmark_article
from cuttings.load.names import Person
from cuttings.load.truth import same_person

FOLDER = Path(__file__).parents[1] / "tests" / "load"
ARTICLES = {"tuned on": FOLDER / "articles.jsonl", "not seen": FOLDER / "articles_unseen.jsonl"}
_NOUN = re.compile(
    r"\b(?:claim|allegation|accusation|assertion|belief|view|opinion|argument|warning|promise|pledge|vow|statement"
    r"|suggestion|hope|fear|concern|complaint|conclusion|prediction|doubt|request|call|demand|proposal|plan|threat"
    r"|criticism|remark|comment|word|phrase|denial|announcement|contention|worry|intention|desire|suspicion|idea)s?$",
    re.IGNORECASE,
)
_MIND = re.compile(
    r"\b(?:believ|think|thought|hop|fear|worr|want|plan|intend|expect|wish|vow|promis|pledg|feel|felt|know|knew"
    r"|consider|suspect|doubt|agree|aim|prefer|refus|decid|threaten|offer|ask|urg|demand|call(?:s|ed|ing)? (?:on|for)"
    r"|understand|seek|sought|try|tried|support|oppos|favor|back|reject|disagree|convinced|confident|certain|sure)",
    re.IGNORECASE,
)


def kind_of(text: str, a: Attribution) -> str:
    """``document``, ``noun cue``, ``direct``, ``mixed``, ``belief, intention or request`` or ``indirect``."""
    cue = " ".join(text[x:y] for x, y in a.cue)
    if a.kind == "document":
        return "document"
    said = " ".join(text[x:y] for x, y in a.content)
    if re.search(r"[“\"]", said):
        return "mixed" if re.sub(r"[“\"][^”\"]*[”\"]?", "", said).strip(" ,.") else "direct"
    if _NOUN.search(cue):
        return "noun cue"
    return "belief, intention or request" if _MIND.search(cue) else "indirect"


def scored(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of every article: counts of words, and a row for each attribution."""
    words, attributions = [], []
    for place, text, marked in articles(path):
        found, spoken = voices.attribute(text.split("\n\n"), Person())
        speech = [stretch for s in spoken for stretch in s.speech]
        whole = [(s.start, s.end, s.voice) for s in spoken if s.voice != voices.WRITER]
        words.append({"item": place, **counts(text, _spans(marked), speech, whole)})
        attributions += [{"item": place, **row} for row in _met(text, marked, found, speech, whole)]
    return pd.DataFrame(words), pd.DataFrame(attributions)


def articles(path: Path) -> Iterator[tuple[int, str, list[Attribution]]]:
    """The place, text and attributions of every article."""
    for place, line in enumerate(path.read_text("utf-8").splitlines()):
        entry = json.loads(line)
        yield place, *unmark_article(entry["text"], entry["speakers"])


def _spans(marked: list[Attribution]) -> list[Span]:
    return [(a, b, n) for n, said in enumerate(marked, 1) for a, b in said.content]


def counts(text: str, coded: list[Span], read: list[Span], whole: list[Span]) -> dict[str, int]:
    """Words that are speech as coded and as read, by stretches and by whole sentences."""
    gold, found, sentence = (set(spoken_words(text, spans)) for spans in (coded, read, whole))
    return {
        "right": len(gold & found), "read": len(found), "coded": len(gold),
        "right_whole": len(gold & sentence), "read_whole": len(sentence), "coded_whole": len(gold),
    }  # fmt: skip


def _met(
    text: str, marked: list[Attribution], found: list[voices.Voice], speech: list[Span], whole: list[Span]
):
    """For each attribution whether half its words were read as another's, and whether as the right one's."""
    by = {"speech": spoken_words(text, speech), "sentence": spoken_words(text, whole)}
    for a in marked:
        places = spoken_words(text, [(x, y, 1) for x, y in a.content])
        row = {"kind": kind_of(text, a), "words": len(places), "content": a}
        for name, voice_of in by.items():
            given = [voice_of[i] for i in places if i in voice_of]
            row[f"found_{name}"] = bool(places) and 2 * len(given) >= len(places)
            row[f"recalled_{name}"] = len(given)
            voice = found[max(set(given), key=lambda v: (given.count(v), -v))] if given else None
            row[f"voice_{name}"] = voice
            row[f"right_{name}"] = voice is not None and right(a.kind, a.person, voice)
            row[f"named_{name}"] = row[f"right_{name}"] and bool(voice.person.name)
        yield row


def right(kind: str, person: Person, read: voices.Voice) -> bool:
    """Whether the voice that was read is the marked one, by the rule that the codings are compared by."""
    if not any((person.name, person.role, person.organisation)):
        return read.kind == "speaker" and not read.person.name
    return same_person(kind, person, read.kind, read.person)


def report(part: str, report_f1: Callable) -> None:
    """Prints token F1, recall by kind of attribution and how often the speaker is right, of a part of ``ARTICLES``."""
    name = f"invented articles, {part}"
    words, met = scored(ARTICLES[part])
    report_f1(name, words)
    for kind, rows in [("all", met), *met.groupby("kind")]:
        for unit in ("sentence", "speech"):
            print(f"{name}: found by {unit}, {kind} {inference.share(rows[f'found_{unit}'], rows['item'])}")
    for unit in ("sentence", "speech"):
        rows = met[met[f"found_{unit}"]]
        print(f"{name}: speaker right by {unit} {inference.share(rows[f'right_{unit}'], rows['item'])}")
        named = rows[rows["content"].map(lambda a: bool(a.person.name))]
        print(
            f"{name}: named speaker led back to the name by {unit} {inference.share(named[f'named_{unit}'], named['item'])}"
        )
