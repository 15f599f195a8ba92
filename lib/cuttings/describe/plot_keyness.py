"""The plot of two parts: every word by its rate in either, the telling ones named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from adjustText import adjust_text

from cuttings import figures
from cuttings.inference import FEWEST_ITEMS

DOTS, AVOIDED = 1200, 150
"""Words that are not key and have a dot; and those of them that names keep off."""


def plot_keyness(keys: pd.DataFrame, name: str, out_dir: str | Path, most: int = 12) -> figures.SavedFigure:
    """Words by their rates in the two parts on log scales; ``most`` words of either side are named.

    ``keys`` is as ``describe.keyness`` gives it. Key words are coloured and named first, then those of
    the highest log-likelihood. After Kessler (2017), "Scattertext", ACL 2017 demonstrations.
    """
    (part, other), sides = keys.attrs["labels"], {"n": figures.PALETTE[0], "m": figures.PALETTE[1]}
    x, y = (np.maximum(keys[c], 0.5) / max(keys.attrs[f"words_{c}"], 1) * 1000 for c in "mn")
    with figures.canvas(8, 7.2) as (fig, ax):
        plain = keys[~keys["key"]].nlargest(DOTS, "log_likelihood").index
        ax.scatter(x[plain], y[plain], s=9, color="#b4b9c4", linewidths=0, zorder=2)
        ax.set_xscale("log")
        ax.set_yscale("log")
        low, high = min([*x, *y, 0.1]) * 0.7, max([*x, *y, 1]) * 1.4
        ax.plot([low, high], [low, high], color=figures.MUTED, linewidth=0.8, zorder=1)
        texts = []
        for side, above, marker in (("n", True, "o"), ("m", False, "s")):
            mine = keys[(keys["log_ratio"] > 0) == above]
            key = mine[mine["key"]]
            ax.scatter(
                x[key.index], y[key.index], s=30, marker=marker, color=sides[side], linewidths=0, zorder=3
            )
            for word in _named(mine, most).itertuples():
                ink = sides[side] if word.key else figures.MUTED
                texts.append(
                    ax.text(x[word.Index], y[word.Index], word.word[:24], color=ink, fontsize=9, zorder=4)
                )
        ax.set_xlim(low, high)
        ax.set_ylim(low, high)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter("{x:g}")
            axis.set_minor_formatter("")
        ax.set_xlabel(_side(other, keys, "m"))
        ax.set_ylabel(_side(part, keys, "n"))
        ax.set_title(_title(keys))
        fig.canvas.draw()
        fig.set_layout_engine("none")
        shown = [*plain[:AVOIDED], *keys.index[keys["key"]]]
        _part_labels(ax, texts, x[shown].to_numpy(), y[shown].to_numpy())
        named = keys[keys["key"]]
        alt = f"Words by their rate in {part} and in {other}. Key: " + (
            ", ".join(f"{w} ({r:+.1f})" for w, r in zip(named["word"], named["log_ratio"], strict=True))
            or "none"
        )
        return figures.save(fig, name, keys, alt, out_dir)


def _named(words: pd.DataFrame, most: int) -> pd.DataFrame:
    return words.sort_values(["key", "log_likelihood", "word"], ascending=[False, False, True]).head(most)


def _title(keys: pd.DataFrame) -> str:
    part, other = keys.attrs["labels"]
    if min(keys.attrs["items_n"], keys.attrs["items_m"]) < FEWEST_ITEMS:
        return f"Words of {part} and of {other}:\ntoo few items to call any of them key"
    n = int(keys["key"].sum())
    return f"Words of {part} and of {other}:\n{n:,} of {len(keys):,} are key, pooled and by item"


def _side(label: str, keys: pd.DataFrame, side: str) -> str:
    words, items = keys.attrs[f"words_{side}"], keys.attrs[f"items_{side}"]
    return f"per 1,000 words of {label} ({words:,} words in {items:,} items; nought as a half)"


def _part_labels(ax, texts: list, x: np.ndarray, y: np.ndarray) -> None:
    """Move the names off each other and the dots, the same way at every run; what still overlaps goes."""
    if not texts:
        return
    adjust_text(
        texts, x, y, ax=ax, iter_lim=100, expand=(1.1, 1.35), force_text=(0.3, 0.5),
        arrowprops={"arrowstyle": "-", "color": figures.MUTED, "linewidth": 0.5},
    )  # fmt: skip
    boxes, renderer = [], ax.figure.canvas.get_renderer()
    for text in texts:
        box = text.get_window_extent(renderer)
        if any(box.overlaps(other) for other in boxes):
            text.set_visible(False)
        else:
            boxes.append(box)
