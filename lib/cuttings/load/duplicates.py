"""Pages that hold the same text again: reprints, cut and updated versions.

MinHash signatures over runs of five words (Broder 1997, "On the resemblance and containment of
documents") find the candidates; the share of the shorter text that the longer one contains decides.
The fullest version is kept, of equally full ones the earliest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import numpy as np
from datasketch import MinHash, MinHashLSHEnsemble

RUN = 5
CONTAINED = 0.6
"""Share of the shorter text's runs of words that the longer holds, from which it is a duplicate."""
SHORTEST = 40
"""Runs of words below which two texts may be alike by chance."""


def runs(text: str) -> np.ndarray:
    """The runs of five words of a text, hashed: sorted uint64, each once, the same at every run."""
    words = re.findall(r"\w+", text.lower())
    hashed = (_hash(" ".join(words[i : i + RUN])) for i in range(len(words) - RUN + 1))
    return np.unique(np.fromiter(hashed, np.uint64))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def find(pages: Iterable[tuple[str, str, np.ndarray]]) -> dict[str, str]:
    """For each page that repeats another, the page that is kept.

    ``pages`` are ``(page_id, its earliest date or '', runs of its text)``; those of fewer than
    ``SHORTEST`` runs are left alone.
    """
    pages = [page for page in pages if len(page[2]) >= SHORTEST]
    texts = {page_id: found for page_id, _, found in pages}
    if len(texts) < 2:
        return {}
    dated = {page_id: earliest or "9999" for page_id, earliest, _ in pages}
    order = sorted(texts, key=lambda p: (-len(texts[p]), dated[p], p))
    prints = {p: _signature(texts[p]) for p in order}
    index = MinHashLSHEnsemble(threshold=0.5, num_perm=128, num_part=8)
    index.index([(p, prints[p], len(texts[p])) for p in order])
    place = {p: n for n, p in enumerate(order)}
    kept_as: dict[str, str] = {}
    for page in order:
        fuller = [
            p
            for p in index.query(prints[page], len(texts[page]))
            if place[p] < place[page] and p not in kept_as
        ]
        shares = {p: np.isin(texts[page], texts[p]).mean() for p in fuller}
        best = min(shares, key=lambda p: (-shares[p], place[p]), default="")
        if best and shares[best] >= CONTAINED:
            kept_as[page] = best
    return kept_as


def _signature(found: np.ndarray) -> MinHash:
    signature = MinHash(num_perm=128, seed=1, hashfunc=lambda value: int(value) & 0xFFFFFFFF)
    signature.update_batch(found)
    return signature
