"""The scorer ``trained``: a small transformer, distilled from a large one, that reads the whole sentence.

How it was made, on what, and how far it can be trusted is in ``cuttings/encoder/card.md``; ``make
stance-model`` makes it again. It comes with the project as int8 weights and runs on the CPU.
"""

from __future__ import annotations

import numpy as np

from cuttings import encoder


def score(sentences: list[str], spans: list[tuple[int, int]]) -> np.ndarray:
    """Probabilities of against, neutral and for: shape (n, 3), each row adding up to 1."""
    logits, _ = read(sentences, spans)
    return encoder.softmax(logits, encoder.settings()["temperature"])


def read(sentences: list[str], spans: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """The logits (n, 3) and what they were made of, the encoder's features (n, 768)."""
    inputs = (encoder.about(s, span) for s, span in zip(sentences, spans, strict=True))
    logits, features = encoder.run(["logits", "features"], inputs)
    return logits, features


def weighed(sentence: str, span: tuple[int, int], most: int = 4) -> list[tuple[int, int, float]]:
    """The words that weigh most, as (start, end, weight): what p_for less p_against loses without each.

    A word is weighed by leaving it out (occlusion; Zeiler and Fergus 2014, "Visualizing and
    understanding convolutional networks", ECCV). A weight above nought speaks for the target.
    """
    words = [w for w in encoder.words(sentence) if w[1] <= span[0] or w[0] >= span[1]]
    shorter = [encoder.without(sentence, span, word) for word in words]
    p = score([sentence, *(s for s, _ in shorter)], [span, *(at for _, at in shorter)])
    sides = p[:, 2] - p[:, 0]
    lost = [(*word, float(sides[0] - side)) for word, side in zip(words, sides[1:], strict=True)]
    heaviest = sorted(lost, key=lambda w: (-abs(round(w[2], 3)), w[0]))[:most]
    return sorted(w for w in heaviest if abs(w[2]) >= 0.02)
