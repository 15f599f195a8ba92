"""What is drawn in a panel of a timeline: items, means with bands, smoothed curves, numbers of items."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cuttings import dates, figures
from cuttings.inference import FEWEST_ITEMS
from cuttings.timeline import axes as time
from cuttings.timeline.periods import Periods


def in_years(items: pd.DataFrame) -> pd.DataFrame:
    """The items with a date in the years shown."""
    return items[items["placing"] == dates.PLACINGS[0]].reset_index(drop=True)


def left_out(items: pd.DataFrame, periods: Periods) -> list[str]:
    """How many items the figure leaves out, in words."""
    counts = items["placing"].value_counts()
    undated, outside = (int(counts.get(placing, 0)) for placing in dates.PLACINGS[1:])
    return [
        f"Not drawn: {undated:,} without a date, {outside:,} outside {time.span(periods)}; the notebook names them."
    ]


def joined(drawn: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    """Several series as one table, the data of a figure."""
    parts = [points.assign(series=label) for label, points in drawn]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def draw_items(ax, points: pd.DataFrame, colour: str) -> None:
    """Items as points or, over an interval of dates, bars."""
    wide = points["last"] - points["first"] > 0.1
    bars, dots = points[wide], points[~wide]
    ax.hlines(bars["mean"], bars["first"], bars["last"], color=colour, alpha=0.45, linewidth=2.2)
    there = dots.assign(x=(dots["first"] + dots["last"]) / 2, mean=dots["mean"].round(2))
    heaps = there.groupby(["x", "mean"], as_index=False).size()
    ax.scatter(heaps["x"], heaps["mean"], s=17 * heaps["size"], color=colour, alpha=0.55, linewidths=0)


def draw_smooth(ax, curve: pd.DataFrame, periods: Periods) -> None:
    """A smoothed curve with its band, broken where periods have no items."""
    for run in time.runs(curve, periods):
        ax.fill_between(run["x"], run["low"], run["high"], color=figures.MUTED, alpha=0.15, linewidth=0)
        ax.plot(run["x"], run["estimate"], color=figures.MUTED, linewidth=1.6, alpha=0.8)


def draw_series(ax, points: pd.DataFrame, periods: Periods, colour: str, size: float = 6) -> None:
    """Means with bands, joined where neighbouring periods have them."""
    ax.axhline(0, color=figures.MUTED, linewidth=1, zorder=0.9)
    enough = points.dropna(subset=["low"])
    ax.vlines(enough["x"], enough["low"], enough["high"], color=colour, linewidth=0.33 * size, zorder=3)
    for run in time.runs(enough, periods):
        ax.plot(run["x"], run["estimate"], color=colour, linewidth=0.2 * size, zorder=3)
    ax.plot(
        enough["x"],
        enough["estimate"],
        "D",
        color=figures.PAPER,
        markeredgecolor=colour,
        markersize=size,
        zorder=4,
    )


def draw_others(ax, rest: dict[str, pd.DataFrame], periods: Periods) -> None:
    """Several series in one panel, each with its marker, side by side within a period."""
    ax.axhline(0, color=figures.MUTED, linewidth=1, zorder=0.9)
    for k, (label, points) in enumerate(rest.items()):
        colour, marker = (
            figures.PALETTE[(k + 1) % len(figures.PALETTE)],
            figures.MARKERS[k % len(figures.MARKERS)],
        )
        enough = points[points["n_items"] >= FEWEST_ITEMS]
        aside = (k - (len(rest) - 1) / 2) * 0.14 * periods.width
        ax.vlines(enough["x"] + aside, enough["low"], enough["high"], color=colour, linewidth=1.3, alpha=0.8)
        for run in time.runs(enough, periods):
            ax.plot(run["x"] + aside, run["estimate"], color=colour, linewidth=1, alpha=0.9)
        ax.plot(
            enough["x"] + aside,
            enough["estimate"],
            marker,
            color=colour,
            markersize=4.5,
            label=label,
            linestyle="none",
        )
    ax.set_title(
        "The other instruments: mean polarity (−1 to 1), periods with items enough for a band", fontsize=10
    )
    if all(points["n_items"].max() < FEWEST_ITEMS for points in rest.values()):
        nothing(ax, "too few items in every period")
    ax.legend(loc="upper left", bbox_to_anchor=(0, 1.02), ncols=len(rest), fontsize=8, handletextpad=0.2)
    ax.margins(y=0.25)


def nothing(ax, why: str) -> None:
    """Says in an empty panel why it is empty."""
    ax.set_ylim(-1, 1)
    ax.text(
        0.5,
        0.75,
        why,
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=9,
        color=figures.MUTED,
        bbox=time.BACKING,
    )


def level(ax, reach: float) -> None:
    """The axis of values, 0 in sight, room below for n."""
    ax.set_ylim(-reach * 1.22, reach)
    step = next(s for s in (0.5, 0.2, 0.1, 0.05) if s <= max(reach / 2, 0.05))
    ax.set_yticks(np.arange(-int(reach / step), int(reach / step) + 1) * step)


def write_n(ax, points: pd.DataFrame, periods: Periods, fontsize: float = 7.5) -> None:
    """The number of items below each period: written where there is room, else as bars."""
    there = points[points["n_items"] > 0]
    floor = ax.get_ylim()[0]
    if len(periods) <= 4 * time.MOST_NAMES:
        upright = len(periods) > 16
        style = {
            "fontsize": 6 if upright else fontsize,
            "rotation": 90 if upright else 0,
            "color": figures.MUTED,
        }
        for p in there.itertuples():
            label = time.tenths(p.n_items) if upright else f"n {time.tenths(p.n_items)}"
            ax.text(p.x, floor * 0.985, label, ha="center", va="bottom", **style)
        return
    most = there["n_items"].max() if len(there) else 1
    ax.bar(
        there["x"],
        there["n_items"] / most * abs(floor) * 0.2,
        width=0.9 * periods.width,
        bottom=floor,
        color=figures.MUTED,
        alpha=0.6,
    )
    ax.text(
        periods.year_from,
        floor * 0.78,
        f" n, at most {time.tenths(most)}",
        fontsize=7,
        color=figures.MUTED,
        va="bottom",
    )
