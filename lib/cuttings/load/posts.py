"""Which blocks open and close the posts of a thread, and what short lines are inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cuttings.load import furniture, mails
from cuttings.load.blocks import HEADER, Block
from cuttings.load.thread import MEMBER, Head

LIKE_TEXT = 0.0
"""Log odds of being text above which a short line of a post is a part of it; nothing there is a heading."""

RULE = re.compile(r"_{5,}$")


def in_posts(
    blocks: Sequence[Block], roles: Sequence[str], odds: Sequence[float]
) -> tuple[list[str], dict[int, Head]]:
    """The roles of a page's blocks as its posts make them, and the blocks that open a post, with its head.

    A post opens at a head or, where lines close the posts, at its first text. Both are empty of posts
    for a page that is no thread.
    """
    if heads := furniture.heads_of_posts(blocks):
        return _below_heads(blocks, roles, heads, odds), heads
    feet = furniture.feet_of_posts(blocks)
    opens = {
        start: feet[foot] for foot, start in _starts(_above_feet(blocks, roles, feet), list(feet)).items()
    }
    return _above_feet(blocks, roles, feet) if opens else list(roles), opens


def _below_heads(
    blocks: Sequence[Block], roles: Sequence[str], heads: Mapping[int, Head], odds: Sequence[float]
) -> list[str]:
    """Below the first head no other line opens a post (*Ann wrote:* quotes one), and no line is
    a heading. Below a rule of underscores stands what a member signs every post with."""
    out, signs, told = list(roles), False, False
    messages = bool(mails.headers(blocks))
    writers = {head.writer for head in heads.values()} - {""}
    for i in range(min(heads), len(out)):
        text = blocks[i].text
        of_member = not told and bool(MEMBER.match(text) or (messages and HEADER.match(text)))
        told = i not in heads and (told or (roles[i] == "prose" and not of_member))
        below = (told and RULE.match(text)) or (messages and mails.BELOW.match(text))
        signs = i not in heads and (signs or bool(below))
        quotes = messages and (mails.QUOTED.match(text) or furniture.QUOTING.search(text))
        heading = text in writers or furniture.REPLY.match(text)
        if i in heads:
            out[i] = "commenthead"
        elif out[i] == "commenthead" or (out[i] != "removed" and (signs or of_member or quotes or heading)):
            out[i] = "aside"
        elif len(odds) and not heading and out[i] in ("heading", "byline", "signature"):
            out[i] = "prose" if odds[i] > LIKE_TEXT else "aside"
    return out


def _above_feet(blocks: Sequence[Block], roles: Sequence[str], feet: Mapping[int, Head]) -> list[str]:
    """However short, what stands right above the foot of a post is its text."""
    out = list(roles)
    for foot, head in feet.items():
        out[foot] = "commentfoot"
        if blocks[foot - 1].text == head.writer:
            out[foot - 1] = "aside"
        elif out[foot - 1] == "heading":
            out[foot - 1] = "prose"
    return out


def _starts(roles: Sequence[str], feet: Sequence[int]) -> dict[int, int]:
    """For each foot the first text of its post: below the foot before it, or, of the first, below the
    line that parts it from the text that the posts are about. Where none does, that foot closes no post."""
    out = {}
    for before, foot in pairwise([-1, *feet]):
        text = [i for i in range(before + 1, foot) if roles[i] == "prose"]
        if before < 0:
            last = max(text, default=0)
            parted = max((i for i in range(last) if roles[i] != "prose"), default=-1)
            text = [i for i in text if i > parted] if any(i < parted for i in text) else []
        if text:
            out[foot] = text[0]
    return out
