"""Before and after, drawn: every contrast with its interval, its items and whether it can be told."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pandas as pd

from cuttings import figures
from cuttings.timeline.shifts import LEVEL, in_words

READING = (
    "Lines are 95 % intervals (items resampled, days drawn); right of them the items before | after and the p adjusted for"
    " all rows together. Full marks: p at most 0.05. Open marks without a line: too few items on a side, nothing is tested."
)


def plot_shifts(found: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """``shifts`` as a forest: a column an event, a row a series and window."""
    events = list(dict.fromkeys(found["event"])) or ["No event in the years"]
    rows = len(found) // len(events) if len(found) else 1
    with figures.canvas(11.5, 1.9 + 0.21 * rows, ncols=len(events), squeeze=False) as (fig, grid):
        reach = float(found[["estimate", "low", "high"]].abs().max().max()) if len(found) else 1.0
        reach = 1.05 * min(reach, 2.0) if reach == reach and reach > 0 else 1.0
        order = {name: place for place, name in enumerate(dict.fromkeys(found["series"]))}
        for column, (ax, event) in enumerate(zip(grid[0], events, strict=True)):
            part = found[found["event"] == event].sort_values(
                "series", key=lambda s: s.map(order), kind="stable"
            )
            _column(ax, part, reach, labelled=column == 0)
            day = f"{part['day'].iloc[0]}\n" if len(part) else ""
            ax.set_title(day + "\n".join(textwrap.wrap(event, 32, max_lines=2, placeholder=" …")), fontsize=9)
        fig.supxlabel("\n".join(textwrap.wrap(READING, 165)), x=0.01, ha="left", fontsize=7.8)
        fig.suptitle("Before and after: mean after less mean before", x=0.01, ha="left", fontweight="bold")
        return figures.save(fig, name, found, _spoken(found), out_dir)


def _column(ax, part: pd.DataFrame, reach: float, labelled: bool) -> None:
    marks = dict(zip(sorted(part["window"].unique()), figures.MARKERS, strict=False))
    ax.axvline(0, color=figures.MUTED, linewidth=1)
    for y, row in enumerate(part.itertuples()):
        if y and row.window == min(marks):
            ax.axhline(y - 0.5, color=figures.GRID, linewidth=1)
        told, tested = row.p <= LEVEL, row.p == row.p
        colour = figures.PALETTE[0] if tested else figures.MUTED
        if row.low == row.low:
            ax.hlines(y, max(row.low, -reach), min(row.high, reach), color=colour, linewidth=1.6)
        if row.estimate == row.estimate:
            face = colour if told else figures.PAPER
            ax.plot(
                row.estimate,
                y,
                marks[row.window],
                color=face,
                markeredgecolor=colour,
                markersize=5,
                clip_on=False,
            )
        p = f"  p {row.p:.2f}" if tested else "  too few"
        counts = f"{row.n_before:.0f} | {row.n_after:.0f}"
        ax.text(
            1.02,
            y,
            counts + p,
            transform=ax.get_yaxis_transform(),
            va="center",
            fontsize=7,
            color=figures.INK if tested else figures.MUTED,
        )
    names = [
        f"{row.title}, {row.window} months" if row.window == min(marks) else f"{row.window} months"
        for row in part.itertuples()
    ]
    ax.set_yticks(range(len(part)), names if labelled else [""] * len(part), fontsize=7.5)
    ax.set_ylim(len(part) - 0.4, -0.6)
    ax.set_xlim(-reach, reach)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=8)
    ax.grid(axis="y", visible=False)


def _spoken(found: pd.DataFrame) -> str:
    tested = found[found["p"].notna()] if len(found) else found
    said = [
        f"{r.title}, {r.window} months about {r.day}: {r.estimate:+.2f}, p {r.p:.2f}, {in_words(r)}"
        for r in tested.itertuples()
    ]
    return (
        f"Before and after {found['event'].nunique() if len(found) else 0} events. {len(tested)} of {len(found)} contrasts have items enough to test. "
        + "; ".join(said)
    )
