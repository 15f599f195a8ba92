"""How well scraped pages are read: items, headlines, writers and days of invented pages built like the decade's.

    python benchmarks/scraped.py

The pages (``tests/load/scraped``) are invented. Some are HTML, with the markup of trade papers, newspapers, boards
and blogs of 2001 to 2009; some are plain text, as browsers, databases and scrapers leave such pages; and the pages of
HTML are read once more from the text that other tools made of them (``training/dumps.py``). The reader was tuned on
all but those of batch i; how well it read them when it first met them is told beside them. Prints, for each kind, the F1 of items
with the right extent and the shares of their headlines, writers and days that are right, and how many of the sentences
that are labelled with who speaks have that speaker, with 95 % bootstrap intervals over pages. A headline, writer, day
or speaker counts for items that were found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cuttings.corpus import Entry
from cuttings.inference import mean
from cuttings.load.coded import same_name, token_f1
from cuttings.load.formats import RawPage, read_file
from cuttings.load.furniture import plain
from cuttings.load.names import bare
from cuttings.load.page import read_page
from cuttings.load.truth import SAME_EXTENT
from cuttings.progress import bar

PAGES = Path(__file__).parents[1] / "tests/load/scraped"
KINDS = {"HTML": ".html", "plain text": ".txt"}
LIKE = 0.5
"""Token F1 from which an item that was read is the labelled one, though cut differently."""


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    for kind, ending in KINDS.items():
        say(kind, files(ending))
    for tool, found in dumps().items():
        say(f"by {tool}", found)


def say(kind: str, pages: list[tuple[str, RawPage]]) -> None:
    """Print the measures of one kind of pages."""
    rows = pd.DataFrame([row for name, raw in bar(pages, desc=kind, unit="page") for row in score(name, raw)])
    for what in ("item", "headline", "writer", "day", "speaker"):
        known = rows.dropna(subset=[what])
        name = "items with the right extent, F1" if what == "item" else f"{what} right"
        found = str(mean(known[what].astype(float), known["page"])).removesuffix("items")
        print(f"{kind:28} {name:32} {found}pages")


def files(ending: str) -> list[tuple[str, RawPage]]:
    """The name and what is in each file of one format."""
    return [(f.stem, next(read_file(f, f.name))) for f in sorted(PAGES.glob(f"*{ending}"))]


def dumps() -> dict[str, list[tuple[str, RawPage]]]:
    """The same of the text that other tools made of the pages of HTML, by tool."""
    out: dict[str, list[tuple[str, RawPage]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for row in stored():
            file = Path(folder) / f"{row['page']}.txt"
            file.write_text(row["text"], "utf-8")
            out.setdefault(row["tool"], []).append((row["page"], next(read_file(file, file.name))))
    return out


def stored() -> Iterator[dict]:
    """Page, tool and text of each dump."""
    with gzip.open(PAGES / "dumps.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def score(name: str, raw: RawPage) -> list[dict]:
    """A row for each labelled item and each that was read, whose mean is the F1 of items; each of a pair is one."""
    labelled = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    read = read_page(raw, Entry(), ())
    voices = {v["voice_id"]: v for v in read.voices}
    writers = {v["item_id"]: v["name"] for v in read.voices if v["kind"] == "writer"}
    left, out = list(read.items), []
    for item in labelled["items"]:
        text = "\n".join(item["paragraphs"])
        found = max(left, key=lambda i: token_f1(i["text"], text), default=None)
        like = token_f1(found["text"], text) if found else 0.0
        row = {"page": name, "item": like >= SAME_EXTENT}
        if like >= LIKE:
            left.remove(found)
            out.append(row)
            row = row | _known(item, labelled["published"], found, writers.get(found["item_id"], ""))
            spoken = [s for s in read.sentences if s["item_id"] == found["item_id"]]
            out += [{"page": name, "speaker": _spoken(said, spoken, voices)} for said in item["speakers"]]
        out.append(row)
    return out + [{"page": name, "item": False} for _ in left]


def _known(item: dict, published: str, found: dict, writer: str) -> dict:
    withheld = "supplied" in item["writer"].lower()
    name = "" if withheld else bare(item["writer"].split(" and ")[0])
    return {
        "headline": plain(found["title"]) == plain(item["title"]) if item["genre"] != "comment" else None,
        "writer": same_name(name, writer) if name else not writer,
        "day": found["date"] == (item["date"] or published) if item["date"] or published else None,
    }


def _spoken(said: dict, sentences: list[dict], voices: dict[str, dict]) -> bool:
    """Whether the sentence with the labelled words belongs to who is labelled, by name or, of the unnamed, role."""
    voice = next((voices[s["voice_id"]] for s in sentences if plain(said["words"]) in plain(s["text"])), None)
    if voice is None or voice["kind"] == "writer":
        return False
    return any(same_name(said["name"], voice[key]) for key in ("name", "role", "organisation"))


if __name__ == "__main__":
    main()
