"""Words that rise and fall, a small plot each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import figures
from cuttings.describe.trends import strongest
from cuttings.show import number


def plot_trends(
    shifts: pd.DataFrame, rates: pd.DataFrame, name: str, out_dir: str | Path, most: int = 6
) -> figures.SavedFigure:
    """The smoothed rates of the words that rise (above) and fall (below) the surest, with 95 % bands.

    ``shifts`` is as ``describe.trends`` gives it, ``rates`` as ``describe.yearly_rates`` does for the
    words of ``describe.strongest``. Every plot has its own height.
    """
    words = strongest(shifts, most)
    ncols = min(max(len(words), 1), 6)
    nrows = max(-(-len(words) // ncols), 1)
    of = shifts.set_index("word")
    with figures.canvas(1.9 * ncols + 0.6, 1.95 * nrows + 1.2, ncols=ncols, nrows=nrows, squeeze=False) as (
        fig,
        axes,
    ):
        for ax, word in zip(axes.flat, words, strict=False):
            _small(ax, word, rates[rates["word"] == word], of.loc[word])
        for ax in list(axes.flat)[len(words) :]:
            ax.set_axis_off()
        sure = int((shifts["moves"] != "no").sum())
        fig.suptitle(
            f"{sure} of {len(shifts)} words rise or fall beyond chance; the surest either way",
            x=0.01,
            ha="left",
            fontweight="bold",
        )
        fig.supylabel("per 1,000 words, smoothed", fontsize=9)
        fig.supxlabel(
            "year; band: 95 %, over items and their dates; each plot has its own height; in brackets: n",
            fontsize=9,
        )
        alt = "Rates of words by year; shift in years: " + ", ".join(
            f"{w} {number(of.loc[w, 'shift'], 1)} ({of.loc[w, 'moves']})" for w in words
        )
        return figures.save(fig, name, rates, alt, out_dir)


def _small(ax, word: str, rates: pd.DataFrame, of: pd.Series) -> None:
    colour = {"rises": figures.PALETTE[0], "falls": figures.PALETTE[1]}.get(of["moves"], figures.MUTED)
    years, rate = rates["year"].to_numpy(), rates["per_1000"].to_numpy()
    ax.fill_between(years, rates["low"], rates["high"], color=colour, alpha=0.18, linewidth=0)
    ax.plot(years, rate, color=colour, linewidth=2)
    top = np.nanmax(
        [
            np.nanmax(rate, initial=0.001) * 1.6,
            np.nanmin([rates["high"].max(), 3 * np.nanmax(rate, initial=0.001)]),
        ]
    )
    ax.set_ylim(0, top)
    ax.set_xlim(years.min(), years.max() if len(years) > 1 else years.min() + 1)
    ax.set_xticks([years.min(), years.max()])
    ax.locator_params(axis="y", nbins=3)
    ax.tick_params(labelsize=8)
    ax.set_title(f"{word[:16]} ({of['count']:,})", fontsize=10, pad=14)
    says = {"rises": "rises", "falls": "falls"}.get(of["moves"], "not sure")
    ax.text(
        0, 1.03, f"{says}: {number(of['shift'], 1)} years", transform=ax.transAxes, fontsize=8, color=colour
    )
