"""Figures of step 04."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import seaborn as sns
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from cuttings import figures, inference
from cuttings.stance.compare import VOICES, by_target, by_voice
from cuttings.tables import STANCES

HATCHES = dict(zip(STANCES, ("", "..", "//"), strict=True))
RAW = figures.PALETTE[4]
FADED = 0.35
"""How opaque a bar is that rests on too few items for an interval."""


def plot_voices(data: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Heat map of kinds of voice by target: share for minus share against, n in each cell.

    ``data`` is as ``statements`` gives it.
    """
    cells = by_voice(data)
    targets = list(by_target(data)["label"])
    voices = [v for v in VOICES if v in set(cells["voice"])]
    with figures.canvas(3.2 + 0.95 * max(len(voices), 4), 1.9 + 0.44 * max(len(targets), 1)) as (fig, ax):
        if len(cells):
            _draw_cells(ax, cells, targets, voices)
        ax.set(xlabel="", ylabel="")
        ax.set_xticklabels([v.replace(", ", ",\n") for v in voices], rotation=0)
        ax.set_yticklabels(targets, rotation=0)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        ax.set_title("Who stands where: share for minus share against, by voice and target", fontsize=11, x=0)
        fig.supxlabel(
            "kind of voice; in each cell the difference and n, the number of statements; "
            f"hatched: from fewer than {inference.FEWEST_ITEMS} items",
            fontsize=9,
        )
        return figures.save(fig, name, cells, _spoken(cells), out_dir)


def _draw_cells(ax, cells: pd.DataFrame, targets: list[str], voices: list[str]) -> None:
    enough = cells["n_items"] >= inference.FEWEST_ITEMS
    written = [f"{_signed(c.estimate)}  n {c.n:,}" for c in cells.itertuples()]
    table = cells.assign(shown=cells["estimate"].where(enough), written=written)
    values, labels = (
        table.pivot(index="label", columns="voice", values=column).reindex(index=targets, columns=voices)
        for column in ("shown", "written")
    )
    sns.heatmap(
        values.astype(float),
        annot=labels.fillna(""),
        fmt="",
        annot_kws={"fontsize": 8},
        cmap=figures.DIVERGING,
        vmin=-1,
        vmax=1,
        linewidths=3,
        linecolor=figures.PAPER,
        cbar_kws={"shrink": 0.7, "aspect": 25, "pad": 0.02, "label": "all against (−1) to all for (+1)"},
        ax=ax,
    )
    for cell in cells[~enough].itertuples():
        at = voices.index(cell.voice), targets.index(cell.label)
        hatched = {"facecolor": figures.PAPER, "edgecolor": figures.GRID, "hatch": "////", "linewidth": 0}
        ax.add_patch(Rectangle((at[0] + 0.02, at[1] + 0.03), 0.96, 0.94, **hatched))
        ax.text(at[0] + 0.5, at[1] + 0.5, _few(cell), ha="center", va="center", fontsize=8)


def plot_targets(
    data: pd.DataFrame, put_right: pd.DataFrame, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """Shares against, neutral and for each target as bars, and their balance with its interval.

    ``put_right`` is the balance by target as ``compare.put_right`` gives it; it is drawn beside the raw one
    where there is one.
    """
    found = by_target(data)
    right_limits = put_right.reindex(columns=["target", "estimate", "low", "high"])
    found = found.merge(right_limits, on="target", how="left", suffixes=("", "_put_right"))
    rows = range(len(found))
    with figures.canvas(8.8, 1.9 + 0.4 * max(len(found), 1), ncols=2, sharey=True, width_ratios=[3, 2]) as (
        fig,
        (left, right),
    ):
        start = pd.Series(0.0, index=found.index)
        for stance, hatch in HATCHES.items():
            colour = figures.STANCE_COLOURS[stance]
            bars = left.barh(
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
            for bar, items in zip(bars, found["n_items"], strict=True):
                bar.set_alpha(1 if items >= inference.FEWEST_ITEMS else FADED)
            start = start + found[stance]
        _balance(right, found)
        left.set_yticks(rows, [f"{r.label}\n{_n(r)}" for r in found.itertuples()], fontsize=8.5)
        left.set_ylim(len(found) - 0.4, -0.6)
        left.set_xlim(0, 1)
        left.set_xlabel(
            f"share of statements\n(faded: from fewer than {inference.FEWEST_ITEMS} items)",
            fontsize=9,
        )
        left.grid(axis="y", visible=False)
        fig.legend(handles=_legend(found), loc="outside lower left", ncols=5)
        fig.suptitle("For and against each target, all voices together", x=0.01, ha="left", fontweight="bold")
        return figures.save(
            fig, name, found, "Shares against, neutral and for each target. " + _spoken(found), out_dir
        )


def _balance(ax, found: pd.DataFrame) -> None:
    ax.axvline(0, color=figures.MUTED, linewidth=1)
    enough = found[found["n_items"] >= inference.FEWEST_ITEMS]
    known = enough.dropna(subset=["low_put_right"])
    apart = 0.17 if len(known) else 0
    ax.hlines(enough.index - apart, enough["low"], enough["high"], color=figures.INK, linewidth=2)
    ax.plot(enough["estimate"], enough.index - apart, "D", color=RAW, markeredgecolor=figures.INK)
    ax.hlines(
        known.index + apart, known["low_put_right"], known["high_put_right"], color=figures.MUTED, linewidth=2
    )
    ax.plot(
        known["estimate_put_right"],
        known.index + apart,
        "s",
        color=figures.PAPER,
        markeredgecolor=figures.INK,
    )
    few = found.drop(enough.index)
    ax.plot(few["estimate"], few.index, "o", markerfacecolor=figures.PAPER, markeredgecolor=figures.MUTED)
    ax.set_xlim(-1.05, 1.05)
    ax.set_xlabel(
        "share for minus share against,\n95 % interval over items (hollow:\ntoo few items for an interval)",
        fontsize=9,
    )
    ax.grid(axis="y", visible=False)


def _legend(found: pd.DataFrame) -> list[Patch | Line2D]:
    colours = figures.STANCE_COLOURS
    shares = [
        Patch(facecolor=colours[s], hatch=hatch, edgecolor=figures.PAPER, label=s)
        for s, hatch in HATCHES.items()
    ]
    marks = [("D", RAW, "as scored"), ("s", figures.PAPER, "put right by codings")]
    drawn = marks if found["low_put_right"].notna().any() else marks[:1]
    return shares + [
        Line2D([], [], linestyle="", marker=m, color=colour, markeredgecolor=figures.INK, label=label)
        for m, colour, label in drawn
    ]


def _few(cell) -> str:
    return f"n {cell.n:,} in {cell.n_items:,}\nitem{'s' if cell.n_items != 1 else ''}"


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
