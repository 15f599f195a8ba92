"""The dispersion plot: where words stand in a corpus laid end to end."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

import numpy as np
import pandas as pd

from cuttings import figures

SLOTS = 400
"""Ticks that a row may have; more occurrences share a tick, drawn darker."""


def plot_dispersion(
    places: pd.DataFrame, spread: pd.DataFrame, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """A row of ticks for each word of ``spread``, at its places in the dated items in order of date.

    ``places`` is as ``describe.places_in_time`` gives it for the same words, ``spread`` as
    ``describe.dispersion``.
    """
    size, rows = max(places.attrs["words"], 1), range(len(spread))
    with figures.canvas(10, 1.7 + 0.3 * max(len(spread), 2)) as (fig, ax):
        for row, word in zip(rows, spread["word"], strict=True):
            _ticks(ax, places.loc[places["word"] == word, "place"].to_numpy(), size, row)
        starts = {int(year): at for year, at in places.attrs["years"].items()}
        ax.vlines([at for at in starts.values() if at], -0.6, len(spread) - 0.4, color=figures.GRID)
        ends = [*list(starts.values())[1:], size] if starts else []
        wide = [(y, (a + b) / 2) for (y, a), b in zip(starts.items(), ends, strict=True) if b - a > size / 40]
        ax.set_xticks([x for _, x in wide], [str(y) for y, _ in wide])
        ax.set_yticks(
            rows, [f"{shorten(w, 24)} ({n:,})" for w, n in zip(spread["word"], spread["count"], strict=True)]
        )
        for row, of in zip(rows, spread.itertuples(), strict=True):
            ax.text(
                1.01,
                row,
                f"{of.dp:.2f}  ({of.dp_chance:.2f})",
                transform=ax.get_yaxis_transform(),
                va="center",
                fontsize=9,
            )
        ax.text(
            1.01, -0.85, "DP  (chance)", transform=ax.get_yaxis_transform(), fontsize=9, color=figures.MUTED
        )
        ax.set_xlim(0, size)
        ax.set_ylim(len(spread) - 0.4, -0.6)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        ax.set_xlabel(
            f"the dated items end to end by date (n = {size:,} words); a tick an occurrence, darker where several"
        )
        ax.set_title("Where the most frequent words stand, and how unevenly (all occurrences)")
        alt = "Dispersion of words over the items by date; DP: " + ", ".join(
            f"{w} {dp:.2f}" for w, dp in zip(spread["word"], spread["dp"], strict=True)
        )
        return figures.save(fig, name, spread, alt, out_dir)


def _ticks(ax, places: np.ndarray, size: int, row: int) -> None:
    if not len(places):
        return
    counts, edges = np.histogram(places, bins=SLOTS, range=(0, size))
    filled = counts > 0
    shade = 0.35 + 0.65 * counts[filled] / max(counts.max(), 2)
    at = (edges[:-1] + edges[1:])[filled] / 2
    ax.vlines(at, row - 0.32, row + 0.32, color=figures.PALETTE[0], alpha=shade, linewidth=1.6)
