"""How well each sentiment instrument follows 20 human raters on newspaper editorials.

    python benchmarks/sentiment.py [--bench ../shared/bench]

Prints, for every instrument, Pearson's r with the mean rating of each sentence and the bar for the
trained one, with a 95 % bootstrap interval that resamples editorials, and the share of sentences in
which no word was scored; then macro-F1 of three classes on news sentences about a target. Last, what
masking the subject's words adds on the codings of the worked example. The trained instrument learnt
from four in five of these editorials and is measured on the fifth that it never saw. The data are the
VADER project's editorials (Hutto and Gilbert 2014) and NewsMTSC (Hamborg and Donnay 2021), read where
they lie.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import encoder, measures
from cuttings.corpus import WORKED_EXAMPLE
from cuttings.sentiment import instruments, masking

BAR = 0.65
"""Pearson's r with the human mean that the trained instrument must reach on held-out editorials."""
NEWS = ["dev_rw", "dev_mt"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), metavar="DIR")
    bench = parser.parse_args().bench
    editorials = bench / "nyt_editorials" / "dev.csv"
    if not editorials.exists():
        print(f"{editorials} is not there; name the folder of benchmarks with --bench", file=sys.stderr)
        return 2
    show("Pearson's r with the mean of 20 raters, sentences of editorials", _editorials(editorials))
    for split in NEWS:
        path = bench / "newsmtsc" / f"{split}.jsonl"
        if path.exists():
            show(f"Macro-F1 of three classes, news sentences about a target ({split})", _news(path))
    show("What the mask adds to macro-F1 on the codings of the worked example", masking(WORKED_EXAMPLE))
    return 0


def show(title: str, rows: pd.DataFrame) -> None:
    print(f"{title}\n{rows.to_string(index=False, float_format='%.3f')}\n")


def _editorials(path: Path) -> pd.DataFrame:
    """A row an instrument, on all editorials and on those that the trained one never saw; it has these alone."""
    rows = pd.read_csv(path, dtype={"id": str})
    rows["editorial"] = rows["id"].str.partition("_")[0]
    unseen = rows["editorial"].isin(encoder.settings()["editorials_kept_out"])
    parts = {"all": rows, "unseen": rows[unseen]}
    return pd.DataFrame(
        {"instrument": name, "of": part, **_followed(instrument, some)}
        for part, some in parts.items()
        for name, instrument in instruments.items()
        if part == "unseen" or name != "trained"
    )


def _followed(instrument, rows: pd.DataFrame) -> dict[str, object]:
    polarity, n_scored_words = instrument.score(list(rows["sentence"]))
    r = measures.of_numbers(rows["editorial"], rows["human_mean"], polarity)["Pearson's r"]
    figures = {"r": r.estimate, "low": r.low, "high": r.high, "bar": BAR}
    return {**figures, "nothing scored": np.mean(n_scored_words == 0), "n": r.n, "editorials": r.n_items}


def _news(path: Path) -> pd.DataFrame:
    rows = pd.read_json(path, lines=True)
    results = []
    for instrument in instruments.values():
        guess = np.sign(instrument.score(list(rows["sentence"]))[0]).astype(int)
        f1 = measures.of_labels(rows["sentence"], rows["polarity"].astype(int), guess)["macro-F1"]
        figures = {"macro-F1": f1.estimate, "low": f1.low, "high": f1.high, "n": f1.n}
        results.append({"instrument": instrument.label, **figures})
    return pd.DataFrame(results)


if __name__ == "__main__":
    sys.exit(main())
