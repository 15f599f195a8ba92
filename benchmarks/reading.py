"""How well pages are read: text and date of labelled web pages, from their plain text alone.

    python benchmarks/reading.py [--bench ../shared/bench]

Prints token F1 against the labelled main content (WCXB development split, articles and forum
threads) with a 95 % bootstrap interval over pages, beside the two simple rules that it has to beat,
the share of dated pages whose day is right where the page's text holds it, and the same for the
headline and, of articles, the writer. The models of lines, headlines and bylines learnt from these very
pages: ``training/lines.py``, ``headlines.py`` and ``bylines.py`` print what they score on web sites that
they have not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import pandas as pd

from cuttings.corpus import Entry
from cuttings.inference import mean
from cuttings.load import datewords
from cuttings.load.coded import same_name, token_f1
from cuttings.load.formats import RawPage
from cuttings.load.furniture import plain
from cuttings.load.page import date_items, outline
from cuttings.progress import bar

PARTS = {"articles": "dev_article_aa.jsonl.gz", "forum threads": "dev_forum.jsonl.gz"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--bench", type=Path, default=Path("../shared/bench"), help="folder of the benchmarks"
    )
    folder = parser.parse_args().bench / "wcxb"
    if not folder.is_dir():
        print(f"reading: skipped, {folder} is not there")
        return
    for part, name in PARTS.items():
        with gzip.open(folder / name, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        articles = part == "articles"
        scores = pd.DataFrame(
            [score(row, articles) for row in bar(rows, desc=f"Reading {part}", unit="page")]
        )
        for measure in ("read", "all text", "lines of ten words"):
            print(f"{part:14} token F1, {measure:19} {mean(scores[measure], scores['page'])}")
        for what in ("day", "headline", "writer"):
            known = scores.dropna(subset=[what])
            if len(known):
                share = mean(known[what].astype(float), known["page"])
                print(f"{part:14} {what} right, {'where text has it':18} {share}")
        unnamed = scores.dropna(subset=["unnamed"])
        if len(unnamed):
            share = mean(unnamed["unnamed"].astype(float), unnamed["page"])
            print(f"{part:14} nobody named where the label has no author {share}")


def score(row: dict, article: bool) -> dict:
    """Token F1 of one page as read and by the simple rules; whether day, headline and writer are right.

    None for what the text does not hold, and for who wrote a thread.
    """
    lines = row["text"].split("\n")
    _, split = outline(RawPage(row["id"], "", "txt", tuple(lines)))
    title, author = plain(row["title"] or ""), row["author"] or ""
    writer = next((i.writer.name for i in split.items if i.genre != "comment"), "")
    has_title = bool(title) and any(plain(line) == title for line in lines)
    has_author = article and bool(author) and any(plain(author) in plain(line) for line in lines)
    dated = date_items(split, Entry(), ())[0].dated if split.items else None
    long_lines = "\n".join(line for line in lines if len(line.split()) >= 10)
    return {
        "page": row["id"],
        "read": token_f1("\n".join(i.text for i in split.items), row["main_content"]),
        "all text": token_f1(row["text"], row["main_content"]),
        "lines of ten words": token_f1(long_lines, row["main_content"]),
        "day": day_right(row, dated.edtf if dated else ""),
        "headline": any(plain(h) == title for h in split.headings) if has_title else None,
        "writer": same_name(author, writer) if has_author else None,
        "unnamed": not writer if article and not author else None,
    }


def day_right(row: dict, found: str) -> bool | None:
    """Whether the day of the first item is the labelled one; None where the text does not hold that day."""
    day = (row["publish_date"] or "")[:10]
    months_first = datewords.month_first(row["text"].split("\n"))
    return found == day if day in {f.dated.edtf for f in datewords.find(row["text"], months_first)} else None


if __name__ == "__main__":
    main()
