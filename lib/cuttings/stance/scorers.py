"""Scorers of stance, behind one interface."""

from __future__ import annotations

import numpy as np

from cuttings.stance import lexicon, trained

scorers = {"lexicon": lexicon.score, "trained": trained.score}
"""Every scorer by name: each takes what ``classify`` takes and gives what it gives."""

FAVOURED = "trained"
"""The scorer that figures and findings use; every other stands beside it where agreement is shown."""


def classify(sentences: list[str], spans: list[tuple[int, int]], scorer: str = FAVOURED) -> np.ndarray:
    """The probabilities that a sentence is against, neutral to and for the target that it mentions.

    ``spans`` holds one ``(from, to)`` a sentence: the character offsets of the mention in it. Returns
    an array of shape (n, 3), in the order against, neutral, for, each row adding up to 1. Raises
    ``ValueError`` for a span that is not in its sentence and ``KeyError`` for an unknown scorer.
    """
    for sentence, (start, end) in zip(sentences, spans, strict=True):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(f"span ({start}, {end}) is not in the sentence of {len(sentence)} characters")
    return scorers[scorer](list(sentences), list(spans))
