"""Training of the weights by which a headline is chosen (``lib/cuttings/load/headline.toml``).

    .venv/bin/python training/headlines.py ../shared/bench/wcxb corpus lib/cuttings/load/headline.toml

Learns from the titles of WCXB's development pages on which a line is the title, and from those of the
worked example's pages of even years that are neither letters nor leaders, by maximum likelihood with a
small ridge. Prints how often the line chosen is the title where the page has it: of WCXB on web sites left
out of training, a tenth of them at a time, of the worked example on the pages of odd years. Only
weights of features (``headline.py``) are written.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from cuttings.corpus import open_corpus
from cuttings.inference import mean
from cuttings.load import furniture, headline, items, repeated
from cuttings.load.blocks import to_blocks
from cuttings.load.formats import RawPage, read_file
from cuttings.load.logit import Features

PARTS = {"articles": "dev_article_aa.jsonl.gz", "forum threads": "dev_forum.jsonl.gz"}
FOLDS = 10
TAUGHT, TESTED = -1, FOLDS
"""Folds of the worked example's pages: those always learnt from, those never."""
RIDGE = 1.0
WEIGHT = 5.0
"""What a page of the worked example counts: few, but the only ones with blank lines."""


@dataclass(frozen=True)
class Choice:
    """A page's lines that may be its headline: features, which are the title, and whether the page has it."""

    page: str
    part: str
    fold: int
    rows: list[Features]
    right: np.ndarray
    held: bool | None


def main() -> None:
    bench, corpus, out = map(Path, sys.argv[1:])
    choices = [*labelled(bench), *coded(corpus)]
    names = list(choices[0].rows[0])
    scores = []
    for fold in range(TESTED + 1):
        weights = fit([c for c in choices if c.fold not in (fold, TESTED)], names)
        tried = [c for c in choices if c.fold == fold and c.held]
        scores += [{"page": c.page, "part": c.part, "right": is_right(c, names, weights)} for c in tried]
    for part, found in pd.DataFrame(scores).groupby("part"):
        print(f"{part}: the line chosen is the title {mean(found['right'], found['page'])}")
    fitted = fit([c for c in choices if c.fold != TESTED], names)
    store(out, "headlines.py", "headline.py", names, fitted)


def store(out: Path, maker: str, reader: str, names: list[str], weights: np.ndarray) -> None:
    """Writes the weights of features as TOML."""
    lines = "".join(f"{name} = {w:.3f}\n" for name, w in zip(names, weights, strict=True))
    out.write_text(
        f"# Made by training/{maker}; how to read it is said in {reader}.\n\n[weights]\n{lines}", "utf-8"
    )


def labelled(bench: Path) -> Iterator[Choice]:
    """The choices of WCXB's development pages, a tenth of the web sites a fold."""
    for part, name in PARTS.items():
        with gzip.open(bench / name, "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                raw = RawPage(row["id"], "", "txt", tuple(row["text"].split("\n")))
                site = hashlib.sha256(urlsplit(row["url"]).netloc.encode()).digest()[0]
                yield from _choice(raw, row["title"] or "", part, site % FOLDS)


def coded(folder: Path) -> Iterator[Choice]:
    """The choices of the worked example's pages."""
    corpus = open_corpus(folder)
    rows = pd.read_csv(folder / "codings" / "items.csv").fillna("").drop_duplicates("page_id")
    titles = rows[~rows["genre"].isin(["letter", "leader"])].set_index("page_id")["title"]
    pages = [raw for path in corpus.pages for raw in read_file(path, corpus.page_id(path))]
    outlets = {raw.page_id: repeated.outlet_of(corpus.entry(raw.page_id), raw) for raw in pages}
    learnt = repeated.learn(repeated.count((outlets[raw.page_id], raw.lines) for raw in pages))
    for raw in pages:
        if raw.page_id in titles.index:
            year = int(raw.page_id.split("/")[1])
            known = learnt.get(outlets[raw.page_id], frozenset())
            yield from _choice(
                raw, titles[raw.page_id], "worked example", TESTED if year % 2 else TAUGHT, known
            )


def _choice(
    raw: RawPage, title: str, part: str, fold: int, known: frozenset[str] = frozenset()
) -> Iterator[Choice]:
    blocks = to_blocks(list(raw.lines), raw.headings)
    odds = furniture.odds_of_text(blocks)
    split = items.split(blocks, furniture.label(blocks, odds, known), "", odds)
    if not split.items:
        return
    item = next((i for i in split.items if i.genre != "comment"), split.items[0])
    start = next(i for i, b in enumerate(blocks) if b.line_from == item.paragraphs[0].line_from)
    places, rows = headline.candidates(blocks, split.reasons, 0, start, item.text)
    title = furniture.plain(title)
    held = bool(title) and any(furniture.plain(b.text) == title for b in blocks)
    if rows:
        right = np.array([furniture.plain(blocks[i].text) == title for i in places])
        yield Choice(raw.page_id, part, fold, rows, right, held)


def fit(choices: list[Choice], names: list[str]) -> np.ndarray:
    """The weights that make the titles likeliest, a ridge in their way."""
    taught = [c for c in choices if c.right.any() and len(c.right) > 1]
    x = np.concatenate([_matrix(c, names) for c in taught])
    right = np.concatenate([c.right for c in taught]).astype(float)
    sizes = [len(c.right) for c in taught]
    weight = np.array([WEIGHT if c.fold in (TAUGHT, TESTED) else 1.0 for c in taught])
    starts, page = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(taught)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ weights
        odds = np.exp(score - np.maximum.reduceat(score, starts)[page])
        chance = odds / np.add.reduceat(odds, starts)[page]
        title = np.maximum(np.add.reduceat(chance * right, starts), 1e-12)
        given = chance * right / title[page]
        return (
            -(weight * np.log(title)).sum() + RIDGE * weights @ weights / 2,
            x.T @ ((chance - given) * weight[page]) + RIDGE * weights,
        )

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x


def _matrix(choice: Choice, names: list[str]) -> np.ndarray:
    return np.array([[row.get(name, 0.0) for name in names] for row in choice.rows])


def is_right(choice: Choice, names: list[str], weights: np.ndarray) -> float:
    return float(choice.right[np.argmax(_matrix(choice, names) @ weights)])


if __name__ == "__main__":
    main()
