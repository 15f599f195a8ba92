"""How well reading tells who speaks: voices of sentences, and the words that each voice speaks.

    python benchmarks/voices.py [--corpus corpus] [--part 0|1] [--misses]

Prints, each with a 95 % interval over items: on the worked example the share of sentences given to
their voice, of all and of those that are not the writer's, and token F1 of the words spoken; on
invented news of many constructions (tests/load/attributions.toml; places of ``--part`` 0 were tuned
on, 1 not) token F1 and how often the speaker is right where the words are found; on invented
full-length articles (tests/load/articles.jsonl, tuned on; articles_unseen.jsonl) these and recall by kind of attribution. Then the share of
sentences that are parsed and words read a second on one core.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
from articles import ARTICLES, counts, report, right

from cuttings import codings, inference, tables
from cuttings.corpus import open_corpus
from cuttings.load import read_corpus, sentences, truth, voices
from cuttings.load.coded import Coded
from cuttings.load.formats import read_file
from cuttings.load.marked import spans_found, unmark
from cuttings.load.names import Person
from cuttings.load.page import read_page
from cuttings.load.parsing import prepare
from cuttings.load.quotes import find

INVENTED = Path(__file__).parents[1] / "tests" / "load" / "attributions.toml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="a corpus with codings")
    parser.add_argument("--part", type=int, choices=[0, 1], help="one half of the invented news")
    parser.add_argument("--misses", action="store_true", help="print what was not read as it is marked")
    given = parser.parse_args()
    for part in [given.part] if given.part is not None else [0, 1]:
        invented(part, given.misses)
        report(list(ARTICLES)[part], report_f1)
    worked_example(given.corpus)
    speed(given.corpus)


def invented(part: int, misses: bool) -> None:
    """Token F1 and speakers of every second invented item from place ``part`` on."""
    rows, speakers = [], []
    for place, entry in list(enumerate(tomllib.loads(INVENTED.read_text("utf-8"))["item"]))[part::2]:
        gold = unmark(entry["text"], entry["speakers"])
        found, spoken = voices.attribute(gold.text.split("\n\n"), Person())
        speech = [stretch for s in spoken for stretch in s.speech]
        whole = [(s.start, s.end, s.voice) for s in spoken if s.voice != voices.WRITER]
        rows.append({"item": place, **counts(gold.text, gold.speech, speech, whole)})
        pairs = [
            (c, r, right(*gold.speakers[c], found[r])) for c, r in spans_found(gold.text, gold.speech, speech)
        ]
        speakers += [{"item": place, "right": ok} for *_, ok in pairs]
        row = rows[-1]
        if misses and (2 * row["right"] < 0.9 * (row["read"] + row["coded"]) or not all(p[2] for p in pairs)):
            print(
                f"{place}: {entry['text']}\n   read: {[(gold.text[a:b], v) for a, b, v in speech]}\n   {[(found[r], ok) for _, r, ok in pairs]}"
            )
    name = f"invented news, {'tuned on' if part == 0 else 'not tuned on'}"
    report_f1(name, pd.DataFrame(rows))
    known = pd.DataFrame(speakers)
    print(f"{name}: speaker right {inference.share(known['right'], known['item'])}")


def report_f1(name: str, rows: pd.DataFrame) -> None:
    for what, end in (("stretches of speech", ""), ("whole sentences", "_whole")):
        columns = [rows[f"{c}{end}"] for c in ("right", "read", "coded")]
        print(f"{name}: token F1, {what} {inference.of(f1, rows['item'], *columns)}")
        print(
            f"    precision {columns[0].sum() / max(1, columns[1].sum()):.3f}, recall {columns[0].sum() / max(1, columns[2].sum()):.3f}"
        )


def f1(right: np.ndarray, read: np.ndarray, coded: np.ndarray) -> float:
    return float(2 * right.sum() / max(1, read.sum() + coded.sum()))


def worked_example(corpus: Path) -> None:
    """The comparison with codings, and token F1 of the coded speech, in the sentences that were cut alike."""
    if not (corpus / "codings" / "speech.csv").exists():
        print(f"voices: {corpus} has no coded speech")
        return
    with tempfile.TemporaryDirectory() as out:
        read_corpus(corpus, out)
        for row in truth.compare(corpus, out).itertuples():
            if row.measure.startswith(("sentence", "of others", "voices")):
                print(
                    f"{corpus.name}: {row.measure} {inference.Interval(row.estimate, row.low, row.high, row.n, row.n_items)}"
                )
        report_f1(corpus.name, pd.DataFrame(_coded_speech(corpus, out)))


def _coded_speech(corpus: Path, out: str):
    coded = Coded(corpus / "codings")
    speech = pd.read_csv(corpus / "codings" / "speech.csv")
    speech = speech[speech["voice_id"].map(coded.voices["kind"]) != "writer"]
    spoken = {item: part for item, part in speech.groupby("item_id")}
    read = {s: part for s, part in tables.query(out, "SELECT * FROM speech").groupby("sentence_id")}
    cut = tables.query(
        out, "SELECT sentence_id, start, kind FROM sentences JOIN voices USING (item_id, voice_id)"
    ).set_index("sentence_id")
    pages = coded.sentences.assign(page_id=coded.sentences["item_id"].str.rpartition("/")[0])
    for s in codings.match(pages, out).itertuples():
        if not s.read_id:
            continue
        gold = [
            (max(0, r.start - s.start), min(s.end, r.end) - s.start, 1)
            for r in (spoken[s.item_id].itertuples() if s.item_id in spoken else ())
            if r.start < s.end and s.start < r.end
        ]
        sentence = cut.loc[s.read_id]
        found = [
            (r.start - sentence["start"], r.end - sentence["start"], 1)
            for r in (read[s.read_id].itertuples() if s.read_id in read else ())
        ]
        whole = [(0, len(s.text), 1)] if sentence["kind"] != "writer" else []
        yield {"item": s.item_id, **counts(s.text, gold, found, whole)}


def speed(corpus_dir: Path) -> None:
    """The share of sentences that the parser sees, and words of pages read a second, import left out."""
    corpus = open_corpus(corpus_dir)
    raw = [
        (r, corpus.entry(r.page_id)) for path in corpus.pages for r in read_file(path, corpus.page_id(path))
    ]
    read_page(*raw[0], corpus.events)
    start = time.process_time()
    pages = [read_page(r, entry, corpus.events) for r, entry in raw]
    seconds = time.process_time() - start
    n = parsed = words = 0
    for item in (i for p in pages for i in p.items):
        paragraphs = item["text"].split("\n\n")
        words += item["n_words"]
        for text, quotes in zip(paragraphs, find(paragraphs), strict=True):
            for a, b in sentences.split(text):
                n += 1
                parsed += prepare(text, (a, b), [q for q in quotes if q.start < b and a < q.end]) is not None
    print(f"sentences parsed: {parsed:,} of {n:,} ({parsed / max(1, n):.0%})")
    print(f"reading with voices: {words / seconds:,.0f} words of items a second, processor time of one core")


if __name__ == "__main__":
    main()
