"""What every timeline shares: the axis of years, gaps, the lines of events and their key."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from cuttings import figures
from cuttings.corpus import Event
from cuttings.timeline.intervals import overlap
from cuttings.timeline.periods import Periods

Chosen = list[tuple[float, Event]]
BACKING = {"facecolor": figures.PAPER, "edgecolor": "none", "pad": 1.2}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MOST_NAMES = 12
"""More names than this under an axis are thinned out."""


def frame(ax, periods: Periods, labelled: bool, fontsize: float = 9) -> None:
    """The axis of years: boundaries as grid lines, names in the middle; quarters or months where few."""
    first, end = periods.year_from, periods.year_to + 1
    ax.set_xlim(first, end)
    parts, names = _names(first, end)
    edges = np.linspace(first, end, (end - first) * parts + 1)
    ax.set_xticks(edges, [""] * len(edges))
    every = max(1, int(np.ceil(len(names) / MOST_NAMES))) if parts == 1 else 1
    ax.set_xticks(((edges[:-1] + edges[1:]) / 2)[::every], names[::every], minor=True)
    ax.tick_params(axis="x", length=0)
    ax.tick_params(
        axis="x", which="minor", length=0, labelbottom=labelled, labelcolor=figures.INK, labelsize=fontsize
    )


def thin(ax, most: int) -> None:
    """At most ``most`` of the names under a small panel."""
    names = [label.get_text() for label in ax.get_xticklabels(minor=True)]
    every = max(1, -(-len(names) // most))
    ax.set_xticks(ax.get_xticks(minor=True)[::every], names[::every], minor=True)


def _names(first: int, end: int) -> tuple[int, list[str]]:
    """How many parts of a year have a name, and the names."""
    if end - first == 1:
        return 12, MONTHS
    if end - first == 2:
        return 4, [f"{MONTHS[3 * q]}–{MONTHS[3 * q + 2]} {y}" for y in range(first, end) for q in range(4)]
    return 1, [str(year) for year in range(first, end)]


def span(periods: Periods) -> str:
    """``2000–2010``, or ``2009`` for one year."""
    years = [str(periods.year_from), str(periods.year_to)]
    return "–".join(dict.fromkeys(years))


def gaps(ax, items: pd.DataFrame, periods: Periods) -> None:
    """Periods without items as hatched bands that say so where there is room."""
    for first, end in empty_runs(items, periods):
        ax.axvspan(first, end, facecolor="none", edgecolor=figures.GRID, hatch="///", linewidth=0, zorder=0)
        share = (end - first) / (periods.year_to + 1 - periods.year_from)
        if share > 0.035:
            style = {
                "rotation": 90 if share < 0.12 else 0,
                "fontsize": 8,
                "color": figures.MUTED,
                "bbox": BACKING,
            }
            middle = ((first + end) / 2, 0.5)
            ax.text(
                *middle, "no items", transform=ax.get_xaxis_transform(), ha="center", va="center", **style
            )


def empty_runs(items: pd.DataFrame, periods: Periods) -> Iterator[tuple[float, float]]:
    """Where every run of periods without items begins and ends, in decimal years."""
    there = overlap(items, periods.edges[:-1], periods.edges[1:]).sum(axis=0) > 0
    half = periods.width / 2
    for empty, run in groupby(range(len(periods)), lambda p: not there[p]):
        run = list(run)
        if empty:
            yield periods.x[run[0]] - half, periods.x[run[-1]] + half


def runs(points: pd.DataFrame, periods: Periods) -> Iterator[pd.DataFrame]:
    """The points of neighbouring periods together: lines are drawn within a run, never across a gap."""
    yield from (run for _, run in points.groupby(points["x"].diff().gt(1.5 * periods.width).cumsum()))


def strip(ax, items: pd.DataFrame, periods: Periods) -> None:
    """Bars: the pages behind each period, a page of uncertain date shared out."""
    pages = pages_by_period(items, periods)
    ax.bar(
        periods.x,
        pages,
        width=0.8 * periods.width,
        color=figures.PALETTE[5],
        edgecolor=figures.MUTED,
        linewidth=0.4,
    )
    if len(periods) <= 2 * MOST_NAMES:
        for x, n in zip(periods.x, pages, strict=True):
            if n > 0:
                ax.text(x, n, tenths(n), ha="center", va="bottom", fontsize=7.5)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
    ax.set_ylim(0, max(1.0, pages.max(initial=0)) * 1.5)
    ax.set_title(f"Pages by {periods.every} (a page of uncertain date is shared out)", fontsize=9.5)


def pages_by_period(items: pd.DataFrame, periods: Periods) -> np.ndarray:
    """The expected number of pages with an item in each period."""
    shares = pd.DataFrame(overlap(items, periods.edges[:-1], periods.edges[1:]))
    return shares.groupby(items["page_id"].to_numpy()).max().sum().to_numpy(float).reshape(len(periods))


def lines(ax, chosen: Chosen) -> None:
    """A dashed line for each event."""
    for x, _ in chosen:
        ax.axvline(x, color=figures.MUTED, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)


def numbers(ax, chosen: Chosen, numbered: Chosen, fontsize: float = 7.5) -> None:
    """Their numbers above the panel, those of ``numbered``: in a full disc if verified, else in an open one."""
    places = {event: n for n, (_, event) in enumerate(numbered, 1)}
    for x, event in chosen:
        ink, ground = (figures.PAPER, figures.MUTED) if event.verified else (figures.MUTED, figures.PAPER)
        disc = {"boxstyle": "circle,pad=0.25", "facecolor": ground, "edgecolor": figures.MUTED}
        ax.annotate(
            str(places[event]), (x, 1), xycoords=("data", "axes fraction"), ha="center", va="center",
            fontsize=fontsize, color=ink, annotation_clip=False, bbox=disc, zorder=5,
        )  # fmt: skip


def key_lines(chosen: Chosen, reading: list[str], width: int = 130) -> list[str]:
    """Lines of text below a figure: how to read it, then each event with its date and its source."""
    out = [line for text in reading for line in textwrap.wrap(text, width)]
    if chosen:
        out.append("Events (dashed lines; ● the date was checked against the source, ○ it was not):")
    for number, (_, event) in enumerate(chosen, 1):
        host = urlsplit(event.source_url).hostname or "no source"
        mark = "●" if event.verified else "○"
        text = f"{number:>2} {mark} {event.date.edtf}  {event.event} ({host.removeprefix('www.')})"
        out += textwrap.wrap(text, width, subsequent_indent="        ")
    return out


def write_key(ax, text: list[str], fontsize: float = 7.8) -> None:
    ax.axis("off")
    ax.text(0, 1, "\n".join(text), transform=ax.transAxes, va="top", fontsize=fontsize, linespacing=1.35)


def tenths(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def spoken(title: str, series: list[tuple[str, pd.DataFrame]]) -> str:
    """A figure of series in words: every period that has items, with its estimate and n."""
    parts = []
    for name, points in series:
        there = points[points["n_items"] > 0]
        said = ", ".join(f"{p.period} {p.estimate:+.2f} (n {tenths(p.n_items)})" for p in there.itertuples())
        parts.append(f"{name}: {said or 'no items'}")
    return f"{title}. " + ". ".join(parts)
