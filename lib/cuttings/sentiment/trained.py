"""The trained instrument: a small language model that rates a sentence, run on the CPU.

What it was trained on, what it scores and where it fails is in ``model/card.md``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from cuttings.sentiment.lexicons import Reasons, Scores, scores
from cuttings.text import straighten

MODEL = Path(__file__).with_name("model")
LONGEST = 160
"""Word pieces of a sentence that are read; what follows is cut."""
BATCH = 32
"""Sentences scored at once, of like length so that little is padding."""
WORD = re.compile(r"\w+(?:['’-]\w+)*")


def there() -> bool:
    """Whether the weights lie beside the code."""
    return (MODEL / "model.onnx").exists()


def trained(sentences: list[str]) -> Scores:
    """Polarity by the fine-tuned encoder in ``model/``, to four decimals; all of a sentence's words count."""
    encoded = [_tokenizer().encode(straighten(s)).ids for s in sentences]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
    polarity = np.zeros(len(encoded))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        polarity[chosen] = _rated([encoded[i] for i in chosen])
    return scores(np.round(np.clip(polarity, -1, 1), 4), [len(WORD.findall(s)) for s in sentences])


def reasons(sentence: str) -> Reasons:
    """How much the polarity falls when each word in turn is left out.

    Li, Monroe and Jurafsky (2016), "Understanding neural networks through representation erasure".
    """
    words = [m.span() for m in WORD.finditer(sentence)]
    without = [sentence[:start] + sentence[end:] for start, end in words]
    polarity, _ = trained([sentence, *without])
    falls = np.round(polarity[0] - polarity[1:], 4)
    return [(sentence[start:end], float(f)) for (start, end), f in zip(words, falls, strict=True)]


def _rated(batch: list[list[int]]) -> np.ndarray:
    """The model's output for word pieces of several sentences."""
    longest = max(map(len, batch))
    ids, mask = np.zeros((2, len(batch), longest), "int64")
    for row, pieces in enumerate(batch):
        ids[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
    fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids), "mention": mask}
    wanted = {i.name for i in _session().get_inputs()}
    return _session().run(["logits"], {k: v for k, v in fed.items() if k in wanted})[0][:, 0]


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(MODEL / "model.onnx", options, providers=["CPUExecutionProvider"])


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer
