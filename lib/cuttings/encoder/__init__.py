"""The small trained encoder that stance and sentiment share, on the CPU: word pieces in, numbers out.

Beside this file lie its weights, its word pieces and ``card.md``: what it was trained on, what it scores and
where it fails. The tokenizers library cuts words, ONNX Runtime does the arithmetic, and nothing is
downloaded. Sentences go through one at a time: int8 arithmetic scales by what is in a batch, and a
sentence's score may not depend on its neighbours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from cuttings.errors import CuttingsError
from cuttings.text import straighten

MODEL = Path(__file__).parent
WORD = re.compile(r"\w+(?:['’-]\w+)*")
LONGEST = 160
"""Word pieces of one input. Of a longer sentence the part round the mention is read."""


@dataclass(frozen=True)
class Pieces:
    """One input: word pieces, their segments (0 or 1), and which of them are the mention (0 or 1)."""

    ids: list[int]
    types: list[int]
    mention: list[int]


def run(outputs: list[str], inputs: Iterable[Pieces]) -> list[np.ndarray]:
    """What the model gives for every input: an array of shape (n, width) for each of ``outputs``.

    Outputs are ``logits`` (3: against, neutral, for), ``polarity`` (1) and ``features`` (768). Raises
    ``CuttingsError`` where the model is missing.
    """
    session = _session()
    rows = [session.run(outputs, _arrays(pieces)) for pieces in inputs]
    widths = {output.name: output.shape[-1] for output in session.get_outputs()}
    return [
        np.concatenate([row[i] for row in rows]) if rows else np.zeros((0, widths[name]))
        for i, name in enumerate(outputs)
    ]


@cache
def settings() -> dict:
    """What ``model.json`` states of the model: name, version, base, temperature, editorials kept out."""
    return json.loads((MODEL / "model.json").read_text("utf-8"))


def plain(sentence: str) -> Pieces:
    """A sentence by itself; all of it counts as the mention."""
    ids = _tokenizer().encode(_even(sentence)).ids
    ids = [*ids[: LONGEST - 1], ids[-1]]
    return Pieces(ids, [0] * len(ids), [1] * len(ids))


def about(sentence: str, span: tuple[int, int]) -> Pieces:
    """A sentence with the mention at ``span`` between braces, and the mention again as second segment."""
    tokenizer = _tokenizer()
    before, mention, after = (
        _even(part) for part in (sentence[: span[0]], sentence[slice(*span)], sentence[span[1] :])
    )
    whole = tokenizer.encode(f"{before} {{ {mention} }} {after}")
    start, end = len(before) + 1, len(before) + len(mention) + 5
    inside = [int(e > b and b >= start and e <= end) for b, e in whole.offsets]
    again = tokenizer.encode(mention, add_special_tokens=False).ids[: LONGEST // 4]
    ids, inside = cut(whole.ids, inside, LONGEST - len(again) - 1)
    tail = [*again, ids[-1]]
    return Pieces([*ids, *tail], [*[0] * len(ids), *[1] * len(tail)], [*inside, *[0] * len(tail)])


def words(sentence: str) -> list[tuple[int, int]]:
    """Where each word of a sentence starts and ends."""
    return [match.span() for match in WORD.finditer(sentence)]


def without(sentence: str, span: tuple[int, int], word: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """The sentence less the ``word`` at these offsets, and where the mention at ``span`` then stands."""
    gone = word[1] - word[0] if word[1] <= span[0] else 0
    return sentence[: word[0]] + sentence[word[1] :], (span[0] - gone, span[1] - gone)


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Logits as probabilities, row by row; a ``temperature`` above 1 makes them less sure.

    Guo et al. (2017), "On calibration of modern neural networks", ICML.
    """
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=1, keepdims=True)


def cut(ids: list[int], inside: list[int], room: int) -> tuple[list[int], list[int]]:
    if len(ids) <= room:
        return ids, inside
    middle = inside.index(1) if 1 in inside else 0
    start = max(1, min(middle - room // 2, len(ids) - room + 1))
    stop = start + room - 2
    return [ids[0], *ids[start:stop], ids[-1]], [0, *inside[start:stop], 0]


def _even(text: str) -> str:
    return straighten(text).replace("{", "(").replace("}", ")")


def _arrays(pieces: Pieces) -> dict[str, np.ndarray]:
    rows = {
        "input_ids": pieces.ids,
        "attention_mask": [1] * len(pieces.ids),
        "token_type_ids": pieces.types,
        "mention": pieces.mention,
    }
    return {name: np.array([row], dtype=np.int64) for name, row in rows.items()}


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_str((MODEL / "pieces.json").read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def _session():
    import onnxruntime  # half a second, which commands that score nothing need not pay

    path = MODEL / "model.onnx"
    if not path.exists():
        raise CuttingsError(
            f"{path} is missing; it comes with the project: fetch the file again with git checkout"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
