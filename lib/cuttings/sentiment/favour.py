"""Which instrument the codings favour, for figures that show one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import show, tables
from cuttings.inference import FEWEST_ITEMS
from cuttings.sentiment.instruments import NAMES, instruments

MEASURE = "Pearson's r with each coder, averaged over the coders,"
FALLBACK = ("trained", "vader-adapted")
"""What is taken where no codings say which agrees best: the order on newspaper editorials that 20
people rated (``benchmarks/sentiment.py``)."""


def favoured(out_dir: str | Path) -> str:
    """The name of the instrument that agrees best with the codings of the corpus in ``out_dir``.

    By ``MEASURE``, over the table ``agreements_polarity`` (``trust.agreement`` or ``trust.hold``
    makes it); of equals the first in the registry. Without that table, without codings or with fewer
    than five coded items: the first of ``FALLBACK``.
    """
    ranked = ranking(out_dir)
    return next(iter(ranked["instrument"]), None) or next(n for n in FALLBACK if n in instruments)


def ranking(out_dir: str | Path) -> pd.DataFrame:
    """The instruments in the order of their agreement: instrument, r (mean over coders), coders, n, n_items.

    ``n`` are the codings compared. Empty where there are too few codings to say.
    """
    columns = ["instrument", "r", "coders", "n", "n_items"]
    if not tables.table_path(out_dir, "agreements_polarity").exists():
        return pd.DataFrame(columns=columns)
    by_coder = tables.query(
        out_dir,
        """SELECT scored_by AS instrument, coder, count(*) AS n, count(DISTINCT item_id) AS n_items,
             corr(CAST(coded AS DOUBLE), CAST(scored AS DOUBLE)) AS r
           FROM agreements_polarity GROUP BY ALL""",
    )
    known = by_coder[by_coder["instrument"].isin(instruments) & (by_coder["n_items"] >= FEWEST_ITEMS)]
    found = (
        known.fillna({"r": 0})
        .groupby("instrument", as_index=False)
        .agg(r=("r", "mean"), coders=("coder", "nunique"), n=("n", "sum"), n_items=("n_items", "max"))
    )
    place = found["instrument"].map({name: place for place, name in enumerate(instruments)})
    return found.assign(place=place, r=found["r"].round(6)).sort_values(
        ["r", "place"], ascending=[False, True], ignore_index=True
    )[columns]


def why(out_dir: str | Path) -> str:
    """One sentence: which instrument is favoured and on what evidence."""
    ranked, name = ranking(out_dir), NAMES[favoured(out_dir)]
    if ranked.empty:
        return (
            f"No codings say which instrument agrees best here, so the figures show {name}: it stands "
            "highest against 20 people on newspaper editorials, which is not this corpus."
        )
    first = ranked.iloc[0]
    return (
        f"The codings favour {name}: {MEASURE} is {show.number(first['r'])} "
        f"(n = {first['n']:,} codings in {first['n_items']:,} items)."
    )
