"""Figures of series: sentiment and stance, with events, gaps and the pages that they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cuttings import figures
from cuttings.sentiment import NAMES
from cuttings.timeline import axes as time
from cuttings.timeline.axes import Chosen
from cuttings.timeline.events import concerning
from cuttings.timeline.panels import (
    draw_items,
    draw_others,
    draw_series,
    draw_smooth,
    in_years,
    joined,
    left_out,
    level,
    write_n,
)
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import item_points, series
from cuttings.timeline.smooth import smoothed

READING = [
    "Points are items, larger where several coincide; bars are items dated only to an interval; diamonds are"
    " means with a 95 % band for sampling and dating together. A period with too few items for a band has its"
    " items alone, and no line crosses a gap. The grey curve is a LOESS fit with its band, where there are items"
    " enough. n is the number of items."
]


@dataclass(frozen=True)
class Panel:
    """One series: what it is called, its values by item (``item_id``, ``value``), colour and events."""

    title: str
    values: pd.DataFrame
    colour: str
    chosen: Chosen


def plot_sentiment(
    scores: pd.DataFrame,
    favoured: str,
    items: pd.DataFrame,
    chosen: Chosen,
    periods: Periods,
    name: str,
    out_dir: str | Path,
) -> figures.SavedFigure:
    """Polarity by the ``favoured`` instrument with its items, and by every other in a panel below.

    ``scores`` is as ``sentiment.scored`` gives it, ``items`` as ``dates.placed``, ``chosen`` as
    ``chosen_events``.
    """
    values = {
        i: part.rename(columns={"polarity": "value"}) for i, part in scores.groupby("instrument", sort=True)
    }
    panels = [
        Panel(f"{NAMES[i]}: mean polarity (−1 to 1)", values.pop(i), figures.PALETTE[0], chosen)
        for i in [favoured]
        if i in values
    ]
    others = {NAMES[i]: part for i, part in values.items()}
    return _plot("How sentiment moved", panels, others, items, chosen, periods, name, out_dir)


def plot_stance(
    statements: pd.DataFrame,
    targets: list[str],
    items: pd.DataFrame,
    chosen: Chosen,
    periods: Periods,
    name: str,
    out_dir: str | Path,
) -> figures.SavedFigure:
    """Share for minus share against, a panel for each of ``targets`` with the events that concern it.

    ``statements`` is as ``stance.statements`` gives it; other arguments are as ``plot_sentiment`` takes them.
    """
    panels = []
    for target, colour in zip(targets, figures.PALETTE, strict=False):
        part = statements[statements["target"] == target].rename(columns={"balance": "value"})
        title = f"{part['label'].iloc[0]}: share for minus share against (−1 to 1)"
        panels.append(Panel(title, part, colour, concerning(chosen, target)))
    return _plot("How stance moved", panels, {}, items, chosen, periods, name, out_dir)


def _plot(
    title: str,
    panels: list[Panel],
    others: dict[str, pd.DataFrame],
    items,
    chosen: Chosen,
    periods: Periods,
    name,
    out_dir,
):
    placed = in_years(items)
    text = time.key_lines(chosen, [*READING, *left_out(items, periods)])
    ratios = [1.9] * max(len(panels), 1) + [1.9] * bool(others) + [0.75, 0.17 * len(text)]
    found = [series(p.values, "value", placed, periods) for p in panels]
    rest = {label: series(part, "value", placed, periods) for label, part in others.items()}
    with figures.canvas(
        10, 0.9 + sum(ratios) + 0.25 * len(ratios), nrows=len(ratios), height_ratios=ratios
    ) as (fig, axes):
        reach = 1.2 * max(
            [0.1, *(item_points(p.values, "value", placed)["mean"].abs().max() for p in panels)]
        )
        for ax, panel, points in zip(axes, panels, found, strict=False):
            draw_items(ax, item_points(panel.values, "value", placed), panel.colour)
            draw_smooth(ax, smoothed(panel.values, "value", placed, periods), periods)
            draw_series(ax, points, periods, figures.INK)
            level(ax, reach)
            write_n(ax, points, periods)
            ax.set_title(panel.title, fontsize=10)
        if others:
            draw_others(axes[len(panels)], rest, periods)
        time.strip(axes[-2], placed, periods)
        shown = [p.chosen for p in panels] if panels else [chosen]
        for ax, events in zip(axes[:-1], [*shown, *[chosen] * (len(ratios) - 1 - len(shown))], strict=True):
            time.frame(ax, periods, labelled=ax is axes[-2])
            time.gaps(ax, placed, periods)
            time.lines(ax, events)
        for ax, events in zip(axes, shown, strict=False):
            time.numbers(ax, events, chosen)
        time.write_key(axes[-1], text)
        fig.suptitle(f"{title}, {time.span(periods)}", x=0.01, ha="left", fontweight="bold")
        drawn = [*((p.title, points) for p, points in zip(panels, found, strict=True)), *rest.items()]
        return figures.save(fig, name, joined(drawn), time.spoken(title, drawn), out_dir)
