"""The sentences that best stand for the highest and the lowest balance of a decade."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import tables
from cuttings.inference import FEWEST_ITEMS
from cuttings.rights import allowed
from cuttings.timeline.intervals import overlap
from cuttings.timeline.panels import in_years
from cuttings.timeline.periods import Periods
from cuttings.timeline.series import series

SHORTEST, LONGEST = 7, 32
"""Words of a sentence that can stand for others and still be read on a poster."""
COLUMNS = [
    "mark",
    "target",
    "label",
    "side",
    "turn",
    "period",
    "x",
    "item_id",
    "sentence_id",
    "date",
    "voice",
    "score",
    "text",
]


def turns(
    out_dir: str | Path,
    statements: pd.DataFrame,
    targets: list[str],
    items: pd.DataFrame,
    periods: Periods,
    coded: pd.DataFrame,
) -> pd.DataFrame:
    """For each of ``targets`` a sentence from the period of its highest balance and one from its lowest.

    Of the statements on that side in the period, the one that the scorer is surest of: none that it leaves
    open, and none that a coder put on another side (``coded`` is as ``stance.coded`` gives it). The ``turn``
    is *most for* only where the balance is above nought, else *least against*. Only periods with at least
    ``inference.FEWEST_ITEMS`` items count; where there are none, it is the surest statement of all. ``text``
    is empty where the page's rights do not allow it to be shown. ``statements`` is as ``stance.statements``
    gives it; ``mark`` is a letter, ``side`` for or against.
    """
    placed = in_years(items)
    shares = pd.DataFrame(overlap(placed, periods.edges[:-1], periods.edges[1:]), index=placed["item_id"])
    said = _said(out_dir, statements, coded)
    rows = []
    for target in targets:
        ours = said[(said["target"] == target) & said["item_id"].isin(shares.index)]
        points = series(ours, "balance", placed, periods)
        enough = points[points["n_items"] >= FEWEST_ITEMS]
        for side, best in (("for", enough["estimate"].max()), ("against", enough["estimate"].min())):
            there = list(enough.index[enough["estimate"] == best])[:1]
            found = _surest(ours, side, shares, there)
            if found is not None:
                home = there[0] if there else int(np.argmax(shares.loc[found["item_id"]].to_numpy()))
                turn = _turn(side, best) if there else f"surest {side}"
                rows.append(
                    {**found, "side": side, "turn": turn, "period": periods.names[home], "x": periods.x[home]}
                )
    marks = [chr(ord("A") + n) for n in range(len(rows))]
    return pd.DataFrame(
        [{**row, "mark": mark} for mark, row in zip(marks, rows, strict=True)], columns=COLUMNS
    )


def _turn(side: str, balance: float) -> str:
    if side == "for":
        return "most for" if balance > 0 else "least against"
    return "most against" if balance < 0 else "least for"


def readable_turns(found: pd.DataFrame) -> pd.DataFrame:
    """``turns`` as a table to show."""
    shown = found.assign(
        text=found["text"].where(found["text"] != "", "(rights do not allow it to be shown)")
    )
    columns = {
        "mark": "mark",
        "label": "target",
        "turn": "turn",
        "period": "period",
        "text": "sentence",
        "voice": "voice",
        "date": "date",
        "score": "score",
        "sentence_id": "sentence id",
    }
    return shown[list(columns)].rename(columns=columns)


def _said(out_dir: str | Path, statements: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Statements with their sentence, its date, voice and rights, and the probabilities of either side.

    ``coded`` becomes the sides on which coders put each; its own where nobody coded it.
    """
    known = tables.query(
        out_dir,
        """SELECT statement_id, sentence_id, items.date, rights, sentences.text, p_for, p_against,
             voices.name, voices.role, voices.kind FROM statements JOIN sentences USING (sentence_id)
           JOIN items ON items.item_id = statements.item_id JOIN pages USING (page_id)
           JOIN voices ON voices.voice_id = statements.voice_id""",
    )
    columns = ["statement_id", "item_id", "target", "label", "verdict", "balance"]
    said = statements[columns].merge(known, on="statement_id")
    sides = coded.groupby(["read_id", "target"])["coded"].agg(frozenset)
    said["coded"] = [sides.get((r.sentence_id, r.target), frozenset({r.verdict})) for r in said.itertuples()]
    return said.sort_values("statement_id", ignore_index=True)


def _surest(said: pd.DataFrame, side: str, shares: pd.DataFrame, there: list[int]) -> dict | None:
    ours = said[(said["verdict"] == side) & (said["coded"] == {side})]
    if there:
        inside = shares[there[0]]
        ours = ours[ours["item_id"].isin(inside.index[inside > 0.5])]
    words = ours["text"].str.split().str.len()
    ours = ours[words.between(SHORTEST, LONGEST)]
    if ours.empty:
        return None
    best = ours.sort_values([f"p_{side}", "statement_id"], ascending=[False, True], kind="stable").iloc[0]
    shown = best["text"] if allowed(best["rights"]) else ""
    voice = next((v for v in (best["name"], best["role"], best["kind"]) if v), "")
    kept = {key: best[key] for key in ("target", "label", "item_id", "sentence_id", "date")}
    return {**kept, "voice": voice, "score": float(best[f"p_{side}"]), "text": shown}
