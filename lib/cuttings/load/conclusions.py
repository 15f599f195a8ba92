"""The findings of step 01."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings.findings import Finding, count
from cuttings.load.truth import rows_of
from cuttings.tables import query

COUNTS = [
    ("pages", "Pages found in the corpus", "pages", "SELECT * FROM pages"),
    (
        "pages-unread",
        "Pages that could not be read or are empty",
        "pages",
        "SELECT * FROM pages WHERE status IN ('unreadable', 'empty')",
    ),
    (
        "pages-duplicate",
        "Pages that repeat another and are left out",
        "pages",
        "SELECT * FROM pages WHERE status = 'duplicate'",
    ),
    ("items", "Items read", "items", "SELECT * FROM items"),
    ("items-undated", "Items without a date", "items", "SELECT * FROM items WHERE date_basis = 'unknown'"),
    ("sentences", "Sentences read", "sentences", "SELECT * FROM sentences"),
    (
        "voices-other",
        "Voices that are not the writer's",
        "voices",
        "SELECT * FROM voices WHERE kind <> 'writer'",
    ),
]


def conclude(out_dir: str | Path, truth: pd.DataFrame) -> list[Finding]:
    """Counts of what was read and, where ``truth`` (from ``compare``) has rows, how well."""
    out = [
        count(name, says, int(query(out_dir, f"SELECT count(*) AS n FROM ({rows})")["n"][0]), rows, unit)
        for name, says, unit, rows in COUNTS
    ]
    for row in truth.itertuples():
        out.append(
            Finding(
                name=f"reader-{row.measure.replace(' ', '-').replace(',', '').replace(chr(39), '')}",
                says=f"Reader against codings, {row.measure}: {row.meaning}",
                value=float(row.estimate),
                n=int(row.n),
                rows=rows_of(row.measure),
                low=float(row.low),
                high=float(row.high),
                n_items=int(row.n_items),
            )
        )
    return out
