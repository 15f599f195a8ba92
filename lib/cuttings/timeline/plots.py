"""Figures of step 05: one panel a series, events as numbered lines, a strip of items by year."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import dates, figures
from cuttings.corpus import Event
from cuttings.sentiment import NAMES
from cuttings.timeline.series import by_year, item_points

BACKING = {"facecolor": figures.PAPER, "edgecolor": "none", "pad": 1.2}
READING = (
    "Points are items, larger where several coincide; bars are items dated only to an interval;"
    " diamonds are yearly means with a 95 % band;\n"
    "n is the number of items. A year with too few items for a band has points alone."
)
Chosen = list[tuple[float, Event]]


@dataclass(frozen=True)
class Panel:
    """One series: what it is called, its values by item (``item_id``, ``value``) and its colour."""

    title: str
    values: pd.DataFrame
    colour: str


def plot_sentiment(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    chosen: Chosen,
    year_from: int,
    year_to: int,
    name: str,
    out_dir: str | Path,
) -> figures.SavedFigure:
    """Polarity over the years, a panel an instrument; arguments are as ``plot_stance`` takes them."""
    panels = [
        Panel(
            f"{NAMES[instrument]}: mean polarity (−1 to 1)",
            part.rename(columns={"polarity": "value"}),
            colour,
        )
        for (instrument, part), colour in zip(
            scores.groupby("instrument", sort=True), figures.PALETTE, strict=False
        )
    ]
    return _plot("How sentiment moved", panels, items, chosen, (year_from, year_to), name, out_dir)


def plot_stance(
    statements: pd.DataFrame,
    targets: list[str],
    items: pd.DataFrame,
    chosen: Chosen,
    year_from: int,
    year_to: int,
    name: str,
    out_dir: str | Path,
) -> figures.SavedFigure:
    """Share for minus share against over the years, a panel for each of ``targets``.

    ``statements`` is as ``stance.statements`` gives it, ``items`` as ``dates.placed``, ``chosen`` as
    ``chosen_events``.
    """
    panels = []
    for target, colour in zip(targets, figures.PALETTE, strict=False):
        part = statements[statements["target"] == target].rename(columns={"balance": "value"})
        panels.append(
            Panel(f"{part['label'].iloc[0]}: share for minus share against (−1 to 1)", part, colour)
        )
    return _plot("How stance moved", panels, items, chosen, (year_from, year_to), name, out_dir)


def _plot(title, panels: list[Panel], items, chosen: Chosen, years: tuple[int, int], name, out_dir):
    placed = items[items["placing"] == dates.PLACINGS[0]]
    lines = _key_lines(chosen)
    ratios = [1.7] * max(len(panels), 1) + [0.75, max(0.17 * len(lines), 0.1)]
    series = [by_year(p.values, "value", placed, *years).assign(series=p.title) for p in panels]
    size = (10, 0.9 + sum(ratios) + 0.25 * len(panels))
    with figures.canvas(*size, nrows=len(ratios), height_ratios=ratios) as (fig, axes):
        reach = max([0.1, *(item_points(p.values, "value", placed)["mean"].abs().max() for p in panels)])
        for ax, panel, means in zip(axes, panels, series, strict=False):
            _draw(ax, panel, means, item_points(panel.values, "value", placed), years, reach * 1.2)
        _strip(axes[-2], placed, years)
        for ax in axes[:-1]:
            _frame(ax, years, labelled=ax is axes[-2])
            _bands(ax, placed, years)
            for x, _ in chosen:
                ax.axvline(x, color=figures.MUTED, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        _numbers(axes[0], chosen)
        _write_key(axes[-1], lines)
        fig.suptitle(
            f"{title}, {years[0]}–{years[1]}" if years[0] != years[1] else f"{title}, {years[0]}",
            x=0.01,
            ha="left",
            fontweight="bold",
        )
        data = pd.concat(series, ignore_index=True) if series else pd.DataFrame()
        return figures.save(fig, name, data, _spoken(title, series), out_dir)


def _draw(
    ax, panel: Panel, means: pd.DataFrame, points: pd.DataFrame, years: tuple[int, int], reach: float
) -> None:
    """Items as points or, over an interval of dates, bars; yearly means with bands where there are enough."""
    ax.axhline(0, color=figures.MUTED, linewidth=1, zorder=0.9)
    wide = points["last"] - points["first"] > 0.1
    bars, dots = points[wide], points[~wide]
    ax.hlines(bars["mean"], bars["first"], bars["last"], color=panel.colour, alpha=0.45, linewidth=2.2)
    there = dots.assign(x=(dots["first"] + dots["last"]) / 2, mean=dots["mean"].round(2))
    heaps = there.groupby(["x", "mean"], as_index=False).size()
    ax.scatter(heaps["x"], heaps["mean"], s=17 * heaps["size"], color=panel.colour, alpha=0.6, linewidths=0)
    enough = means.dropna(subset=["low"])
    x = enough["year"] + 0.5
    ax.vlines(x, enough["low"], enough["high"], color=figures.INK, linewidth=2, zorder=3)
    for _, run in enough.groupby(enough["year"].diff().ne(1).cumsum()):
        ax.plot(run["year"] + 0.5, run["estimate"], color=figures.INK, linewidth=1.2, zorder=3)
    ax.plot(
        x, enough["estimate"], "D", color=figures.PAPER, markeredgecolor=figures.INK, markersize=6, zorder=4
    )
    ax.set_ylim(-reach - 0.22 * reach, reach)
    step = next(s for s in (0.5, 0.2, 0.1, 0.05) if s <= max(reach / 2, 0.05))
    ax.set_yticks(np.arange(-int(reach / step), int(reach / step) + 1) * step)
    for mean in means[means["n_items"] > 0].itertuples():
        ax.text(
            mean.year + 0.5,
            -reach * 1.19,
            f"n {_tenths(mean.n_items)}",
            ha="center",
            va="bottom",
            fontsize=7.5,
            color=figures.MUTED,
            bbox=BACKING,
        )
    ax.set_title(panel.title, fontsize=10)


def _frame(ax, years: tuple[int, int], labelled: bool) -> None:
    """The axis of years: boundaries as grid lines, the year's name in its middle; months where few."""
    first, last = years[0], years[1] + 1
    ax.set_xlim(first, last)
    ax.set_xticks(range(first, last + 1), [""] * (last - first + 1))
    ax.tick_params(axis="x", length=0)
    months = last - first <= 2
    every = max(1, int(np.ceil((last - first) / 12)))
    middles = (
        [y + (2 * q + 1) / 8 for y in range(first, last) for q in range(4)]
        if months
        else [y + 0.5 for y in range(first, last, every)]
    )
    names = [f"{q} {y}" for y in range(first, last) for q in ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")]
    ax.set_xticks(middles, names if months else [str(y) for y in range(first, last, every)], minor=True)
    ax.tick_params(axis="x", which="minor", length=0, labelbottom=labelled, labelcolor=figures.INK)


def _bands(ax, placed: pd.DataFrame, years: tuple[int, int]) -> None:
    """Years without items as hatched bands that say so."""
    for first, last in _empty_runs(placed, years):
        ax.axvspan(first, last, facecolor="none", edgecolor=figures.GRID, hatch="///", linewidth=0, zorder=0)
        upright = (last - first) / (years[1] + 1 - years[0]) < 0.12
        ax.text(
            (first + last) / 2,
            0.5,
            "no items",
            transform=ax.get_xaxis_transform(),
            rotation=90 if upright else 0,
            ha="center",
            va="center",
            fontsize=8,
            color=figures.MUTED,
            bbox=BACKING,
        )


def _empty_runs(placed: pd.DataFrame, years: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The first year and the year after the last of every run of years without items."""
    there = set(dates.year_shares(placed)["year"])
    for empty, run in groupby(range(years[0], years[1] + 1), lambda year: year not in there):
        run = list(run)
        if empty:
            yield run[0], run[-1] + 1


def _strip(ax, placed: pd.DataFrame, years: tuple[int, int]) -> None:
    shares = dates.year_shares(placed).groupby("year")["share"].sum()
    shown = shares[(shares.index >= years[0]) & (shares.index <= years[1])]
    ax.bar(shown.index + 0.5, shown, width=0.8, color=figures.PALETTE[5])
    for year, n in shown.items():
        ax.text(year + 0.5, n, _tenths(n), ha="center", va="bottom", fontsize=8)
    ax.set_ylim(0, max(1.0, shown.max() if len(shown) else 1.0) * 1.45)
    ax.set_title("Items by year (an item of uncertain date is shared out)", fontsize=10)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)


def _numbers(ax, chosen: Chosen) -> None:
    for number, (x, _) in enumerate(chosen, 1):
        ax.annotate(
            str(number),
            (x, 1),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="center",
            fontsize=7.5,
            color=figures.PAPER,
            annotation_clip=False,
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": figures.MUTED, "edgecolor": "none"},
            zorder=5,
        )


def _key_lines(chosen: Chosen, width: int = 135) -> list[str]:
    lines = []
    for number, (_, event) in enumerate(chosen, 1):
        text = f"{number:>2}  {event.date.edtf}  {event.event}"
        lines += textwrap.wrap(text, width, subsequent_indent="      ")
    return [*READING.split("\n"), *(["Events (dashed lines):"] if lines else []), *lines]


def _write_key(ax, lines: list[str]) -> None:
    ax.axis("off")
    ax.text(0, 1, "\n".join(lines), transform=ax.transAxes, va="top", fontsize=8, linespacing=1.35)


def _tenths(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _spoken(title: str, series: list[pd.DataFrame]) -> str:
    parts = []
    for means in series:
        years = means[means["n_items"] > 0]
        said = ", ".join(f"{y.year} {y.estimate:+.2f} (n {_tenths(y.n_items)})" for y in years.itertuples())
        parts.append(f"{means['series'].iloc[0]}: {said}")
    return f"{title}. " + ". ".join(parts)
