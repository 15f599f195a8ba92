"""What the training of both classifiers shares: the network, one run of fine-tuning, predictions."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel

from cuttings.encoder import LONGEST, Pieces, cut

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
STANCES = 3
"""Outputs for against, neutral and for; a network that also rates has one more."""


@dataclass(frozen=True)
class Example:
    """One input with what is to be learnt from it.

    ``truth`` holds the probabilities of the three stances, or one rating; ``weight`` is how much the
    example counts.
    """

    pieces: Pieces
    truth: tuple[float, ...]
    weight: float = 1.0


def of_teacher(tokenizer: Tokenizer, sentence: str, span: tuple[int, int]) -> Pieces:
    """The input of the teacher, whose word pieces have no segments: mention between braces, and again."""
    start, end = span
    whole = tokenizer.encode(f"{sentence[:start]} {{ {sentence[start:end]} }} {sentence[end:]}")
    inside = [int(e > b and b >= start + 1 and e <= end + 5) for b, e in whole.offsets]
    again = tokenizer.encode(sentence[start:end], add_special_tokens=False).ids
    ids, inside = cut(whole.ids, inside, LONGEST - len(again) - 1)
    tail = [*again, ids[-1]]
    return Pieces([*ids, *tail], [0] * (len(ids) + len(tail)), [*inside, *[0] * len(tail)])


class Classifier(nn.Module):
    """An encoder, the mean of all its pieces beside the mean of the mention's, and one linear layer."""

    def __init__(self, base: str | Path, outputs: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_config(AutoConfig.from_pretrained(base, attn_implementation="eager"))
        loaded = AutoModel.from_pretrained(base, dtype=torch.float32)
        self.encoder.load_state_dict(loaded.state_dict(), strict=False)
        size = self.encoder.config.hidden_size
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(2 * size, outputs))
        self.to(DEVICE)

    def forward(self, input_ids, attention_mask, token_type_ids, mention):
        given = {"input_ids": input_ids, "attention_mask": attention_mask}
        if getattr(self.encoder.config, "type_vocab_size", 1) > 1:
            given["token_type_ids"] = token_type_ids
        hidden = self.encoder(**given).last_hidden_state
        features = torch.cat([_mean(hidden, attention_mask), _mean(hidden, mention)], dim=-1)
        return self.head(features), features


def _mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    share = mask.to(hidden.dtype).unsqueeze(-1)
    return (hidden * share).sum(1) / share.sum(1).clamp(min=1)


def tensors(batch: list[Example], pad: int) -> dict[str, torch.Tensor]:
    longest = max(len(e.pieces.ids) for e in batch)

    def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
        return torch.tensor([row + [filler] * (longest - len(row)) for row in rows], device=DEVICE)

    return {
        "input_ids": padded([e.pieces.ids for e in batch], pad),
        "attention_mask": padded([[1] * len(e.pieces.ids) for e in batch], 0),
        "token_type_ids": padded([e.pieces.types for e in batch], 0),
        "mention": padded([e.pieces.mention for e in batch], 0),
    }


def batches(examples: list[Example], size: int, shuffle: random.Random | None) -> Iterator[list[int]]:
    """Indices of examples of like length, ``size`` at a time; in random order where ``shuffle`` is given."""
    noise = [shuffle.random() * 8 if shuffle else 0 for _ in examples]
    order = sorted(range(len(examples)), key=lambda i: (len(examples[i].pieces.ids) + noise[i], i))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    yield from groups


def train(
    model: Classifier,
    examples: list[Example],
    *,
    pad: int,
    epochs: int,
    rate: float,
    size: int = 16,
    seed: int = 0,
    told=lambda step, steps, loss: None,
) -> None:
    """Fine-tune all layers: AdamW, a tenth of the steps to warm up, then down to nought in a line.

    Cross-entropy with the probabilities in ``truth`` where there are several, squared error of the
    fourth output where there is one. Mixed precision: bfloat16.
    ``told`` is given the step, how many there are, and the loss as a tensor.
    """
    shuffle = random.Random(seed)
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    steps = epochs * math.ceil(len(examples) / size)
    warm = max(1, steps // 10)
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / warm, max(0.0, (steps - at) / max(1, steps - warm)))
    )
    model.train()
    step = 0
    for _ in range(epochs):
        for chosen in batches(examples, size, shuffle):
            batch = [examples[i] for i in chosen]
            with torch.autocast(DEVICE, torch.bfloat16):
                logits, _ = model(**tensors(batch, pad))
            loss = _loss(logits.float(), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            plan.step()
            step += 1
            told(step, steps, loss.detach())


def _loss(outputs: torch.Tensor, batch: list[Example]) -> torch.Tensor:
    rated = [len(e.truth) == 1 for e in batch]
    weight = torch.tensor([e.weight for e in batch], device=DEVICE)
    sides = [(0.0,) * STANCES if r else e.truth for e, r in zip(batch, rated, strict=True)]
    each = -(torch.tensor(sides, device=DEVICE) * functional.log_softmax(outputs[:, :STANCES], dim=-1)).sum(1)
    if any(rated):
        ratings = [e.truth[0] if r else 0.0 for e, r in zip(batch, rated, strict=True)]
        missed = outputs[:, STANCES] - torch.tensor(ratings, device=DEVICE)
        each = torch.where(torch.tensor(rated, device=DEVICE), missed.square(), each)
    return (each * weight).sum() / weight.sum()


@torch.no_grad()
def predict(model: Classifier, examples: list[Example], pad: int, size: int = 128) -> np.ndarray:
    """The logits of every example, in order: shape (n, outputs)."""
    model.eval()
    found: list = [None] * len(examples)
    for chosen in batches(examples, size, None):
        with torch.autocast(DEVICE, torch.bfloat16):
            logits, _ = model(**tensors([examples[i] for i in chosen], pad))
        for i, row in zip(chosen, logits.float().cpu().numpy(), strict=True):
            found[i] = row
    model.train()
    return np.array(found)
