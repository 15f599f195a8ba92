"""How well each stance scorer does on NewsMTSC's development splits (Hamborg and Donnay 2021).

    python benchmarks/stance.py [--bench ../shared/bench] [--splits dev_rw dev_mt]

Prints macro-F1 with a 95 % bootstrap interval that resamples articles, accuracy and n. The rows are
read where they lie; none is copied into the project.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import inference
from cuttings.agreement import macro_f1
from cuttings.stance import classify, scorers

SPLITS = ["dev_rw", "dev_mt"]


def read(path: Path) -> pd.DataFrame:
    """The rows of a split with the article that each comes from."""
    rows = pd.DataFrame([json.loads(line) for line in path.read_text("utf-8").splitlines()])
    parts = rows["id"].str.split("_")
    return rows.assign(article=[f"{p[0]}_{p[1]}_{p[2]}" for p in parts])


def measure(rows: pd.DataFrame, scorer: str) -> dict[str, object]:
    """Macro-F1 over against, neutral and for, with its interval; accuracy and n."""
    spans = list(zip(rows["from"], rows["to"], strict=True))
    guess = classify(list(rows["sentence"]), spans, scorer).argmax(axis=1) - 1
    truth = rows["polarity"].to_numpy()
    f1 = inference.of(macro_f1, rows["article"], truth, guess)
    figures = {"macro-F1": f1.estimate, "low": f1.low, "high": f1.high, "accuracy": np.mean(truth == guess)}
    return {**figures, "n": f1.n, "articles": f1.n_items}


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
        results += [{"scorer": scorer, "split": split, **measure(rows, scorer)} for scorer in scorers]
    print(pd.DataFrame(results).to_string(index=False, float_format="%.3f"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
