"""Is a comparison of the instrument's scores borne out by the coders' own labels of the same sentences?"""

from __future__ import annotations

import pandas as pd

from cuttings import effects
from cuttings.sentiment.family import sides

DRAWS = 800
COLUMNS = ["comparison", "coder", "estimate", "low", "high", "n", "n_items", "verdict"]
BORNE_OUT, AGAINST, OPEN, FEW = "borne out", "contradicted", "not borne out", "too few coded"


def by_coders(data: pd.DataFrame, compared: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Cliff's delta of each comparison by each coder's labels, and what that makes of the measured one.

    ``data`` is one instrument's part of ``compare.scored``, ``compared`` what ``family`` makes of it,
    ``labels`` the codings as ``trust.coded`` gives them. A row a comparison and coder, of the sentences that the coder labelled; periods, whose dates are drawn, are left
    out. ``verdict``: borne out or contradicted where the interval leaves out nought on the same or on the
    other side, not borne out where it holds nought, too few coded where there is none.
    """
    measured = compared.set_index("comparison")["delta"]
    rows = []
    for coder, by in labels.drop_duplicates(["coder", "read_id"]).groupby("coder"):
        own = data.assign(polarity=data["sentence_id"].map(by.set_index("read_id")["coded"]) / 2)
        own = own[own["polarity"].notna()]
        for _, label, chosen in sides(own):
            if label in measured.index:
                found = effects.compare(own["polarity"], own["item_id"], chosen, DRAWS).delta
                row = {"comparison": label, "coder": coder, **vars(found)}
                rows.append({**row, "verdict": _verdict(measured[label], found)})
    out = pd.DataFrame(rows, columns=COLUMNS)
    place = {label: n for n, label in enumerate(compared["comparison"])}
    return out.sort_values(
        ["comparison", "coder"],
        key=lambda c: c.map(place) if c.name == "comparison" else c,
        ignore_index=True,
    )


def _verdict(measured: float, by_labels) -> str:
    if by_labels.low != by_labels.low:
        return FEW
    if by_labels.low <= 0 <= by_labels.high:
        return OPEN
    return BORNE_OUT if (by_labels.estimate > 0) == (measured > 0) else AGAINST


def in_words(rows: pd.DataFrame) -> str:
    """What the coders' labels give for one comparison, for a finding; empty if nobody coded enough of it."""
    known = rows[rows["verdict"] != FEW]
    return "; ".join(f"by {r.coder}'s own labels {r.estimate:.2f}, {r.verdict}" for r in known.itertuples())
