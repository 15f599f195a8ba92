"""The forest of comparisons and the panel that asks whether they are robust."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pandas as pd

from cuttings import figures
from cuttings.sentiment.borne import in_words
from cuttings.sentiment.family import OF_WHAT
from cuttings.sentiment.instruments import NAMES
from cuttings.sentiment.robust import LABELS

SURE = 0.05
DELTA = (
    "Cliff’s delta: how much likelier a sentence of the group is the more positive one of a pair (−1 to 1)"
)


def plot_forest(
    found: pd.DataFrame, coders: pd.DataFrame, instrument: str, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """Every comparison of ``family.family`` as a row: Cliff's delta, its interval, items, adjusted p.

    A cross is the same by a coder's own labels (``coders``, as ``by_coders`` gives it).
    """
    with figures.canvas(9.2, 1.6 + 0.33 * max(len(found), 2)) as (fig, ax):
        ax.axvline(0, color=figures.MUTED, linewidth=1)
        ax.grid(axis="y", visible=False)
        for place, row in enumerate(found.itertuples()):
            colour = figures.PALETTE[list(OF_WHAT).index(row.kind)]
            sure = row.p_adjusted < SURE
            if row.delta_low == row.delta_low:
                ax.plot([row.delta_low, row.delta_high], [place, place], color=colour, linewidth=2)
            ax.plot(
                row.delta, place, "D", color=colour, markersize=6, markerfacecolor=colour if sure else "white"
            )
            labels = coders[coders["comparison"] == row.comparison]["estimate"]
            ax.plot(labels, [place + 0.3] * len(labels), "x", color=figures.INK, markersize=4.5)
            ax.annotate(
                _note(row), (1.01, place), xycoords=("axes fraction", "data"), va="center", fontsize=8,
                annotation_clip=False,
            )  # fmt: skip
        ax.set_yticks(range(len(found)), [_label(label) for label in found["comparison"]], fontsize=9)
        ax.set_ylim(len(found) - 0.4, -0.6)
        reach = max(0.25, 1.08 * found[["delta", "delta_low", "delta_high"]].abs().max().max())
        ax.set_xlim(-min(reach, 1.05), min(reach, 1.05))
        below = f"{DELTA}; bars: 95 % intervals over items; filled: p below .05 after adjusting"
        below += "; crosses: the same by each coder's own labels" if len(coders) else ""
        ax.set_xlabel("\n".join(textwrap.wrap(below, 80)), fontsize=9)
        title = f"Who is more positive than the rest? ({NAMES[instrument]})"
        fig.suptitle(title, x=0.01, ha="left", fontweight="bold")
        said = {
            label: f" ({in_words(part)})" for label, part in coders.groupby("comparison") if in_words(part)
        }
        spoken = " ".join(
            f"{r.comparison}: {r.delta:+.2f}, {_note(r)}{said.get(r.comparison, '')}."
            for r in found.itertuples()
        )
        return figures.save(fig, name, found, f"{title} Cliff's delta. {spoken}", out_dir)


def plot_panel(found: pd.DataFrame, instrument: str, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """``robust.panel`` drawn: a panel a comparison, a row a variant, Cliff's delta with its interval."""
    comparisons = list(dict.fromkeys(found["comparison"]))
    variants = {v: place for place, v in enumerate(dict.fromkeys(found["variant"]))}
    with figures.canvas(
        9.6, 1.9 + 0.27 * max(len(variants), 3), ncols=max(len(comparisons), 1), sharey=True, sharex=True,
        squeeze=False,
    ) as (fig, grid):  # fmt: skip
        for ax, label in zip(grid[0], comparisons, strict=False):
            part = found[found["comparison"] == label]
            _variants(ax, part, variants, part["estimate"].iloc[0])
            counted = _counted(part)
            ax.set_title("\n".join([*textwrap.wrap(label, 21), counted]), fontsize=9)
            ax.locator_params(axis="x", nbins=4)
        grid[0][0].set_yticks(range(len(variants)), list(variants), fontsize=9)
        grid[0][0].set_ylim(len(variants) - 0.4, -0.6)
        coded = found["variant"].str.startswith(LABELS).any()
        title = "Does it hold under every instrument, without any one outlet" + (
            ", by coders' labels?" if coded else "?"
        )
        fig.suptitle("\n".join(textwrap.wrap(title, 70)), x=0.01, ha="left", fontweight="bold")
        few = "" if found["low"].notna().any() else " Too few items to say: no point has an interval."
        below = (
            f"Cliff’s delta with 95 % intervals over items; orange: the other sign than under {NAMES[instrument]}. "
            f"n: sentences, in so many items, fewest and most of the rows.{few}"
        )
        fig.supxlabel("\n".join(textwrap.wrap(below, 95)), fontsize=9)
        spoken = " ".join(f"{r.comparison}, {r.variant}: {r.estimate:+.2f}." for r in found.itertuples())
        return figures.save(fig, name, found, f"{title}{few} {spoken}", out_dir)


def _counted(part: pd.DataFrame) -> str:
    """The fewest and most sentences and items of the rows, as a line of a title."""
    sentences, items = (
        f"{low:,}" if low == high else f"{low:,}–{high:,}"
        for low, high in ((int(part[c].min()), int(part[c].max())) for c in ("n", "n_items"))
    )
    return f"n = {sentences} ({items})"


def _variants(ax, part: pd.DataFrame, places: dict[str, int], main: float) -> None:
    ax.axvline(0, color=figures.MUTED, linewidth=1)
    ax.grid(axis="y", visible=False)
    for row in part.itertuples():
        same = (row.estimate > 0) == (main > 0)
        colour, place = figures.PALETTE[0 if same else 1], places[row.variant]
        if row.low == row.low:
            ax.plot([row.low, row.high], [place, place], color=colour, linewidth=1.6)
        ax.plot(row.estimate, place, "o" if same else "s", color=colour, markersize=4.5)


def _label(comparison: str) -> str:
    return "\n".join(textwrap.wrap(comparison, 40))


def _note(row: tuple) -> str:
    sides = f"{row.items_chosen:,} / {row.items_other:,} items"
    if row.p != row.p:
        return f"{sides}, too few to say"
    return f"{sides}, p = {row.p_adjusted:.2f}" if row.p_adjusted >= 0.01 else f"{sides}, p < 0.01"
