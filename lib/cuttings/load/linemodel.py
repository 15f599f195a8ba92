"""How likely each block of a page is to be somebody's text: boosted trees over its features.

The trees stand in ``linemodel.toml``, made by ``training/lines.py``. Each tree is a list of nodes
``[feature, threshold, left, right]``, or ``[value]`` for a leaf; a block goes left where its feature
is not above the threshold. The values it meets add up to the log odds of being text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from cuttings.load.blocks import Block
from cuttings.load.features import features


def text_odds(blocks: Sequence[Block], reasons: Sequence[str], prose: Sequence[bool]) -> np.ndarray:
    """The log odds that each block belongs to an item's text; above 0 it probably does."""
    if not blocks:
        return np.zeros(0)
    found = features(blocks, reasons, prose)
    names, start, trees = _model()
    return start + _sum_of_leaves(np.stack([found[n] for n in names], axis=1), *trees)


def best_cut(odds: np.ndarray, words: np.ndarray) -> float:
    """The log odds from which blocks are kept where F1 over words is expected to be best.

    ``odds`` and ``words`` have a value a block. The cut is at half the F1 that can be expected: near 0 on
    a page of which all is sure, below it where little is, since what is lost then costs more than what
    is kept (Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1
    measure", ECML PKDD). 0 for a page without words.
    """
    if not words.sum():
        return 0.0
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(words[order] / (1 + np.exp(-odds[order])))
    half = np.max(right / (np.cumsum(words[order]) + right[-1]))
    return float(np.log(half / (1 - half)))


@cache
def _model() -> tuple[list[str], float, tuple[np.ndarray, ...]]:
    """Feature names, the log odds to start from, and the nodes of all trees in one row."""
    table = tomllib.loads(Path(__file__).with_name("linemodel.toml").read_text("utf-8"))
    number = {name: i for i, name in enumerate(table["features"])}
    rows, roots = [], []
    for tree in table["trees"]:
        roots.append(len(rows))
        for here, node in enumerate(tree, len(rows)):
            if len(node) == 1:
                rows.append((0, np.inf, here, here, node[0]))
            else:
                feature, threshold, left, right = node
                rows.append((number[feature], threshold, roots[-1] + left, roots[-1] + right, 0.0))
    columns = [np.array(c) for c in zip(*rows, strict=True)]
    return table["features"], table["start"], (np.array(roots), *columns)


def _sum_of_leaves(
    x: np.ndarray,
    roots: np.ndarray,
    feature: np.ndarray,
    threshold: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    value: np.ndarray,
) -> np.ndarray:
    """Every block's way down every tree at once, a level a step."""
    block = np.arange(len(x))[:, None]
    at = np.broadcast_to(roots, (len(x), len(roots)))
    while True:
        below = np.where(x[block, feature[at]] <= threshold[at], left[at], right[at])
        if np.array_equal(below, at):
            return value[at].sum(axis=1)
        at = below
