"""How well two sets of labels agree: macro-F1, Krippendorff's alpha and Pearson's r.

Each takes two arrays of equal length (first the one held to be right, then the one measured) and
gives a float, NaN where it is not defined. ``inference.of`` puts intervals round them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from IPython.display import HTML

from cuttings import show, tables
from cuttings.findings import Finding, measured
from cuttings.inference import Interval

Pairs = Iterator[tuple[str, str, pd.DataFrame]]
"""Who scored, the coder, and what both labelled: sentence_id, item_id, coded, scored; target if any."""

NONE = "No codings of this corpus say how far these numbers can be trusted."


def macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    """The mean, over the classes that either side uses, of the harmonic mean of precision and recall."""
    truth, guess = np.asarray(truth), np.asarray(guess)
    scores = []
    for label in np.union1d(truth, guess):
        both = np.sum((truth == label) & (guess == label))
        scores.append(2 * both / (np.sum(truth == label) + np.sum(guess == label)))
    return float(np.mean(scores)) if scores else float("nan")


def alpha_ordinal(truth: np.ndarray, guess: np.ndarray) -> float:
    """Krippendorff's alpha for ordered whole numbers, both sides counted alike.

    Krippendorff (2019), *Content Analysis*, 4th ed., chapter 12; 1 is full agreement, 0 is chance.
    """
    data = np.vstack([truth, guess]).astype(float)
    if len(np.unique(data)) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal"))


def pearson(truth: np.ndarray, guess: np.ndarray) -> float:
    """Pearson's correlation; NaN where a side does not vary."""
    truth, guess = np.asarray(truth, float), np.asarray(guess, float)
    if len(truth) < 2 or np.ptp(truth) == 0 or np.ptp(guess) == 0:
        return float("nan")
    return float(np.corrcoef(truth, guess)[0, 1])


def confusion(truth: pd.Series, guess: pd.Series, labels: list[str]) -> pd.DataFrame:
    """Counts of each pair of labels: a row for each label of ``truth``, a column for each of ``guess``."""
    table = pd.crosstab(pd.Categorical(truth, labels), pd.Categorical(guess, labels), dropna=False)
    return table.reindex(index=labels, columns=labels, fill_value=0)


def keep(out_dir: str | Path, name: str, pairs: Pairs) -> None:
    """Write what was compared as the table ``name``, so that a finding can be followed to its rows."""
    tables.write(out_dir, name, (_kept(name, *pair) for pair in pairs))


def finding(row: dict, table: str, name: str, scored_by: str) -> Finding:
    """The finding of a ``row`` of an agreement: who, ``with`` whom, ``measure`` and an interval.

    ``name`` is how the row names who scored, ``scored_by`` how ``table`` does.
    """
    who, other = (text.replace("'", "''") for text in (scored_by, row["with"]))
    interval = Interval(**{k: row[k] for k in Interval.__dataclass_fields__})
    says = f"Agreement of {name} with {row['with']}, {row['measure']}"
    rows = f"SELECT * FROM {table} WHERE scored_by = '{who}' AND coder = '{other}'"
    key = f"agreement-{name}-{row['with']}-{row['measure']}".lower().replace("'s", "").replace(" ", "-")
    return measured(key, says, interval, rows, "")


def lines(agreed: pd.DataFrame, coders: set[str]) -> str:
    """Agreement with ``coders`` (and of them), a line for each two; or that there are no codings.

    ``agreed`` has who scored in its first column, then ``with``, ``measure`` and an interval.
    """
    said = [
        f"{who} with {other}: " + "; ".join(f"{r.measure} {_interval(r)}" for r in part.itertuples())
        for (who, other), part in _of(agreed, coders).groupby([agreed.columns[0], "with"], sort=False)
    ]
    return "\n".join(said) or NONE


def brief(agreed: pd.DataFrame, coders: set[str], caption: str) -> HTML:
    """The same as a small table with its limits, or as a sentence where there are no codings."""
    shown = _of(agreed, coders)
    return (
        show.table(show.estimates(shown, "agreement", "n"), caption) if len(shown) else HTML(f"<p>{NONE}</p>")
    )


def _of(agreed: pd.DataFrame, coders: set[str]) -> pd.DataFrame:
    alpha = agreed["measure"].str.startswith("Krippendorff")
    return agreed[agreed["with"].isin(coders) & ~alpha]


def _interval(row: tuple) -> str:
    limits = f" [{row.low:.2f}, {row.high:.2f}]" if row.low == row.low else ""
    return f"{row.estimate:.2f}{limits}, n = {row.n:,}"


def _kept(name: str, scored_by: str, coder: str, both: pd.DataFrame) -> pd.DataFrame:
    rows = both.assign(scored_by=scored_by, coder=coder, **({} if "target" in both else {"target": ""}))
    return tables.frame(name, rows.astype(str).to_dict("records"))
