"""From sentences to the table ``sentiment``: every sentence by every instrument."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cuttings import progress, shared, tables
from cuttings.errors import CuttingsError
from cuttings.once import once
from cuttings.sentiment.instruments import instruments
from cuttings.turns import turn


def score(out_dir: str | Path) -> None:
    """Write ``OUT/tables/sentiment.parquet``: a row for each sentence and instrument.

    Sentences stand in the order of the table ``sentences``. Returns at once when neither they nor the
    instruments have changed since; processes that score into the same folder take turns. Raises
    ``CuttingsError`` where the sentences are not there yet.
    """
    if shared.stands(out_dir, "sentiment"):
        return
    sentences = tables.table_path(out_dir, "sentences")
    if not sentences.exists():
        raise CuttingsError(f"{sentences} has not been made; run notebook 01-load first")
    with turn(sentences.parent):
        once(
            out_dir,
            "sentiment",
            [__name__],
            [sentences],
            lambda: tables.write(out_dir, "sentiment", _scored(out_dir)),
        )


def _scored(out_dir: str | Path) -> Iterator[pd.DataFrame]:
    batches = tables.batches(out_dir, "sentences", ["sentence_id", "text"])
    for batch in progress.bar(batches, desc="sentiment", unit="batch"):
        for name, instrument in instruments.items():
            polarity, n_scored_words = instrument.score(batch["text"])
            columns = zip(batch["sentence_id"], polarity, n_scored_words, strict=True)
            rows = [
                {"sentence_id": s, "instrument": name, "polarity": p, "n_scored_words": n}
                for s, p, n in columns
            ]
            yield tables.frame("sentiment", rows)
