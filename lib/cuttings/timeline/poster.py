"""The decade on one sheet, A3: coverage, events, the four most argued targets, and what was said of them."""

from __future__ import annotations

import textwrap
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from cuttings import figures
from cuttings.timeline import axes as time
from cuttings.timeline.axes import Chosen
from cuttings.timeline.events import concerning
from cuttings.timeline.panels import draw_items, draw_series, draw_smooth, in_years, level, write_n
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import item_points, series
from cuttings.timeline.smooth import smoothed
from cuttings.timeline.stream import draw_stream

A3 = (16.54, 11.69)
LEFT, RIGHT, WIDTH, QUOTES = 0.045, 0.655, 0.61, 0.685
"""Where the panels begin and end, how wide they are, and where the quotes begin: shares of the sheet."""
LANES, WRAP = 4, 25
QUOTE_MARKS = "“”‘’\"' "
LETTER = 0.0575
"""Inches that a letter of an event's label takes."""


def plot_poster(
    statements: pd.DataFrame,
    targets: list[str],
    found: pd.DataFrame,
    heard: pd.DataFrame,
    items: pd.DataFrame,
    chosen: Chosen,
    periods: Periods,
    name: str,
    out_dir: str | Path,
) -> figures.SavedFigure:
    """The poster, 16.54 by 11.69 inches. ``found`` is as ``turns`` gives it, ``heard`` as ``voices``, the rest as for ``plot_stance``."""
    placed = in_years(items)
    drawn = []
    with figures.plt.rc_context(figures.STYLE | {"figure.constrained_layout.use": False}):
        fig = figures.plt.figure(figsize=A3)
        try:
            _head(fig, placed, items, periods)
            _labels(fig.add_axes((LEFT, 0.772, WIDTH, 0.14)), chosen, periods)
            _voices(fig, heard, placed, periods)
            pages = fig.add_axes((LEFT, 0.695, WIDTH, 0.05))
            time.strip(pages, placed, periods)
            _years(pages, placed, chosen, periods)
            height = 0.555 / max(len(targets), 1)
            for row, (target, colour) in enumerate(zip(targets, figures.PALETTE, strict=False)):
                bottom = 0.108 + (len(targets) - 1 - row) * height
                part = statements[statements["target"] == target].rename(columns={"balance": "value"})
                points = series(part, "value", placed, periods)
                drawn.append((part["label"].iloc[0], points))
                box = (LEFT, bottom, WIDTH, height - 0.034)
                _panel(
                    fig.add_axes(box),
                    part,
                    points,
                    placed,
                    concerning(chosen, target),
                    chosen,
                    colour,
                    found[found["target"] == target],
                    periods,
                    row == len(targets) - 1,
                )
                _quotes(fig, found[found["target"] == target], bottom + height - 0.034, colour)
            _foot(fig, chosen, found)
            data = pd.concat(
                [*(p.assign(series=label) for label, p in drawn), found.assign(series="turns")],
                ignore_index=True,
            )
            return figures.save(fig, name, data, _spoken(drawn, found, chosen, periods), out_dir)
        finally:
            figures.plt.close(fig)


def _head(fig, placed: pd.DataFrame, items: pd.DataFrame, periods: Periods) -> None:
    counts = items["placing"].value_counts()
    left = f"{counts.get('no date', 0):,} without a date and {counts.get('outside the years', 0):,} outside the years are not drawn"
    title = f"How the argument moved, {time.span(periods)}"
    fig.text(LEFT, 0.962, title, fontsize=25, fontweight="bold", va="center")
    rests = f"{len(placed):,} items from {placed['page_id'].nunique():,} pages; {left}."
    fig.text(LEFT, 0.933, rests, fontsize=10.5, color=figures.MUTED, va="center")


def _voices(fig, heard: pd.DataFrame, placed: pd.DataFrame, periods: Periods) -> None:
    """The stream of voices at the upper right, with its key below, and the title of the quotes."""
    ax = fig.add_axes((QUOTES, 0.775, 0.985 - QUOTES, 0.15))
    draw_stream(ax, heard, periods, "voices", "sym")
    ax.set_title("Who was speaking: number of voices", fontsize=11, pad=5)
    ax.set_yticks([])
    time.frame(ax, periods, labelled=True, fontsize=7.5)
    time.thin(ax, 6)
    time.gaps(ax, placed, periods)
    handles, names = ax.get_legend_handles_labels()
    if names:
        style = {"ncols": 3, "fontsize": 7, "handlelength": 1, "columnspacing": 1, "labelspacing": 0.3}
        ax.legend(handles, names, loc="upper left", bbox_to_anchor=(-0.01, -0.14), **style)
    fig.text(
        QUOTES, 0.684, "What was said at the high and low points", fontsize=13, fontweight="bold", va="center"
    )


def _labels(ax, chosen: Chosen, periods: Periods) -> None:
    """Events in words above their lines, in lanes so that no two labels meet."""
    ax.set_xlim(periods.year_from, periods.year_to + 1)
    ax.set_ylim(0, LANES)
    ax.axis("off")
    for (x, _), (lane, left, lines) in zip(chosen, lanes(chosen, periods), strict=True):
        ax.vlines(x, 0, lane + 0.9, color=figures.MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
        text = "\n".join(lines)
        ax.text(
            left,
            lane + 0.93,
            text,
            fontsize=7.3,
            va="top",
            ha="left",
            linespacing=1.1,
            bbox=time.BACKING,
            zorder=3,
        )


def lanes(chosen: Chosen, periods: Periods) -> list[tuple[int, float, list[str]]]:
    """For each event its lane (0 the lowest), where its label begins (decimal year) and the label's lines.

    A label stands right of its line, or left of it where the sheet ends. It takes the highest lane in
    which it meets no other label, the next below its neighbour's first, so that lines pass beside labels.
    """
    per_inch = (periods.year_to + 1 - periods.year_from) / (A3[0] * WIDTH)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    out, last = [], 0
    for n, (x, event) in enumerate(chosen, 1):
        mark = "●" if event.verified else "○"
        lines = textwrap.wrap(f"{mark} {n}  {event.event}", WRAP)
        lines = lines[:3] if len(lines) <= 3 else [*lines[:2], f"{lines[2][: WRAP - 1]}…"]
        wide = (max(map(len, lines)) * LETTER + 0.12) * per_inch
        left = x + 0.05 * per_inch if x + wide <= periods.year_to + 1 else x - wide
        order = [(last - 1 - k) % LANES for k in range(LANES)]
        free = [lane for lane in order if all(left >= b or left + wide <= a for a, b in taken[lane])]
        last = free[0] if free else order[0]
        taken[last].append((left, left + wide))
        out.append((last, left, lines))
    return out


def _panel(
    ax,
    part,
    points,
    placed,
    events: Chosen,
    chosen: Chosen,
    colour: str,
    found: pd.DataFrame,
    periods: Periods,
    last: bool,
) -> None:
    draw_items(ax, item_points(part, "value", placed), colour)
    draw_smooth(ax, smoothed(part, "value", placed, periods), periods)
    draw_series(ax, points, periods, figures.INK)
    level(ax, 1.15)
    write_n(ax, points, periods)
    _years(ax, placed, events, periods, labelled=last)
    ax.set_title(f"{part['label'].iloc[0]}: share for minus share against", fontsize=11, pad=9)
    time.numbers(ax, events, chosen, 6)
    for turn in found.itertuples():
        _disc(ax, turn.mark, turn.x, 0.76 if turn.side == "for" else -0.82, colour)


def _disc(ax, mark: str, x: float, y: float, colour: str, **where) -> None:
    box = {"boxstyle": "round,pad=0.25", "facecolor": figures.PAPER, "edgecolor": colour, "linewidth": 1.6}
    ax.text(
        x, y, mark, fontsize=8.5, fontweight="bold", ha="center", va="center", bbox=box, zorder=6, **where
    )


def _years(ax, placed: pd.DataFrame, events: Chosen, periods: Periods, labelled: bool = False) -> None:
    time.frame(ax, periods, labelled, fontsize=10)
    time.gaps(ax, placed, periods)
    time.lines(ax, events)


def _quotes(fig, found: pd.DataFrame, top: float, colour: str) -> None:
    """The sentences of one target's turns beside its panel, or where they are kept where rights forbid them."""
    y = top + 0.012
    for turn in found.itertuples():
        head = f"{turn.turn}, {turn.period}"
        source = f"{turn.voice}, {turn.date or 'no date'}; score {turn.score:.2f}; {turn.item_id}"
        body = (
            textwrap.wrap(f"“{printable(turn.text).strip(QUOTE_MARKS)}”", 68)
            if turn.text
            else ["(not printed: its rights do not allow it)"]
        )
        small = textwrap.wrap(printable(source), 92, break_on_hyphens=False)
        _disc(fig, turn.mark, QUOTES + 0.008, y - 0.007, colour)
        fig.text(QUOTES + 0.021, y, head, fontsize=9, fontweight="bold", va="top")
        fig.text(QUOTES + 0.021, y - 0.0145, "\n".join(body[:4]), fontsize=8.6, va="top", linespacing=1.2)
        y -= 0.0145 + 0.0125 * min(len(body), 4) + 0.0015
        fig.text(
            QUOTES + 0.021,
            y,
            "\n".join(small[:2]),
            fontsize=6.8,
            va="top",
            color=figures.MUTED,
            linespacing=1.15,
        )
        y -= 0.0098 * min(len(small), 2) + 0.006


def _foot(fig, chosen: Chosen, found: pd.DataFrame) -> None:
    reading = (
        "Points are items, larger where several coincide; bars are items dated only to an interval; diamonds are means with a 95 % band for sampling"
        " and dating together, where at least five items are expected; the grey curve is a LOESS fit; n is the number of items; hatched: no items."
        " Lines in a panel are the events that concern its target. Letters mark the periods most for and most against that the sentences come from."
    )
    hosts = [(urlsplit(e.source_url).hostname or "no source").removeprefix("www.") for _, e in chosen]
    sources = "; ".join(
        f"{n} {e.date.edtf}, {host}" for n, ((_, e), host) in enumerate(zip(chosen, hosts, strict=True), 1)
    )
    text = [
        *textwrap.wrap(reading, 235),
        *(textwrap.wrap(f"Events (● checked against the source, ○ not): {sources}.", 235) if chosen else []),
    ]
    fig.text(LEFT, 0.078, "\n".join(text), fontsize=7.6, va="top", linespacing=1.35, color=figures.MUTED)


def printable(text: str) -> str:
    """``text`` with a box for every character that the figures' font lacks."""
    known = _letters()
    return "".join(c if ord(c) in known else "□" for c in " ".join(text.split()))


def _letters() -> set[int]:
    from matplotlib import font_manager, ft2font

    return set(ft2font.FT2Font(font_manager.findfont(figures.STYLE["font.family"])).get_charmap())


def _spoken(drawn, found: pd.DataFrame, chosen: Chosen, periods: Periods) -> str:
    events = "; ".join(f"{e.date.edtf} {e.event}" for _, e in chosen)
    quotes = "; ".join(f"{t.label}, {t.turn}, {t.period}: {t.text or t.item_id}" for t in found.itertuples())
    return (
        time.spoken(f"Poster: how the argument moved, {time.span(periods)}", drawn)
        + f". Events: {events or 'none'}. High and low points: {quotes or 'none'}."
    )
