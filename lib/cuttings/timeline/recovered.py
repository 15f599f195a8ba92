"""Whether the movements that coders see are the movements that the timeline shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, edtf, figures, stance
from cuttings.inference import FEWEST_ITEMS
from cuttings.stance.compare import BALANCE
from cuttings.timeline import axes as time
from cuttings.timeline.panels import draw_series, in_years, level, nothing
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import late_less_early, series

COLUMNS = ["target", "label", "period", "x", "coded", "n_coded", "estimate", "low", "high", "n_items"]


def recovered(
    corpus_dir: str | Path,
    statements: pd.DataFrame,
    targets: list[str],
    items: pd.DataFrame,
    periods: Periods,
) -> pd.DataFrame:
    """The balance of each target by period as coded at the coded dates, beside the balance as measured.

    The coder is the one with the most labels; dates are those of ``codings/items.csv``. Columns:
    target, label, period, x, coded and n_coded (items), estimate, low, high and n_items (measured).
    No row where the corpus has no such codings.
    """
    coded, when = _coded(corpus_dir)
    placed, rows = in_years(items), []
    for target in targets if len(coded) else []:
        part = statements[statements["target"] == target]
        measured = series(part, "balance", placed, periods)
        theirs = series(coded[coded["target"] == target], "balance", when, periods)
        columns = measured.assign(
            target=target, label=part["label"].iloc[0], coded=theirs["estimate"], n_coded=theirs["n_items"]
        )
        rows.append(columns[COLUMNS])
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=COLUMNS)


def movements(
    corpus_dir: str | Path,
    statements: pd.DataFrame,
    targets: list[str],
    items: pd.DataFrame,
    periods: Periods,
) -> pd.DataFrame:
    """Later half of the years less the earlier for each target, as coded and as measured: a row each."""
    coded, when = _coded(corpus_dir)
    labels, rows, years = stance.labels(corpus_dir), [], (periods.year_from, periods.year_to)
    for target in targets if len(coded) else []:
        for who, data, dated in (("as coded", coded, when), ("as measured", statements, items)):
            found = late_less_early(data[data["target"] == target], "balance", dated, *years)
            rows.append({"target": labels.get(target, target), "later less earlier": who, **vars(found)})
    return pd.DataFrame(
        rows, columns=["target", "later less earlier", "estimate", "low", "high", "n", "n_items"]
    )


def agreement(found: pd.DataFrame) -> str:
    """One sentence on ``recovered``: how closely the measured periods follow the coded ones."""
    both = found[(found["n_coded"] >= FEWEST_ITEMS) & (found["n_items"] >= FEWEST_ITEMS)]
    if len(both) < 3 or both["coded"].nunique() < 2 or both["estimate"].nunique() < 2:
        return "Too few periods are both coded and measured to say how closely the two move together."
    sides = both[["coded", "estimate"]]
    within = sides - sides.groupby(both["target"]).transform("mean")
    banded = both.dropna(subset=["low"])
    inside = ((banded["low"] <= banded["coded"]) & (banded["coded"] <= banded["high"])).sum()
    return (
        f"Over {len(both)} periods of {both['target'].nunique()} targets the measured balance and the coded one correlate "
        f"at r = {_r(sides):.2f}, which tells targets apart; from period to period within a target, which is what a "
        f"timeline shows, at r = {_r(within):.2f}. {inside} of {len(banded)} bands ({inside / max(1, len(banded)):.0%}) hold what "
        "the coder's labels give; 95 % would if the scorer made no errors."
    )


def _r(pairs: pd.DataFrame) -> float:
    return float(np.corrcoef(pairs["coded"], pairs["estimate"])[0, 1])


def plot_recovered(
    found: pd.DataFrame, items: pd.DataFrame, periods: Periods, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """``recovered``: the measured series with its bands, and the coded one as crosses with a broken line."""
    parts = list(found.groupby("label", sort=False))
    with figures.canvas(10, 0.9 + 1.5 * max(len(parts), 1), nrows=max(len(parts), 1), squeeze=False) as (
        fig,
        grid,
    ):
        for ax, (label, part) in zip(grid[:, 0], parts, strict=False):
            points = part.reset_index(drop=True)
            draw_series(ax, points, periods, figures.PALETTE[0])
            there = points[points["n_coded"] >= FEWEST_ITEMS]
            for run in time.runs(there, periods):
                ax.plot(run["x"], run["coded"], "--", color=figures.INK, linewidth=1.2)
            ax.plot(there["x"], there["coded"], "X", color=figures.INK, markersize=6)
            level(ax, 1.0)
            counted = (
                f"n = {int(part['n_coded'].sum()):,} items coded, {int(part['n_items'].sum()):,} measured"
            )
            ax.set_title(f"{label}: share for minus share against ({counted})", fontsize=9.5)
        if not parts:
            nothing(grid[0, 0], "no statements of this corpus have been coded with their dates")
        for ax in grid[:, 0]:
            time.frame(ax, periods, labelled=ax is grid[-1, 0])
            time.gaps(ax, in_years(items), periods)
        fig.suptitle(
            "Coded (crosses, broken line) and measured (diamonds with bands)",
            x=0.01,
            ha="left",
            fontweight="bold",
        )
        alt = " ".join(
            [
                "The coders' balance beside the measured one.",
                agreement(found) if len(found) else "Nothing is coded.",
            ]
        )
        return figures.save(fig, name, found, alt, out_dir)


def _coded(corpus_dir: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One coder's stances with their balance, and the coded items with their dates; empty if there are none."""
    nothing = pd.DataFrame(columns=["item_id", "target", "balance"]), pd.DataFrame()
    path, labels = Path(corpus_dir) / "codings" / "items.csv", codings.read(corpus_dir, "stance")
    if labels.empty or not path.exists():
        return nothing
    when = pd.read_csv(path, dtype=str, keep_default_na=False)
    if not {"item_id", "page_id", "date"} <= set(when.columns):
        return nothing
    when = when[when["date"] != ""].reset_index(drop=True)
    parsed = when["date"].map(edtf.parse)
    for side in ("earliest", "latest"):
        when[f"date_{side}"] = pd.to_datetime([getattr(day, side) for day in parsed])
    chosen = labels[labels["coder"] == labels["coder"].value_counts().sort_index().idxmax()]
    return chosen.assign(balance=chosen["stance"].map(BALANCE).astype(float)), when
