"""The student's second lesson, and the model that ships.

    build/training/venv/bin/python training/again.py BENCH PAIRS.json WORK

Most of what the student still misses are sentences that take one side of one target and the other of
another. It reads them more often here, with the teachers' probabilities as they are kept in ``WORK``. What
ships lies between the weights before and after: such means are as good where one has learnt and hold better
elsewhere (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", CVPR). The development sets report,
and give the temperature, which changes no side; they were in sight when ``AFTER`` was set.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import base
import data
import editorials
import numpy as np
import rows
import torch
import written
from export import export
from network import (
    DEVICE,
    STANCES,
    Classifier,
    batch,
    cross_entropy,
    learn,
    optimiser,
    predict,
    share_of_rate,
)
from scipy.optimize import minimize_scalar
from student import EVERY, GOLD
from teacher import STATES
from tqdm import tqdm

from cuttings import encoder

STEPS, RATE, SEED = 2800, 1e-4, 3
SHARES = {"news": 8, "newsmtsc": 10, "apart news": 20, "web": 4, "apart web": 4, "written": 10, "others": 8}
"""How many rows a step takes of each pool; ``apart`` are rows of sentences that take both sides."""
RATINGS = 24
SURE = 0.6
"""From this probability on a sentence is taken to be against or for what it mentions."""
AFTER = 0.75
"""How much of the weights that ship is from after this lesson."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("bench", "pairs", "work"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    before = torch.load(args.work / "student.pt", map_location=DEVICE)
    student = Classifier(base.fetched(base.STUDENT, args.work), STANCES + 1, dropout=0.0)
    student.load_state_dict(before)
    read = rows.read(args.bench, args.pairs, args.work)
    _teach(student, read, rows.all_ratings(args.bench))
    after = student.state_dict()
    student.load_state_dict({n: torch.lerp(before[n], after[n], AFTER) for n in before})
    news = {n: data.news(args.bench, n) for n in ("dev_rw", "dev_mt")}
    _report(student, read, news, args.bench, args.work)
    with torch.no_grad():
        student.head[1].weight[STANCES] /= rows.SCALE
        student.head[1].bias[STANCES] /= rows.SCALE
    settings = {
        "name": "cuttings",
        "version": "3",
        "base": base.STUDENT,
        "temperature": _temperature(student, [r for split in news.values() for r in split]),
        "editorials_kept_out": editorials.kept_out(args.bench),
    }
    export(student.cpu(), encoder.MODEL, settings)


def _teach(student: Classifier, read: rows.Rows, rated: rows.Ratings) -> None:
    truth = np.where(read.gold.any(1)[:, None], GOLD * read.gold + (1 - GOLD) * read.soft, read.soft)
    pools = _pools(read, truth)
    sides = torch.from_numpy(truth.astype(np.float32)).to(DEVICE)
    rng, adam = np.random.default_rng(SEED), optimiser(student.parameters(), RATE)
    student.head[0].p = 0.0
    student.train()
    for step in tqdm(range(STEPS), desc="teaching again"):
        for group in adam.param_groups:
            group["lr"] = RATE * share_of_rate(step / STEPS)
        place = rng.random()
        chosen = np.concatenate([rows.drawn(pools[name], n, place, rng) for name, n in SHARES.items()])
        with torch.autocast(DEVICE, torch.bfloat16):
            logits, *_ = student(**batch(read.inputs, chosen))
        loss = cross_entropy(logits, sides[torch.from_numpy(chosen).to(DEVICE)]).mean()
        if step % EVERY == 0:
            loss = loss + rated.missed(student, RATINGS, rng)
        learn(student, adam, loss)


def _pools(read: rows.Rows, truth: np.ndarray) -> dict[str, np.ndarray]:
    taken = defaultdict(set)
    for row, p in zip(read.rows, truth, strict=True):
        if p.max() > SURE:
            taken[row["sentence"]].add(int(p.argmax()))
    both = np.array([{0, 2} <= taken[row["sentence"]] for row in read.rows])
    of_news = np.isin(read.pool, ["news", "newsmtsc"])
    pool = np.where(
        both & of_news, "apart news", np.where(both & (read.pool == "web"), "apart web", read.pool)
    )
    return {name: read.by_length(pool == name) for name in SHARES}


def _report(
    student: Classifier, read: rows.Rows, news: dict[str, list[dict]], bench: Path, work: Path
) -> None:
    train = data.news(bench, "train")
    kept = [i for i, row in enumerate(train) if rows.is_kept(row)]
    shown = news | {"written": written.rows(apart=True), "kept": [train[i] for i in kept], "train": train}
    asked = {name: data.inputs(given) for name, given in shown.items() if name != "train"}
    data.report("student", {name: data.probabilities(student, given) for name, given in asked.items()}, shown)
    labels = data.labels(work)
    for state in STATES:
        mean = {n: np.mean([of[f"{n}-{state}"] for of in labels], axis=0) for n in (*news, "written")}
        data.report(f"the four teachers, {state}", mean, shown)
    unseen = {"kept": read.soft[kept], "train": read.soft[: len(train)]}
    data.report("teachers that had not seen the sentence", unseen, shown)
    rated = {"editorials": rows.of_editorials(bench, apart=True), "written": rows.of_written(apart=True)}
    for name, of in rated.items():
        r = np.corrcoef(predict(student, of.inputs)[:, STANCES], of.ratings)[0, 1]
        print(f"student, {name} kept out: r {r:.3f}, n = {len(of.ratings)}", flush=True)


def _temperature(student: Classifier, given: list[dict]) -> float:
    """By which the logits are divided for the least log loss on ``given``."""
    logits, truth = predict(student, data.inputs(given))[:, :STANCES], data.sides(given)

    def loss(temperature: float) -> float:
        return -np.log((encoder.softmax(logits, temperature) * truth).sum(1)).mean()

    return round(float(minimize_scalar(loss, bounds=(0.5, 4), method="bounded").x), 3)


if __name__ == "__main__":
    main()
