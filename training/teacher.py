"""One teacher in two states: all-mpnet-base-v2 fine-tuned on NewsMTSC, then taught British argument besides.

    build/training/venv/bin/python training/teacher.py BENCH PAIRS.json WORK FOLD

There are four, FOLD 0 to 3; each learns without a quarter of the sentences, so that for every labelled
sentence there is a teacher that has not seen its label. The first state labels what is like its news, the
second, which learnt from the sentences written for this project and forgot a little of the news, what is
like those. Weights go to ``WORK/teacher-FOLD-news.pt`` and ``-ours.pt``, probabilities for all rows to
``WORK/labels-FOLD.npz``. NewsMTSC: Hamborg and Donnay (2021), EACL. The development sets only report;
nothing is chosen on them.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import base
import data
import numpy as np
import torch
import written
from network import STANCES, Classifier, train

NEWS = {"epochs": 3, "rate": 5e-5, "size": 32, "seed": 1}
WRITTEN = {"epochs": 1, "rate": 3e-5, "size": 32, "seed": 2}
AGAIN = 2500
"""Rows of NewsMTSC that are learnt once more beside the written ones, so that they are not forgotten."""
OURS = {"written", "corpus"}
"""Sources of pairs that the second state labels."""
STATES = ("news", "ours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("bench", "pairs", "work"):
        parser.add_argument(name, type=Path)
    parser.add_argument("fold", type=int)
    args = parser.parse_args()
    rows = {"news": data.news(args.bench, "train"), "written": written.rows(apart=False)}
    seen = {
        name: [r for r, f in zip(given, data.folds(given), strict=True) if f != args.fold]
        for name, given in rows.items()
    }
    pairs = json.loads(args.pairs.read_text("utf-8"))
    ours = np.array([p["source"] in OURS for p in pairs])
    shown = {n: data.news(args.bench, n) for n in ("dev_rw", "dev_mt")} | {
        "written": written.rows(apart=True)
    }
    inputs = {name: data.inputs(given) for name, given in shown.items()}
    torch.manual_seed(NEWS["seed"])
    teacher = Classifier(base.fetched(base.TEACHER, args.work), STANCES)
    mixed = seen["written"] + random.Random(WRITTEN["seed"]).sample(seen["news"], AGAIN)
    labels = {"pairs": np.zeros((len(pairs), STANCES))}
    lessons = ("news", seen["news"], NEWS), ("written", mixed, WRITTEN)
    for state, (name, learnt, plan) in zip(STATES, lessons, strict=True):
        train(teacher, data.inputs(learnt), data.sides(learnt), **plan)
        torch.save(teacher.state_dict(), args.work / f"teacher-{args.fold}-{state}.pt")
        found = {split: data.probabilities(teacher, given) for split, given in inputs.items()}
        data.report(f"teacher {args.fold}, {state}", found, shown)
        labels |= {f"{split}-{state}": p for split, p in found.items()}
        labels[name] = data.probabilities(teacher, data.inputs(rows[name]))
        chosen = ours == (state == "ours")
        labels["pairs"][chosen] = data.probabilities(
            teacher, data.inputs([p for p, c in zip(pairs, chosen, strict=True) if c])
        )
    np.savez_compressed(
        args.work / f"labels-{args.fold}.npz", **{k: v.astype(np.float16) for k, v in labels.items()}
    )


if __name__ == "__main__":
    main()
