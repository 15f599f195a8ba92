"""Where a word or phrase stands among the words of a corpus."""

from __future__ import annotations

import re


def spoken_words(node: str) -> list[str]:
    """The words of a phrase as ``tokens`` cuts them; a hyphen parts words as a space does."""
    plain = re.sub("[’‘ʼ]", "'", node.lower())
    return [word.removesuffix("'s") for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", plain)]


def places(node: str) -> str:
    """SQL: every place of ``node`` as item_id, sentence, first and last (places of words in the item).

    A plural in s is found with its singular. Raises ``ValueError`` for a node without a word.
    """
    words = spoken_words(node)
    if not words:
        raise ValueError(f"a node needs a word, {node!r} has none")
    found = [_run([*words[:-1], last]) for last in _numbers(words[-1])]
    if len(words) > 1:
        found += [_run(["-".join([*words[:-1], last])]) for last in _numbers(words[-1])]
    return " UNION ".join(found)


def _numbers(word: str) -> list[str]:
    return [word] if word.endswith("s") else [word, f"{word}s"]


def _run(words: list[str]) -> str:
    quoted = ["'" + word.replace("'", "''") + "'" for word in words]
    joins = [
        f"JOIN tokens t{k} ON t{k}.item_id = t0.item_id AND t{k}.sentence = t0.sentence "
        f"AND t{k}.place = t0.place + {k} AND t{k}.word = {word}"
        for k, word in enumerate(quoted[1:], 1)
    ]
    return (
        f"SELECT t0.item_id, t0.sentence, t0.place AS first, t0.place + {len(words) - 1} AS last "
        f"FROM tokens t0 {' '.join(joins)} WHERE t0.word = {quoted[0]}"
    )
