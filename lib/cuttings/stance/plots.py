"""Figures of step 04."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from cuttings import figures, inference
from cuttings.stance.compare import VOICES, by_target, by_voice
from cuttings.tables import STANCES

FEWEST_STATEMENTS = 5
"""A cell with fewer statements is hatched: its colour would say more than it knows."""


def plot_voices(data: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Heat map of kinds of voice by target: share for minus share against, n in each cell.

    ``data`` is as ``statements`` gives it.
    """
    cells = by_voice(data)
    targets = list(by_target(data)["label"])
    voices = [v for v in VOICES if v in set(cells["voice"])]
    norm = Normalize(-1, 1)
    with figures.canvas(3.2 + 0.95 * max(len(voices), 4), 1.9 + 0.44 * max(len(targets), 1)) as (fig, ax):
        for cell in cells.itertuples():
            _cell(ax, voices.index(cell.voice), targets.index(cell.label), cell, norm)
        ax.set_xlim(0, max(len(voices), 1))
        ax.set_ylim(max(len(targets), 1), 0)
        ax.set_xticks([i + 0.5 for i in range(len(voices))], [v.replace(", ", ",\n") for v in voices])
        ax.set_yticks([i + 0.5 for i in range(len(targets))], targets)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        ax.set_title("Who stands where: share for minus share against, by voice and target", fontsize=11, x=0)
        bar = fig.colorbar(ScalarMappable(norm, figures.DIVERGING), ax=ax, shrink=0.7, aspect=25, pad=0.02)
        bar.set_label("all against (−1) to all for (+1)", fontsize=9)
        bar.outline.set_visible(False)
        fig.supxlabel(
            "kind of voice; in each cell the difference and n, the number of statements; "
            f"hatched below {FEWEST_STATEMENTS}",
            fontsize=9,
        )
        return figures.save(fig, name, cells, _spoken(cells), out_dir)


def _cell(ax, column: int, row: int, cell, norm: Normalize) -> None:
    few = cell.n < FEWEST_STATEMENTS
    colour = figures.PAPER if few else colormaps[figures.DIVERGING](norm(cell.estimate))
    hatch = {"hatch": "////", "edgecolor": figures.GRID} if few else {"edgecolor": figures.PAPER}
    ax.add_patch(Rectangle((column + 0.02, row + 0.03), 0.96, 0.94, facecolor=colour, linewidth=0, **hatch))
    ink = figures.PAPER if not few and abs(cell.estimate) > 0.65 else figures.INK
    written = f"n {cell.n:,}" if few else f"{_signed(cell.estimate)}  n {cell.n:,}"
    ax.text(column + 0.5, row + 0.5, written, ha="center", va="center", fontsize=8, color=ink)


def plot_targets(data: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Shares against, neutral and for each target as bars, and their balance with its interval."""
    found = by_target(data)
    rows = range(len(found))
    with figures.canvas(9.5, 1.9 + 0.4 * max(len(found), 1), ncols=2, sharey=True, width_ratios=[3, 2]) as (
        fig,
        (left, right),
    ):
        start = pd.Series(0.0, index=found.index)
        for stance, hatch in zip(STANCES, ("", "..", "//"), strict=True):
            colour = figures.STANCE_COLOURS[stance]
            left.barh(
                rows,
                found[stance],
                left=start,
                height=0.72,
                color=colour,
                label=stance,
                hatch=hatch,
                edgecolor=figures.PAPER,
                linewidth=0.5,
            )
            start = start + found[stance]
        _balance(right, found)
        left.set_yticks(rows, [f"{r.label}\n{_n(r)}" for r in found.itertuples()], fontsize=8.5)
        left.set_ylim(len(found) - 0.4, -0.6)
        left.set_xlim(0, 1)
        left.set_xlabel("share of statements")
        left.grid(axis="y", visible=False)
        fig.legend(*left.get_legend_handles_labels(), loc="outside lower left", ncols=3)
        fig.suptitle("For and against each target, all voices together", x=0.01, ha="left", fontweight="bold")
        return figures.save(
            fig, name, found, "Shares against, neutral and for each target. " + _spoken(found), out_dir
        )


def _balance(ax, found: pd.DataFrame) -> None:
    ax.axvline(0, color=figures.MUTED, linewidth=1)
    enough = found[found["n_items"] >= inference.FEWEST_ITEMS]
    ax.hlines(enough.index, enough["low"], enough["high"], color=figures.INK, linewidth=2)
    ax.plot(enough["estimate"], enough.index, "D", color=figures.PALETTE[4], markeredgecolor=figures.INK)
    few = found.drop(enough.index)
    ax.plot(few["estimate"], few.index, "o", markerfacecolor=figures.PAPER, markeredgecolor=figures.MUTED)
    ax.set_xlim(-1.05, 1.05)
    ax.set_xlabel(
        "share for minus share against,\n95 % interval over items (hollow:\ntoo few items for an interval)",
        fontsize=9,
    )
    ax.grid(axis="y", visible=False)


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00"


def _n(row) -> str:
    return f"{row.n:,} in {row.n_items:,} item{'s' if row.n_items != 1 else ''}"


def _spoken(found: pd.DataFrame) -> str:
    voices = found["voice"] + " on " if "voice" in found else pd.Series("", index=found.index)
    cells = zip(voices, found["label"], found["estimate"], found["n"], strict=True)
    return "Share for minus share against: " + "; ".join(
        f"{voice}{label} {estimate:+.2f} (n = {n})" for voice, label, estimate, n in cells
    )
