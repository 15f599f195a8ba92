"""Who was speaking: kinds of voices by period, as a stream."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import figures, tables
from cuttings.stance.compare import VOICES
from cuttings.stance.evidence import VOICE
from cuttings.timeline import axes as time
from cuttings.timeline.intervals import dated, overlap
from cuttings.timeline.panels import in_years
from cuttings.timeline.periods import Periods

SHADES = ["#08519c", "#e69f00", "#1b7f79", "#9fd8c4", "#7a3b00", "#c9ccd3", "#56b4e9", "#3f4450"]
"""Neighbours differ in lightness, so that the stream is read in grey."""
LEVEL_FOR = 0.7
"""For this share of a period the stream keeps its width: what lies between two periods is not counted."""


def voices(out_dir: str | Path, items: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """How many voices of each kind speak in each period: period, x, voice, voices (expected) and share.

    Kinds are those of ``04-stance``: writers by genre, people quoted, documents cited.
    """
    placed = dated(in_years(items))
    heard = tables.query(
        out_dir,
        f"SELECT item_id, {VOICE} AS voice, count(*) AS n FROM voices JOIN items USING (item_id) GROUP BY ALL ORDER BY ALL",
    )
    wide = heard.pivot(index="item_id", columns="voice", values="n").reindex(placed["item_id"]).fillna(0)
    shares = overlap(placed, periods.edges[:-1], periods.edges[1:])
    counts = pd.DataFrame(shares.T @ wide.to_numpy(float), index=periods.names, columns=wide.columns)
    counts = counts.loc[:, counts.sum() > 0]
    table = counts.rename_axis("period").reset_index().melt("period", var_name="voice", value_name="voices")
    total = table.groupby("period")["voices"].transform("sum")
    x = table["period"].map(dict(zip(periods.names, periods.x, strict=True)))
    share = np.divide(table["voices"], total, out=np.full(len(table), np.nan), where=(total > 0).to_numpy())
    return table.assign(x=x.astype(float), share=share)


def plot_stream(
    found: pd.DataFrame, items: pd.DataFrame, periods: Periods, name: str, out_dir: str | Path
) -> figures.SavedFigure:
    """``voices`` as a stream of numbers above, as shares below; it breaks where there are no items."""
    placed = in_years(items)
    with figures.canvas(10, 5.6, nrows=3, height_ratios=[2.2, 2, 0.8]) as (fig, (ax, part, pages)):
        order = draw_stream(ax, found, periods, "voices", "sym")
        ax.set_title("Voices heard: the wider, the more (expected number written above)", fontsize=10)
        ax.set_yticks([])
        draw_stream(part, found, periods, "share", "zero")
        part.set_title("Their shares", fontsize=10)
        part.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        time.strip(pages, placed, periods)
        for panel in (ax, part, pages):
            time.frame(panel, periods, labelled=panel is pages)
            time.gaps(panel, placed, periods)
        if order:
            handles, names = ax.get_legend_handles_labels()
            fig.legend(
                handles[::-1], names[::-1], loc="outside right upper", fontsize=8.5, title="from the top"
            )
        fig.suptitle(f"Who was speaking, {time.span(periods)}", x=0.01, ha="left", fontweight="bold")
        return figures.save(fig, name, found, _spoken(found), out_dir)


def draw_stream(ax, found: pd.DataFrame, periods: Periods, value: str, baseline: str) -> list[str]:
    """Stacked areas over the middles of periods, each kind in its shade; gives the kinds in order."""
    wide = found.pivot(index="x", columns="voice", values=value).fillna(0.0)
    there = wide[wide.sum(axis=1) > 0]
    order = [voice for voice in VOICES if voice in there.columns]
    half, labelled = periods.width / 2, set()
    for run in time.runs(there.reset_index(), periods):
        x = (run["x"].to_numpy()[:, None] + [-LEVEL_FOR * half, LEVEL_FOR * half]).ravel()
        heights = run[order].to_numpy().T.repeat(2, axis=1)
        names = [voice if voice not in labelled else "_" for voice in order]
        shades = [SHADES[VOICES.index(voice) % len(SHADES)] for voice in order]
        ax.stackplot(
            x, heights, labels=names, colors=shades, baseline=baseline, edgecolor=figures.PAPER, linewidth=0.5
        )
        labelled.update(order)
        if baseline == "sym" and len(periods) <= 2 * time.MOST_NAMES:
            for at, total in zip(run["x"], run[order].sum(axis=1), strict=True):
                ax.text(at, total / 2, f"n {time.tenths(total)}", ha="center", va="bottom", fontsize=7.5)
    if baseline == "sym" and len(there):
        top = there.sum(axis=1).max() / 2
        ax.set_ylim(-top * 1.1, top * 1.3)
    return order


def _spoken(found: pd.DataFrame) -> str:
    total = found.groupby("voice")["voices"].sum().sort_values(ascending=False, kind="stable")
    said = ", ".join(f"{voice} {time.tenths(n)}" for voice, n in total.items())
    return f"Kinds of voices by period, as a stream. Over all: {said or 'none'}."
