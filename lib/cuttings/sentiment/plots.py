"""Figures of step 03."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import figures, inference
from cuttings.sentiment.compare import compare, item_means
from cuttings.sentiment.instruments import NAMES

TITLES = {"genre": "Polarity by genre of item", "voice": "Polarity by kind of voice"}


def plot_groups(data: pd.DataFrame, group: str, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Mean polarity of each ``group`` with its interval, every item a point; a panel an instrument.

    ``data`` is as ``scored`` gives it. Groups with too few items have points and no interval.
    """
    means, points = compare(data, group), item_means(data, group)
    shown = list(dict.fromkeys(means[group]))
    used = [name for name in NAMES if (means["instrument"] == name).any()]
    height = 1.7 + 0.62 * max(len(shown), 1)
    with figures.canvas(8.8, height, ncols=max(len(used), 1), sharex=True, sharey=True, squeeze=False) as (
        fig,
        grid,
    ):
        for ax, instrument in zip(grid[0], used, strict=False):
            _panel(
                ax,
                means[means["instrument"] == instrument],
                points[points["instrument"] == instrument],
                group,
            )
            ax.set_title(NAMES[instrument], fontsize=11)
        grid[0][0].set_yticks(range(len(shown)), [_label(means, group, g) for g in shown])
        grid[0][0].set_ylim(len(shown) - 0.4, -0.6)
        fig.suptitle(TITLES[group], x=0.01, ha="left", fontweight="bold")
        fig.supxlabel(
            "mean polarity of the sentences (−1 to 1): small points are items, diamonds all sentences\n"
            "with a 95 % interval that resamples items",
            fontsize=9,
        )
        alt = f"{TITLES[group]}, a panel for each instrument, items as points. " + _spoken(means, group)
        return figures.save(fig, name, means, alt, out_dir)


def _panel(ax, means: pd.DataFrame, points: pd.DataFrame, group: str) -> None:
    rows = {g: row for row, g in enumerate(dict.fromkeys(means[group]))}
    ax.axvline(0, color=figures.MUTED, linewidth=1)
    ax.grid(axis="y", visible=False)
    for g, part in points.groupby(group):
        ax.scatter(
            part["mean"],
            rows[g] + 0.1 + _spread(part["mean"]),
            s=18,
            color=figures.PALETTE[5],
            alpha=0.75,
            linewidths=0,
        )
    for mean in means.itertuples():
        row = rows[getattr(mean, group)] - 0.3
        if mean.low == mean.low:
            ax.plot(
                [mean.low, mean.high], [row, row], color=figures.INK, linewidth=2.2, solid_capstyle="butt"
            )
            ax.plot(
                mean.estimate, row, "D", color=figures.PALETTE[1], markeredgecolor=figures.INK, markersize=5.5
            )


def _spread(values: pd.Series, reach: float = 0.27, bins: int = 60) -> np.ndarray:
    """Offsets that set points of nearly equal value side by side, alternating round the middle."""
    nth = values.groupby(np.floor(values * bins / 2)).cumcount().to_numpy()
    steps = np.where(nth % 2, 1, -1) * ((nth + 1) // 2)
    return reach * steps / max(4, np.abs(steps).max(initial=0))


def _label(means: pd.DataFrame, group: str, value: str) -> str:
    row = means[means[group] == value].iloc[0]
    few = "" if row["n_items"] >= inference.FEWEST_ITEMS else "\ntoo few to say"
    return (
        f"{value}\n{row['n']:,} sentences, {row['n_items']:,} item{'s' if row['n_items'] != 1 else ''}{few}"
    )


def _spoken(means: pd.DataFrame, group: str) -> str:
    return " ".join(
        f"{NAMES[m.instrument]}, {getattr(m, group)}: {m.estimate:+.2f} ({figures.n_label(m.n, m.n_items)})."
        for m in means.itertuples()
    )
