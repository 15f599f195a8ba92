"""What the training of both classifiers shares: inputs, the network, one run of fine-tuning.

A sentence goes in as one segment. For stance the target's mention stands between braces there and
is repeated as second segment, so that one sentence can be asked about each of its targets.
"""

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

LONGEST = 160
"""Word pieces of one input; longer ones are cut around the mention."""


@dataclass(frozen=True)
class Example:
    """One input: word pieces, the pieces that are the mention, and the target values to learn.

    ``truth`` is a vector of probabilities for a classifier, of one rating for a regression; ``weight``
    is how much the example counts.
    """

    ids: list[int]
    types: list[int]
    mention: list[int]
    truth: tuple[float, ...]
    weight: float = 1.0


class Inputs:
    """Sentences and mentions to word pieces, with the tokenizer of a base model."""

    def __init__(self, tokenizer: str | Path, segments: bool) -> None:
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.segments = segments

    def stance(self, sentence: str, span: tuple[int, int]) -> tuple[list[int], list[int], list[int]]:
        start, end = span
        marked = f"{sentence[:start]} {{ {sentence[start:end]} }} {sentence[end:]}"
        first = self.tokenizer.encode(marked)
        begins, ends = start + 1, end + 5
        inside = [int(b >= begins and e <= ends and e > b) for b, e in first.offsets]
        second = self.tokenizer.encode(sentence[start:end], add_special_tokens=False)
        ids, mention = _around(first.ids, inside, LONGEST - len(second.ids) - 1)
        sep = first.ids[-1]
        types = [0] * len(ids) + [int(self.segments)] * (len(second.ids) + 1)
        return [*ids, *second.ids, sep], types, [*mention, *[0] * (len(second.ids) + 1)]

    def plain(self, sentence: str) -> tuple[list[int], list[int], list[int]]:
        ids = self.tokenizer.encode(sentence).ids
        ids = [*ids[: LONGEST - 1], ids[-1]]
        return ids, [0] * len(ids), [1] * len(ids)


def _around(ids: list[int], inside: list[int], room: int) -> tuple[list[int], list[int]]:
    if len(ids) <= room:
        return ids, inside
    middle = inside.index(1) if 1 in inside else 0
    start = max(1, min(middle - room // 2, len(ids) - room + 1))
    stop = start + room - 2
    return [ids[0], *ids[start:stop], ids[-1]], [0, *inside[start:stop], 0]


class Classifier(nn.Module):
    """An encoder, the mean of all its pieces beside the mean of the mention's, and one linear layer."""

    def __init__(self, base: str | Path, outputs: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_config(AutoConfig.from_pretrained(base, attn_implementation="eager"))
        loaded = AutoModel.from_pretrained(base, dtype=torch.float32)
        self.encoder.load_state_dict(loaded.state_dict(), strict=False)
        size = self.encoder.config.hidden_size
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(2 * size, outputs))

    def forward(self, input_ids, attention_mask, token_type_ids, mention):
        given = {"input_ids": input_ids, "attention_mask": attention_mask}
        if getattr(self.encoder.config, "type_vocab_size", 1) > 1:
            given["token_type_ids"] = token_type_ids
        hidden = self.encoder(**given).last_hidden_state
        return self.head(torch.cat([_mean(hidden, attention_mask), _mean(hidden, mention)], dim=-1))


def _mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    share = mask.to(hidden.dtype).unsqueeze(-1)
    return (hidden * share).sum(1) / share.sum(1).clamp(min=1)


def tensors(batch: list[Example], pad: int) -> dict[str, torch.Tensor]:
    longest = max(len(e.ids) for e in batch)

    def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
        return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])

    return {
        "input_ids": padded([e.ids for e in batch], pad),
        "attention_mask": padded([[1] * len(e.ids) for e in batch], 0),
        "token_type_ids": padded([e.types for e in batch], 0),
        "mention": padded([e.mention for e in batch], 0),
    }


def batches(examples: list[Example], size: int, shuffle: random.Random | None) -> Iterator[list[int]]:
    """Indices of examples of like length, ``size`` at a time; in random order where ``shuffle`` is given."""
    noise = [shuffle.random() * 8 if shuffle else 0 for _ in examples]
    order = sorted(range(len(examples)), key=lambda i: (len(examples[i].ids) + noise[i], i))
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
    decay: float = 1.0,
    told=lambda step, steps, loss: None,
) -> None:
    """Fine-tune all layers: AdamW, a tenth of the steps to warm up, then down to nought in a line.

    Cross-entropy with the probabilities in ``truth`` where there are several, squared error where there
    is one. ``decay`` multiplies the rate from each layer to the one below it. Mixed precision: bfloat16.
    """
    shuffle = random.Random(seed)
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(_groups(model, rate, decay), lr=rate, weight_decay=0.01)
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
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(**tensors(batch, pad))
            loss = _loss(logits.float(), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            plan.step()
            step += 1
            told(step, steps, float(loss.detach()))


def _loss(logits: torch.Tensor, batch: list[Example]) -> torch.Tensor:
    truth = torch.tensor([e.truth for e in batch])
    weight = torch.tensor([e.weight for e in batch])
    if truth.shape[1] == 1:
        each = (logits - truth).square().squeeze(1)
    else:
        each = -(truth * functional.log_softmax(logits, dim=-1)).sum(1)
    return (each * weight).sum() / weight.sum()


def _groups(model: Classifier, rate: float, decay: float) -> list[dict]:
    layers = model.encoder.config.num_hidden_layers
    groups: dict[int, list] = {}
    for name, parameter in model.named_parameters():
        if ".layer." in name:
            depth = layers - int(name.split(".layer.")[1].split(".")[0])
        else:
            depth = 0 if name.startswith("head") else layers + 1
        groups.setdefault(depth, []).append(parameter)
    return [{"params": params, "lr": rate * decay**depth} for depth, params in sorted(groups.items())]


@torch.no_grad()
def predict(model: Classifier, examples: list[Example], pad: int, size: int = 32) -> np.ndarray:
    """The logits of every example, in order: shape (n, outputs)."""
    model.eval()
    found: list = [None] * len(examples)
    for chosen in batches(examples, size, None):
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(**tensors([examples[i] for i in chosen], pad))
        for i, row in zip(chosen, logits.float().numpy(), strict=True):
            found[i] = row
    model.train()
    return np.array(found)
