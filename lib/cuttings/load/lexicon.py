"""The word lists of ``lexicon.toml``."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(name: str) -> tuple[str, ...]:
    """The list ``name``, longest entry first so that patterns made of it match the longest."""
    table = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8"))
    return tuple(sorted(table[name], key=lambda w: (-len(w), w)))
