"""The coded structure of a corpus, and its items matched with those that were read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from cuttings.load.furniture import plain


class Coded:
    """The codings of a corpus as frames; ``items`` has each item's text as its sentences give it."""

    def __init__(self, folder: Path):
        def rows(name: str) -> pd.DataFrame:
            return pd.read_csv(folder / f"{name}.csv", keep_default_na=False)

        self.pages = rows("pages")
        originals = set(self.pages.loc[self.pages["duplicate_of"] == "", "page_id"])
        items = rows("items")
        self.items = items[items["page_id"].isin(originals)].reset_index(drop=True)
        self.sentences = rows("sentences").query("item_id in @self.items.item_id")
        self.voices = rows("voices").set_index("voice_id")
        furniture = rows("furniture")
        self.furniture = furniture[furniture["page_id"].isin(originals)]
        self.items["text"] = self.items["item_id"].map(_texts(self.sentences))


def _texts(sentences: pd.DataFrame) -> dict[str, str]:
    """Each item's text, rebuilt from its sentences."""
    out: dict[str, str] = {}
    last: dict[str, int] = {}
    for s in sentences.itertuples():
        gap = "" if s.item_id not in out else " " if last[s.item_id] == s.paragraph else "\n\n"
        out[s.item_id] = out.get(s.item_id, "") + gap + s.text
        last[s.item_id] = s.paragraph
    return out


def token_f1(a: str, b: str) -> float:
    """Harmonic mean of precision and recall over the word tokens of two texts, 0 to 1."""
    x, y = Counter(re.findall(r"\w+", a.lower())), Counter(re.findall(r"\w+", b.lower()))
    shared = sum((x & y).values())
    return 2 * shared / (sum(x.values()) + sum(y.values())) if shared else 0.0


def same_name(author: str, name: str) -> bool:
    """Whether a name that was read is an author's: one of the two holds all words of the other."""
    a, b = f" {plain(author)} ", f" {plain(name)} "
    return bool(a.strip() and b.strip()) and (a in b or b in a)


def match_items(coded: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """Each coded item with the most alike item read on its page: ``read_*`` columns and ``f1``.

    An item that was read is matched once; a coded item without a match has ``f1`` 0.
    """
    by_page = {page: part.to_dict("records") for page, part in read.groupby("page_id")}
    out = []
    for page, part in coded.groupby("page_id", sort=True):
        found = by_page.get(page, [])
        scores = [
            (token_f1(c["text"], r["text"]), i, j)
            for i, c in enumerate(part.to_dict("records"))
            for j, r in enumerate(found)
        ]
        taken: dict[int, tuple[float, int]] = {}
        for f1, i, j in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
            if i not in taken and j not in {other for _, other in taken.values()}:
                taken[i] = (f1, j)
        for i, c in enumerate(part.to_dict("records")):
            f1, j = taken.get(i, (0.0, -1))
            match = {f"read_{k}": v for k, v in found[j].items()} if j >= 0 else {}
            out.append({**c, **match, "f1": f1})
    return pd.DataFrame(out)
