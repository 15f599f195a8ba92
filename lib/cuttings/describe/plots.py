"""Figures of step 02."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import LogNorm
from matplotlib.patches import Rectangle

from cuttings import figures
from cuttings.describe.sizes import coverage
from cuttings.inference import FEWEST_ITEMS
from cuttings.tables import GENRES


def plot_coverage(
    items: pd.DataFrame, year_from: int, year_to: int, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """Items by outlet and year as a heat strip with n in each cell; years without items stay empty.

    ``items`` is as ``dates.placed`` gives it. Items without a date and outside the years have columns.
    """
    cells = coverage(items, year_from, year_to)
    columns = [str(year) for year in range(year_from, year_to + 1)]
    columns += [c for c in ("no date", "outside") if c in set(cells["column"])]
    cells, outlets = _most_rows(cells)
    norm = LogNorm(1, max(10.0, cells["items"].max() if len(cells) else 10.0), clip=True)
    with figures.canvas(
        2.6 + min(0.62, 9 / len(columns)) * len(columns), 1.7 + 0.45 * max(len(outlets), 1)
    ) as (fig, ax):
        for cell in cells.itertuples():
            _cell(ax, columns.index(cell.column), outlets.index(cell.outlet), cell.items, norm)
        _sums(ax, cells, columns, len(outlets))
        ax.set_xlim(0, len(columns))
        ax.set_ylim(len(outlets) + 0.8, 0)
        ax.set_xticks([i + 0.5 for i in range(len(columns))], [c.replace(" ", "\n") for c in columns])
        ax.set_yticks(
            [i + 0.5 for i in range(len(outlets) + 1)],
            [*(shorten(o, 40, placeholder=" …") for o in outlets), "all"],
        )
        ax.tick_params(length=0)
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        ax.set_title("Items by outlet and year", x=0)
        ax.set_xlabel(
            "year of publication; a date known only to an interval is shared out over its years", fontsize=9
        )
        alt = f"Heat strip of {len(items)} items by outlet and year. " + _spoken(cells)
        return figures.save(fig, name, cells, alt, out_dir)


def _most_rows(cells: pd.DataFrame, most: int = 20) -> tuple[pd.DataFrame, list[str]]:
    """The cells with rare outlets thrown together, and the rows in order of their items."""
    ordered = cells.groupby("outlet")["items"].sum().sort_values(ascending=False, kind="stable").index
    if len(ordered) <= most:
        return cells, list(ordered)
    rest = f"{len(ordered) - most + 1:,} other outlets"
    named = cells["outlet"].where(cells["outlet"].isin(ordered[: most - 1]), rest)
    summed = cells.assign(outlet=named).groupby(["outlet", "column"], as_index=False)["items"].sum()
    return summed, [*ordered[: most - 1], rest]


def _cell(ax, column: int, row: int, items: float, norm: LogNorm) -> None:
    shade = 0.15 + 0.75 * float(norm(max(items, 1)))
    ax.add_patch(
        Rectangle((column + 0.03, row + 0.05), 0.94, 0.9, facecolor=colormaps["Blues"](shade), linewidth=0)
    )
    ink = figures.PAPER if shade > 0.6 else figures.INK
    ax.text(column + 0.5, row + 0.5, _tenths(items), ha="center", va="center", fontsize=9, color=ink)


def _sums(ax, cells: pd.DataFrame, columns: list[str], row: int) -> None:
    sums = cells.groupby("column")["items"].sum()
    for column, label in enumerate(columns):
        n = sums.get(label, 0.0)
        written, colour = (_tenths(n), figures.INK) if n else ("none", figures.MUTED)
        ax.text(column + 0.5, row + 0.5, written, ha="center", va="center", fontsize=9, color=colour)


def plot_lengths(lengths: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """The lengths of the items by genre on a log scale, with the median and middle half of each genre.

    ``lengths`` is as ``describe.lengths`` gives it.
    """
    spread = lengths.groupby("genre")[["items", "lower", "median", "upper"]].first()
    genres = [g for g in GENRES if g in spread.index]
    with figures.canvas(8, 1.5 + 0.5 * max(len(genres), 1)) as (fig, ax):
        for row, genre in enumerate(genres):
            words = lengths.loc[lengths["genre"] == genre, "n_words"].clip(lower=1)
            offsets = 0.28 * np.sin(np.arange(len(words)) * 2.4)
            ax.scatter(
                words, row + offsets, s=20, color=figures.PALETTE[0], alpha=0.55, linewidths=0, zorder=3
            )
            if spread.loc[genre, "items"] < FEWEST_ITEMS:
                continue
            of = spread.loc[genre].clip(lower=1)
            ax.plot([of["lower"], of["upper"]], [row, row], color=figures.PALETTE[1], linewidth=2.5, zorder=4)
            ax.plot(
                [of["median"]] * 2,
                [row - 0.35, row + 0.35],
                color=figures.PALETTE[1],
                linewidth=2.5,
                zorder=4,
            )
        ax.set_yticks(range(len(genres)), [f"{g} ({spread.loc[g, 'items']:,.0f})" for g in genres])
        ax.set_ylim(max(len(genres), 1) - 0.4, -0.6)
        ax.set_xscale("log")
        ticks = _ticks_round(lengths["n_words"])
        ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        ax.set_xlim(ticks[0], ticks[-1])
        ax.minorticks_off()
        ax.grid(axis="y", visible=False)
        thinned = " (of a large genre, some)" if len(lengths) < spread["items"].sum() else ""
        ax.set_xlabel(
            f"words in the item (log scale); a point an item{thinned}, the cross the median and middle half"
        )
        ax.set_title("Length of items by genre (number of items)")
        alt = "Length of items in words by genre; medians: " + ", ".join(
            f"{g} {spread.loc[g, 'median']:g}" for g in genres
        )
        return figures.save(fig, name, lengths, alt, out_dir)


def plot_words(words: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """The most frequent content words as a dot plot with intervals, and the share of items that have each.

    ``words`` is as ``frequent_words`` gives it.
    """
    rows = range(len(words))
    with figures.canvas(8.5, 1.5 + 0.235 * max(len(words), 2), ncols=2, sharey=True) as (fig, (left, right)):
        left.hlines(rows, 0, words["per_1000"], color=figures.GRID, zorder=1)
        if words["low"].notna().all():
            left.hlines(rows, words["low"], words["high"], color=figures.PALETTE[0], linewidth=2)
        left.plot(words["per_1000"], rows, "o", color=figures.PALETTE[0])
        right.hlines(rows, 0, 100 * words["share"], color=figures.GRID)
        right.plot(100 * words["share"], rows, "s", color=figures.PALETTE[1])
        left.set_yticks(
            rows, [f"{w} ({n:,})" for w, n in zip(words["word"], words["count"], strict=True)], fontsize=9
        )
        left.set_ylim(len(words) - 0.4, -0.6)
        left.set_xlim(left=0)
        right.set_xlim(0, 103)
        limits = "; bars: 95 %, by item" if words["low"].notna().all() else ""
        left.set_xlabel(f"occurrences per 1,000 words{limits}")
        right.set_xlabel("range: % of items that have the word")
        left.grid(axis="y", visible=False)
        right.grid(axis="y", visible=False)
        fig.suptitle(
            "Most frequent content words (number of occurrences)", x=0.01, ha="left", fontweight="bold"
        )
        alt = "Most frequent content words: " + ", ".join(
            f"{w} {n}" for w, n in zip(words["word"], words["count"], strict=True)
        )
        return figures.save(fig, name, words, alt, out_dir)


def plot_growth(growth: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """How many different words the first n words hold. ``growth`` is as ``describe.growth`` gives it."""
    words, types = (int(growth[c].iloc[-1]) if len(growth) else 0 for c in ("words", "types"))
    factor, once = 2 ** growth.attrs["beta"], growth.attrs["once"]
    with figures.canvas(7, 3.6) as (fig, ax):
        ax.plot(growth["words"], growth["types"], color=figures.PALETTE[0], linewidth=2)
        ax.plot([words], [types], "o", color=figures.PALETTE[0])
        ax.annotate(f"{types:,} ", (words, types), ha="right", va="bottom")
        ax.set_xlim(left=0)
        ax.set_ylim(0, 1.1 * max(types, 1))
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter("{x:,.0f}")
        ax.set_xlabel(f"words read, items shuffled (n = {words:,})")
        ax.set_ylabel("different words")
        grows = (
            f"Twice the text would have {factor:.2f} times the words"
            if factor == factor
            else "The vocabulary"
        )
        ax.set_title(f"{grows};\n{once:.0%} of them occur once", fontsize=11)
        alt = f"Growth of the vocabulary: {types:,} different words in {words:,} words, {once:.0%} of them once."
        return figures.save(fig, name, growth, alt, out_dir)


def _ticks_round(words: pd.Series) -> list[int]:
    """1, 2, 5, 10 ... from the last below the shortest item to the first above the longest."""
    steps = [m * 10**k for k in range(8) for m in (1, 2, 5)]
    shortest, longest = (max(words.min(), 1), words.max()) if len(words) else (1, 1)
    first = max(i for i, step in enumerate(steps) if step <= shortest)
    last = min(i for i, step in enumerate(steps) if step > longest)
    return steps[max(first - (steps[first] == shortest), 0) : last + 1]


def _tenths(items: float) -> str:
    return f"{items:,.1f}".removesuffix(".0")


def _spoken(cells: pd.DataFrame) -> str:
    return "; ".join(f"{c.outlet}, {c.column}: {_tenths(c.items)}" for c in cells.itertuples())
