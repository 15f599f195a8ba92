"""Stance compared: by target and by kind of voice."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import dates, inference, tables
from cuttings.corpus import open_corpus
from cuttings.stance.evidence import VOICE

VOICES = [*(f"writer, {genre}" for genre in tables.GENRES), "speaker", "document"]
BALANCE = {"against": -1.0, "neutral": 0.0, "for": 1.0}


def statements(
    corpus_dir: str | Path, out_dir: str | Path, year_from: int, year_to: int, scorer: str = "lexicon"
) -> pd.DataFrame:
    """Every statement in scope: statement_id, item_id, target, label, voice, stance and balance.

    In scope are the items not known to fall outside the years. ``balance`` is 1 for, 0 neutral and
    -1 against, so that its mean is the share for minus the share against.
    """
    rows = tables.query(
        out_dir,
        f"""SELECT statement_id, item_id, target, {VOICE} AS voice, stance
            FROM statements JOIN voices USING (voice_id, item_id) JOIN items USING (item_id)
            WHERE scorer = $scorer AND {dates.in_scope(year_from, year_to)} ORDER BY statement_id""",
        scorer=scorer,
    )
    named = labels(corpus_dir)
    rows.insert(3, "label", rows["target"].map(lambda name: named.get(name, name)))
    return rows.assign(balance=rows["stance"].map(BALANCE).astype(float))


def labels(corpus_dir: str | Path) -> dict[str, str]:
    """The label of each target of a corpus, by its name."""
    return {target.name: target.label for target in open_corpus(corpus_dir).targets}


def by_target(data: pd.DataFrame) -> pd.DataFrame:
    """A row for each target: shares against, neutral and for, the balance with its interval, n.

    The targets with the most statements come first.
    """
    balance = inference.by_group(data, ["target", "label"], "balance")
    shares = pd.crosstab(data["target"], data["stance"], normalize="index")
    shares = shares.reindex(columns=tables.STANCES, fill_value=0.0)
    found = balance.merge(shares.reset_index(), on="target")
    return found.sort_values(["n", "target"], ascending=[False, True], ignore_index=True)


def by_voice(data: pd.DataFrame) -> pd.DataFrame:
    """A row for each kind of voice and target that meet: the balance with its interval, n and n_items."""
    return inference.by_group(data, ["voice", "target", "label"], "balance")


def most_argued(data: pd.DataFrame, most: int = 4) -> list[str]:
    """The names of the targets on which most statements take a side, the most argued first."""
    sided = data.loc[data["stance"] != "neutral", "target"].value_counts()
    ordered = sorted(sided.items(), key=lambda pair: (-pair[1], pair[0]))
    return [name for name, _ in ordered[:most]]
