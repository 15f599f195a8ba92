"""The figure of agreement: each instrument with each coder, or with each other where nobody coded."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import figures
from cuttings.sentiment.instruments import NAMES

MEASURES = {
    "Pearson's r": "Pearson's r\n(1 is perfect, 0 is chance)",
    "Krippendorff's alpha, ordinal": "Krippendorff's alpha, ordinal\n(1 is perfect, 0 is chance)",
    "macro-F1": "macro-F1\n(1 is perfect, about ⅓ is chance)",
}


def plot_agreement(agreed: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Agreement as ``trust.agreement`` gives it: a row an instrument, a colour a coder, a panel a measure.

    The dashed lines are the coders' agreement with each other. Without codings the rows are pairs of
    instruments.
    """
    labels = set(NAMES.values())
    scored, coded = agreed["instrument"].isin(labels), ~agreed["with"].isin(labels)
    people = agreed[coded & ~scored]
    shown = agreed[scored & coded] if (scored & coded).any() else agreed[~coded]
    shown = shown[shown["measure"].isin(MEASURES)]
    paired = not (scored & coded).any()
    rows = shown["instrument"] + " with " + shown["with"] if paired else shown["instrument"]
    shown = shown.assign(row=rows, who="each other" if paired else shown["with"])
    places = {row: place for place, row in enumerate(_in_order(shown["row"], paired))}
    who = sorted(shown["who"].unique())
    with figures.canvas(
        9.2, 1.9 + 0.42 * max(len(places), 2), ncols=len(MEASURES), sharey=True, squeeze=False
    ) as (fig, grid):
        for ax, measure in zip(grid[0], MEASURES, strict=True):
            _panel(ax, shown[shown["measure"] == measure], people[people["measure"] == measure], places, who)
            ax.set_xlabel(MEASURES[measure], fontsize=9)
        grid[0][0].set_yticks(range(len(places)), list(places))
        grid[0][0].set_ylim(len(places) - 0.4, -0.6)
        handles = grid[0][0].get_legend_handles_labels()
        if len(handles[0]):
            fig.legend(*handles, loc="outside lower center", ncols=3, fontsize=9)
        title = "How far the instruments agree " + ("with each other" if paired else "with coders")
        fig.suptitle(title, x=0.01, ha="left", fontweight="bold")
        alt = f"{title}, 95 % intervals over items. " + _spoken(shown, people)
        return figures.save(fig, name, shown.drop(columns=["row", "who"]), alt, out_dir)


def _panel(ax, shown: pd.DataFrame, people: pd.DataFrame, places: dict[str, int], who: list[str]) -> None:
    ax.axvline(0, color=figures.MUTED, linewidth=1)
    ax.grid(axis="y", visible=False)
    for number, coder in enumerate(who):
        part = shown[shown["who"] == coder]
        shift = 0.28 * (number - (len(who) - 1) / 2) / max(len(who) - 1, 1) * 2 if len(who) > 1 else 0
        y = part["row"].map(places) + shift
        colour, marker = figures.PALETTE[number % 7], figures.MARKERS[number % 7]
        ax.hlines(y, part["low"], part["high"], color=colour, linewidth=1.8)
        n = f", {figures.n_label(part['n'].max(), part['n_items'].max())}" if len(part) else ""
        ax.plot(part["estimate"], y, marker, color=colour, markersize=5, label=f"{coder}{n}")
    for row in people.itertuples():
        label = f"{row.instrument} with {row._2}, {figures.n_label(row.n, row.n_items)}"
        ax.axvline(row.estimate, color=figures.INK, linewidth=1.2, linestyle="--", label=label)
    ax.set_xlim(min(-0.1, ax.get_xlim()[0]), 1)


def _in_order(rows: pd.Series, paired: bool) -> list[str]:
    found = list(dict.fromkeys(rows))
    return found if paired else [label for label in NAMES.values() if label in found]


def _spoken(shown: pd.DataFrame, people: pd.DataFrame) -> str:
    both = pd.concat([shown, people])
    both = both[both["measure"] == "Pearson's r"]
    return " ".join(
        f"{one} with {other}: r {estimate:+.2f}."
        for one, other, estimate in zip(both["instrument"], both["with"], both["estimate"], strict=True)
    )
