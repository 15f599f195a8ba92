"""Stance compared: by target, by kind of voice, and every part of the corpus against the rest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import dates, effects, inference, permutation, tables
from cuttings.corpus import open_corpus
from cuttings.sentiment import correct
from cuttings.stance.evidence import VOICE
from cuttings.stance.scorers import FAVOURED

VOICES = [*(f"writer, {genre}" for genre in tables.GENRES), "speaker", "document"]
BALANCE = {"against": -1.0, "neutral": 0.0, "for": 1.0}
OPEN = "left open"
SHARES = {"p_against": "against", "p_neutral": "neutral", "p_for": "for"}
DIMENSIONS = {
    "voice": "kind of voice",
    "outlet": "outlet",
    "genre": "genre",
    "speaks": "writer or quoted",
    "period": "early or late",
}
"""What ``contrasts`` compares by: a column of ``statements`` each, with the name that figures give it."""


def statements(
    corpus_dir: str | Path, out_dir: str | Path, year_from: int, year_to: int, scorer: str = FAVOURED
) -> pd.DataFrame:
    """Every statement in scope, a row each, in order of statement_id.

    Columns: statement_id, sentence_id, item_id, target, label; what it is compared by: voice, outlet,
    genre, speaks (the writer, or someone quoted or cited), period (early, late, or missing where the
    date is not known well enough); stance, the likeliest side; ``verdict``, the same unless its
    probability is under the scorer's threshold, then left open; p_against, p_neutral, p_for; and
    ``balance``, p_for less p_against. The mean of calibrated probabilities is the share that they
    stand for, left open or not, so the mean of ``balance`` is the share for minus the share against
    (Bella et al. 2010, "Quantification via probability estimators", ICDM).
    In scope are the items not known to fall outside the years.
    """
    rows = tables.query(
        out_dir,
        f"""SELECT statement_id, sentence_id, item_id, target, {VOICE} AS voice, outlet, genre,
              CASE WHEN kind = 'writer' THEN 'writer' ELSE 'quoted or cited' END AS speaks,
              CASE WHEN date_latest < $middle THEN 'early' WHEN date_earliest >= $middle THEN 'late' END AS period,
              p_against, p_neutral, p_for, stance,
              CASE WHEN greatest(p_against, p_neutral, p_for) < $threshold THEN '{OPEN}' ELSE stance END AS verdict
            FROM statements JOIN voices USING (voice_id, item_id) JOIN items USING (item_id)
            JOIN pages USING (page_id)
            WHERE scorer = $scorer AND {dates.in_scope(year_from, year_to)} ORDER BY statement_id""",
        scorer=scorer,
        threshold=threshold(out_dir, scorer),
        middle=pd.Timestamp(year_from + (year_to - year_from + 1) // 2, 1, 1).date(),
    )
    named = labels(corpus_dir)
    rows.insert(4, "label", rows["target"].map(lambda name: named.get(name, name)))
    return rows.assign(balance=rows["p_for"] - rows["p_against"])


def threshold(out_dir: str | Path, scorer: str = FAVOURED) -> float:
    """The probability below which ``scorer`` leaves a statement open; only the trained scorer does."""
    if scorer != "trained":
        return 0.0
    return float(tables.query(out_dir, "SELECT threshold FROM adaptations WHERE chosen")["threshold"].iloc[0])


def labels(corpus_dir: str | Path) -> dict[str, str]:
    """The label of each target of a corpus, by its name."""
    return {target.name: target.label for target in open_corpus(corpus_dir).targets}


def decided(data: pd.DataFrame) -> pd.DataFrame:
    """The statements that are not left open."""
    return data[data["verdict"] != OPEN]


def by_target(data: pd.DataFrame) -> pd.DataFrame:
    """A row for each target: shares against, neutral and for, the balance with its interval, n.

    ``open`` is the share of statements left open. The targets with the most statements come first.
    """
    balance = inference.by_group(data, ["target", "label"], "balance")
    shares = data.groupby("target")[list(SHARES)].mean().rename(columns=SHARES)
    left = data["verdict"].eq(OPEN).groupby(data["target"]).mean().rename("open")
    found = balance.merge(shares.reset_index(), on="target").merge(left.reset_index(), on="target")
    return found.sort_values(["n", "target"], ascending=[False, True], ignore_index=True)


def by_voice(data: pd.DataFrame) -> pd.DataFrame:
    """A row for each kind of voice and target that meet: the balance with its interval, n and n_items."""
    return inference.by_group(data, ["voice", "target", "label"], "balance")


def put_right(data: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The balance of each target put right by codings: a row each with estimate, low, high, n, n_items.

    ``coded`` has read_id, target and coded (a side); a statement coded by several counts as their mean.
    The method is that of sentiment's means (``sentiment.correct``): what the scores are off by where
    statements of the same target are coded moves the mean of all, and the interval knows it. No row
    for a target of which nothing is coded.
    """
    sides = coded.assign(side=coded["coded"].map(BALANCE).astype(float))
    codes = sides.groupby(["read_id", "target"])["side"].mean()
    rows = []
    for (target, label), part in data.groupby(["target", "label"], sort=True):
        own = pd.MultiIndex.from_frame(part[["sentence_id", "target"]])
        known = pd.Series(codes.reindex(own).to_numpy(), dtype=float)
        if known.notna().any():
            found, _ = correct.mean(part["balance"], known, part["item_id"])
            rows.append({"target": target, "label": label, **vars(found)})
    return pd.DataFrame(rows, columns=["target", "label", *inference.Interval.__dataclass_fields__])


def contrasts(data: pd.DataFrame) -> pd.DataFrame:
    """Every part of the corpus against the rest of it, on each target, where there is enough to compare.

    A row for each dimension (``DIMENSIONS``), part and target with ``FEWEST_ITEMS`` items on both
    sides: the difference of balances with its interval, n and n_items; ``p`` of a permutation test that
    keeps items whole, and ``q``, the same adjusted for all rows (Benjamini and Hochberg). The
    surest come first. A dimension of two parts has one row for a target, of its first part.
    """
    rows = []
    for dimension, named in DIMENSIONS.items():
        known = data.dropna(subset=[dimension])
        known = known[known[dimension] != ""]
        parts = sorted(known[dimension].unique())
        for part in parts[:1] if len(parts) == 2 else parts:
            for (target, label), some in known.groupby(["target", "label"], sort=True):
                chosen = some[dimension] == part
                effect = _effect(some, chosen)
                if effect is not None:
                    where = {"dimension": named, "part": part, "target": target, "label": label}
                    rows.append({**where, **vars(effect.difference), "p": effect.p})
    columns = ["dimension", "part", "target", "label", *inference.Interval.__dataclass_fields__, "p"]
    found = pd.DataFrame(rows, columns=columns)
    found["q"] = permutation.adjusted(found["p"])
    return found.sort_values(["p", "dimension", "part", "target"], ignore_index=True)


def most_argued(data: pd.DataFrame, most: int = 4) -> list[str]:
    """The names of the targets on which most statements take a side, the most argued first."""
    sided = data.loc[data["verdict"].isin(["for", "against"]), "target"].value_counts()
    ordered = sorted(sided.items(), key=lambda pair: (-pair[1], pair[0]))
    return [name for name, _ in ordered[:most]]


def _effect(some: pd.DataFrame, chosen: pd.Series) -> effects.Effect | None:
    sides = (some.loc[side, "item_id"].nunique() for side in (chosen, ~chosen))
    if min(sides) < inference.FEWEST_ITEMS:
        return None
    return effects.compare(some["balance"], some["item_id"], chosen)
