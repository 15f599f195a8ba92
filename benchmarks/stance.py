"""How well each stance scorer does, on four kinds of labelled sentences, and how fast.

    python benchmarks/stance.py [--bench ../shared/bench] [--splits dev_rw dev_mt]

Prints macro-F1 with a 95 % bootstrap interval, accuracy and n: on NewsMTSC's development splits (Hamborg
and Donnay 2021; resampling articles) beside the bars for the trained scorer and the best published; on
sentences written for its training that it never saw (``training/written``); on the worked example, its
agreement and calibration on the items on which nothing was chosen; then statements a second on one core.
The benchmark's rows are read where they lie; none is copied into the project.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import inference, load, stance
from cuttings.agreement import macro_f1
from cuttings.corpus import WORKED_EXAMPLE
from cuttings.stance import classify, scorers

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
import written

SPLITS = ["dev_rw", "dev_mt"]
BARS = {"rw": (0.81, 0.831), "mt": (0.79, 0.825)}
"""Macro-F1 that the trained scorer must reach on held-out rows of each kind, and the best published."""
SPEED = 250
"""Statements a second on one core that the trained scorer must reach."""


def read(path: Path) -> pd.DataFrame:
    """The rows of a split with the article that each comes from."""
    rows = pd.DataFrame([json.loads(line) for line in path.read_text("utf-8").splitlines()])
    parts = rows["id"].str.split("_")
    return rows.assign(article=[f"{p[0]}_{p[1]}_{p[2]}" for p in parts])


def measure(rows: pd.DataFrame, scorer: str) -> dict[str, object]:
    """Macro-F1 over against, neutral and for, with its interval; accuracy and n."""
    guess = classify(*asked(rows), scorer).argmax(axis=1) - 1
    truth = rows["polarity"].to_numpy()
    f1 = inference.of(macro_f1, rows["article"], truth, guess)
    figures = {"macro-F1": f1.estimate, "low": f1.low, "high": f1.high, "accuracy": np.mean(truth == guess)}
    return {**figures, "n": f1.n, "articles": f1.n_items}


def asked(rows: pd.DataFrame) -> tuple[list[str], list[tuple[int, int]]]:
    return list(rows["sentence"]), list(zip(rows["from"], rows["to"], strict=True))


def speed(rows: pd.DataFrame) -> float:
    """Statements that the trained scorer does in a second of one core's time."""
    sentences, spans = asked(rows)
    classify(sentences[:20], spans[:20], "trained")
    start = time.process_time()
    classify(sentences, spans, "trained")
    return len(rows) / (time.process_time() - start)


def held_out() -> pd.DataFrame:
    """Agreement and calibration of the trained scorer on the worked example's items set aside."""
    with tempfile.TemporaryDirectory() as out:
        load.read_corpus(WORKED_EXAMPLE, out)
        stance.score(WORKED_EXAMPLE, out)
        return stance.held_out(stance.coded(WORKED_EXAMPLE, out))


def show(title: str, rows: pd.DataFrame) -> None:
    print(f"{title}\n{rows.to_string(index=False, float_format='%.3f')}\n", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), metavar="DIR")
    parser.add_argument("--splits", nargs="+", default=SPLITS, metavar="NAME")
    args = parser.parse_args()
    results = []
    for split in args.splits:
        path = args.bench / "newsmtsc" / f"{split}.jsonl"
        if not path.exists():
            print(f"{path} is not there; name the folder of benchmarks with --bench", file=sys.stderr)
            return 2
        rows = read(path)
        bar, best = BARS.get(split[-2:], (np.nan, np.nan))
        marks = {"bar": bar, "best published": best}
        results += [{"scorer": s, "split": split, **measure(rows, s), **marks} for s in scorers]
    show("News sentences about a person or body (NewsMTSC)", pd.DataFrame(results))
    ours = pd.DataFrame(written.rows(apart=True))
    ours = ours.assign(article=ours["sentence"])
    show(
        "British argument, sentences written for the training and kept out of it",
        pd.DataFrame([{"scorer": s, **measure(ours, s)} for s in scorers]),
    )
    show("The worked example's codings, items on which nothing was chosen (trained scorer)", held_out())
    print(f"trained: {speed(rows):.0f} statements a second on one core (bar {SPEED})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
