"""The findings of step 04."""

from __future__ import annotations

import pandas as pd

from cuttings import dates
from cuttings.agreement import finding
from cuttings.findings import Finding, count, measured
from cuttings.inference import Interval
from cuttings.stance.compare import OPEN, by_target, most_argued
from cuttings.stance.scorers import FAVOURED

STATEMENTS = f"SELECT statements.* FROM statements JOIN items USING (item_id) WHERE scorer = '{FAVOURED}'"
TOP = "greatest(p_against, p_neutral, p_for)"
THRESHOLD = "(SELECT threshold FROM adaptations WHERE chosen)"
FIELDS = Interval.__dataclass_fields__


def conclude(
    data: pd.DataFrame, put_right: pd.DataFrame, agreed: pd.DataFrame, year_from: int, year_to: int
) -> list[Finding]:
    """What notebook 04 found.

    ``data`` is as ``statements`` gives it, ``put_right`` as ``compare.put_right`` does, ``agreed`` as
    ``agreement`` does.
    """
    rows = f"{STATEMENTS} AND {dates.in_scope(year_from, year_to)}"
    clear = f"{rows} AND {TOP} >= {THRESHOLD}"
    sided = int(data["verdict"].isin(["for", "against"]).sum())
    left = int(data["verdict"].eq(OPEN).sum())
    found = [
        count("statements", "Statements about a target", len(data), rows, "statements"),
        count(
            "sided", "Statements that take a side", sided, f"{clear} AND stance <> 'neutral'", "statements"
        ),
        count("open", "Statements left open", left, f"{rows} AND {TOP} < {THRESHOLD}", "statements"),
    ]
    raw = {row["target"]: row for row in by_target(data).to_dict("records")}
    right = {row["target"]: row for row in put_right.to_dict("records")}
    for name in most_argued(data, 3):
        quoted = name.replace("'", "''")
        says = f"{raw[name]['label']}: share for minus share against"
        found.append(
            measured(f"balance-{name}", says, _interval(raw[name]), f"{rows} AND target = '{quoted}'", "")
        )
        if name in right:
            says, all_of_it = f"{says}, put right", f"{rows} AND target = '{quoted}'"
            found.append(measured(f"balance-{name}-put-right", says, _interval(right[name]), all_of_it, ""))
    for row in agreed[agreed["measure"] == "macro-F1"].to_dict("records"):
        found.append(finding(row, "agreements_stance", row["scorer"], row["scorer"]))
    return found


def _interval(row: dict) -> Interval:
    return Interval(**{k: row[k] for k in FIELDS})
