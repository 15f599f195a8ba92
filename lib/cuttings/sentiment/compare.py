"""Sentiment compared: by genre, by kind of voice, and where the instruments part."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import dates, inference, show, tables
from cuttings.sentiment.instruments import NAMES, instruments

GROUP_ORDER = {"genre": tables.GENRES, "voice": tables.VOICE_KINDS}


def scored(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Every score of the sentences in scope, with the item, genre and kind of voice of its sentence.

    In scope are the items that are not known to fall outside the years. Columns: sentence_id,
    item_id, genre, voice (writer, speaker, document), instrument, polarity, n_scored_words.
    """
    return tables.query(
        out_dir,
        f"""SELECT sentence_id, item_id, genre, voices.kind AS voice, instrument, polarity, n_scored_words
            FROM sentiment JOIN sentences USING (sentence_id) JOIN items USING (item_id)
            JOIN voices USING (voice_id, item_id)
            WHERE {dates.in_scope(year_from, year_to)} ORDER BY instrument, item_id, sentences.position""",
    )


def compare(data: pd.DataFrame, group: str) -> pd.DataFrame:
    """Mean polarity by instrument and ``group`` (genre or voice), intervals resampling items.

    A row each with estimate, low, high, n (sentences) and n_items; groups in the suite's order.
    """
    means = inference.by_group(data, ["instrument", group], "polarity")
    means[group] = pd.Categorical(means[group], GROUP_ORDER[group])
    return means.sort_values(["instrument", group], ignore_index=True).astype({group: object})


def item_means(data: pd.DataFrame, group: str) -> pd.DataFrame:
    """Mean polarity of each item within each group: the points behind ``compare``."""
    keys = ["instrument", group, "item_id"]
    return data.groupby(keys, sort=True, as_index=False).agg(
        mean=("polarity", "mean"), n=("polarity", "size")
    )


def differences(data: pd.DataFrame) -> pd.DataFrame:
    """Writers' own sentences less those of the people and documents they quote, by instrument."""
    rows = []
    for name, part in data.groupby("instrument", sort=True):
        own = part["voice"] == "writer"
        found = inference.contrast(part["polarity"], part["item_id"], own)
        rows.append({"instrument": name, **vars(found)})
    return pd.DataFrame(rows, columns=["instrument", *inference.Interval.__dataclass_fields__])


def silent(data: pd.DataFrame) -> pd.DataFrame:
    """The share of sentences in which an instrument scores no word at all, with its interval."""
    nothing = data.assign(nothing=(data["n_scored_words"] == 0).astype(float))
    return inference.by_group(nothing, "instrument", "nothing")


def readable(means: pd.DataFrame, value: str = "mean polarity") -> pd.DataFrame:
    """Estimates as ``show.estimates`` writes them, with the instruments' names."""
    return show.estimates(means, value).replace({"instrument": NAMES})


def disagreements(out_dir: str | Path, year_from: int, year_to: int, most: int = 8) -> pd.DataFrame:
    """The sentences on which the first two instruments differ most, with the scores of both."""
    first, second = list(instruments)[:2]
    apart = tables.query(
        out_dir,
        f"""SELECT a.polarity AS first, b.polarity AS second, sentences.text AS sentence,
              sentence_id AS "sentence id"
            FROM sentiment a JOIN sentiment b USING (sentence_id)
            JOIN sentences USING (sentence_id) JOIN items USING (item_id)
            WHERE a.instrument = $first AND b.instrument = $second AND {dates.in_scope(year_from, year_to)}
            ORDER BY round(abs(a.polarity - b.polarity), 6) DESC, sentence_id LIMIT $most""",
        first=first,
        second=second,
        most=most,
    )
    return apart.rename(columns={"first": NAMES[first], "second": NAMES[second]})
