"""From sentences to the table ``sentiment``: every sentence by every instrument."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from cuttings import progress, shared, tables
from cuttings.errors import CuttingsError
from cuttings.sentiment.instruments import instruments
from cuttings.turns import turn

LIBRARIES = ["textblob", "vaderSentiment", "afinn", "onnxruntime", "tokenizers"]
"""Libraries on whose version the scores depend."""


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
    stamp = sentences.with_name("sentiment.json")
    with turn(stamp.parent):
        key = _state(sentences)
        if tables.table_path(out_dir, "sentiment").exists() and _stamped(stamp) == key:
            return
        stamp.unlink(missing_ok=True)
        tables.write(out_dir, "sentiment", _scored(out_dir))
        part = stamp.with_name(f"sentiment.json.part{os.getpid()}")
        part.write_text(json.dumps({"state": key}) + "\n", "utf-8")
        os.replace(part, stamp)


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


def _state(sentences: Path) -> str:
    """A checksum over the sentences, the instruments' code and weights, and the libraries."""
    here = Path(__file__).parent
    code = [here / f"{name}.py" for name in ("instruments", "lexicons", "adapt", "trained", "scoring")]
    model = sorted(p for p in (here / "model").glob("*") if p.suffix in {".onnx", ".json"})
    total = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    shared_with = [here.parent / "encoder.py", here.parent / "pieces.json"]
    for path in [*code, *shared_with, here / "mask.toml", *model, sentences]:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


def _stamped(stamp: Path) -> str:
    try:
        return json.loads(stamp.read_text("utf-8"))["state"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
