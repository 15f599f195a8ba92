"""The discourse network as a figure, and stance markers by voice.

Targets stand on a circle. A voice with sides on several targets stands inside it, between them; one
with sides on a single target stands outside, behind that target. The places follow from the data by
arithmetic alone, so that they are the same everywhere.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from cuttings import figures
from cuttings.inference import FEWEST_ITEMS

NAMED = 12
"""Voices that have a number and a name beside the network: those with sides on most targets."""
COLOURS = {-1.0: figures.STANCE_COLOURS["against"], 1.0: figures.STANCE_COLOURS["for"]}
SHORTEST = 0.075
"""How far apart two voices are kept, in radii of the circle."""
LETTER = 0.038
"""How wide a letter of a target's name is, on average, in radii of the circle."""
Box = tuple[tuple[float, float], tuple[float, float]]
"""From left to right, and from bottom to top."""


def plot_network(edges: pd.DataFrame, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Named voices and the targets on which they take a side; ``edges`` as ``affiliations`` gives it."""
    sided = edges[edges["balance"] != 0].reset_index(drop=True)
    targets = _order(sided)
    places = _circle(targets)
    voices = _places(sided, places)
    with figures.canvas(9.6, 7.8) as (fig, ax):
        ax.set(xlim=(-2.0, 2.6), ylim=(-1.75, 1.75), aspect="equal")
        ax.axis("off")
        _draw_edges(ax, sided, places, voices)
        _draw_targets(ax, sided, places)
        _draw_voices(ax, sided, voices)
        lines = [
            Line2D([], [], color=COLOURS[s], linestyle=_style(s), label=says)
            for s, says in ((1.0, "more for"), (-1.0, "more against"))
        ]
        fig.legend(handles=lines, loc="outside lower left", ncols=2)
        if sided.empty:
            ax.text(0, 0, "no named voice takes a side", ha="center")
        ax.set_title(
            f"Who stands with whom: {len(voices):,} named voices and the targets on which they take a side",
            fontsize=11,
            x=0,
        )
        shown = sided.assign(
            x=[round(voices[w][0], 3) for w in sided["who"]], y=[round(voices[w][1], 3) for w in sided["who"]]
        )
        return figures.save(fig, name, shown, _spoken(sided), out_dir)


def plot_markers(found: pd.DataFrame, group: str, name: str, out_dir: str | Path) -> figures.SavedFigure:
    """Markers per 1,000 words, a panel a kind of marker, a point a group with its interval."""
    kinds = list(dict.fromkeys(found["marker"]))
    groups = list(dict.fromkeys(found[group]))
    with figures.canvas(
        9.2, 1.6 + 0.34 * max(len(groups), 1), ncols=max(len(kinds), 1), sharey=True, squeeze=False
    ) as (fig, axes):
        for ax, kind in zip(axes[0], kinds, strict=False):
            part = found[found["marker"] == kind].set_index(group).reindex(groups)
            at = np.arange(len(part))
            ax.hlines(at, part["low"], part["high"], color=figures.INK, linewidth=1.8)
            enough = part["low"].notna()
            ax.plot(
                part["estimate"][enough],
                at[enough],
                "o",
                color=figures.PALETTE[0],
                markeredgecolor=figures.INK,
            )
            ax.plot(
                part["estimate"][~enough],
                at[~enough],
                "o",
                markerfacecolor=figures.PAPER,
                markeredgecolor=figures.MUTED,
            )
            ax.set_title(kind, fontsize=10)
            ax.set_xlim(left=0)
            ax.grid(axis="y", visible=False)
        words = found.drop_duplicates(group).set_index(group)["n"].reindex(groups)
        axes[0][0].set_yticks(
            range(len(groups)), [f"{g}\n{n:,} words" for g, n in words.items()], fontsize=8.5
        )
        axes[0][0].set_ylim(max(len(groups), 1) - 0.5, -0.5)
        fig.supxlabel(
            f"per 1,000 words (95 % interval over items; hollow: fewer than {FEWEST_ITEMS} items)", fontsize=9
        )
        fig.suptitle("How voices colour what they say", x=0.01, ha="left", fontweight="bold")
        said = "; ".join(f"{r[group]}, {r['marker']}: {r['estimate']:.1f}" for r in found.to_dict("records"))
        return figures.save(fig, name, found, f"Markers per 1,000 words. {said}.", out_dir)


def _order(sided: pd.DataFrame) -> list[str]:
    """Targets so that those that share voices stand side by side: each next shares most with the last."""
    voices = sided.groupby("label")["who"].agg(set).to_dict()
    left = sorted(voices, key=lambda t: (-len(voices[t]), t))
    order = left[:1]
    left = left[1:]
    while left:
        nearest = max(left, key=lambda t: (len(voices[t] & voices[order[-1]]), len(voices[t]), t))
        order.append(nearest)
        left.remove(nearest)
    return order


def _circle(targets: list[str]) -> dict[str, np.ndarray]:
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(targets)) / max(len(targets), 1)
    return {t: np.array([np.cos(a), np.sin(a)]) for t, a in zip(targets, angles, strict=True)}


def _places(sided: pd.DataFrame, places: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Where each voice stands. Single-issue voices fan out behind their target, others are spread inside."""
    of_voice = sided.groupby("who")["label"].agg(list).to_dict()
    single: dict[str, list[str]] = {}
    found: dict[str, np.ndarray] = {}
    for who, labels in sorted(of_voice.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        if len(labels) == 1:
            single.setdefault(labels[0], []).append(who)
        else:
            found[who] = _free(0.8 * np.mean([places[t] for t in labels], axis=0), list(found.values()))
    names = [_box(name, places[label]) for label, name in _names(sided).items()]
    for label, voices in single.items():
        found |= _fan(places[label], voices, 2 * np.pi / max(len(places), 1), names)
    return found


def _free(wanted: np.ndarray, taken: list[np.ndarray]) -> np.ndarray:
    """The place nearest to ``wanted``, on a spiral round it, that keeps its distance from those taken."""
    for step in range(2000):
        angle, radius = 2.4 * step, 0.02 * np.sqrt(step)
        at = wanted + radius * np.array([np.cos(angle), np.sin(angle)])
        if all(np.hypot(*(at - other)) >= SHORTEST for other in taken):
            return at
    return wanted


def _fan(place: np.ndarray, voices: list[str], room: float, names: list[Box]) -> dict[str, np.ndarray]:
    """Rows of places behind a target, as wide as its share of the circle, none of them under a name."""
    middle = np.arctan2(place[1], place[0])
    found: dict[str, np.ndarray] = {}
    radius = 1.3
    while len(found) < len(voices):
        left = voices[len(found) :]
        fit = max(1, int(0.85 * room * radius / SHORTEST))
        row = min(fit, len(left))
        steps = sorted((i - (row - 1) / 2 for i in range(row - fit, fit)), key=abs)[:fit]
        angles = [middle + SHORTEST / radius * step for step in steps]
        spots = [radius * np.array([np.cos(a), np.sin(a)]) for a in angles]
        free = [at for at in spots if not any(_under(at, box) for box in names)]
        found |= dict(zip(left, free, strict=False))
        radius += 0.09
    return found


def _under(at: np.ndarray, box: Box) -> bool:
    (left, right), (bottom, top) = box
    return left < at[0] < right and bottom < at[1] < top


def _names(sided: pd.DataFrame) -> dict[str, str]:
    """What is written beside each target: its label, and how many voices take a side on it."""
    voices = sided.groupby("label")["who"].nunique()
    return {label: f"{label} ({n})" for label, n in voices.items()}


def _beside(place: np.ndarray) -> tuple[np.ndarray, str]:
    """Where the name of a target is anchored, and by which of its ends."""
    side = "left" if place[0] > 0.15 else "right" if place[0] < -0.15 else "center"
    return place + [0 if side == "center" else 0.07 * np.sign(place[0]), 0.1 * np.sign(place[1])], side


def _box(name: str, place: np.ndarray) -> Box:
    """The room that a name takes, and half a voice round it, in radii of the circle."""
    (x, y), side = _beside(place)
    width, edge = LETTER * len(name), 0.04
    start = x - {"left": 0, "center": width / 2, "right": width}[side]
    return (start - edge, start + width + edge), (y - 0.05 - edge, y + 0.05 + edge)


def _draw_edges(ax, sided: pd.DataFrame, places: dict, voices: dict) -> None:
    for sign, colour in COLOURS.items():
        part = sided[np.sign(sided["balance"]) == sign]
        lines = [(voices[r.who], places[r.label]) for r in part.itertuples()]
        widths = [0.6 + 0.5 * min(r.n_for + r.n_against, 6) * abs(r.balance) for r in part.itertuples()]
        ax.add_collection(
            LineCollection(
                lines, colors=colour, linewidths=widths, alpha=0.55, linestyles=_style(sign), zorder=1
            )
        )


def _draw_targets(ax, sided: pd.DataFrame, places: dict) -> None:
    names = _names(sided)
    for label, place in places.items():
        ax.plot(*place, "s", markersize=9, color=figures.PALETTE[4], markeredgecolor=figures.INK, zorder=4)
        at, side = _beside(place)
        ax.text(
            *at,
            names[label],
            ha=side,
            va="center",
            fontsize=9,
            fontweight="bold",
            zorder=6,
            bbox=BOX,
        )


def _draw_voices(ax, sided: pd.DataFrame, voices: dict) -> None:
    n = sided.groupby("who").size().sort_index().sort_values(ascending=False, kind="stable")
    for who, place in voices.items():
        ax.plot(
            *place,
            "o",
            markersize=4 + 1.2 * min(n[who], 5),
            color=figures.PAPER,
            markeredgecolor=figures.INK,
            zorder=3,
        )
    named = [w for w in n.index if n[w] > 1][:NAMED]
    for number, who in enumerate(named, 1):
        ax.plot(*voices[who], "o", markersize=11, color=figures.PAPER, markeredgecolor=figures.INK, zorder=7)
        ax.text(*voices[who], str(number), ha="center", va="center_baseline", fontsize=7, zorder=8)
    listed = "\n".join(f"{number}  {who}" for number, who in enumerate(named, 1))
    ax.text(
        1,
        0,
        listed,
        transform=ax.transAxes,
        ha="right",
        va="bottom",
        fontsize=8.5,
        linespacing=1.5,
        multialignment="left",
    )


BOX = {"boxstyle": "round,pad=0.12", "facecolor": figures.PAPER, "edgecolor": "none", "alpha": 0.8}


def _style(sign: float) -> str:
    return "-" if sign > 0 else "--"


def _spoken(sided: pd.DataFrame) -> str:
    if sided.empty:
        return "No named voice takes a side on any target."
    counts = sided.groupby("label").agg(
        pro=("balance", lambda b: int((b > 0).sum())), con=("balance", lambda b: int((b < 0).sum()))
    )
    said = "; ".join(f"{label}: {r.pro} for, {r.con} against" for label, r in counts.iterrows())
    return f"Named voices by the side they take on each target. {said}."
