"""The labelled rows that both networks learn from, as examples; and how a network does on rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from network import Classifier, Example, predict
from sklearn.metrics import f1_score

from cuttings import encoder

Inputs = Callable[[list[dict]], list[encoder.Pieces]]


def news(bench: Path, split: str) -> list[dict]:
    """The rows of a split of NewsMTSC: sentence, from, to, polarity."""
    return [
        json.loads(line) for line in (bench / "newsmtsc" / f"{split}.jsonl").read_text("utf-8").splitlines()
    ]


def of_student(rows: list[dict]) -> list[encoder.Pieces]:
    return [encoder.about(r["sentence"], (r["from"], r["to"])) for r in rows]


def side(row: dict) -> tuple[float, ...]:
    """The label of a row as probabilities of against, neutral and for."""
    return tuple(float(int(row["polarity"]) == s) for s in (-1, 0, 1))


def probabilities(model: Classifier, inputs: list[encoder.Pieces], pad: int) -> np.ndarray:
    """Against, neutral and for: shape (n, 3)."""
    return encoder.softmax(predict(model, [Example(p, (0.0,)) for p in inputs], pad)[:, :3])


def report(name: str, model: Classifier, sets: dict[str, list[dict]], inputs: Inputs, pad: int) -> None:
    for split, rows in sets.items():
        guess = probabilities(model, inputs(rows), pad).argmax(axis=1) - 1
        score = f1_score([int(r["polarity"]) for r in rows], guess, average="macro")
        print(f"{name}, {split}: macro-F1 {score:.3f}, n = {len(rows)}", flush=True)
