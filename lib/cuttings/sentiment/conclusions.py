"""The findings of step 03."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from cuttings import dates
from cuttings.agreement import finding
from cuttings.findings import Finding, measured
from cuttings.inference import Interval
from cuttings.sentiment.borne import in_words
from cuttings.sentiment.compare import differences, silent
from cuttings.sentiment.instruments import NAMES

SCORES = (
    "SELECT sentiment.*, sentences.item_id FROM sentiment JOIN sentences USING (sentence_id) "
    "JOIN items USING (item_id)"
)

BOTH = (
    "SELECT sentence_id, a.polarity AS first, b.polarity AS second "
    "FROM sentiment a JOIN sentiment b USING (sentence_id)"
)
KEYS = {name: key for key, name in NAMES.items()}


def conclude(data: pd.DataFrame, agreed: pd.DataFrame, year_from: int, year_to: int) -> list[Finding]:
    """What notebook 03 found: ``data`` as ``scored`` gives it, ``agreed`` as ``agreement`` does."""
    scope = f"{SCORES} WHERE {dates.in_scope(year_from, year_to)} AND instrument = "
    found = []
    for row in differences(data).to_dict("records"):
        name = row.pop("instrument")
        says = f"Writers less those they quote, mean polarity, {NAMES[name]}"
        found.append(measured(f"writer-less-quoted-{name}", says, Interval(**row), f"{scope}'{name}'", ""))
    for row in silent(data).to_dict("records"):
        name = row.pop("instrument")
        says = f"Share of sentences in which {NAMES[name]} scores no word"
        found.append(measured(f"silent-{name}", says, Interval(**row), f"{scope}'{name}'", ""))
    correlated = agreed[agreed["measure"] == "Pearson's r"]
    with_people = correlated[~correlated["with"].isin(NAMES.values())]
    for row in with_people.to_dict("records"):
        key = KEYS.get(row["instrument"], row["instrument"])
        found.append(finding(row, "agreements_polarity", row["instrument"], key))
    if with_people.empty:
        shipped = correlated[(correlated["instrument"] == "TextBlob") & (correlated["with"] == "VADER")]
        found += [_each_other(row) for row in shipped.to_dict("records")]
    return found


def conclude_comparisons(
    compared: pd.DataFrame, coders: pd.DataFrame, name: str, year_from: int, year_to: int
) -> list[Finding]:
    """Cliff's delta of every comparison of ``family`` under instrument ``name`` that has enough items.

    Each says what the coders' own labels make of it (``coders``, as ``by_coders`` gives it).
    """
    scope = f"{SCORES} WHERE {dates.in_scope(year_from, year_to)} AND instrument = '{name}'"
    found = []
    for row in compared[compared["p"].notna()].itertuples():
        rows = f"{scope} AND date_earliest IS NOT NULL" if row.kind == "period" else scope
        delta = Interval(row.delta, row.delta_low, row.delta_high, row.n, row.n_items)
        sure = "below" if row.p_adjusted < 0.05 else "not below"
        says = f"{row.comparison[0].upper()}{row.comparison[1:]}, Cliff's delta, {NAMES[name]} (p {sure} .05, adjusted"
        by_labels = in_words(coders[coders["comparison"] == row.comparison])
        says += f"; {by_labels})" if by_labels else ")"
        key = re.sub(r"[^a-z0-9]+", "-", f"delta {row.kind} {row.comparison}".lower()).strip("-")
        found.append(measured(key, says, delta, rows, ""))
    return found


def _each_other(row: dict) -> Finding:
    first, second = KEYS[row["instrument"]], KEYS[row["with"]]
    both = finding(row, "", row["instrument"], first)
    return replace(both, rows=f"{BOTH} WHERE a.instrument = '{first}' AND b.instrument = '{second}'")
