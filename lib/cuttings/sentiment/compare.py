"""Sentiment compared: by genre, by kind of voice, and where the instruments part."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import dates, effects, inference, show, tables
from cuttings.sentiment.instruments import NAMES, explain

GROUP_ORDER = {"genre": tables.GENRES, "voice": tables.VOICE_KINDS}


def scored(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Every score of the sentences in scope, with the item, genre and kind of voice of its sentence.

    In scope are the items that are not known to fall outside the years. Columns: sentence_id,
    item_id, genre, voice (writer, speaker, document), instrument, polarity, n_scored_words, page_id,
    outlet (empty where the page names none), date_earliest, date_latest.
    """
    return tables.query(
        out_dir,
        f"""SELECT sentence_id, item_id, genre, voices.kind AS voice, instrument, polarity, n_scored_words,
              page_id, outlet, date_earliest, date_latest
            FROM sentiment JOIN sentences USING (sentence_id) JOIN items USING (item_id)
            JOIN pages USING (page_id) JOIN voices USING (voice_id, item_id)
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
        found = effects.compare(part["polarity"], part["item_id"], part["voice"] == "writer")
        rows.append({"instrument": name, **vars(found.difference)})
    return pd.DataFrame(rows, columns=["instrument", *inference.Interval.__dataclass_fields__])


def silent(data: pd.DataFrame) -> pd.DataFrame:
    """The share of sentences in which an instrument scores no word at all, with its interval."""
    nothing = data.assign(nothing=(data["n_scored_words"] == 0).astype(float))
    return inference.by_group(nothing, "instrument", "nothing")


def readable(means: pd.DataFrame, value: str = "mean polarity") -> pd.DataFrame:
    """Estimates as ``show.estimates`` writes them, with the instruments' names."""
    return show.estimates(means, value).replace({"instrument": NAMES})


def beside(data: pd.DataFrame, name: str) -> pd.DataFrame:
    """The scores of TextBlob and of instrument ``name`` (of VADER where that is TextBlob itself)."""
    return data[data["instrument"].isin(["textblob", other_than_textblob(name)])]


def other_than_textblob(name: str) -> str:
    """``name``, or VADER where TextBlob is favoured: what TextBlob is shown beside."""
    return "vader" if name == "textblob" else name


def disagreements(
    out_dir: str | Path, year_from: int, year_to: int, other: str = "vader", most: int = 8
) -> pd.DataFrame:
    """The sentences on which TextBlob and ``other`` differ most, with the scores of both and their words."""
    apart = tables.query(
        out_dir,
        f"""SELECT a.polarity AS first, b.polarity AS second, sentences.text AS sentence,
              sentence_id AS "sentence id"
            FROM sentiment a JOIN sentiment b USING (sentence_id)
            JOIN sentences USING (sentence_id) JOIN items USING (item_id)
            WHERE a.instrument = 'textblob' AND b.instrument = $other AND {dates.in_scope(year_from, year_to)}
            ORDER BY round(abs(a.polarity - b.polarity), 6) DESC, sentence_id LIMIT $most""",
        other=other,
        most=most,
    )
    for place, name in ((3, "textblob"), (4, other)):
        words = [heaviest(name, text) for text in apart["sentence"]]
        apart.insert(place, f"words of {NAMES[name]}", pd.Series(words, dtype=object))
    return apart.rename(columns={"first": NAMES["textblob"], "second": NAMES[other]})


def heaviest(name: str, sentence: str, most: int = 4) -> str:
    """The words that weigh most in what instrument ``name`` makes of a sentence, with their weights."""
    words = explain(name, sentence)
    order = words["weight"].abs().sort_values(ascending=False, kind="stable").index[:most]
    shown = [f"{words.at[i, 'word']} {show.number(words.at[i, 'weight'])}" for i in sorted(order)]
    return ", ".join(shown) or "no word scored"
