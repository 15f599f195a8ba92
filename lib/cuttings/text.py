"""Characters that instruments misread, made plain in their place, and counts with their nouns."""

from __future__ import annotations

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛`´ʼ", "'") | dict.fromkeys("“”„‟", '"') | {"\u00a0": " "})


def straighten(text: str) -> str:
    """``text`` with straight apostrophes and quote marks and plain spaces; offsets stay as they are."""
    return text.translate(_STRAIGHT)


def many(count: int, noun: str, plural: str = "") -> str:
    """``count`` and its noun, in the plural (``noun`` with an s where none is given) unless it is one."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
