"""Which blocks open and close the posts of a thread, and what short lines are inside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cuttings.load import furniture
from cuttings.load.blocks import Block
from cuttings.load.thread import Head

LIKE_TEXT = 0.0
"""Log odds of being text above which a short line of a post is a part of it; nothing there is a heading."""


def in_posts(
    blocks: Sequence[Block], roles: Sequence[str], odds: Sequence[float]
) -> tuple[list[str], dict[int, Head]]:
    """The roles of a page's blocks as its posts make them, and the blocks that open a post, with its head.

    A post opens at a head or, where lines close the posts, at its first text. Both are empty of posts
    for a page that is no thread.
    """
    if heads := furniture.heads_of_posts(blocks):
        out = ["commenthead" if i in heads else role for i, role in enumerate(roles)]
        return _lines_below(out, min(heads), odds), heads
    feet = furniture.feet_of_posts(blocks)
    opens = {start: feet[foot] for foot, start in _starts(roles, list(feet)).items()}
    out = list(roles)
    for foot in feet:
        out[foot] = "commentfoot" if opens else out[foot]
    return out, opens


def _lines_below(roles: list[str], first: int, odds: Sequence[float]) -> list[str]:
    for i in range(first + 1, len(roles)):
        if len(odds) and roles[i] in ("heading", "byline", "signature"):
            roles[i] = "prose" if odds[i] > LIKE_TEXT else "aside"
    return roles


def _starts(roles: Sequence[str], feet: Sequence[int]) -> dict[int, int]:
    """For each foot the first text of its post: below the foot before it, or, of the first, below the
    line that parts it from the text that the posts are about. Where none does, that foot closes no post."""
    out = {}
    for before, foot in pairwise([-1, *feet]):
        text = [i for i in range(before + 1, foot) if roles[i] == "prose"]
        if before < 0:
            parted = max((i for i in range(foot) if roles[i] != "prose"), default=-1)
            text = [i for i in text if i > parted] if any(i < parted for i in text) else []
        if text:
            out[foot] = text[0]
    return out
