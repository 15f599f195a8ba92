"""All targets at a glance: small multiples by period, and the decade as a strip of colours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from cuttings import figures
from cuttings.inference import FEWEST_ITEMS
from cuttings.timeline import axes as time
from cuttings.timeline.panels import draw_items, draw_series, in_years, joined, level
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import item_points, series

COLUMNS = 3


def by_target(statements: pd.DataFrame, items: pd.DataFrame, periods: Periods) -> dict[str, pd.DataFrame]:
    """The series of every target by its label, the target with the most items first."""
    placed = in_years(items)
    order = (
        statements[statements["item_id"].isin(placed["item_id"])]
        .groupby(["label", "target"])["item_id"]
        .nunique()
    )
    found = {}
    for label, target in order.sort_values(ascending=False, kind="stable").index:
        part = statements[statements["target"] == target]
        found[label] = series(part, "balance", placed, periods)
    return found


def plot_multiples(
    statements: pd.DataFrame,
    by_label: dict[str, pd.DataFrame],
    items: pd.DataFrame,
    periods: Periods,
    name: str,
    out_dir: str | Path,
) -> figures.SavedFigure:
    """A small panel for every target: its items, and its means where items are enough. Scales are shared."""
    placed, rows = in_years(items), max(1, -(-len(by_label) // COLUMNS))
    with figures.canvas(10, 0.7 + 1.35 * rows, nrows=rows, ncols=COLUMNS, sharex=True, squeeze=False) as (
        fig,
        grid,
    ):
        for ax in grid.flat:
            ax.set_visible(False)
        for k, (ax, (label, points)) in enumerate(zip(grid.flat, by_label.items(), strict=False)):
            ax.set_visible(True)
            part = statements[statements["label"] == label]
            draw_items(ax, item_points(part, "balance", placed), figures.PALETTE[5])
            draw_series(ax, points, periods, figures.INK, size=3.6)
            level(ax, 1.12)
            time.frame(ax, periods, labelled=k >= len(by_label) - COLUMNS, fontsize=7.5)
            time.gaps(ax, placed, periods)
            time.thin(ax, 4)
            n = int(part["item_id"].isin(placed["item_id"]).groupby(part["item_id"]).any().sum())
            ax.set_title(f"{label} (n = {n:,} items)", fontsize=8.5, pad=4)
            ax.tick_params(axis="y", labelsize=7.5)
        fig.supylabel("share for minus share against", fontsize=9)
        fig.suptitle(
            f"Every target by {periods.every}, {time.span(periods)}", x=0.01, ha="left", fontweight="bold"
        )
        return figures.save(
            fig,
            name,
            joined(by_label.items()),
            time.spoken("Stance toward every target", list(by_label.items())),
            out_dir,
        )


def plot_heat(
    by_label: dict[str, pd.DataFrame], periods: Periods, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """The decade as a strip: a cell for each target and period with its balance and its number of items.

    Colour fades with few items, and the number in the cell says what the colour does, so that the strip
    is read without colour too. An empty cell is hatched.
    """
    rows, written = len(by_label), len(periods) <= 12
    with figures.canvas(10, 1.0 + 0.36 * max(rows, 1)) as (fig, ax):
        draw_heat(ax, by_label, periods, written)
        ax.set_title(
            f"Stance by target and {periods.every}, {time.span(periods)}: share for minus share against",
            fontsize=11,
        )
        return figures.save(
            fig,
            name,
            joined(by_label.items()),
            time.spoken("Stance by target", list(by_label.items())),
            out_dir,
        )


def draw_heat(
    ax, by_label: dict[str, pd.DataFrame], periods: Periods, written: bool, fontsize: float = 8
) -> None:
    """The cells of ``plot_heat`` on ``ax``."""
    colours = figures.matplotlib.colormaps[figures.DIVERGING]
    half = periods.width / 2
    for row, points in enumerate(by_label.values()):
        for p in points.itertuples():
            corner, size = (p.x - half, row - 0.47), (periods.width, 0.94)
            if p.n_items <= 0:
                ax.add_patch(
                    Rectangle(
                        corner, *size, facecolor="none", edgecolor=figures.GRID, hatch="///", linewidth=0
                    )
                )
                continue
            strength = min(1.0, p.n_items / FEWEST_ITEMS) * p.estimate
            shade = colours(0.5 + 0.42 * strength)
            ax.add_patch(Rectangle(corner, *size, facecolor=shade, edgecolor=figures.PAPER, linewidth=0.8))
            if written:
                ink = figures.PAPER if np.dot(shade[:3], [0.299, 0.587, 0.114]) < 0.5 else figures.INK
                value = f"{p.estimate:+.1f}".replace("-", "−") if abs(p.estimate) >= 0.05 else "0"
                ax.text(p.x, row - 0.08, value, ha="center", va="center", fontsize=fontsize, color=ink)
                ax.text(
                    p.x,
                    row + 0.29,
                    f"n {time.tenths(round(p.n_items))}",
                    ha="center",
                    va="center",
                    fontsize=0.66 * fontsize,
                    color=ink,
                )
    time.frame(ax, periods, labelled=True)
    ax.grid(False)
    ax.set_ylim(max(len(by_label), 1) - 0.5, -0.5)
    ax.set_yticks(range(len(by_label)), list(by_label))
    ax.tick_params(axis="y", length=0)
