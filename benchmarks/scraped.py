"""How well scraped pages are read: items, headlines, writers and days of invented pages built like the decade's.

    python benchmarks/scraped.py

The pages (``tests/load/scraped``) are invented. Some are HTML, with the markup of trade papers, newspapers, boards
and blogs of 2001 to 2009; some are plain text, as browsers, lynx, html2text, databases and scrapers leave such pages.
The reader was tuned on all of them; how well it read them when it first met them is told beside them. Prints, for
each kind, the F1 of items with the right extent and the shares of their headlines, writers and days that are
right, and how many of the sentences that are labelled with who speaks have that speaker, with 95 % bootstrap
intervals over pages. A headline, writer, day or speaker counts for items that were found.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pandas as pd

from cuttings.corpus import Entry
from cuttings.inference import mean
from cuttings.load.coded import same_name, token_f1
from cuttings.load.formats import read_file
from cuttings.load.furniture import plain
from cuttings.load.names import bare
from cuttings.load.page import read_page
from cuttings.load.truth import SAME_EXTENT

PAGES = Path(__file__).parents[1] / "tests/load/scraped"
KINDS = {"HTML": ".html", "plain text": ".txt"}
LIKE = 0.5
"""Token F1 from which an item that was read is the labelled one, though cut differently."""


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    for kind, ending in KINDS.items():
        rows = pd.DataFrame([row for file in files(ending) for row in score(file)])
        for what in ("item", "headline", "writer", "day", "speaker"):
            known = rows.dropna(subset=[what])
            name = "items with the right extent, F1" if what == "item" else f"{what} right"
            found = str(mean(known[what].astype(float), known["page"])).removesuffix("items")
            print(f"{kind:10} {name:32} {found}pages")


def files(ending: str) -> list[Path]:
    return sorted(PAGES.glob(f"*{ending}"))


def score(file: Path) -> list[dict]:
    """A row for each labelled item and each that was read, whose mean is the F1 of items; each of a pair is one."""
    labelled = json.loads(file.with_suffix(".json").read_text("utf-8"))
    read = read_page(next(read_file(file, file.name)), Entry(), ())
    voices = {v["voice_id"]: v for v in read.voices}
    writers = {v["item_id"]: v["name"] for v in read.voices if v["kind"] == "writer"}
    left, out = list(read.items), []
    for item in labelled["items"]:
        text = "\n".join(item["paragraphs"])
        found = max(left, key=lambda i: token_f1(i["text"], text), default=None)
        like = token_f1(found["text"], text) if found else 0.0
        row = {"page": file.name, "item": like >= SAME_EXTENT}
        if like >= LIKE:
            left.remove(found)
            out.append(row)
            row = row | _known(item, labelled["published"], found, writers.get(found["item_id"], ""))
            spoken = [s for s in read.sentences if s["item_id"] == found["item_id"]]
            out += [
                {"page": file.name, "speaker": _spoken(said, spoken, voices)} for said in item["speakers"]
            ]
        out.append(row)
    return out + [{"page": file.name, "item": False} for _ in left]


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
