"""How well the scorer agrees with coders of the same statements."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import codings, inference, tables
from cuttings.agreement import Pairs, alpha_ordinal, confusion, keep, macro_f1
from cuttings.stance.compare import BALANCE


def coded(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Every coding of stance beside the statement that it concerns.

    Columns: coder, target, coded, read_id (the sentence as read, empty where it was not found),
    scorer, item_id and stance (missing where reading made no statement).
    """
    found = codings.match(codings.read(corpus_dir, "stance"), out_dir).rename(columns={"stance": "coded"})
    made = tables.query(
        out_dir, "SELECT sentence_id AS read_id, target, scorer, item_id, stance FROM statements ORDER BY ALL"
    )
    pairs = found[["coder", "target", "coded", "read_id"]].merge(made, on=["read_id", "target"], how="left")
    return pairs.sort_values(["coder", "read_id", "target"], ignore_index=True)


def coverage(pairs: pd.DataFrame) -> str:
    """One or two sentences: how many coded statements were found again, or that no error is known."""
    says = codings.coverage(pairs, "statements", "how often the scorer is wrong")
    lost = pairs.loc[pairs["read_id"] != "", "stance"].isna().sum()
    return (
        f"{says} {lost:,} of them name their target in words that this suite gives to another."
        if lost
        else says
    )


def agreement(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Macro-F1 and Krippendorff's alpha of each scorer with each coder, and of the coders with each other.

    Intervals resample items. What was compared goes to the table ``agreements_stance``.
    """
    pairs = list(_with_coders(corpus_dir, out_dir))
    keep(out_dir, "agreements_stance", pairs)
    rows = []
    for one, other, both in pairs:
        rows += _measures(one, other, both["item_id"], both["coded"], both["scored"])
    return pd.DataFrame(rows, columns=["scorer", "with", "measure", *inference.Interval.__dataclass_fields__])


def _with_coders(corpus_dir: str | Path, out_dir: str | Path) -> Pairs:
    made = _both(coded(corpus_dir, out_dir))
    for (coder, scorer), part in made.groupby(["coder", "scorer"], sort=True):
        both = part.rename(columns={"read_id": "sentence_id", "stance": "scored"})
        yield scorer, coder, both[["sentence_id", "item_id", "target", "coded", "scored"]]
    for one, other, both in codings.between_coders(codings.read(corpus_dir, "stance"), "stance"):
        yield one, other, both.rename(columns={"first": "scored", "second": "coded"})


def confused(pairs: pd.DataFrame) -> pd.DataFrame:
    """How often each coded stance was scored as each: a table to show, of all coders together."""
    both = _both(pairs)
    counts = confusion(both["coded"], both["stance"], tables.STANCES)
    counts.columns = [f"scored {name}" for name in counts.columns]
    return counts.rename_axis("coded").reset_index()


def _measures(name: str, other: str, items: pd.Series, truth: pd.Series, guess: pd.Series) -> list[dict]:
    sides = truth.map(BALANCE).astype(int), guess.map(BALANCE).astype(int)
    measured = {
        "macro-F1": inference.of(macro_f1, items, *sides),
        "Krippendorff's alpha": inference.of(alpha_ordinal, items, *sides, draws=400),
    }
    return [{"scorer": name, "with": other, "measure": m, **vars(i)} for m, i in measured.items()]


def _both(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.dropna(subset=["stance"])
