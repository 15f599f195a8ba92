"""The labelled rows that teachers and student learn from; and how a network does on rows."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import numpy as np
from network import STANCES, Classifier, Inputs, padded, predict
from sklearn.metrics import f1_score

from cuttings import encoder

FOLDS = 4
"""Teachers, of which each has not seen the sentences of one fold."""


def news(bench: Path, split: str) -> list[dict]:
    """The rows of a split of NewsMTSC: sentence, from, to, polarity."""
    return [
        json.loads(line) for line in (bench / "newsmtsc" / f"{split}.jsonl").read_text("utf-8").splitlines()
    ]


def inputs(rows: list[dict]) -> Inputs:
    return padded([encoder.about(r["sentence"], (r["from"], r["to"])) for r in rows])


def folds(rows: list[dict]) -> np.ndarray:
    """The fold of each row, by its sentence."""
    return np.array([zlib.crc32(r["sentence"].encode()) % FOLDS for r in rows])


def sides(rows: list[dict]) -> np.ndarray:
    """The labels as probabilities of against, neutral and for: shape (n, 3)."""
    return np.eye(STANCES)[[int(r["polarity"]) + 1 for r in rows]]


def labels(work: Path) -> list:
    """What each of the teachers gave, by fold: arrays by name, as ``teacher.py`` keeps them."""
    return [np.load(work / f"labels-{fold}.npz") for fold in range(FOLDS)]


def probabilities(model: Classifier, given: Inputs) -> np.ndarray:
    """Against, neutral and for: shape (n, 3)."""
    return encoder.softmax(predict(model, given)[:, :STANCES])


def report(name: str, found: dict[str, np.ndarray], rows: dict[str, list[dict]]) -> None:
    """Print macro-F1, log loss and n of the probabilities ``found`` for each set of labelled ``rows``."""
    for split, p in found.items():
        truth = sides(rows[split])
        score = f1_score(truth.argmax(1), p.argmax(1), average="macro")
        loss = -np.log(np.maximum((p * truth).sum(1), 1e-6)).mean()
        print(f"{name}, {split}: macro-F1 {score:.3f}, log loss {loss:.3f}, n = {len(p)}", flush=True)
