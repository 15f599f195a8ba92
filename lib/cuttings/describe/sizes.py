"""How much there is: items, sentences and words by genre, outlet, year and kind of voice."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import dates, tables

COUNTS = ["items", "sentences", "words"]


def sizes(out_dir: str | Path, by: str, year_from: int, year_to: int) -> pd.DataFrame:
    """Items, sentences and words by ``genre`` or ``outlet``, the most words first, with their sum.

    Counted are the items not known to fall outside the years.
    """
    if by not in ("genre", "outlet"):
        raise ValueError(f"sizes are by genre or outlet, not by {by!r}")
    rows = tables.query(
        out_dir,
        f"""SELECT {by}, count(*) AS items,
              sum(n_sentences)::BIGINT AS sentences, sum(n_words)::BIGINT AS words
            FROM ({_counted(year_from, year_to)}) GROUP BY {by} ORDER BY words DESC, {by}""",
    )
    total = pd.DataFrame([{by: "all", **rows[COUNTS].sum().astype(int)}])
    return pd.concat([rows, total], ignore_index=True)


def sizes_by_year(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Items, sentences and words of every year shown, as floats.

    An item dated to an interval of days counts in each year by the share of the interval in it.
    """
    counted = tables.query(out_dir, f"SELECT * FROM ({_counted(year_from, year_to)})")
    shares = dates.year_shares(dates.placed(out_dir, year_from, year_to)).merge(counted, on="item_id")
    parts = pd.DataFrame(
        {
            "year": shares["year"],
            "items": shares["share"],
            "sentences": shares["share"] * shares["n_sentences"],
            "words": shares["share"] * shares["n_words"],
        }
    )
    years = pd.RangeIndex(year_from, year_to + 1, name="year")
    return parts.groupby("year").sum().reindex(years, fill_value=0.0).reset_index()


def coverage(items: pd.DataFrame, year_from: int, year_to: int) -> pd.DataFrame:
    """Items by outlet and column: each year shown, then ``no date`` and ``outside``.

    ``items`` is as ``dates.placed`` gives it. A row each with outlet, column and items (a float: an
    interval of dates is shared out over its years). Only pairs that have items have a row.
    """
    outlets = items.set_index("item_id")["outlet"].replace("", "not stated")
    years = dates.year_shares(items)
    shown = years["year"].between(year_from, year_to)
    column = years["year"].astype(str).where(shown, "outside")
    dated = pd.DataFrame({"item_id": years["item_id"], "column": column, "items": years["share"]})
    undated = items.loc[items["date"] == "", ["item_id"]].assign(column="no date", items=1.0)
    parts = pd.concat([dated, undated], ignore_index=True)
    parts["outlet"] = parts["item_id"].map(outlets)
    return parts.groupby(["outlet", "column"], as_index=False)["items"].sum()


def voices(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Voices by kind: how many, in how many items, and the sentences and words that they speak."""
    return tables.query(
        out_dir,
        f"""SELECT kind, count(DISTINCT voice_id) AS voices, count(DISTINCT items.item_id) AS items,
              count(sentence_id) AS sentences,
              coalesce(sum(len(regexp_extract_all(sentences.text, '\\S+'))), 0)::BIGINT AS words
            FROM voices JOIN items USING (item_id) LEFT JOIN sentences USING (voice_id, item_id)
            WHERE {dates.in_scope(year_from, year_to)} GROUP BY kind ORDER BY words DESC, kind""",
    )


def lengths(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """The length of every item in scope in words: item_id, genre, n_words."""
    return tables.query(
        out_dir,
        f"""SELECT item_id, genre, n_words FROM items WHERE {dates.in_scope(year_from, year_to)}
            ORDER BY genre, n_words, item_id""",
    )


def _counted(year_from: int, year_to: int) -> str:
    return f"""SELECT items.item_id, items.genre, items.n_words,
        coalesce(nullif(pages.outlet, ''), 'not stated') AS outlet,
        (SELECT count(*) FROM sentences WHERE sentences.item_id = items.item_id) AS n_sentences
        FROM items JOIN pages USING (page_id) WHERE {dates.in_scope(year_from, year_to)}"""
