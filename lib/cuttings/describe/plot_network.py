"""The company of a word in two periods, as networks side by side."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd

from cuttings import figures
from cuttings.inference import FEWEST_ITEMS
from cuttings.text import many

WEAKEST = 3.84
"""The least log-likelihood of a collocate that is drawn: p < 0.05 pooled."""


def plot_network(
    collocates: dict[str, pd.DataFrame],
    links: dict[str, pd.DataFrame],
    node: str,
    name: str,
    out_dir: str | Path,
    most: int = 12,
) -> figures.SavedFigure:
    """A network for each period: the node in the middle, its collocates round it, the closer the nearer.

    ``collocates`` has a frame as ``describe.collocates`` gives it by the label of each period, ``links``
    one of the same keys with word, other and together, as ``describe.links`` gives it. A collocate stands
    in the same direction in every period; those of the other period are named in grey.
    """
    drawn = {
        label: of[(of["log_likelihood"] >= WEAKEST) & (of["mi"] > 0)].head(most)
        for label, of in collocates.items()
    }
    direction = _directions(drawn, links)
    with figures.canvas(5.6 * len(drawn), 4.8, ncols=len(drawn), squeeze=False) as (fig, axes):
        for ax, (label, of) in zip(axes[0], drawn.items(), strict=True):
            _network(ax, of, links[label], direction, node)
            nodes, items = collocates[label].attrs["nodes"], collocates[label].attrs["items"]
            ax.set_title(f"{label}: {nodes:,} times in {items:,} items", fontsize=10, loc="center")
        fig.suptitle(_title(node, collocates, drawn), fontweight="bold")
        data = pd.concat([of.assign(period=label) for label, of in drawn.items()], ignore_index=True)
        alt = f"Collocates of {node}. " + "; ".join(
            f"{label}: " + (", ".join(of["word"]) or "none") for label, of in drawn.items()
        )
        return figures.save(fig, name, data, alt, out_dir)


def _title(node: str, collocates: dict[str, pd.DataFrame], drawn: dict[str, pd.DataFrame]) -> str:
    scarce = [label for label, of in collocates.items() if of.attrs["items"] < FEWEST_ITEMS]
    if scarce:
        return f"The company of “{node}”: too few items of {' and of '.join(scarce)} to compare"
    words = [set(of["word"]) for of in drawn.values()]
    together, shared = set.union(*words), set.intersection(*words)
    return f"The company of “{node}”: {many(len(together), 'word')}, {len(shared)} in both periods"


def _network(ax, of: pd.DataFrame, links: pd.DataFrame, direction: dict[str, float], node: str) -> None:
    strength = dict(zip(of["word"], of["log_dice"], strict=True))
    at = {
        w: np.array([np.cos(direction[w]), np.sin(direction[w])]) * _distance(s) for w, s in strength.items()
    }
    for link in links.itertuples():
        if link.word in at and link.other in at:
            ends = np.array([at[link.word], at[link.other]])
            ax.plot(
                *ends.T,
                color=figures.PALETTE[5],
                linewidth=0.6 + 0.4 * min(link.together, 8),
                alpha=0.6,
                zorder=1,
            )
    for word, place in at.items():
        ax.plot(*np.array([[0, 0], place]).T, color=figures.GRID, linewidth=1, zorder=0)
        ax.plot(
            *place, "o", color=figures.PALETTE[0], markersize=4 + 1.5 * max(strength[word] - 9, 0), zorder=3
        )
    for word, angle in direction.items():
        x, y = np.cos(angle), np.sin(angle)
        if word in at:
            ax.plot(
                *np.array([at[word], [1.04 * x, 1.04 * y]]).T,
                color=figures.GRID,
                linewidth=0.7,
                linestyle=":",
                zorder=0,
            )
        side = "left" if x > 0.05 else "right" if x < -0.05 else "center"
        ink, weight = (figures.INK, "bold") if word in at else ("#a9afbb", "normal")
        ax.text(1.08 * x, 1.08 * y, word[:20], ha=side, va="center", color=ink, fontweight=weight, fontsize=9)
    ax.plot(0, 0, "o", color=figures.PALETTE[1], markersize=9, zorder=4)
    ax.text(
        0,
        -0.07,
        node,
        ha="center",
        va="top",
        fontsize=9,
        color=figures.PALETTE[1],
        fontweight="bold",
        zorder=5,
    )
    ax.set_xlim(-1.75, 1.75)
    ax.set_ylim(-1.3, 1.2)
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.text(
        0,
        -1.3,
        "nearer: higher logDice (log-likelihood 3.84 or more); line: together by the node, twice or more",
        ha="center",
        fontsize=8,
        color=figures.MUTED,
    )


def _distance(log_dice: float) -> float:
    """14, the most that logDice can be, is at the node; 8 and less at the rim."""
    return float(np.clip((14 - log_dice) / 6, 0.25, 0.95))


def _directions(drawn: dict[str, pd.DataFrame], links: dict[str, pd.DataFrame]) -> dict[str, float]:
    """An angle for every collocate of any period, evenly spread, linked words next to each other."""
    words = sorted({word for of in drawn.values() for word in of["word"]})
    graph = nx.Graph()
    graph.add_nodes_from(words)
    for of in links.values():
        graph.add_edges_from(
            (a, b) for a, b in zip(of["word"], of["other"], strict=True) if a in graph and b in graph
        )
    laid = nx.spring_layout(graph, seed=2010, iterations=60) if words else {}
    ordered = sorted(words, key=lambda w: (round(float(np.arctan2(laid[w][1], laid[w][0])), 6), w))
    return {word: 2 * np.pi * (k + 0.5) / len(ordered) for k, word in enumerate(ordered)}
