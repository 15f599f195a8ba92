"""How well the instruments agree with coders of the same sentences, and with each other."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import codings, measures, tables
from cuttings.agreement import Pairs, keep
from cuttings.sentiment.compare import heaviest
from cuttings.sentiment.instruments import NAMES, instruments

COLUMNS = ["instrument", "with", "measure", "estimate", "low", "high", "n", "n_items"]
SIGNS = {-1: "negative", 0: "neutral", 1: "positive"}


def coded(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Every coding of polarity beside the instruments' scores of its sentence.

    A row for each coder, sentence and instrument, only for coded sentences that reading found again:
    coder, coded (-2 to 2), instrument, polarity, read_id, item_id, page_id, genre, voice, sentence.
    """
    found = codings.match(codings.read(corpus_dir, "polarity"), out_dir)
    scores = tables.query(
        out_dir,
        "SELECT sentence_id AS read_id, item_id, page_id, genre, kind AS voice, instrument, polarity, "
        "sentences.text AS sentence FROM sentiment JOIN sentences USING (sentence_id) "
        "JOIN items USING (item_id) JOIN voices USING (voice_id, item_id) ORDER BY instrument, sentence_id",
    )
    pairs = found.rename(columns={"polarity": "coded"})[["coder", "coded", "read_id"]].merge(
        scores, on="read_id"
    )
    return pairs.sort_values(["coder", "instrument", "read_id"], ignore_index=True)


def coverage(corpus_dir: str | Path, out_dir: str | Path) -> str:
    """One sentence: how many coded sentences were found again, or that no error is known."""
    found = codings.match(codings.read(corpus_dir, "polarity"), out_dir)
    return codings.coverage(found, "sentences", "how far any instrument is off")


def hold(corpus_dir: str | Path, out_dir: str | Path) -> None:
    """Hold the instruments against the codings: the table ``agreements_polarity``, which ``favoured`` reads.

    ``agreement`` does this too; here no measure is computed.
    """
    keep(out_dir, "agreements_polarity", _with_coders(corpus_dir, out_dir))


def agreement(corpus_dir: str | Path, out_dir: str | Path) -> pd.DataFrame:
    """Agreement of each instrument with each coder, of the coders and of the instruments with each other.

    Pearson's r and Krippendorff's interval alpha are of the polarities (codings halved, to run from -1
    to 1 as well); ordinal alpha and macro-F1 are of their signs (negative, neutral, positive).
    Intervals resample items. Columns: instrument, with, measure and an interval. What was compared goes
    to the table ``agreements_polarity``, but for the instruments with each other.
    """
    pairs = list(_with_coders(corpus_dir, out_dir))
    keep(out_dir, "agreements_polarity", pairs)
    rows = []
    for one, other, both in chain(pairs, _with_each_other(out_dir)):
        halves = [0.5 if who not in instruments else 1 for who in (one, other)]
        names = {"instrument": NAMES.get(one, one), "with": NAMES.get(other, other)}
        rows += [{**names, **row} for row in _measured(both, *halves)]
    return pd.DataFrame(rows, columns=COLUMNS)


def by_group(corpus_dir: str | Path, out_dir: str | Path, group: str) -> pd.DataFrame:
    """Agreement of each instrument with all codings, within each ``group`` (genre or voice).

    A sentence that two coders coded counts twice. Columns: the group, instrument, measure and an
    interval.
    """
    rows = []
    for (kind, name), part in coded(corpus_dir, out_dir).groupby([group, "instrument"], sort=True):
        both = part.rename(columns={"polarity": "scored"})
        rows += [{group: kind, "instrument": name, **row} for row in _measured(both, 1, 0.5)]
    return pd.DataFrame(rows, columns=[group, "instrument", *COLUMNS[2:]])


def confusion(corpus_dir: str | Path, out_dir: str | Path, instrument: str) -> pd.DataFrame:
    """What coders and ``instrument`` call the same sentences: a row a coder and coded sign, its n."""
    pairs = coded(corpus_dir, out_dir)
    pairs = pairs[pairs["instrument"] == instrument]
    if pairs.empty:
        return pd.DataFrame(columns=["coder", "coded", *(f"scored {sign}" for sign in SIGNS.values())])
    signs = [np.sign(pairs[c]).astype(int).map(SIGNS) for c in ("coded", "polarity")]
    counted = pd.crosstab([pairs["coder"], signs[0].rename("coded")], signs[1].rename("scored"))
    wanted = pd.MultiIndex.from_product(
        [sorted(pairs["coder"].unique()), SIGNS.values()], names=["coder", "coded"]
    )
    counted = counted.reindex(index=wanted, columns=list(SIGNS.values()), fill_value=0)
    return counted.rename(columns=lambda c: f"scored {c}").rename_axis(columns=None).reset_index()


def mistakes(corpus_dir: str | Path, out_dir: str | Path, name: str, most: int = 8) -> pd.DataFrame:
    """The coded sentences on which instrument ``name`` is furthest from the coders' mean, with its words."""
    pairs = coded(corpus_dir, out_dir)
    pairs = pairs[pairs["instrument"] == name]
    each = pairs.groupby("read_id", sort=True).agg(
        coded=("coded", "mean"), scored=("polarity", "first"), sentence=("sentence", "first")
    )
    each = each.assign(coded=each["coded"] / 2, off=(each["coded"] / 2 - each["scored"]).abs().round(6))
    worst = each.sort_values("off", ascending=False, kind="stable").head(most).reset_index()
    words = pd.Series([heaviest(name, text) for text in worst["sentence"]], dtype=object)
    return worst.assign(words=words)[["coded", "scored", "words", "sentence", "read_id"]].rename(
        columns={"read_id": "sentence id"}
    )


def _with_coders(corpus_dir: str | Path, out_dir: str | Path) -> Pairs:
    for (coder, name), part in coded(corpus_dir, out_dir).groupby(["coder", "instrument"], sort=True):
        both = part.rename(columns={"read_id": "sentence_id", "polarity": "scored"})
        yield name, coder, both[["sentence_id", "item_id", "coded", "scored"]]
    for one, other, both in codings.between_coders(codings.read(corpus_dir, "polarity"), "polarity"):
        yield one, other, both.rename(columns={"first": "scored", "second": "coded"})


def _with_each_other(out_dir: str | Path) -> Pairs:
    scores = tables.query(
        out_dir,
        "SELECT item_id, sentence_id, instrument, polarity FROM sentiment JOIN sentences USING (sentence_id)",
    ).pivot(index=["item_id", "sentence_id"], columns="instrument", values="polarity")
    for first, second in combinations([n for n in instruments if n in scores], 2):
        yield first, second, scores.rename(columns={first: "scored", second: "coded"}).reset_index()


def _measured(both: pd.DataFrame, scored_by: float, coded_by: float) -> list[dict]:
    """All measures of two columns of one frame, each brought to -1 to 1 by its factor."""
    truth, guess = both["coded"] * coded_by, both["scored"] * scored_by
    signs = np.sign(truth).astype(int), np.sign(guess).astype(int)
    found = measures.of_numbers(both["item_id"], truth, guess) | measures.of_labels(both["item_id"], *signs)
    return [{"measure": measure, **vars(interval)} for measure, interval in found.items()]
