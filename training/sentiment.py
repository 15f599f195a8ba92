"""The sentiment model: the stance student, fine-tuned to say what 20 raters said of editorials.

    build/training/venv/bin/python training/sentiment.py BENCH WORK [--apart]

Hutto and Gilbert (2014) had sentences of newspaper editorials rated from -4 to 4. With ``--apart`` a
fifth of the editorials is kept out, the correlation on it is printed, and nothing is shipped.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

import base
import numpy as np
import torch
from export import export
from network import Classifier, Example, predict, train
from torch import nn

from cuttings import encoder

MODEL = Path(__file__).resolve().parents[1] / "lib" / "cuttings" / "sentiment" / "model"
SETTINGS = {"epochs": 4, "rate": 8e-5, "size": 16, "seed": 2}
SCALE = 4
"""The rating that stands for a polarity of 1."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--apart", action="store_true")
    args = parser.parse_args()
    with (args.bench / "nyt_editorials" / "dev.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    apart = _apart(rows) if args.apart else np.zeros(len(rows), bool)
    rating = np.array([float(r["human_mean"]) for r in rows])
    inputs = [encoder.plain(r["sentence"]) for r in rows]
    torch.manual_seed(SETTINGS["seed"])
    model = Classifier(base.fetched(base.STUDENT, args.work), 3)
    model.load_state_dict(torch.load(args.work / "student.pt"))
    size = model.encoder.config.hidden_size
    model.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * size, 1))
    learnt = [Example(p, (float(y),)) for p, y, a in zip(inputs, rating, apart, strict=True) if not a]
    train(model, learnt, pad=0, **SETTINGS)
    if args.apart:
        held = [Example(p, (0.0,)) for p, a in zip(inputs, apart, strict=True) if a]
        r = np.corrcoef(predict(model, held, 0)[:, 0], rating[apart])[0, 1]
        print(f"r with the human mean on editorials kept out: {r:.3f}, n = {apart.sum()}")
        return
    with torch.no_grad():
        model.head[1].weight /= SCALE
        model.head[1].bias /= SCALE
    export(model, MODEL, {"name": "cuttings-sentiment", "version": "1", "base": base.STUDENT})


def _apart(rows: list[dict]) -> np.ndarray:
    """Which rows belong to the fifth of the editorials that is kept out."""
    of = [row["id"].split("_")[0] for row in rows]
    editorials = sorted(set(of), key=int)
    random.Random(5).shuffle(editorials)
    kept = set(editorials[: len(editorials) // 5])
    return np.array([e in kept for e in of])


if __name__ == "__main__":
    main()
