"""Figures of step 04 that compare parts of the corpus, and that set the scorer against coders."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import figures
from cuttings.stance.calibration import reliability

MOST = 16
SURE = 0.05


def plot_contrasts(found: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """The surest contrasts, each a difference of balances with its interval; filled where q is under .05.

    ``found`` is as ``contrasts`` gives it.
    """
    shown = found.head(MOST).reset_index(drop=True)
    with figures.canvas(8.8, 2.2 + 0.36 * max(len(shown), 1)) as (fig, ax):
        if len(shown):
            ax.axvline(0, color=figures.MUTED, linewidth=1)
        ax.hlines(shown.index, shown["low"], shown["high"], color=figures.INK, linewidth=1.8)
        for row in shown.itertuples():
            filled = figures.PALETTE[0] if row.q < SURE else figures.PAPER
            ax.plot(row.estimate, row.Index, "o", color=filled, markeredgecolor=figures.INK)
        ax.set_yticks(shown.index, [_named(row) for row in shown.itertuples()], fontsize=8.5)
        ax.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        ax.grid(axis="y", visible=False)
        if shown.empty:
            ax.set_xticks([])
            ax.text(
                0.5, 0.5, "no two parts have enough items", ha="center", va="center", transform=ax.transAxes
            )
        ax.set_xlabel(
            "difference of balances: above nought, more for the target than the rest of the corpus\n"
            f"(95 % interval over items; filled: q < {SURE}, {len(found):,} comparisons adjusted together)",
            fontsize=9,
        )
        sure = int((found["q"] < SURE).sum())
        title = (
            f"Where parts of the corpus differ most: {sure if sure else 'none'} of {len(found):,} for sure"
        )
        fig.suptitle(title if len(found) else "No parts to compare", x=0.01, ha="left", fontweight="bold")
        said = "; ".join(f"{_named(r)} {r.estimate:+.2f}, q {r.q:.2f}" for r in shown.itertuples())
        return figures.save(
            fig,
            name,
            shown,
            f"Differences of balances, {sure} of {len(found):,} for sure. {said or 'None.'}",
            out_dir,
        )


def plot_reliability(pairs: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Share right by probability given, on the items on which nothing was chosen.

    ``pairs`` is as ``coded`` gives it, of one scorer; without codings the figure says so.
    """
    known = pairs[pairs["held_out"].astype(bool)]
    bins = (
        reliability(known["top"], known["right"])
        if len(known)
        else pd.DataFrame(columns=["probability", "right", "n"])
    )
    with figures.canvas(5.2, 4.6) as (fig, ax):
        ax.plot([1 / 3, 1], [1 / 3, 1], color=figures.MUTED, linewidth=1, linestyle="--")
        ax.plot(
            bins["probability"], bins["right"], "o-", color=figures.PALETTE[0], markeredgecolor=figures.INK
        )
        ax.set(xlim=(0.3, 1.02), ylim=(-0.02, 1.02))
        ax.set_xlabel(
            f"probability given to the likeliest side\n(n = {len(known):,} codings held out, in bins of equal number)"
        )
        ax.set_ylabel("share right")
        if known.empty:
            ax.text(0.66, 0.9, "no codings", ha="center")
        ax.set_title("Do the probabilities mean what they say?", fontsize=11)
        said = "; ".join(
            f"given {b.probability:.2f}, right {b.right:.2f} (n = {b.n:,})" for b in bins.itertuples()
        )
        return figures.save(
            fig, name, bins, f"Share right by probability given. {said or 'No codings.'}", out_dir
        )


def _named(row) -> str:
    return f"{row.label}: {row.part} ({row.dimension}), n {row.n:,}"
