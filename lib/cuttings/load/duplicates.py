"""Pages that hold the same text again: reprints, cut and updated versions.

MinHash signatures over runs of five words (Broder 1997, "On the resemblance and containment of
documents"), in an index of containment (Zhu et al. 2016, "LSH Ensemble"), find the candidates; then
the two texts are aligned: what counts is the share of the shorter one that stands in the longer in
unbroken stretches, in whatever order, so that a cut or rearranged version is found and one that
shares phrases is not. The fullest version is kept, of about equally full ones the earliest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import numpy as np
from datasketch import MinHash, MinHashLSHEnsemble

RUN = 5
CONTAINED = 0.6
"""Share of the shorter text that stands in the longer, from which it is a duplicate."""
STRETCH = 4
"""Runs of words on end (eight words) that make a stretch; fewer may be a phrase that both use."""
SHORT = 40
SAME = 0.95
"""The share that a text of fewer than ``SHORT`` runs needs: all but word for word."""
AS_FULL = 0.95
"""Share of the fullest version's runs from which another is about as full."""
SHORTEST = 12
"""Runs of words (sixteen words) below which two texts may be alike by chance."""


def runs(text: str) -> np.ndarray:
    """The runs of five words of a text, hashed: uint64 in the text's order, each once, the same at every run."""
    words = re.findall(r"\w+", text.lower())
    hashed = (_hash(" ".join(words[i : i + RUN])) for i in range(len(words) - RUN + 1))
    found = np.fromiter(hashed, np.uint64)
    _, first = np.unique(found, return_index=True)
    return found[np.sort(first)]


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
    index = MinHashLSHEnsemble(threshold=0.3, num_perm=128, num_part=16)
    index.index([(p, prints[p], len(texts[p])) for p in order])
    place = {p: n for n, p in enumerate(order)}
    in_order = {p: np.sort(texts[p]) for p in order}
    kept_as: dict[str, str] = {}
    for page in order:
        fuller = [
            p
            for p in index.query(prints[page], len(texts[page]))
            if place[p] < place[page]
            and p not in kept_as
            and _shared(in_order[page], in_order[p]) >= CONTAINED
        ]
        shares = {p: aligned(texts[page], texts[p]) for p in fuller}
        best = min(shares, key=lambda p: (-shares[p], place[p]), default="")
        if best and shares[best] >= (CONTAINED if len(texts[page]) >= SHORT else SAME):
            kept_as[page] = best
    return _earliest(kept_as, {p: len(found) for p, found in texts.items()}, dated)


def _earliest(kept_as: dict[str, str], full: dict[str, int], dated: dict[str, str]) -> dict[str, str]:
    """The same groups of pages, each with the earliest of its fullest versions as the one that is kept."""
    out = {}
    for kept in dict.fromkeys(kept_as.values()):
        group = [kept, *(page for page, other in kept_as.items() if other == kept)]
        fullest = [page for page in group if full[page] >= AS_FULL * full[kept]]
        first = min(fullest, key=lambda page: (dated[page], group.index(page)))
        out |= {page: first for page in group if page != first}
    return out


def aligned(shorter: np.ndarray, longer: np.ndarray) -> float:
    """The share of one text's runs that stand in another in stretches of ``STRETCH`` or more.

    Both are as ``runs`` gives them. A stretch is runs that follow each other in both texts.
    """
    order = np.argsort(longer)
    near = np.minimum(np.searchsorted(longer, shorter, sorter=order), len(longer) - 1)
    at = np.where(longer[order[near]] == shorter, order[near], -1)
    starts = np.r_[0, np.flatnonzero((np.diff(at) != 1) | (at[:-1] < 0)) + 1]
    lengths = np.diff(np.r_[starts, len(at)])
    return float(lengths[(at[starts] >= 0) & (lengths >= STRETCH)].sum() / len(shorter))


def _shared(shorter: np.ndarray, longer: np.ndarray) -> float:
    """The share of one text's runs that stand in another anywhere: no less than is ``aligned``. Both sorted."""
    near = np.minimum(np.searchsorted(longer, shorter), len(longer) - 1)
    return float((longer[near] == shorter).mean())


def _signature(found: np.ndarray) -> MinHash:
    signature = MinHash(num_perm=128, seed=1, hashfunc=lambda value: int(value) & 0xFFFFFFFF)
    signature.update_batch(found)
    return signature
