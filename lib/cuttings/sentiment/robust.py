"""Does a finding hold under every instrument, without any one outlet, with near-duplicates kept, by coders' labels?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cuttings import effects, tables
from cuttings.sentiment.family import sides
from cuttings.sentiment.instruments import NAMES

MOST = 4
"""Comparisons that the panel follows."""
DRAWS = 800
LABELS = "labels of "
"""How the variants begin that have a coder's labels in place of scores."""


def headline(found: pd.DataFrame) -> list[str]:
    """The comparisons worth doubting: writers against quoted, then those that look largest.

    ``found`` is as ``family.family`` gives it. By the size of Cliff's delta, those with an interval
    first; periods are left to step 05.
    """
    able = found[found["kind"] != "period"]
    order = able.assign(
        known=able["p"].notna(),
        first=able["comparison"].str.startswith("writers"),
        size=able["delta"].abs(),
    ).sort_values(["known", "first", "size"], ascending=False, kind="stable")
    return list(order["comparison"][:MOST])


def panel(
    data: pd.DataFrame, coders: pd.DataFrame, name: str, comparisons: list[str], out_dir: str | Path
) -> pd.DataFrame:
    """Cliff's delta of each of ``comparisons`` under every variant of the analysis.

    ``data`` are all instruments' scores (``compare.scored``), ``name`` the favoured instrument. The last
    variants are the labels of each coder in place of scores (``coders``, as ``by_coders`` gives it).
    Columns: comparison, variant, estimate, low, high, n, n_items. A near-duplicate that reading left
    out counts with the scores of the text that was kept, as its own item in its own outlet.
    """
    rows = []
    for variant, part in _variants(data, name, out_dir):
        for _, label, chosen in sides(part):
            if label in comparisons:
                found = effects.compare(part["polarity"], part["item_id"], chosen, DRAWS)
                rows.append({"comparison": label, "variant": variant, **vars(found.delta)})
    columns = ["comparison", "variant", "estimate", "low", "high", "n", "n_items"]
    labels = coders[coders["comparison"].isin(comparisons)].assign(variant=LABELS + coders["coder"])
    made = pd.DataFrame(rows, columns=columns)
    out = pd.concat([made, labels[columns]], ignore_index=True) if len(labels) else made
    place = out["comparison"].map({label: place for place, label in enumerate(comparisons)})
    return out.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def holds(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """For each comparison: delta under the favoured instrument, and in how many variants it holds.

    It holds where the sign is the same; it is sure where the interval leaves out nought too.
    """
    rows = []
    for label, part in found.groupby("comparison", sort=False):
        main = part[part["variant"] == NAMES[name]].iloc[0]
        same = (part["estimate"] > 0) == (main["estimate"] > 0)
        sure = same & ((part["low"] > 0) | (part["high"] < 0))
        rows.append(
            {"comparison": label, "delta": main["estimate"], "variants": len(part),
             "of the same sign": int(same.sum()), "interval without nought": int(sure.sum())}
        )  # fmt: skip
    return pd.DataFrame(
        rows, columns=["comparison", "delta", "variants", "of the same sign", "interval without nought"]
    )


def _variants(data: pd.DataFrame, name: str, out_dir: str | Path) -> Iterator[tuple[str, pd.DataFrame]]:
    for instrument in [name, *(n for n in NAMES if n != name)]:
        yield NAMES[instrument], data[data["instrument"] == instrument]
    main = data[data["instrument"] == name]
    for outlet in sorted(set(main["outlet"]) - {""}):
        yield f"without {outlet}", main[main["outlet"] != outlet]
    yield "near-duplicates kept", _with_copies(main, out_dir)


def _with_copies(data: pd.DataFrame, out_dir: str | Path) -> pd.DataFrame:
    copies = tables.query(
        out_dir,
        "SELECT page_id AS copy, outlet AS its_outlet, duplicate_of AS page_id FROM pages "
        "WHERE status = 'duplicate' ORDER BY page_id",
    )
    again = data.merge(copies, on="page_id")
    again = again.assign(item_id=again["copy"] + "=" + again["item_id"], outlet=again["its_outlet"])
    return pd.concat([data, again[data.columns]], ignore_index=True)
