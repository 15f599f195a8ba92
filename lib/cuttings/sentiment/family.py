"""The family of comparisons: genres, outlets, voices and periods, each against the rest."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import effects, permutation, tables
from cuttings.inference import FEWEST_ITEMS

OF_WHAT = {"genre": "Genre", "voice": "Voice", "outlet": "Outlet", "period": "Period"}
DATE_DRAWS = 10
"""Times that the date of every item is drawn from its interval."""
COLUMNS = [
    "kind", "comparison", "difference", "low", "high", "delta", "delta_low", "delta_high",
    "p", "p_adjusted", "n_chosen", "n_other", "items_chosen", "items_other", "n", "n_items",
]  # fmt: skip


def family(data: pd.DataFrame, year_from: int, year_to: int, draws: int = 2000) -> pd.DataFrame:
    """Every group of ``data`` (one instrument's part of ``compare.scored``) against all the others.

    A row a comparison with the columns of ``COLUMNS``: the difference of mean polarities and Cliff's
    delta with 95 % intervals, and the p of a permutation test, also adjusted over the family
    (``effects``, ``permutation``). A comparison with too few items on a side has its sizes and neither
    limits nor p. For periods, dates are drawn from their intervals, and items without a date left out.
    """
    rows = []
    for kind, label, chosen in sides(data):
        found = effects.compare(data["polarity"], data["item_id"], chosen, draws)
        rows.append({"kind": kind, "comparison": label, **_row(found)})
    rows += _period(data, year_from, year_to, draws)
    out = pd.DataFrame(rows, columns=COLUMNS)
    return out.assign(p_adjusted=permutation.adjusted(out["p"]))


def sides(data: pd.DataFrame) -> list[tuple[str, str, pd.Series]]:
    """What is compared with the rest: its kind, its label, and which rows are on its side."""
    found = []
    for genre in [g for g in tables.GENRES if (data["genre"] == g).any()]:
        found.append(("genre", f"{genre} against the rest", data["genre"] == genre))
    if data["voice"].nunique() > 1:
        found.append(("voice", "writers against those they quote", data["voice"] == "writer"))
        found += [
            ("voice", f"{voice}s against the rest", data["voice"] == voice)
            for voice in ("speaker", "document")
            if (data["voice"] == voice).any()
        ]
    for outlet in sorted(set(data["outlet"]) - {""}):
        found.append(("outlet", f"{outlet} against the rest", data["outlet"] == outlet))
    return [side for side in found if not side[2].all()]


def _row(found: effects.Effect) -> dict:
    difference, delta = found.difference, found.delta
    return {
        "difference": difference.estimate, "low": difference.low, "high": difference.high,
        "delta": delta.estimate, "delta_low": delta.low, "delta_high": delta.high, "p": found.p,
        "n_chosen": found.n_chosen, "n_other": found.n_other, "items_chosen": found.items_chosen,
        "items_other": found.items_other, "n": difference.n, "n_items": difference.n_items,
    }  # fmt: skip


def _period(data: pd.DataFrame, year_from: int, year_to: int, draws: int) -> list[dict]:
    """The later half of the years against the earlier: the comparison over several draws of the dates.

    Intervals join the spread within and between draws (Rubin 1987, *Multiple Imputation*); p is the
    median over the draws (Eekhout, van de Wiel and Heymans 2017, BMC Medical Research Methodology 17).
    """
    dated = data[data["date_earliest"].notna()]
    middle = pd.Timestamp((year_from + year_to + 1) // 2, 1, 1)
    label = f"{middle.year}–{year_to} against {year_from}–{middle.year - 1}"
    drawn = _draws(dated, middle)
    if dated.empty or any(side.all() or not side.any() for side in drawn):
        return []
    rows = [
        _row(effects.compare(dated["polarity"], dated["item_id"], side, draws))
        for side in (drawn if _vary(drawn) else drawn[:1])
    ]
    first, pooled = rows[0], pd.DataFrame(rows)
    limits = {"difference": ("low", "high"), "delta": ("delta_low", "delta_high")}
    for size, (low, high) in limits.items() if len(rows) > 1 else ():
        first |= dict(zip((size, low, high), _pooled(pooled[size], pooled[low], pooled[high]), strict=True))
    return [{"kind": "period", "comparison": label, **first, "p": float(pooled["p"].median())}]


def _draws(dated: pd.DataFrame, middle: pd.Timestamp) -> list[pd.Series]:
    """For each draw of the dates, which rows fall on or after ``middle``."""
    items = dated.drop_duplicates("item_id").sort_values("item_id")
    days = (items["date_latest"] - items["date_earliest"]).dt.days.to_numpy() + 1
    before = (middle - items["date_earliest"]).dt.days.to_numpy()
    rng = np.random.default_rng(2010)
    sides = []
    for _ in range(DATE_DRAWS):
        later = pd.Series(rng.integers(0, days) >= before, index=items["item_id"])
        sides.append(dated["item_id"].map(later).astype(bool))
    return sides


def _vary(sides: list[pd.Series]) -> bool:
    return any(not side.equals(sides[0]) for side in sides)


def _pooled(estimates: pd.Series, low: pd.Series, high: pd.Series) -> tuple[float, float, float]:
    estimate, m = float(estimates.mean()), len(estimates)
    if low.isna().any():
        return estimate, float("nan"), float("nan")
    within = float(np.mean(((high - low) / (2 * stats.norm.ppf(0.975))) ** 2))
    reach = stats.norm.ppf(0.975) * np.sqrt(within + (1 + 1 / m) * float(estimates.var(ddof=1)))
    return estimate, estimate - float(reach), estimate + float(reach)


def too_few(found: pd.DataFrame) -> str:
    """One sentence on the comparisons that have too few items on a side to say anything."""
    few = found[found["p"].isna()]
    if few.empty:
        return f"All {len(found)} comparisons have at least {FEWEST_ITEMS} items on either side."
    return (
        f"Too few to say for {len(few)} of {len(found)} comparisons (fewer than {FEWEST_ITEMS} items on "
        "a side): " + "; ".join(few["comparison"]) + "."
    )
