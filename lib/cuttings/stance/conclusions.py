"""The findings of step 04."""

from __future__ import annotations

import pandas as pd

from cuttings import dates
from cuttings.agreement import finding
from cuttings.findings import Finding, count, measured
from cuttings.inference import Interval
from cuttings.stance.compare import by_target, most_argued

STATEMENTS = "SELECT statements.* FROM statements JOIN items USING (item_id) WHERE scorer = 'lexicon'"
FIELDS = Interval.__dataclass_fields__


def conclude(data: pd.DataFrame, agreed: pd.DataFrame, year_from: int, year_to: int) -> list[Finding]:
    """What notebook 04 found: ``data`` as ``statements`` gives it, ``agreed`` as ``agreement`` does."""
    rows = f"{STATEMENTS} AND {dates.in_scope(year_from, year_to)}"
    sided = int((data["stance"] != "neutral").sum())
    found = [
        count("statements", "Statements about a target", len(data), rows, "statements"),
        count("sided", "Statements that take a side", sided, f"{rows} AND stance <> 'neutral'", "statements"),
    ]
    balance = {row["target"]: row for row in by_target(data).to_dict("records")}
    for name in most_argued(data, 3):
        says = f"{balance[name]['label']}: share for minus share against"
        interval = Interval(**{k: balance[name][k] for k in FIELDS})
        quoted = name.replace("'", "''")
        found.append(measured(f"balance-{name}", says, interval, f"{rows} AND target = '{quoted}'", ""))
    for row in agreed[agreed["measure"] == "macro-F1"].to_dict("records"):
        found.append(finding(row, "agreements_stance", row["scorer"], row["scorer"]))
    return found
