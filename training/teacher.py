"""Two teachers: all-mpnet-base-v2 fine-tuned on NewsMTSC, and that one taught British argument besides.

    build/training/venv/bin/python training/teacher.py BENCH PAIRS.json WORK

The first labels what is like its news, the second, which learnt from the sentences written for this project
and forgot a little of the news, what is like those. Their probabilities for the training rows and for the
pairs go to ``WORK/labels.npz``. NewsMTSC: Hamborg
and Donnay (2021), EACL. The development sets only report; nothing is chosen on them.
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
from network import Classifier, Example, of_teacher, train
from tokenizers import Tokenizer

from cuttings import encoder

NEWS = {"epochs": 2, "rate": 4e-5, "size": 16, "seed": 1}
WRITTEN = {"epochs": 1, "rate": 2e-5, "size": 16, "seed": 2}
AGAIN = 2500
"""Rows of NewsMTSC that are learnt once more beside the written ones, so that they are not forgotten."""
OURS = {"written", "corpus"}
"""Sources of pairs that the second teacher labels."""
PAD = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("bench", "pairs", "work"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    folder = base.fetched(base.TEACHER, args.work)
    pieces = _pieces(folder)
    rows = {"news": data.news(args.bench, "train"), "written": written.rows(apart=False)}
    shown = {n: data.news(args.bench, n) for n in ("dev_rw", "dev_mt")} | {
        "written": written.rows(apart=True)
    }
    torch.manual_seed(NEWS["seed"])
    teacher = Classifier(folder, 3)
    _learn(teacher, args.work / "teacher-news.pt", rows["news"], pieces, NEWS)
    data.report("teacher of the news alone", teacher, shown, pieces, PAD)
    pairs = json.loads(args.pairs.read_text("utf-8"))
    ours = np.array([p["source"] in OURS for p in pairs])
    labels = {
        "news": data.probabilities(teacher, pieces(rows["news"]), PAD),
        "pairs": np.zeros((len(pairs), 3)),
    }
    labels["pairs"][~ours] = data.probabilities(teacher, pieces(_some(pairs, ~ours)), PAD)
    mixed = rows["written"] + random.Random(WRITTEN["seed"]).sample(rows["news"], AGAIN)
    _learn(teacher, args.work / "teacher.pt", mixed, pieces, WRITTEN)
    data.report("teacher", teacher, shown, pieces, PAD)
    labels["written"] = data.probabilities(teacher, pieces(rows["written"]), PAD)
    labels["pairs"][ours] = data.probabilities(teacher, pieces(_some(pairs, ours)), PAD)
    np.savez_compressed(args.work / "labels.npz", **labels)


def _some(rows: list[dict], chosen: np.ndarray) -> list[dict]:
    return [r for r, c in zip(rows, chosen, strict=True) if c]


def _learn(teacher: Classifier, kept: Path, rows: list[dict], pieces: data.Inputs, plan: dict) -> None:
    """Fine-tune and keep the weights; what is kept already is taken instead."""
    if kept.exists():
        teacher.load_state_dict(torch.load(kept))
        return
    train(
        teacher, [Example(p, data.side(r)) for p, r in zip(pieces(rows), rows, strict=True)], pad=PAD, **plan
    )
    torch.save(teacher.state_dict(), kept)


def _pieces(folder: Path) -> data.Inputs:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def pieces(rows: list[dict]) -> list[encoder.Pieces]:
        return [of_teacher(tokenizer, r["sentence"], (r["from"], r["to"])) for r in rows]

    return pieces


if __name__ == "__main__":
    main()
