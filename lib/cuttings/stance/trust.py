"""How well the scorers agree with coders of the same statements."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, inference, tables
from cuttings.agreement import Pairs, alpha_ordinal, confusion, keep, macro_f1
from cuttings.stance import adapting, calibration
from cuttings.stance.compare import OPEN, threshold
from cuttings.stance.scorers import FAVOURED

SIDES = {"against": -1, "neutral": 0, "for": 1}


def coded(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Every coding of stance beside what each scorer made of the statement that it concerns.

    Columns: sentence_id (the coders'), coder, target, coded, read_id (the sentence as read, empty where it
    was not found), scorer, item_id, stance, ``verdict`` (stance, or left open), ``top`` (the probability of the
    likeliest side), ``right``, and ``held_out``: whether no choice was made on its item. The last
    are missing where reading made no statement.
    """
    found = codings.match(codings.read(corpus_dir, "stance"), out_dir).rename(columns={"stance": "coded"})
    made = tables.query(
        out_dir,
        """SELECT sentence_id AS read_id, target, scorer, item_id, stance,
             greatest(p_against, p_neutral, p_for) AS top FROM statements ORDER BY ALL""",
    )
    pairs = found[["sentence_id", "coder", "target", "coded", "read_id"]].merge(
        made, on=["read_id", "target"], how="left"
    )
    sure = pairs["top"] >= (threshold(out_dir) if len(made) else 0)
    return (
        pairs.assign(verdict=pairs["stance"].where(sure | (pairs["scorer"] != FAVOURED), OPEN))
        .assign(right=pairs["stance"] == pairs["coded"])
        .assign(
            held_out=pairs["item_id"].map(
                lambda i: isinstance(i, str) and adapting.fold(i) in adapting.HELD_OUT
            )
        )
        .sort_values(["coder", "read_id", "target"], ignore_index=True)
    )


def coverage(pairs: pd.DataFrame) -> str:
    """One or two sentences: how many coded statements were found again, or that no error is known."""
    one = pairs[pairs["scorer"].isna() | (pairs["scorer"] == FAVOURED)]
    says = codings.coverage(one, "statements", "how often the scorer is wrong")
    lost = one.loc[one["read_id"] != "", "stance"].isna().sum()
    return (
        f"{says} {lost:,} of them name their target in words that this suite gives to another."
        if lost
        else says
    )


def agreement(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Macro-F1 and Krippendorff's alpha of each scorer with each coder, and of the coders with each other.

    Intervals resample items. What was compared goes to the table ``agreements_stance``. A coded item
    was scored by a model that had learnt from other items only.
    """
    pairs = list(_with_coders(corpus_dir, out_dir))
    keep(out_dir, "agreements_stance", pairs)
    rows = []
    for one, other, both in pairs:
        rows += _measures(one, other, both["item_id"], both["coded"], both["scored"])
    return pd.DataFrame(rows, columns=["scorer", "with", "measure", *inference.Interval.__dataclass_fields__])


def of_scorer(pairs: pd.DataFrame, scorer: str = FAVOURED) -> pd.DataFrame:
    """The codings for which ``scorer`` made a statement."""
    return _both(pairs)[_both(pairs)["scorer"] == scorer]


def learnt(out_dir: str | Path) -> str:
    """A sentence or two: whether codings changed the trained scorer, how much that helped, where it stops."""
    tried = tables.query(out_dir, "SELECT * FROM adaptations ORDER BY NOT chosen, way")
    best = tried.iloc[0]
    left = f"It leaves a statement open where its likeliest side has a probability under {best['threshold']:.2f}."
    if best["way"] == adapting.EXAMPLE:
        return (
            "Too little is coded here to learn from, so the scorer uses what the codings of the worked "
            f"example taught it; how well that fits this corpus is not known. {left}"
        )
    n = f"{best['n']:,} codings of {best['n_items']:,} items"
    if best["way"] == adapting.SHIPPED:
        return f"Nothing that could be learnt from {n} was surely better than the scorer as it was shipped. {left}"
    return (
        f"Learnt from {n}: {best['way']}. In cross-validation that lowers the log loss by {best['gain']:.2f} "
        f"[{best['gain_low']:.2f}, {best['gain_high']:.2f}] against the scorer as it was shipped. {left}"
    )


def resolved(out_dir: str | Path) -> pd.DataFrame:
    """The statements that name their target by a word that only the item explains, and how it was read."""
    return tables.query(
        out_dir,
        """SELECT substr(items.text, mention_start + 1, mention_end - mention_start) AS words, stands_for, target,
             statements.item_id FROM statements JOIN items USING (item_id)
           WHERE stands_for <> '' AND scorer = $scorer ORDER BY statement_id""",
        scorer=FAVOURED,
    )


def held_out(pairs: pd.DataFrame, scorer: str = FAVOURED) -> pd.DataFrame:
    """How good ``scorer`` is on the third of the items on which nothing was chosen: a row a coder and measure.

    Right of all, right of those not left open, left open (shares), macro-F1 and calibration error,
    each with an interval that resamples items; and what so few statements would make of the calibration
    error if every probability were exact.
    """
    known = of_scorer(pairs, scorer)
    known = known[known["held_out"].astype(bool)]
    rows = []
    for coder, part in known.groupby("coder", sort=True):
        clear = part[part["verdict"] != OPEN]
        measures = {
            "macro-F1": inference.of(
                macro_f1, part["item_id"], part["coded"].map(SIDES), part["stance"].map(SIDES)
            ),
            "share right": inference.share(part["right"], part["item_id"]),
            "share right of those not left open": inference.share(clear["right"], clear["item_id"]),
            "share left open": inference.share(part["verdict"] == OPEN, part["item_id"]),
            "expected calibration error": calibration.measured(part),
            "the same by chance, were probabilities exact": calibration.by_chance(part),
        }
        rows += [{"with": coder, "measure": m, **vars(i)} for m, i in measures.items()]
    return pd.DataFrame(rows, columns=["with", "measure", *inference.Interval.__dataclass_fields__])


def confused(pairs: pd.DataFrame, scorer: str = FAVOURED) -> pd.DataFrame:
    """How often each coded stance was scored as each: a table to show, of all coders together."""
    both = of_scorer(pairs, scorer)
    counts = confusion(both["coded"], both["verdict"], [*tables.STANCES, OPEN]).loc[tables.STANCES]
    counts.columns = [f"scored {name}" if name != OPEN else name for name in counts.columns]
    return counts.rename_axis("coded").reset_index()


def _with_coders(corpus_dir: str | Path, out_dir: str | Path) -> Pairs:
    made = _both(coded(corpus_dir, out_dir))
    for (coder, scorer), part in made.groupby(["coder", "scorer"], sort=True):
        both = part.drop(columns="sentence_id").rename(columns={"read_id": "sentence_id", "stance": "scored"})
        yield scorer, coder, both[["sentence_id", "item_id", "target", "coded", "scored"]]
    for one, other, both in codings.between_coders(codings.read(corpus_dir, "stance"), "stance"):
        yield one, other, both.rename(columns={"first": "scored", "second": "coded"})


def _measures(name: str, other: str, items: pd.Series, truth: pd.Series, guess: pd.Series) -> list[dict]:
    sides: tuple[np.ndarray, ...] = truth.map(SIDES).to_numpy(), guess.map(SIDES).to_numpy()
    measured = {
        "macro-F1": inference.of(macro_f1, items, *sides),
        "Krippendorff's alpha": inference.of(alpha_ordinal, items, *sides, draws=400),
    }
    return [{"scorer": name, "with": other, "measure": m, **vars(i)} for m, i in measured.items()]


def _both(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.dropna(subset=["stance"])
