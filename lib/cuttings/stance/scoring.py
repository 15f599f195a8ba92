"""From sentences to the table ``statements``: every sentence by every target that it mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, encoder, progress, tables
from cuttings.corpus import Target, open_corpus
from cuttings.once import once
from cuttings.stance import adapting, trained
from cuttings.stance.adapting import Adaptation
from cuttings.stance.mentions import Mention
from cuttings.stance.resolving import Resolver
from cuttings.stance.scorers import scorers

COLUMNS = ["sentence_id", "item_id", "voice_id", "start", "text"]
EXAMPLE = Path(__file__).with_name("example.npz")
"""What the codings of the worked example taught, for corpora without codings."""
AT_ONCE = 2000
"""Statements that are worked on together, which bounds the memory."""

Found = Sequence[tuple[dict, Mention]]


def score(corpus_dir: str | Path, out_dir: str | Path) -> None:
    """Write ``OUT/tables/statements.parquet``: a row for each sentence, target mentioned and scorer.

    What the codings taught goes to the table ``adaptations``. The targets are those of the corpus. A
    sentence that names a target several times makes one statement, at the first mention. Returns at
    once when neither sentences nor targets nor codings nor the code have changed since. Raises
    ``CuttingsError`` for a faulty targets or codings file.
    """
    opened = open_corpus(corpus_dir)
    coded = codings.read(corpus_dir, "stance")
    made_of = [tables.table_path(out_dir, "sentences"), opened.targets, coded.to_csv()]
    once(out_dir, "statements", [__name__], made_of, lambda: _write(out_dir, opened.targets, coded))


def _write(out_dir: str | Path, targets: tuple[Target, ...], coded: pd.DataFrame) -> None:
    resolver = Resolver(targets)
    learnt = learn(coded, out_dir, resolver)
    kept = learnt.tried.assign(threshold=learnt.threshold)
    tables.write(out_dir, "adaptations", [tables.frame("adaptations", kept.to_dict("records"))])
    tables.write(out_dir, "statements", _scored(out_dir, resolver, learnt))


def learn(coded: pd.DataFrame, out_dir: str | Path, resolver: Resolver) -> Adaptation:
    """What the trained scorer learns from ``coded`` (as ``codings.read`` gives it).

    Where that is too little to learn from, it is what the codings of the worked example taught.
    """
    shipped = encoder.settings()
    coded = codings.match(coded, out_dir)
    spans = _spans(out_dir, resolver, set(coded["read_id"]))
    coded = coded.merge(spans, on=["read_id", "target"]).sort_values(
        ["coder", "read_id", "target"], ignore_index=True
    )
    coded = coded.assign(item_id=coded["read_in"])
    logits, features = trained.read(list(coded["words"]), list(coded["span"]))
    learnt = adapting.learn(coded, logits, features, shipped["temperature"])
    return learnt or adapting.of_example(EXAMPLE)


def _spans(out_dir: str | Path, resolver: Resolver, wanted: set[str]) -> pd.DataFrame:
    """Where the sentences ``wanted`` mention targets: read_id, read_in (the item), words, target, span."""
    rows = [
        (s["sentence_id"], s["item_id"], s["text"], m.target, (m.start, m.end))
        for s, m in _mentions(out_dir, resolver)
        if s["sentence_id"] in wanted
    ]
    return pd.DataFrame(rows, columns=["read_id", "read_in", "words", "target", "span"])


def _mentions(out_dir: str | Path, resolver: Resolver) -> Iterator[tuple[dict, Mention]]:
    for item in _items(out_dir):
        for sentence, found in zip(item, resolver.item([s["text"] for s in item]), strict=True):
            yield from ((sentence, mention) for mention in found)


def _items(out_dir: str | Path) -> Iterator[list[dict]]:
    """The sentences of each item, in order; a table holds them together."""
    rows = (
        dict(zip(COLUMNS, row, strict=True))
        for batch in tables.batches(out_dir, "sentences", COLUMNS)
        for row in zip(*batch.values(), strict=True)
    )
    for _, item in groupby(rows, key=lambda s: s["item_id"]):
        yield list(item)


def _scored(out_dir: str | Path, resolver: Resolver, learnt: Adaptation) -> Iterator[pd.DataFrame]:
    found = iter(progress.bar(_mentions(out_dir, resolver), desc="stance", unit="statement"))
    while some := list(islice(found, AT_ONCE)):
        for scorer in scorers:
            p = _probabilities(some, scorer, learnt)
            yield tables.frame("statements", _statements(some, scorer, p))


def _probabilities(found: Found, scorer: str, learnt: Adaptation) -> np.ndarray:
    texts, spans = [s["text"] for s, _ in found], [(m.start, m.end) for _, m in found]
    if scorer != "trained":
        return scorers[scorer](texts, spans)
    logits, features = trained.read(texts, spans)
    items, targets = [s["item_id"] for s, _ in found], [m.target for _, m in found]
    return learnt.probabilities(items, targets, logits, features)


def _statements(found: Found, scorer: str, p: np.ndarray) -> Iterator[dict]:
    for (sentence, mention), (against, neutral, in_favour) in zip(found, p.tolist(), strict=True):
        sides = dict(zip(tables.STANCES, (against, neutral, in_favour), strict=True))
        yield {
            "statement_id": f"{sentence['sentence_id']}/{mention.target}/{scorer}",
            "sentence_id": sentence["sentence_id"],
            "item_id": sentence["item_id"],
            "voice_id": sentence["voice_id"],
            "target": mention.target,
            "mention_start": sentence["start"] + mention.start,
            "mention_end": sentence["start"] + mention.end,
            "stands_for": mention.stands_for,
            "scorer": scorer,
            "p_against": against,
            "p_neutral": neutral,
            "p_for": in_favour,
            "stance": max(sides, key=sides.__getitem__),
        }
