"""How well each sentiment instrument follows 20 human raters on newspaper editorials.

    python benchmarks/sentiment.py [--bench ../shared/bench]

Prints Pearson's r with the mean rating of each sentence, with a 95 % bootstrap interval that
resamples editorials, and the share of sentences in which no word was scored. The data are the VADER
project's editorials (Hutto and Gilbert 2014), read where they lie.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import inference
from cuttings.agreement import pearson
from cuttings.sentiment import instruments


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), metavar="DIR")
    path = parser.parse_args().bench / "nyt_editorials" / "dev.csv"
    if not path.exists():
        print(f"{path} is not there; name the folder of benchmarks with --bench", file=sys.stderr)
        return 2
    rows = pd.read_csv(path, dtype={"id": str})
    editorial = rows["id"].str.partition("_")[0]
    results = []
    for name, instrument in instruments.items():
        polarity, n_scored_words = instrument(list(rows["sentence"]))
        r = inference.of(pearson, editorial, rows["human_mean"], polarity)
        silent = np.mean(n_scored_words == 0)
        figures = {"r": r.estimate, "low": r.low, "high": r.high, "nothing scored": silent}
        results.append({"instrument": name, **figures, "n": r.n, "editorials": r.n_items})
    print(pd.DataFrame(results).to_string(index=False, float_format="%.3f"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
