"""How fast words are counted: DuckDB over Parquet beside plain pandas, and quanteda where it is installed.

    python benchmarks/describe.py [--corpus corpus] [--times 40]

The corpus is read, and its items are repeated until the text is worth timing. Each way cuts the same
text into words and counts every word with the items that have it, and reads it from the same Parquet
file; the counts of the first two must agree. One run prints words per second and the ratio to pandas.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd

from cuttings import load, tables
from cuttings.describe import tokens

COUNT = """SELECT word, count(*) AS n, count(DISTINCT item_id) AS range FROM tokens
GROUP BY word ORDER BY n DESC, word"""
PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
QUANTEDA = """
suppressMessages(library(quanteda))
quanteda_options(threads = as.integer(Sys.getenv("THREADS")))
texts <- readLines(commandArgs(TRUE)[1], encoding = "UTF-8")
started <- proc.time()[["elapsed"]]
words <- tokens_tolower(tokens(texts, remove_punct = TRUE, remove_numbers = TRUE, remove_symbols = TRUE))
counts <- dfm(words)
invisible(list(colSums(counts), docfreq(counts)))
cat(proc.time()[["elapsed"]] - started, "\\n")
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", default="corpus", metavar="DIR")
    parser.add_argument("--times", type=int, default=40, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        load.read_corpus(options.corpus, out)
        repeat(out, options.times)
        counted, by_duckdb = timed(lambda: in_duckdb(out))
        plain, by_pandas = timed(lambda: in_pandas(out))
        if not counted[["word", "n", "range"]].equals(plain[["word", "n", "range"]]):
            print("describe: the counts of DuckDB and of pandas differ", file=sys.stderr)
            return 1
        n = int(counted["n"].sum())
        rows = [
            ("DuckDB over Parquet", by_duckdb),
            ("plain pandas", by_pandas),
            ("quanteda", in_quanteda(out)),
        ]
    print(f"{n:,} words, {len(counted):,} of them different; {os.cpu_count()} cores")
    for way, seconds in rows:
        if seconds is None:
            print(f"{way:20} not installed: Rscript -e 'library(quanteda)' fails")
        else:
            print(f"{way:20} {n / seconds:12,.0f} words/s {by_pandas / seconds:8.1f} times pandas")
    return 0


def repeat(out: Path, times: int) -> None:
    """Write items, sentences and voices ``times`` times over, each time under new ids."""
    for name in ("items", "sentences", "voices"):
        path, part = tables.table_path(out, name), tables.table_path(out, f"{name}-more")
        ids = [
            c for c in ("sentence_id", "item_id", "voice_id", "page_id") if c in tables.SCHEMAS[name].columns
        ]
        named = ", ".join(f"{c} || '+' || k AS {c}" for c in ids)
        duckdb.sql(
            f"""COPY (SELECT * REPLACE ({named}) FROM '{path}', (SELECT unnest(range({times})) AS k))
            TO '{part}' (FORMAT parquet)"""
        )
        os.replace(part, path)


def timed(ask) -> tuple[pd.DataFrame, float]:
    started = time.perf_counter()
    return ask(), time.perf_counter() - started


def in_duckdb(out: Path) -> pd.DataFrame:
    """The suite's way: cut once into ``tokens``, then count."""
    return tokens.query(out, COUNT)


def in_pandas(out: Path) -> pd.DataFrame:
    """What a notebook would do by hand: the sentences in a frame, a regular expression, a group-by."""
    said = pd.read_parquet(tables.table_path(out, "sentences"), columns=["item_id", "text"])
    plain = said["text"].str.translate(str.maketrans("’‘ʼ‐‑", "'''--", "\u00ad")).str.lower()
    words = said.assign(word=plain.map(PLAIN_WORD.findall))[["item_id", "word"]].explode("word").dropna()
    words["word"] = words["word"].str.replace("'s$", "", regex=True)
    counted = words.groupby("word")["item_id"].agg(n="size", range="nunique").reset_index()
    return counted.sort_values(["n", "word"], ascending=[False, True], ignore_index=True)


def in_quanteda(out: Path) -> float | None:
    """Seconds that quanteda takes on the same sentences by item, from text in memory; None without it."""
    found = shutil.which("Rscript")
    if not found or subprocess.run([found, "-e", "library(quanteda)"], capture_output=True).returncode:
        return None
    texts = tables.query(
        out,
        "SELECT string_agg(replace(text, chr(10), ' '), ' ' ORDER BY position) AS text FROM sentences GROUP BY item_id",
    )["text"]
    path = out / "texts.txt"
    path.write_text("\n".join(texts), "utf-8")
    env = {**os.environ, "THREADS": str(os.cpu_count())}
    script = out / "count.R"
    script.write_text(QUANTEDA, "utf-8")
    done = subprocess.run(
        [found, str(script), str(path)], capture_output=True, text=True, env=env, check=True
    )
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    sys.exit(main())
