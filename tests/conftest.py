"""Small real folders that several tests work on: a corpus, and a suite of notebooks over it."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cuttings import edtf, pipeline, tables, warm
from cuttings.turns import turn

PARAMETERS = """corpus_dir: str = "../corpus"  # folder of scraped pages
out_dir: str = "../build/lab"  # where tables and figures go
year_from: int = 2000  # first year shown
year_to: int = 2010  # last year shown"""

COUNTING = """from cuttings import findings, load, tables
load.read_corpus(corpus_dir, out_dir)
n_items = len(tables.query(out_dir, "SELECT item_id FROM items"))
findings.record(out_dir, "01-count", [findings.count("items", "Items read", n_items, "SELECT * FROM items", "items")])
print("items read:", n_items, "pages shown:", year_from, "to", year_to)"""

DRAWING = """import pandas as pd
from cuttings import figures
with figures.canvas(4, 2) as (fig, ax):
    ax.plot([2000, 2010], [1, n_items])
figures.save(fig, "01-line", pd.DataFrame({"year": [2000, 2010], "n": [1, n_items]}), "A line.", out_dir)"""

PAGES = {
    "pages/bins.txt": "Bins to go unemptied\n\nThe council said on Monday that the bins of the town will stay full. "
    "Drivers are short, a spokesman said, and vans are shorter.\n",
    "pages/buses.txt": "Buses\n\nA bus left the depot at nine and came back at noon. Nobody had boarded it.\n",
    "pages/nothing.txt": "",
}


def notebook(*cells: tuple[str, str]) -> nbformat.NotebookNode:
    """A notebook of ``("md", source)`` and ``("code", source)`` cells after the parameters cell."""
    parameters = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}, id="parameters")
    made = [
        (new_markdown_cell if kind == "md" else new_code_cell)(source, id=f"cell-{number}")
        for number, (kind, source) in enumerate(cells)
    ]
    return new_notebook(cells=[made[0], parameters, *made[1:]])


def save(folder: Path, name: str, *cells: tuple[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*cells), folder / f"{name}.ipynb")
    return folder


def write_pages(folder: Path, pages: dict[str, str | bytes]) -> Path:
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture(scope="session", autouse=True)
def one_warm_process():
    """Runs of one session start their processes from one that has the imports, not each from its own."""
    nobody = os.open(os.devnull, os.O_RDONLY)
    made: list[warm.Workers] = []

    def shared(_: int) -> nullcontext:
        made.extend([] if made else [warm.Workers(nobody)])
        return nullcontext(made[0])

    own, pipeline.Workers = pipeline.Workers, shared
    yield
    pipeline.Workers = own
    for workers in made:
        workers.__exit__(None)


@pytest.fixture(scope="session")
def worked_example() -> Path:
    """OUT of a run over the worked example; sessions side by side share one, which ``make test`` makes anew."""
    folder = pipeline.PROJECT / "build" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    with turn(folder):
        return pipeline.run(pipeline.PROJECT / "corpus", folder / "worked-example").report.parent


@pytest.fixture
def corpus_of(tmp_path):
    """Makes a corpus folder below ``tmp_path`` from ``{file name: contents}``."""
    return lambda pages=PAGES, name="corpus": write_pages(tmp_path / name, pages)


@pytest.fixture
def notebooks_of(tmp_path):
    """Makes a folder of one notebook from ``("md" or "code", source)`` cells."""
    return lambda name, *cells: save(tmp_path / "notebooks", name, ("md", "# 01 · What?"), *cells)


@pytest.fixture(scope="session")
def suite(tmp_path_factory) -> Path:
    """A folder with ``corpus/`` of three pages and ``notebooks/`` of one counting notebook."""
    root = tmp_path_factory.mktemp("suite")
    write_pages(root / "corpus", PAGES)
    save(root / "notebooks", "01-count", ("md", "# 01 · How many?"), ("code", COUNTING), ("code", DRAWING))
    return root


@pytest.fixture
def tables_of(tmp_path):
    """Makes the tables of reading from items; gives the folder that holds them.

    An item is ``(genre, date, sentences)`` with ``date`` in EDTF or empty and sentences as pairs of
    a voice and its words; the voice ``writer`` writes, ``report`` is a document, others are quoted.
    """
    return lambda *items, outlets=("Anvil",): write_tables(tmp_path / "out", items, outlets)


def write_tables(out: Path, items: tuple, outlets: tuple[str, ...]) -> Path:
    rows: dict[str, list[dict]] = {name: [] for name in ("pages", "items", "voices", "sentences")}
    for number, (genre, date, spoken) in enumerate(items, 1):
        page, item = f"pages/p{number:02d}.txt", f"pages/p{number:02d}.txt/1"
        outlet = outlets[number % len(outlets)]
        rows["pages"].append(page_row(page, outlet))
        text = " ".join(words for _, words in spoken)
        rows["items"].append(item_row(item, page, genre, date, text))
        names = list(dict.fromkeys(["writer", *(voice for voice, _ in spoken)]))
        rows["voices"] += [voice_row(item, place, name) for place, name in enumerate(names, 1)]
        start = 0
        for place, (voice, words) in enumerate(spoken, 1):
            rows["sentences"].append(
                {
                    "sentence_id": f"{item}/s{place}",
                    "item_id": item,
                    "voice_id": f"{item}/v{names.index(voice) + 1}",
                    "position": place,
                    "start": start,
                    "end": start + len(words),
                    "text": words,
                    "quoted": voice != "writer",
                }
            )
            start += len(words) + 1
    for name, made in rows.items():
        tables.write(out, name, [tables.frame(name, made)])
    return out


def page_row(page: str, outlet: str) -> dict:
    plain = dict.fromkeys(("url", "title", "rights", "duplicate_of", "problem"), "")
    lines = {"n_lines": 9, "n_boilerplate_lines": 2}
    return {
        "page_id": page,
        "sha256": "0" * 64,
        "format": "txt",
        "outlet": outlet,
        "status": "read",
        **plain,
        **lines,
    }


def item_row(item: str, page: str, genre: str, date: str, text: str) -> dict:
    dated = edtf.parse(date) if date else None
    return {
        "item_id": item,
        "page_id": page,
        "position": 1,
        "genre": genre,
        "title": f"Title of {page}",
        "text": text,
        "n_words": len(text.split()),
        "date": date,
        "date_earliest": dated.earliest if dated else None,
        "date_latest": dated.latest if dated else None,
        "date_basis": "stated" if dated else "unknown",
        "date_evidence": "",
        "line_from": 1,
        "line_to": 2,
    }


def voice_row(item: str, place: int, name: str) -> dict:
    kind = {"writer": "writer", "report": "document"}.get(name, "speaker")
    named = {"name": name if kind == "speaker" else "", "role": "", "organisation": "", "place": ""}
    return {"voice_id": f"{item}/v{place}", "item_id": item, "kind": kind, **named}
