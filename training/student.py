"""The student's first lesson: all-MiniLM-L6-v2, distilled from the teachers, rating sentences beside it.

    build/training/venv/bin/python training/student.py BENCH PAIRS.json WORK

Teacher and student read the same rows, half of them with words masked or exchanged (Beyer et al. 2022,
"Knowledge distillation: a good teacher is patient and consistent", CVPR, arXiv:2106.05237). The student
learns the teacher's probabilities (Hinton, Vinyals and Dean 2015, arXiv:1503.02531) and, at first, by a
linear map, what the teacher's last layer holds for each word piece (Jiao et al. 2020, "TinyBERT", Findings of
EMNLP). A step asks one of the four teachers, and takes labelled rows only of sentences that this one has
not seen. Plans are compared on NewsMTSC's training sentences that are kept from the student. The weights go
to ``WORK/student.pt``.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import base
import data
import numpy as np
import rows
import torch
from network import DEVICE, STANCES, Classifier, Inputs, batch, cross_entropy, learn, optimiser, share_of_rate
from teacher import STATES
from torch import nn
from torch.nn import functional
from tqdm import tqdm

STEPS, RATE, SEED = 4000, 2e-4, 1
SHARES = {
    "news": {"news": 16, "newsmtsc": 40, "web": 32},
    "ours": {"written": 16, "others": 24},
}
"""How many rows a step takes of each pool, by the state of the teacher that labels them."""
GOLD = 0.4
"""How much of a labelled row's truth is its label."""
CHANGED, WORDS = 0.5, 0.25
"""The share of rows in which words are masked or exchanged, and at most the share of words."""
MASK = 103
"""The word piece [MASK]; those up to it are no words."""
EVERY, RATINGS = 4, 48
"""In one step of so many, so many ratings are learnt from."""


@dataclass(frozen=True)
class Taught:
    """The inputs, what their labels say (nothing: zeros), and the pools of rows for each fold's teacher."""

    inputs: Inputs
    gold: torch.Tensor
    pools: list[dict[str, np.ndarray]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("bench", "pairs", "work"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    student = Classifier(base.fetched(base.STUDENT, args.work), STANCES + 1, dropout=0.0)
    taught = _taught(rows.read(args.bench, args.pairs, args.work))
    _distil(student, _teachers(args.work), taught, rows.all_ratings(args.bench))
    torch.save(student.state_dict(), args.work / "student.pt")


def _teachers(work: Path) -> list[dict[str, Classifier]]:
    """For each fold the teacher that has not seen it, in each of its states."""

    def loaded(fold: int, state: str) -> Classifier:
        teacher = Classifier(base.fetched(base.TEACHER, work), STANCES)
        teacher.load_state_dict(torch.load(work / f"teacher-{fold}-{state}.pt", map_location=DEVICE))
        return teacher.bfloat16().eval()

    return [{state: loaded(fold, state) for state in STATES} for fold in range(data.FOLDS)]


def _taught(read: rows.Rows) -> Taught:
    names = [name for shares in SHARES.values() for name in shares]
    pair = ~read.gold.any(axis=1)
    pools = [
        {name: read.by_length((read.pool == name) & (pair | (read.folds == fold))) for name in names}
        for fold in range(data.FOLDS)
    ]
    return Taught(read.inputs, torch.from_numpy(read.gold.astype(np.float32)).to(DEVICE), pools)


def _distil(student: Classifier, teachers: list[dict], taught: Taught, rated: rows.Ratings) -> None:
    rng, chance = np.random.default_rng(SEED), torch.Generator(device=DEVICE).manual_seed(SEED)
    maps = nn.ModuleList(
        nn.ModuleDict({state: nn.Linear(student.size, t.size) for state, t in states.items()})
        for states in teachers
    ).to(DEVICE)
    both = nn.ModuleList([student, maps])
    adam = optimiser(both.parameters(), RATE)
    student.train()
    for step in tqdm(range(STEPS), desc="distilling"):
        for group in adam.param_groups:
            group["lr"] = RATE * share_of_rate(step / STEPS)
        fold, place = int(rng.integers(data.FOLDS)), rng.random()
        loss, far = _stance(student, teachers[fold], maps[fold], taught, fold, place, rng, chance)
        loss = loss + (1 - step / STEPS) * far
        if step % EVERY == 0:
            loss = loss + rated.missed(student, RATINGS, rng)
        learn(both, adam, loss)


def _stance(student, teachers, maps, taught: Taught, fold: int, place: float, rng, chance):
    """How far the student is from labels and teacher, and its last layer from the teacher's."""
    pools, parts, start = [], {}, 0
    for state, shares in SHARES.items():
        pools += [rows.drawn(taught.pools[fold][name], n, place, rng) for name, n in shares.items()]
        parts[state] = slice(start, start := start + sum(shares.values()))
    chosen = np.concatenate(pools)
    given, changed = _changed(batch(taught.inputs, chosen), chance)
    with torch.autocast(DEVICE, torch.bfloat16):
        logits, _, hidden = student(**given)
    truth, far = [], 0.0
    there = given["attention_mask"].float()
    for state, part in parts.items():
        with torch.no_grad():
            asked, _, held = teachers[state](**{name: given[name][part] for name in given})
        truth.append(torch.softmax(asked.float(), dim=-1))
        aim = functional.layer_norm(held.float(), held.shape[-1:])
        with torch.autocast(DEVICE, torch.bfloat16):
            found = maps[state](hidden[part])
        far = far + ((found.float() - aim).square().mean(-1) * there[part]).sum()
    gold = taught.gold[torch.from_numpy(chosen).to(DEVICE)]
    share = GOLD * (gold.any(1) & ~changed).float().unsqueeze(1)
    return cross_entropy(logits, share * gold + (1 - share) * torch.cat(truth)).mean(), far / there.sum()


def _changed(given: dict[str, torch.Tensor], chance: torch.Generator):
    """The rows with some words masked or exchanged for others of the step, never the mention's; and which."""
    ids = given["input_ids"]
    shape = ids.shape

    def random(*size: int) -> torch.Tensor:
        return torch.rand(size, device=DEVICE, generator=chance)

    some, rate = random(shape[0], 1) < CHANGED, WORDS * random(shape[0], 1)
    words = (given["mention"] == 0) & (given["token_type_ids"] == 0) & (ids > MASK)
    hit = some & words & (random(*shape) < rate)
    other = ids.flatten()[torch.randint(ids.numel(), shape, device=DEVICE, generator=chance)]
    other = torch.where((other > MASK) & (random(*shape) < 0.5), other, MASK)
    return given | {"input_ids": torch.where(hit, other, ids)}, hit.any(1)


if __name__ == "__main__":
    main()
