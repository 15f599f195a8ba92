"""Characters that instruments misread, made plain without moving any other character."""

from __future__ import annotations

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛`´ʼ", "'") | dict.fromkeys("“”„‟", '"') | {"\u00a0": " "})


def straighten(text: str) -> str:
    """``text`` with straight apostrophes and quote marks and plain spaces; offsets stay as they are."""
    return text.translate(_STRAIGHT)
