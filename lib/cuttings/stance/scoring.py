"""From sentences to the table ``statements``: every sentence by every target that it mentions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cuttings import progress, tables
from cuttings.corpus import Target, open_corpus
from cuttings.once import once
from cuttings.stance.mentions import Mention, Mentions
from cuttings.stance.scorers import classify, scorers

COLUMNS = ["sentence_id", "item_id", "voice_id", "start", "text"]


def score(corpus_dir: str | Path, out_dir: str | Path) -> None:
    """Write ``OUT/tables/statements.parquet``: a row for each sentence, target mentioned and scorer.

    The targets are those of the corpus. A sentence that names a target several times makes one
    statement, at the first mention. Raises ``CuttingsError`` for a faulty targets file. Returns at once when
    neither sentences nor targets nor the code have changed since.
    """
    targets = open_corpus(corpus_dir).targets
    made_of = [tables.table_path(out_dir, "sentences"), targets]
    once(
        out_dir,
        "statements",
        [__name__],
        made_of,
        lambda: tables.write(out_dir, "statements", _scored(out_dir, targets)),
    )


def _scored(out_dir: str | Path, targets: tuple[Target, ...]) -> Iterator[pd.DataFrame]:
    mentions = Mentions(targets)
    batches = tables.batches(out_dir, "sentences", COLUMNS)
    for batch in progress.bar(batches, desc="stance", unit="batch"):
        sentences = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*batch.values(), strict=True)]
        found = [(s, mention) for s in sentences for mention in mentions.first(s["text"])]
        for scorer in scorers:
            yield tables.frame("statements", _statements(found, scorer))


def _statements(found: list[tuple[dict, Mention]], scorer: str) -> Iterator[dict]:
    p = classify([s["text"] for s, _ in found], [(m.start, m.end) for _, m in found], scorer)
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
            "scorer": scorer,
            "p_against": against,
            "p_neutral": neutral,
            "p_for": in_favour,
            "stance": max(sides, key=sides.__getitem__),
        }
