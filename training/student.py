"""The model that ships: all-MiniLM-L6-v2, distilled from the teacher's stance, rating sentences beside it.

    build/training/venv/bin/python training/student.py BENCH PAIRS.json WORK

Distillation: Hinton, Vinyals and Dean (2015), arXiv:1503.02531. The development sets only report, and
give the temperature, which changes no side.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import base
import data
import editorials
import numpy as np
import torch
import written
from export import export
from network import Classifier, Example, predict, train
from scipy.optimize import minimize_scalar

from cuttings import encoder

PLAN = {"epochs": 6, "rate": 1.5e-4, "size": 32, "seed": 1}
GOLD, UNLABELLED, RATED = 0.5, 0.7, 0.3
"""How much of a labelled example's truth is the label; how much an unlabelled and a rated one weigh."""
PLAIN, ONE_IN = 0.85, 3
"""Of pairs that the teacher takes for neutral with at least this probability, one in so many is learnt from."""
SCALE = 4
"""The rating that stands for a polarity of 1."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("bench", "pairs", "work"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    labels = np.load(args.work / "labels.npz")
    shown = {n: data.news(args.bench, n) for n in ("dev_rw", "dev_mt")}
    torch.manual_seed(PLAN["seed"])
    student = Classifier(base.fetched(base.STUDENT, args.work), 4)
    examples = _labelled(data.news(args.bench, "train"), labels["news"])
    examples += _labelled(written.rows(apart=False), labels["written"])
    examples += _taught(json.loads(args.pairs.read_text("utf-8")), labels["pairs"])
    examples += _rated(_editorials(args.bench, apart=False) + _written(apart=False))
    train(student, examples, pad=0, told=_told, **PLAN)
    data.report("student", student, shown | {"written": written.rows(apart=True)}, data.of_student, 0)
    for name, rows in {
        "editorials": _editorials(args.bench, apart=True),
        "written": _written(apart=True),
    }.items():
        r = np.corrcoef(predict(student, _rated(rows), 0)[:, 3], [rating for _, rating in rows])[0, 1]
        print(f"student, {name} kept out: r {r:.3f}, n = {len(rows)}", flush=True)
    with torch.no_grad():
        student.head[1].weight[3] /= SCALE
        student.head[1].bias[3] /= SCALE
    settings = {
        "name": "cuttings",
        "version": "2",
        "base": base.STUDENT,
        "temperature": _temperature(student, [r for rows in shown.values() for r in rows]),
        "editorials_kept_out": editorials.kept_out(args.bench),
    }
    export(student.cpu(), encoder.MODEL, settings)


def _labelled(rows: list[dict], taught: np.ndarray) -> list[Example]:
    truth = [tuple(GOLD * np.array(data.side(r)) + (1 - GOLD) * p) for r, p in zip(rows, taught, strict=True)]
    return [Example(p, t) for p, t in zip(data.of_student(rows), truth, strict=True)]


def _taught(rows: list[dict], taught: np.ndarray) -> list[Example]:
    kept = [i for i, p in enumerate(taught) if p[1] < PLAIN or i % ONE_IN == 0]
    inputs = data.of_student([rows[i] for i in kept])
    return [Example(p, tuple(taught[i]), UNLABELLED) for p, i in zip(inputs, kept, strict=True)]


def _rated(rows: list[tuple[str, float]]) -> list[Example]:
    return [Example(encoder.plain(sentence), (rating,), RATED) for sentence, rating in rows]


def _editorials(bench: Path, *, apart: bool) -> list[tuple[str, float]]:
    return [(r["sentence"], float(r["human_mean"])) for r in editorials.rows(bench, apart=apart)]


def _written(*, apart: bool) -> list[tuple[str, float]]:
    return [(sentence, polarity * SCALE / 2) for sentence, polarity in written.rated(apart=apart)]


def _temperature(student: Classifier, rows: list[dict]) -> float:
    """By which the logits are divided for the least log loss on ``rows``."""
    logits = predict(student, [Example(p, (0.0,)) for p in data.of_student(rows)], 0)[:, :3]
    truth = np.array([int(r["polarity"]) + 1 for r in rows])

    def loss(temperature: float) -> float:
        p = encoder.softmax(logits, temperature)
        return -np.log(p[np.arange(len(truth)), truth]).mean()

    return round(float(minimize_scalar(loss, bounds=(0.5, 4), method="bounded").x), 3)


def _told(step: int, steps: int, loss: torch.Tensor) -> None:
    if step % 100 == 0:
        print(f"step {step:,} of {steps:,}, loss {float(loss):.3f}", flush=True)


if __name__ == "__main__":
    main()
