"""The choice of one line among several by a conditional logit: the weights of its features, a line's score.

McFadden (1974), "Conditional logit analysis of qualitative choice behavior". The weights stand in a TOML
file of the model's name, made by a script of that name in ``training``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

Features = dict[str, float]


def score(model: str, row: Features) -> float:
    """The score of a line; of several the one with the highest is the likeliest."""
    return sum(weight * row[name] for name, weight in _weights(model).items())


@cache
def _weights(model: str) -> dict[str, float]:
    return tomllib.loads(Path(__file__).with_name(f"{model}.toml").read_text("utf-8"))["weights"]
