"""The stance classifier: a teacher fine-tuned on NewsMTSC, and the student that ships.

    build/training/venv/bin/python training/stance.py BENCH PAIRS.json WORK

NewsMTSC: Hamborg and Donnay (2021), EACL. Distillation: Hinton, Vinyals and Dean (2015),
arXiv:1503.02531. The development sets only report; nothing is chosen on them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import base
import numpy as np
import torch
from export import export
from network import Classifier, Example, of_teacher, predict, train
from sklearn.metrics import f1_score
from tokenizers import Tokenizer

from cuttings import encoder

MODEL = Path(__file__).resolve().parents[1] / "lib" / "cuttings" / "stance" / "model"
TEACHER = {"epochs": 2, "rate": 4e-5, "size": 16, "seed": 1}
STUDENT = {"epochs": 4, "rate": 1.2e-4, "size": 32, "seed": 1}
GOLD, UNLABELLED = 0.5, 0.7
"""How much of a labelled example's target is the label, and how much an unlabelled one weighs."""
PER_SOURCE = {"newsmtsc": 5500, "editorials": 4000, "wcxb": 2500, "corpus": 2000}
TEMPERATURE = 1.334
"""By which the student's logits on the development sets are divided for the least log loss."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("bench", "pairs", "work"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    splits = {
        name: _rows(args.bench / "newsmtsc" / f"{name}.jsonl") for name in ("train", "dev_rw", "dev_mt")
    }
    pairs = json.loads(args.pairs.read_text("utf-8"))
    pairs = [p for s, n in PER_SOURCE.items() for p in [q for q in pairs if q["source"] == s][:n]]
    labels = _taught(splits, pairs, base.fetched(base.TEACHER, args.work))
    folder = base.fetched(base.STUDENT, args.work)
    torch.manual_seed(STUDENT["seed"])
    student = Classifier(folder, 3)
    gold = [_target(r, p) for r, p in zip(splits["train"], labels["train"], strict=True)]
    examples = [Example(_about(r), t) for r, t in zip(splits["train"], gold, strict=True)]
    examples += [
        Example(_about(r), tuple(p), UNLABELLED) for r, p in zip(pairs, labels["pairs"], strict=True)
    ]
    train(student, examples, pad=0, **STUDENT)
    _report(
        "student", student, {n: ([_about(r) for r in splits[n]], splits[n]) for n in ("dev_rw", "dev_mt")}, 0
    )
    torch.save(student.state_dict(), args.work / "student.pt")
    export(
        student,
        MODEL,
        {"name": "cuttings-stance", "version": "1", "base": base.STUDENT, "temperature": TEMPERATURE},
    )


def _taught(splits: dict[str, list[dict]], pairs: list[dict], folder: Path) -> dict[str, np.ndarray]:
    """The teacher's probabilities for the training set and the pairs."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def pieces(rows: list[dict]) -> list[encoder.Pieces]:
        return [of_teacher(tokenizer, r["sentence"], (r["from"], r["to"])) for r in rows]

    torch.manual_seed(TEACHER["seed"])
    teacher = Classifier(folder, 3)
    given = zip(pieces(splits["train"]), splits["train"], strict=True)
    train(teacher, [Example(p, _side(r)) for p, r in given], pad=1, **TEACHER)
    _report("teacher", teacher, {n: (pieces(splits[n]), splits[n]) for n in ("dev_rw", "dev_mt")}, 1)
    asked = {"train": splits["train"], "pairs": pairs}
    return {n: _probabilities(teacher, pieces(rows), 1) for n, rows in asked.items()}


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _about(row: dict) -> encoder.Pieces:
    return encoder.about(row["sentence"], (row["from"], row["to"]))


def _side(row: dict) -> tuple[float, ...]:
    return tuple(float(int(row["polarity"]) == side) for side in (-1, 0, 1))


def _target(row: dict, taught: np.ndarray) -> tuple[float, ...]:
    return tuple(GOLD * np.array(_side(row)) + (1 - GOLD) * taught)


def _probabilities(model: Classifier, inputs: list[encoder.Pieces], pad: int) -> np.ndarray:
    return encoder.softmax(predict(model, [Example(p, (0.0,)) for p in inputs], pad))


def _report(name: str, model: Classifier, sets: dict[str, tuple[list, list[dict]]], pad: int) -> None:
    for split, (inputs, rows) in sets.items():
        guess = _probabilities(model, inputs, pad).argmax(axis=1) - 1
        score = f1_score([int(r["polarity"]) for r in rows], guess, average="macro")
        print(f"{name} {split}: macro-F1 {score:.3f}, n = {len(rows)}", flush=True)


if __name__ == "__main__":
    main()
