"""Training of the weights by which a byline is chosen (``lib/cuttings/load/byline.toml``).

    .venv/bin/python training/bylines.py ../shared/bench/wcxb corpus lib/cuttings/load/byline.toml

Learns from the authors of WCXB's development articles and the writers of the worked example's news and
posts of even years which line names them, or that none does, as ``headlines.py`` learns which line is the
title. Prints how often the writer is right where the page has the name, and how often nobody is named
where the label has no author: of WCXB on web sites left out of training, of the worked example on the
pages of odd years. Only weights of features (``byline.py``) are written.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import headlines
import numpy as np
import pandas as pd
from headlines import FOLDS, TAUGHT, TESTED, Choice

from cuttings.corpus import open_corpus
from cuttings.inference import mean
from cuttings.load import byline
from cuttings.load.coded import same_name
from cuttings.load.formats import RawPage, read_file
from cuttings.load.furniture import plain
from cuttings.load.page import headed


def main() -> None:
    bench, corpus, out = map(Path, sys.argv[1:])
    choices = [*labelled(bench), *coded(corpus)]
    names = list(next(c for c in choices if len(c.rows) > 1).rows[-1])
    scores = []
    for fold in range(TESTED + 1):
        weights = headlines.fit([c for c in choices if c.fold not in (fold, TESTED)], names)
        scores += [
            {
                "page": c.page,
                "part": f"{c.part}, {'the page has the name' if c.held else 'nobody is named'}",
                "right": headlines.is_right(c, names, weights),
            }
            for c in choices
            if c.fold == fold and c.held is not None
        ]
    for part, found in pd.DataFrame(scores).groupby("part"):
        print(f"{part}: right {mean(found['right'], found['page'])}")
    fitted = headlines.fit([c for c in choices if c.fold != TESTED], names)
    headlines.store(out, "bylines.py", "byline.py", names, fitted)


def labelled(bench: Path) -> Iterator[Choice]:
    """The choices of WCXB's development articles, a tenth of the web sites a fold."""
    with gzip.open(bench / headlines.PARTS["articles"], "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            raw = RawPage(row["id"], "", "txt", tuple(row["text"].split("\n")))
            site = hashlib.sha256(urlsplit(row["url"]).netloc.encode()).digest()[0]
            yield from _choice(raw, row["author"] or "", "articles", site % FOLDS)


def coded(folder: Path) -> Iterator[Choice]:
    """The choices of the worked example's news and posts."""
    corpus = open_corpus(folder)
    items = pd.read_csv(folder / "codings" / "items.csv").drop_duplicates("page_id")
    voices = pd.read_csv(folder / "codings" / "voices.csv").fillna("")
    writers = voices[voices["kind"] == "writer"].set_index("item_id")["name"]
    first = items[~items["genre"].isin(["letter", "leader"])].set_index("page_id")["item_id"]
    for path in corpus.pages:
        for raw in read_file(path, corpus.page_id(path)):
            if raw.page_id in first.index:
                odd = int(raw.page_id.split("/")[1]) % 2
                yield from _choice(
                    raw, writers[first[raw.page_id]], "worked example", TESTED if odd else TAUGHT
                )


def _choice(raw: RawPage, author: str, part: str, fold: int) -> Iterator[Choice]:
    blocks, split = headed(raw)
    number = next((n for n, item in enumerate(split.items) if item.genre != "comment"), None)
    if number is None:
        return
    found = byline.candidates(blocks, split, number)
    rows = byline.features(blocks, split, number, found)
    right = [same_name(author, c.person.name) for c in found]
    nobody = dict.fromkeys(rows[0], 0.0) if rows else {}
    on_page = bool(author) and any(plain(author) in plain(line) for line in raw.lines)
    held = on_page if on_page or not author else None
    yield Choice(
        raw.page_id, part, fold, [nobody, *rows], np.array([not any(right) and not on_page, *right]), held
    )


if __name__ == "__main__":
    main()
