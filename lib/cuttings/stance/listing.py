"""Every statement, a line each: who says it of what, in which words the target is named, on which side."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import tables
from cuttings.stance.compare import SHARES

MOST = 200
"""Statements that are shown of a corpus with more; the table ``statements`` has all."""


def listed(statements: pd.DataFrame, out_dir: str | Path, most: int = MOST) -> pd.DataFrame:
    """``statements`` (as ``statements`` gives them) in the order of the corpus, at most ``most`` of them.

    Columns: sentence_id, who (name, role or organisation, else the kind of voice), target (its label),
    ``named as`` (the words of the text), the share of probability against, neutral and for, verdict.
    """
    known = tables.query(
        out_dir,
        """SELECT statement_id, substr(items.text, mention_start + 1, mention_end - mention_start) AS "named as",
              coalesce(nullif(name, ''), nullif(role, ''), nullif(organisation, ''), '') AS who
            FROM statements JOIN voices USING (voice_id, item_id) JOIN items USING (item_id)""",
    )
    some = statements.head(most).merge(known, on="statement_id")
    some["who"] = some["who"].where(some["who"] != "", some["voice"])
    some = some.drop(columns="target").rename(columns={"label": "target", **SHARES})
    return some[["sentence_id", "who", "target", "named as", *SHARES.values(), "verdict"]]


def caption(statements: pd.DataFrame, most: int = MOST) -> str:
    """What ``listed`` shows: every statement, or the first of how many."""
    n = len(statements)
    if n <= most:
        return f"Every statement ({n:,})"
    return f"The first {most} of {n:,} statements; tables/statements.parquet has all"
