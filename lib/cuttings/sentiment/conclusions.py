"""The findings of step 03."""

from __future__ import annotations

import pandas as pd

from cuttings import dates
from cuttings.findings import Finding, measured
from cuttings.inference import Interval
from cuttings.sentiment.compare import differences, silent
from cuttings.sentiment.instruments import NAMES

SCORES = (
    "SELECT sentiment.*, sentences.item_id FROM sentiment JOIN sentences USING (sentence_id) "
    "JOIN items USING (item_id)"
)


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
    for row in (with_people if len(with_people) else correlated).to_dict("records"):
        says = f"Agreement of {row['instrument']} with {row['with']}, Pearson's r"
        key = f"agreement-{row['instrument']}-{row['with']}".lower().replace(" ", "-")
        interval = Interval(**{k: row[k] for k in Interval.__dataclass_fields__})
        found.append(measured(key, says, interval, SCORES, ""))
    return found
