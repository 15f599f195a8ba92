"""Inter-coder reliability of a corpus's codings: how far two coders agree, with an interval."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd

from cuttings import inference, tables

LEVELS = {"polarity": ["ordinal"], "stance": ["nominal", "ordinal"]}


def between_coders(corpus_dir: str | Path) -> pd.DataFrame:
    """Krippendorff's alpha of coder A and coder B, a row a label and level of measurement.

    Columns: label, level, and those of ``inference.Interval`` (n are the units that both coded; the
    interval resamples items). Krippendorff (2019), *Content Analysis*, 4th ed., chapter 12.
    """
    folder = Path(corpus_dir) / "codings"
    items = pd.read_csv(folder / "sentences.csv", usecols=["sentence_id", "item_id"])
    rows = []
    for label, levels in LEVELS.items():
        both = _both(folder, label).merge(items, on="sentence_id")
        for level in levels:
            interval = inference.of(partial(_alpha, level=level), both["item_id"], both["a"], both["b"])
            rows.append({"label": label, "level": level, **vars(interval)})
    return pd.DataFrame(rows)


def _both(folder: Path, label: str) -> pd.DataFrame:
    keys = ["sentence_id", "target"] if label == "stance" else ["sentence_id"]
    first, second = (pd.read_csv(folder / f"{label}-{coder}.csv") for coder in "ab")
    both = first.merge(second, on=keys, suffixes=("_a", "_b"))
    values = both[[f"{label}_a", f"{label}_b"]]
    if label == "stance":
        values = values.apply(lambda c: c.map(tables.STANCES.index))
    return both[["sentence_id"]].assign(a=values.iloc[:, 0], b=values.iloc[:, 1])


def _alpha(a: np.ndarray, b: np.ndarray, level: str) -> float:
    if len(np.union1d(a, b)) < 2:
        return float("nan")
    return float(
        krippendorff.alpha(reliability_data=np.vstack([a, b]).astype(float), level_of_measurement=level)
    )
