"""What a timeline rests on: items and pages by period, and the items of uncertain date."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import figures
from cuttings.timeline import axes as time
from cuttings.timeline.axes import Chosen
from cuttings.timeline.intervals import bounds, drawn_days, overlap
from cuttings.timeline.panels import in_years, left_out
from cuttings.timeline.periods import Periods, decimal


def plot_volume(
    items: pd.DataFrame, chosen: Chosen, periods: Periods, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """Items and pages by period, and below every item of uncertain date across its interval."""
    placed = in_years(items)
    shares = overlap(placed, periods.edges[:-1], periods.edges[1:]).sum(axis=0)
    low, high = _dated_range(placed, periods)
    unsure = placed[placed["date_earliest"] < placed["date_latest"]]
    said = left_out(items, periods)
    text = time.key_lines(
        chosen,
        ["The thin lines give the range of counts that the uncertain dates allow (95 % of draws).", *said],
    )
    ratios = [2.2, 0.8, float(np.clip(0.055 * len(unsure), 0.5, 3)), 0.17 * len(text)]
    with figures.canvas(10, 1.3 + sum(ratios), nrows=4, height_ratios=ratios) as (
        fig,
        (ax, pages, spans, key),
    ):
        ax.bar(periods.x, shares, width=0.8 * periods.width, color=figures.PALETTE[0])
        ax.vlines(periods.x, low, high, color=figures.INK, linewidth=1.4)
        ax.set_ylabel("items")
        ax.set_ylim(0, max(1.0, high.max(initial=1.0)) * 1.2)
        if len(periods) <= 2 * time.MOST_NAMES:
            for x, n, top in zip(periods.x, shares, high, strict=True):
                if n > 0:
                    place = {"xytext": (0, 2), "textcoords": "offset points", "ha": "center", "fontsize": 8}
                    ax.annotate(time.tenths(n), (x, max(n, top)), **place)
        ax.set_title(f"Items by {periods.every} (n = {len(placed):,} in the years)", fontsize=10)
        time.strip(pages, placed, periods)
        _spans(spans, unsure)
        for panel in (ax, pages, spans):
            time.frame(panel, periods, labelled=panel is spans)
            time.gaps(panel, placed, periods)
            time.lines(panel, chosen)
        time.numbers(ax, chosen, chosen)
        time.write_key(key, text)
        fig.suptitle(
            f"What the timeline rests on, {time.span(periods)}", x=0.01, ha="left", fontweight="bold"
        )
        data = pd.DataFrame(
            {
                "period": periods.names,
                "items": shares,
                "low": low,
                "high": high,
                "pages": time.pages_by_period(placed, periods),
            }
        )
        counted = ", ".join(
            f"{p} {time.tenths(n)}" for p, n in zip(periods.names, shares, strict=True) if n > 0
        )
        alt = f"Items by {periods.every}: {counted or 'none'}. {len(unsure)} of uncertain date drawn across their intervals. {' '.join(said)}"
        return figures.save(fig, name, data, alt, out_dir)


def _dated_range(placed: pd.DataFrame, periods: Periods, draws: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % range of each period's number of items over draws of their days."""
    cell = periods.index(drawn_days(placed, draws)) + np.arange(draws)[:, None] * (len(periods) + 1)
    counts = np.bincount(cell.ravel(), minlength=draws * (len(periods) + 1)).reshape(draws, -1)[:, :-1]
    low, high = np.quantile(counts, [0.025, 0.975], axis=0)
    return low, high


def _spans(ax, unsure: pd.DataFrame) -> None:
    first, last = bounds(unsure)
    rows = np.arange(len(unsure))
    ax.hlines(rows, decimal(first), decimal(last + 1), color=figures.PALETTE[1], linewidth=2)
    ax.set_ylim(len(unsure), -1)
    ax.set_yticks([])
    ax.set_title(f"Items of uncertain date, each across its interval (n = {len(unsure):,})", fontsize=9.5)
