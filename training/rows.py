"""What the student reads, in both of its lessons: rows by pool, and rated sentences."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import data
import editorials
import numpy as np
import torch
import written
from network import DEVICE, STANCES, Classifier, Inputs, batch, padded
from teacher import OURS

from cuttings import encoder

WEB = {"wcxb", "editorials"}
PLAIN, ONE_IN = 0.85, 3
"""Of pairs that the teachers take for neutral with at least this probability, one in so many is learnt from."""
KEPT = 16
"""One of so many of NewsMTSC's training sentences is kept from the student."""
NEAR = 0.04
"""Rows of a step are of like length: within this share of each pool, in order of length."""
RATED = 0.3
"""How much the loss of ratings weighs."""
SCALE = 4
"""The rating that stands for a polarity of 1."""


@dataclass(frozen=True)
class Rows:
    """Labelled rows and pairs, n of them: NewsMTSC's training rows first.

    ``pool`` is ``news`` or ``written`` for the labelled, ``newsmtsc`` (other mentions of NewsMTSC's
    sentences), ``web`` (and editorials) or ``others`` (other mentions of the written sentences, and the worked
    example) for pairs. ``gold`` (n, 3) holds labels, zeros for pairs; ``soft`` (n, 3) the teachers'
    probabilities: for labelled rows of the one that has not seen the sentence, for pairs their mean.
    ``used`` are those to learn from.
    """

    rows: list[dict]
    inputs: Inputs
    pool: np.ndarray
    gold: np.ndarray
    soft: np.ndarray
    used: np.ndarray
    folds: np.ndarray

    def by_length(self, chosen: np.ndarray) -> np.ndarray:
        """The rows of a mask that are to be learnt from, in order of length."""
        order = np.argsort(self.inputs.lengths, kind="stable")
        return order[(self.used & chosen)[order]]


def read(bench: Path, pairs_file: Path, work: Path) -> Rows:
    news, ours = data.news(bench, "train"), written.rows(apart=False)
    pairs = json.loads(pairs_file.read_text("utf-8"))
    rows = news + ours + pairs
    pool = np.array(["news"] * len(news) + ["written"] * len(ours) + [_pool(p["source"]) for p in pairs])
    gold = np.concatenate([data.sides(news), data.sides(ours), np.zeros((len(pairs), STANCES))])
    labels = data.labels(work)
    soft = np.concatenate(
        [
            _unseen([label["news"] for label in labels], news),
            _unseen([label["written"] for label in labels], ours),
            np.mean([label["pairs"].astype(np.float32) for label in labels], axis=0),
        ]
    )
    kept = np.array([p in ("news", "newsmtsc") and is_kept(r) for r, p in zip(rows, pool, strict=True)])
    some = gold.any(1) | (soft[:, 1] < PLAIN) | (np.arange(len(rows)) % ONE_IN == 0)
    return Rows(rows, data.inputs(rows), pool, gold, soft, ~kept & some, data.folds(rows))


def _pool(source: str) -> str:
    return "others" if source in OURS else "web" if source in WEB else source


def _unseen(labels: list[np.ndarray], rows: list[dict]) -> np.ndarray:
    return np.stack([labels[fold][i] for i, fold in enumerate(data.folds(rows))]).astype(np.float32)


def is_kept(row: dict) -> bool:
    return zlib.crc32(row["sentence"].encode()) % KEPT == 5


def drawn(pool: np.ndarray, n: int, place: float, rng: np.random.Generator) -> np.ndarray:
    """``n`` rows near ``place`` (0 to 1) of a pool in order of length."""
    at = np.clip(place + rng.uniform(-NEAR, NEAR, n), 0, 1 - 1e-9)
    return pool[(at * len(pool)).astype(int)]


@dataclass(frozen=True)
class Ratings:
    """Sentences by themselves, and how negative or positive each was rated."""

    inputs: Inputs
    ratings: np.ndarray

    def missed(self, student: Classifier, n: int, rng: np.random.Generator) -> torch.Tensor:
        """The weighted squared error of ``n`` ratings of sentences of like length."""
        chosen = drawn(np.argsort(self.inputs.lengths, kind="stable"), n, rng.random(), rng)
        with torch.autocast(DEVICE, torch.bfloat16):
            outputs, *_ = student(**batch(self.inputs, chosen))
        truth = torch.from_numpy(self.ratings[chosen]).to(DEVICE)
        return RATED * (outputs[:, STANCES].float() - truth).square().mean()


def of_editorials(bench: Path, *, apart: bool) -> Ratings:
    return _ratings([(r["sentence"], float(r["human_mean"])) for r in editorials.rows(bench, apart=apart)])


def of_written(*, apart: bool) -> Ratings:
    return _ratings([(s, polarity * SCALE / 2) for s, polarity in written.rated(apart=apart)])


def all_ratings(bench: Path) -> Ratings:
    """Those of editorials and of the written sentences that are to be learnt from."""
    parts = of_editorials(bench, apart=False), of_written(apart=False)
    joined = [torch.cat([getattr(p.inputs, name) for p in parts]) for name in ("ids", "types", "mention")]
    lengths = np.concatenate([p.inputs.lengths for p in parts])
    return Ratings(Inputs(*joined, lengths), np.concatenate([p.ratings for p in parts]))


def _ratings(rated: list[tuple[str, float]]) -> Ratings:
    inputs = padded([encoder.plain(sentence) for sentence, _ in rated])
    return Ratings(inputs, np.array([rating for _, rating in rated], dtype=np.float32))
