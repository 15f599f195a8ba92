"""A copy of a corpus that can be passed on where its texts cannot: facts and figures, no words in order.

What a share holds: every table of ids, spans, dates, labels and scores, with each text in them empty;
how often each word stands in each item of some length; the codings' labels; checksums of the pages.
What cannot be computed from it: word pairs and longer runs, collocates, concordances, anything that is
scored anew, and what an event or an alias is called in the texts.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cuttings import codings, corpus, shared, tables
from cuttings.errors import CuttingsError
from cuttings.text import straighten

EMPTIED = {
    "pages": ["title"],
    "removed": ["text"],
    "items": ["title", "text", "date_evidence"],
    "voices": ["name", "role", "place"],
    "sentences": ["text"],
    "sentiment": [],
    "statements": ["stands_for"],
    "adaptations": [],
    "speech": [],
    "reader_checks": [],
}
"""The tables of a share, with the columns whose words are left out; any other table stays at home."""
LEAST = 100
"""Words of an item from which they are counted: the words of a few sentences, unordered, can be put in order."""
LABEL = 4
"""Words of an organisation's name, at most; a longer one is a phrase of the text."""


def make(corpus_dir: str | Path, share_dir: str | Path) -> Path:
    """Write ``share_dir``, a corpus without texts on which a report finds what it finds on ``corpus_dir``.

    The same corpus gives the same bytes. Raises ``CuttingsError`` for a folder that is no corpus, that
    is a share already, or for a ``share_dir`` that holds anything else.
    """
    root, target = Path(corpus_dir), Path(share_dir)
    opened = corpus.open_corpus(root)
    if shared.is_share(root):
        raise CuttingsError(f"{root} is a share already; copy the folder")
    if target.exists() and not shared.is_share(target) and any(target.iterdir()):
        raise CuttingsError(f"{target} holds something else; name a new folder with --out")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".share-") as scratch:
        run, made = Path(scratch) / "run", Path(scratch) / "share"
        checked = _compute(root, run)
        _tables(run, made)
        _beside(root, run, made)
        _codings(root, run, made, checked)
        listing = {n: _checksum(tables.table_path(made, n)) for n in _present(made)}
        stated = {"made_by": "cuttings share", "pages": len(opened.pages), "tables": listing}
        (made / corpus.SHARE).write_text(json.dumps(stated, indent=1) + "\n", "utf-8")
        if target.exists():
            shutil.rmtree(target)
        made.rename(target)
    return target


def _compute(root: Path, run: Path) -> pd.DataFrame:
    """Everything that needs the texts; gives how well the reader did, measure by measure."""
    from cuttings import load, sentiment, stance

    load.read_corpus(root, run)
    sentiment.score(run)
    stance.score(root, run)
    return load.compare(root, run)


def _present(run: Path) -> list[str]:
    return [name for name in tables.SCHEMAS if tables.table_path(run, name).exists()]


def _tables(run: Path, made: Path) -> None:
    for name in _present(run):
        if name in EMPTIED:
            rows = tables.query(run, f"SELECT * FROM {name}")
            rows = rows.assign(**dict.fromkeys(EMPTIED[name], ""))
            if name == "voices":
                rows["name"] = _numbered(tables.query(run, "SELECT name FROM voices")["name"])
                rows["organisation"] = rows["organisation"].map(_label)
            if name == "pages":
                rows["url"] = rows["url"].map(_address)
            tables.write(made, name, [tables.frame(name, rows.to_dict("records"))])
    tables.write(made, "words", [tables.frame("words", _words(run))])


def _words(run: Path) -> Iterator[dict]:
    """How often each word stands in each item of ``LEAST`` words and more, in the order of the alphabet."""
    for batch in tables.batches(run, "items", ["item_id", "text"]):
        for item, text in zip(batch["item_id"], batch["text"], strict=True):
            counts = Counter(re.findall(r"[^\W_]+(?:'[^\W_]+)*", straighten(text).lower()))
            if counts.total() >= LEAST:
                yield from ({"item_id": item, "word": w, "n": n} for w, n in sorted(counts.items()))


def _numbered(names: pd.Series) -> list[str]:
    """A number for each name, so that it can be told who speaks again and not who it is."""
    numbers = {name: f"person {n}" for n, name in enumerate(dict.fromkeys(n for n in names if n), 1)}
    return [numbers.get(name, "") for name in names]


def _label(name: str) -> str:
    return name if len(name.split()) <= LABEL else ""


def _address(url: str) -> str:
    """``url`` up to the first part that spells out a headline."""
    scheme, mark, rest = url.partition("://")
    kept = []
    for part in rest.split("/"):
        if len(re.findall(r"[^\W\d_]+", part)) > LABEL and kept:
            break
        kept.append(part)
    return f"{scheme}{mark}{'/'.join(kept)}"


def _beside(root: Path, run: Path, made: Path) -> None:
    """Catalogue without titles, targets and events of the corpus's own, and the pages' checksums."""
    pages = tables.query(run, "SELECT page_id, outlet, url, rights, sha256 FROM pages ORDER BY page_id")
    pages["url"] = pages["url"].map(_address)
    with (made / "catalogue.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["page", "outlet", "url", "rights"])
        rows.writerows([p.page_id, p.outlet, p.url, p.rights] for p in pages.itertuples())
    sums = "".join(f"{p.sha256}  {p.page_id}\n" for p in pages.itertuples())
    (made / "SHA256SUMS").write_text(sums, "utf-8")
    for name in ("targets.toml", "events.csv"):
        if (root / name).exists():
            shutil.copyfile(root / name, made / name)


def _codings(root: Path, run: Path, made: Path, checked: pd.DataFrame) -> None:
    """The labels of coders, whose sentences are named by the ids of reading in place of their words."""
    found = [codings.match(codings.read(root, label), run) for label in ("polarity", "stance")]
    coded = pd.concat(found)[["sentence_id", "item_id", "read_id"]].drop_duplicates("sentence_id")
    if coded.empty:
        return
    devices = codings.devices(root)
    if len(devices):
        coded = coded.merge(devices, on="sentence_id", how="left")
    (made / "codings").mkdir()
    checked[["measure", "meaning"]].to_csv(made / "codings" / "reader.csv", index=False, lineterminator="\n")
    coded.assign(text="").to_csv(made / "codings" / "sentences.csv", index=False, lineterminator="\n")
    for path in sorted((root / "codings").glob("*.csv")):
        if path.name == "coders.csv" or path.name.startswith(("polarity-", "stance-")):
            label = path.name.partition("-")[0].removesuffix(".csv")
            columns = codings.COLUMNS[label]
            rows = pd.read_csv(path, dtype=str, keep_default_na=False)[columns]
            rows.to_csv(made / "codings" / path.name, index=False, lineterminator="\n")


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
