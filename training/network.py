"""What the training of teachers and student shares: inputs, the network, fine-tuning on labels, predictions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel

from cuttings.encoder import LONGEST, MODEL, Pieces

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
STANCES = 3
"""Outputs for against, neutral and for; a network that also rates has one more."""
PAD = 0
SAME = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>", "[MASK]": "<mask>"}
"""What the teacher's word pieces call those of the student that it has by another name."""


@dataclass(frozen=True)
class Inputs:
    """Inputs of the student, padded, on the device that learns: three arrays of shape (n, 160)."""

    ids: torch.Tensor
    types: torch.Tensor
    mention: torch.Tensor
    lengths: np.ndarray

    def __len__(self) -> int:
        return len(self.lengths)


def padded(pieces: list[Pieces]) -> Inputs:
    columns = np.zeros((3, len(pieces), LONGEST), dtype=np.int16)
    for i, p in enumerate(pieces):
        for column, row in zip(columns, (p.ids, p.types, p.mention), strict=True):
            column[i, : len(row)] = row
    lengths = np.array([len(p.ids) for p in pieces], dtype=np.int64)
    return Inputs(*(torch.from_numpy(column).to(DEVICE) for column in columns), lengths)


def batch(inputs: Inputs, chosen: np.ndarray) -> dict[str, torch.Tensor]:
    """The rows ``chosen``, cut to the longest of them."""
    longest = int(inputs.lengths[chosen].max())
    at = torch.from_numpy(chosen).to(DEVICE)
    ids, types, mention = (t[at, :longest].long() for t in (inputs.ids, inputs.types, inputs.mention))
    return {
        "input_ids": ids,
        "attention_mask": (ids != PAD).long(),
        "token_type_ids": types,
        "mention": mention,
    }


class Classifier(nn.Module):
    """An encoder, the mean of all its pieces beside the mean of the mention's, and one linear layer.

    It reads the student's word pieces, whatever its own are called: all-mpnet-base-v2 has the same ones,
    under other numbers. ``dropout`` is that of the encoder's layers.
    """

    def __init__(self, base: Path, outputs: int, dropout: float = 0.1) -> None:
        super().__init__()
        rates = {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": dropout}
        config = AutoConfig.from_pretrained(base, attn_implementation="eager", **rates)
        self.encoder = AutoModel.from_config(config)
        loaded = AutoModel.from_pretrained(base, dtype=torch.float32)
        self.encoder.load_state_dict(loaded.state_dict(), strict=False)
        self.size = self.encoder.config.hidden_size
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * self.size, outputs))
        self.register_buffer("own", _numbers(base), persistent=False)
        self.to(DEVICE)

    def forward(self, input_ids, attention_mask, token_type_ids, mention):
        given = {"input_ids": self.own[input_ids], "attention_mask": attention_mask}
        if getattr(self.encoder.config, "type_vocab_size", 1) > 1:
            given["token_type_ids"] = token_type_ids
        hidden = self.encoder(**given).last_hidden_state
        features = torch.cat([_mean(hidden, attention_mask), _mean(hidden, mention)], dim=-1)
        return self.head(features), features, hidden


def _numbers(base: Path) -> torch.Tensor:
    """The number that ``base`` has for each of the student's word pieces."""
    pieces = Tokenizer.from_file(str(MODEL / "pieces.json")).get_vocab()
    theirs = Tokenizer.from_file(str(base / "tokenizer.json")).get_vocab()
    found = [theirs[p] if p in theirs else theirs[SAME[p]] for p in sorted(pieces, key=pieces.get)]
    return torch.tensor(found)


def _mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    share = mask.to(hidden.dtype).unsqueeze(-1)
    return (hidden * share).sum(1) / share.sum(1).clamp(min=1)


def optimiser(parameters, rate: float) -> torch.optim.Optimizer:
    return torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01, fused=DEVICE == "cuda")


def share_of_rate(done: float) -> float:
    """A tenth of the way to warm up, then down to nought in a line."""
    return min(10 * done + 1e-3, (1 - done) / 0.9)


def train(
    model: Classifier, inputs: Inputs, truth: np.ndarray, *, epochs: int, rate: float, size: int, seed: int
) -> None:
    """Fine-tune all layers on the probabilities ``truth``: cross-entropy, AdamW, in bfloat16 and 32 bits."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    adam = optimiser(model.parameters(), rate)
    steps = epochs * math.ceil(len(inputs) / size)
    sides = torch.from_numpy(truth.astype(np.float32)).to(DEVICE)
    model.train()
    step = 0
    for _ in range(epochs):
        for chosen in batches(inputs, size, rng):
            for group in adam.param_groups:
                group["lr"] = rate * share_of_rate(step / steps)
            with torch.autocast(DEVICE, torch.bfloat16):
                logits, *_ = model(**batch(inputs, chosen))
            loss = cross_entropy(logits, sides[torch.from_numpy(chosen).to(DEVICE)]).mean()
            learn(model, adam, loss)
            step += 1


def learn(model: nn.Module, adam: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    adam.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    adam.step()


def cross_entropy(logits: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    return -(truth * functional.log_softmax(logits[:, :STANCES].float(), dim=-1)).sum(1)


def batches(inputs: Inputs, size: int, rng: np.random.Generator | None) -> Iterator[np.ndarray]:
    """Rows of like length, ``size`` at a time; in random order where ``rng`` is given."""
    noise = rng.random(len(inputs)) * 8 if rng else 0
    order = np.argsort(inputs.lengths + noise, kind="stable")
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    yield from groups


@torch.no_grad()
def predict(model: Classifier, inputs: Inputs, size: int = 256) -> np.ndarray:
    """The logits of every input, in order: shape (n, outputs)."""
    model.eval()
    found = np.zeros((len(inputs), model.head[1].out_features), dtype=np.float32)
    for chosen in batches(inputs, size, None):
        with torch.autocast(DEVICE, torch.bfloat16):
            logits, *_ = model(**batch(inputs, chosen))
        found[chosen] = logits.float().cpu().numpy()
    model.train()
    return found
