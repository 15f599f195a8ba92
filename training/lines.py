"""Training of the trees that tell text from furniture (``lib/cuttings/load/linemodel.toml``).

    .venv/bin/python training/lines.py gather ../shared/bench/wcxb corpus lines.npz
    build/training/venv/bin/python training/lines.py fit lines.npz lib/cuttings/load/linemodel.toml
    build/training/venv/bin/python training/lines.py odds lines.npz odds.npz
    .venv/bin/python training/lines.py read ../shared/bench/wcxb odds.npz

``gather`` marks each block of the development pages as text or not, by aligning its words with the
labelled main content; of the worked example's plain pages it takes the coded lines. ``fit`` trains on
all, but for the lower ends of threads whose labels stop before the thread does: a first model, of other
sites, finds them. ``odds`` and ``read`` say how good that is on web sites that the model has not seen: a fifth of the
sites at a time is left out of training, and its pages are read whole, items and all, with what the model
of the others says of their blocks; threads are also shown without those whose labels stop before the
thread does or name text that the page does not hold. Nothing of the pages' words enters the model: it knows features
(``features.py``) and thresholds alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

PARTS = ("dev_article_aa.jsonl.gz", "dev_forum.jsonl.gz")
STRUCTURE = {"headline", "byline", "signature", "dateline", "commenthead", "section"}
"""Lines that belong to an item without being its text; they are left out of training."""
LOST = 0.5
"""A page whose text holds less of its labelled content than this has nothing to teach."""
BEYOND = 0.5
"""Of a thread with this share again of likely text below its last labelled line, the rest is not learnt from."""
LIKELY, LEAST = -0.4, 8
"""Log odds and tokens from which a block is likely text."""
FORUM = 1
FOLDS = 5
TREES, LEAVES, RATE, SEED = 55, 10, 0.2, 2010
SHORT, THINNED = 4, 2
"""Of blocks of fewer tokens than ``SHORT``, which are most, one in ``THINNED`` is learnt from."""


def main() -> None:
    command, *paths = sys.argv[1:]
    {"gather": gather, "fit": fit, "odds": odds, "read": read}[command](*map(Path, paths))


def gather(bench: Path, corpus: Path, out: Path) -> None:
    """Features, tokens of text and all tokens of every block, with its page's number, part and fold."""
    pages = [*_labelled(bench), *_coded(corpus)]
    columns = ["x", "text", "tokens", "page", "part", "fold", "gold"]
    found: dict[str, list] = {c: [] for c in columns}
    for number, (part, site, gold, blocks, text, tokens) in enumerate(pages):
        names, x = _features(blocks)
        fold = int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS
        values = [x, text, tokens, *(np.full(len(x), v) for v in (number, part, fold, gold))]
        for name, value in zip(columns, values, strict=True):
            found[name].append(value)
    np.savez_compressed(out, names=names, **{k: np.concatenate(v) for k, v in found.items()})


def _features(blocks: list) -> tuple[list[str], np.ndarray]:
    from cuttings.load import furniture
    from cuttings.load.features import features

    found = features(
        blocks, [furniture.phrase_reason(b) for b in blocks], [furniture.is_prose(b) for b in blocks]
    )
    return list(found), np.stack(list(found.values()), axis=1).astype(np.float32)


def _labelled(bench: Path) -> Iterator[tuple]:
    for part, site, gold, blocks in _pages(bench):
        text, tokens = _aligned([_tokens(b.text) for b in blocks], _tokens(gold))
        yield part, site, len(_tokens(gold)), blocks, text, tokens


def _pages(bench: Path) -> Iterator[tuple]:
    """Part, web site, labelled main content and blocks of every development page."""
    from cuttings.load.blocks import to_blocks

    for part, name in enumerate(PARTS):
        with gzip.open(bench / name, "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                site = ".".join(urlsplit(row["url"]).netloc.split(".")[-2:])
                yield part, site, row["main_content"], to_blocks(row["text"].split("\n"))


def _coded(corpus: Path) -> Iterator[tuple]:
    """The worked example's plain pages; structural lines count for nothing."""
    from cuttings.load.blocks import to_blocks
    from cuttings.load.formats import read_file

    items, furniture = (pd.read_csv(corpus / "codings" / f"{n}.csv") for n in ("items", "furniture"))
    for path in sorted((corpus / "pages").rglob("*.txt")):
        page = path.relative_to(corpus).as_posix()
        blocks = to_blocks(list(next(iter(read_file(path, page))).lines))
        inside, off, structure = set(), set(), set()
        for i in items[items["page_id"] == page].itertuples():
            inside |= set(range(i.line_from, i.line_to + 1))
        for f in furniture[furniture["page_id"] == page].itertuples():
            (structure if f.kind in STRUCTURE else off).update(range(f.line_from, f.line_to + 1))
        tokens = np.array([0 if b.line_from in structure else len(_tokens(b.text)) for b in blocks])
        text = np.array([n * (b.line_from in inside - off) for n, b in zip(tokens, blocks, strict=True)])
        if text.sum():
            yield 2, path.stem.split("-")[0], text.sum(), blocks, text, tokens


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _aligned(blocks: list[list[str]], gold: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """For each block how many of its tokens the alignment finds in the gold text, and how many it has."""
    owner = [i for i, tokens in enumerate(blocks) for _ in tokens]
    hits = np.zeros(len(blocks), int)
    matcher = SequenceMatcher(None, [t for tokens in blocks for t in tokens], gold, autojunk=False)
    for match in matcher.get_matching_blocks():
        for place in range(match.a, match.a + match.size):
            hits[owner[place]] += 1
    return hits, np.array([len(t) for t in blocks])


def fit(data: Path, out: Path) -> None:
    """Trees from what was gathered."""
    d, label, weight = _learnable(data)
    _store(_twice(d, label, weight), list(d["names"]), out)


def odds(data: Path, out: Path) -> None:
    """The log odds that each block is text, by a model that has not seen its web site."""
    d, label, weight = _learnable(data)
    found = np.zeros(len(label))
    for fold in range(FOLDS):
        test = d["fold"] == fold
        found[test] = _twice(d, label, weight * ~test).decision_function(d["x"][test])
    lost = np.bincount(d["page"], d["text"])[d["page"]] < LOST * d["gold"]
    np.savez_compressed(out, odds=found, page=d["page"], amiss=lost | _left_out(d, label, found))


def read(bench: Path, odds: Path) -> None:
    """Token F1 of the development pages as read with ``odds``, with 95 % intervals over pages."""
    from cuttings.inference import mean
    from cuttings.load import furniture, items
    from cuttings.load.coded import token_f1

    kept = np.load(odds)
    amiss = set(kept["page"][kept["amiss"]])
    scores: dict[int | str, dict[int, float]] = {}
    for number, (part, _, gold, blocks) in enumerate(_pages(bench)):
        known = furniture.settled(blocks, kept["odds"][kept["page"] == number])
        found = items.split(blocks, furniture.label(blocks, known), "", known)
        score = token_f1("\n".join(i.text for i in found.items), gold)
        for group in (part, *(["whole"] if part == FORUM and number not in amiss else [])):
            scores.setdefault(group, {})[number] = score
    names = {0: "articles", FORUM: "forum threads", "whole": "forum threads, labels and text whole"}
    for group, name in names.items():
        series = pd.Series(scores[group])
        print(
            f"{name}, token F1 on sites that the model has not seen: {mean(series, pd.Series(series.index))}"
        )


def _learnable(data: Path) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """What was gathered, whether each block is text, and how much it weighs in training."""
    d = dict(np.load(data))
    return d, d["text"] * 2 >= np.maximum(d["tokens"], 1), _weights(d)


def _twice(d: dict, label: np.ndarray, weight: np.ndarray):
    """Trees from what has weight, less the ends of threads that their labels leave out."""
    first = np.zeros(len(label))
    for fold in set(d["fold"][weight > 0]):
        train, rest = (d["fold"] != fold) & (weight > 0), d["fold"] == fold
        first[rest] = _boost(d["x"][train], label[train], weight[train]).decision_function(d["x"][rest])
    used = (weight > 0) & ~_left_out(d, label, first)
    return _boost(d["x"][used], label[used], weight[used])


def _left_out(d: dict, label: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """The blocks below the last labelled line of threads that go on there, as far as ``odds`` tell."""
    out = np.zeros(len(label), bool)
    likely = d["tokens"] * ((odds > LIKELY) & (d["tokens"] > LEAST))
    for page in np.unique(d["page"][d["part"] == FORUM]):
        here = np.flatnonzero(d["page"] == page)
        labelled = here[label[here] & (d["tokens"][here] >= SHORT)]
        below = here[here > max(labelled, default=here[-1])]
        if likely[below].sum() > BEYOND * d["text"][here].sum():
            out[below] = True
    return out


def _weights(d: dict) -> np.ndarray:
    """A block counts by the root of its tokens, every page about alike, the rarer parts more."""
    total = np.bincount(d["page"], d["tokens"])[d["page"]]
    text = np.bincount(d["page"], d["text"])[d["page"]]
    usable = (text >= LOST * d["gold"]) & (d["tokens"] > 0)
    part = np.array([1.0, 3.0, 2.0])[d["part"]]
    drawn = np.random.default_rng(SEED).random(len(total)) < 1 / THINNED
    thinned = np.where(d["tokens"] < SHORT, THINNED * drawn, 1)
    return usable * part * thinned * (np.sqrt(d["tokens"]) + 0.2) * 1000 / np.maximum(total, 300)


def _boost(x: np.ndarray, label: np.ndarray, weight: np.ndarray):
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=30,
        l2_regularization=1, max_bins=64, early_stopping=False, random_state=SEED,
    )  # fmt: skip
    return model.fit(x, label, sample_weight=weight)


def _store(model, names: list[str], out: Path) -> None:
    trees, used = [], set()
    for (tree,) in model._predictors:
        nodes = [
            f"[{n['value']:.4f}]" if n["is_leaf"]
            else f'["{names[n["feature_idx"]]}", {n["num_threshold"]:.5g}, {n["left"]}, {n["right"]}]'
            for n in tree.nodes
        ]  # fmt: skip
        used |= {names[n["feature_idx"]] for n in tree.nodes if not n["is_leaf"]}
        trees.append(f"  [{', '.join(nodes)}],")
    start = float(np.ravel(model._baseline_prediction)[0])
    features = ",\n".join(f'  "{n}"' for n in names if n in used)
    out.write_text(
        f"# Made by training/lines.py; how to read it is said in linemodel.py.\n\nstart = {start:.4f}\n"
        f"features = [\n{features},\n]\ntrees = [\n" + "\n".join(trees) + "\n]\n"
    )


if __name__ == "__main__":
    main()
