"""The trained instrument: a small language model that rates a sentence, run on the CPU.

What it was trained on, what it scores and where it fails is in ``cuttings/encoder/card.md``.
"""

from __future__ import annotations

import numpy as np

from cuttings import encoder
from cuttings.sentiment.lexicons import Reasons, Scores, scores


def trained(sentences: list[str]) -> Scores:
    """Polarity by the fine-tuned encoder, to four decimals; all of a sentence's words count."""
    rated = encoder.run(["polarity"], map(encoder.plain, sentences))[0][:, 0]
    return scores(np.round(np.clip(rated, -1, 1), 4), [len(encoder.words(s)) for s in sentences])


def reasons(sentence: str) -> Reasons:
    """How much the polarity falls when each word in turn is left out.

    Li, Monroe and Jurafsky (2016), "Understanding neural networks through representation erasure".
    """
    words = encoder.words(sentence)
    shorter = [sentence[:start] + sentence[end:] for start, end in words]
    polarity, _ = trained([sentence, *shorter])
    falls = np.round(polarity[0] - polarity[1:], 4)
    return [(sentence[start:end], float(f)) for (start, end), f in zip(words, falls, strict=True)]
