"""How much there is: pages, items, sentences and words by genre, outlet, year and kind of voice."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cuttings import dates, tables
from cuttings.describe import tokens

COUNTS = ["pages", "items", "sentences", "words"]


def sizes(out_dir: str | Path, by: str, year_from: int, year_to: int) -> pd.DataFrame:
    """Pages, items, sentences and words by ``genre`` or ``outlet``, the most words first, with their sum.

    Counted are the items not known to fall outside the years. A page of several genres counts in each,
    in the sum once.
    """
    if by not in ("genre", "outlet"):
        raise ValueError(f"sizes are by genre or outlet, not by {by!r}")
    return tokens.query(
        out_dir,
        f"""SELECT coalesce({by}, 'all') AS {by}, count(DISTINCT page_id) AS pages, count(*) AS items,
              sum(n_sentences)::BIGINT AS sentences, sum(n_words)::BIGINT AS words
            FROM ({_counted(year_from, year_to)}) GROUP BY ROLLUP({by})
            ORDER BY grouping({by}), words DESC, {by}""",
    )


def sizes_by_year(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """Items, sentences and words of every year shown, as floats.

    An item dated to an interval of days counts in each year by the share of the interval in it.
    """
    counted = tokens.query(out_dir, f"SELECT * FROM ({_counted(year_from, year_to)})")
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
    return tokens.query(
        out_dir,
        f"""WITH words AS (SELECT kind, count(*) AS words FROM tokens JOIN items USING (item_id)
              WHERE {dates.in_scope(year_from, year_to)} GROUP BY kind)
            SELECT kind, count(DISTINCT voice_id) AS voices, count(DISTINCT items.item_id) AS items,
              count(sentence_id) AS sentences, coalesce(any_value(words), 0)::BIGINT AS words
            FROM voices JOIN items USING (item_id) LEFT JOIN sentences USING (voice_id, item_id)
            LEFT JOIN words USING (kind)
            WHERE {dates.in_scope(year_from, year_to)} GROUP BY kind ORDER BY words DESC, kind""",
    )


def left_out(out_dir: str | Path, year_from: int, year_to: int) -> pd.DataFrame:
    """What the rest of this step does not see, by outlet: an outlet that lost nothing has no row.

    Columns: outlet; unreadable, empty and copies (pages); undated (items, seen but in no year) and
    outside (items known to be of other years). The most losses come first.
    """
    return tables.query(
        out_dir,
        f"""WITH lost AS (
              SELECT outlet, (status = 'unreadable')::INTEGER AS unreadable, (status = 'empty')::INTEGER AS empty,
                (status = 'duplicate')::INTEGER AS copies, 0 AS undated, 0 AS outside FROM pages
              UNION ALL
              SELECT outlet, 0, 0, 0, (items.date = '')::INTEGER,
                (NOT {dates.in_scope(year_from, year_to)})::INTEGER FROM items JOIN pages USING (page_id))
            SELECT coalesce(nullif(outlet, ''), 'not stated') AS outlet, sum(unreadable)::BIGINT AS unreadable,
              sum(empty)::BIGINT AS empty, sum(copies)::BIGINT AS copies, sum(undated)::BIGINT AS undated,
              sum(outside)::BIGINT AS outside
            FROM lost GROUP BY ALL HAVING sum(unreadable + empty + copies + undated + outside) > 0
            ORDER BY sum(unreadable + empty + copies + undated + outside) DESC, outlet""",
    )


def lengths(out_dir: str | Path, year_from: int, year_to: int, most: int = 400) -> pd.DataFrame:
    """The lengths of the items in scope in words: genre, n_words, and the genre's own items, median and quartiles.

    Of a genre with more than ``most`` items that many are kept, evenly spread over its lengths in order.
    """
    return tokens.query(
        out_dir,
        f"""WITH sized AS (SELECT genre, n_words, row_number() OVER (PARTITION BY genre ORDER BY n_words) - 1 AS place,
              count(*) OVER (PARTITION BY genre) AS items FROM ({_counted(year_from, year_to)})),
            spread AS (SELECT genre, quantile_cont(n_words, [0.25, 0.5, 0.75]) AS q FROM sized GROUP BY genre)
            SELECT genre, n_words, items, q[1] AS lower, q[2] AS median, q[3] AS upper
            FROM sized JOIN spread USING (genre)
            WHERE items <= $most OR place * $most // items <> (place - 1) * $most // items
            ORDER BY genre, n_words""",
        most=most,
    )


def _counted(year_from: int, year_to: int) -> str:
    return f"""SELECT items.item_id, items.page_id, items.genre,
        coalesce(nullif(pages.outlet, ''), 'not stated') AS outlet,
        coalesce(said.n_words, 0)::BIGINT AS n_words, coalesce(said.n_sentences, 0)::BIGINT AS n_sentences
        FROM items JOIN pages USING (page_id)
        LEFT JOIN (SELECT item_id, n_sentences, coalesce(n_words, 0) AS n_words
          FROM (SELECT item_id, count(*) AS n_sentences FROM sentences GROUP BY item_id)
          LEFT JOIN (SELECT item_id, count(*) AS n_words FROM tokens GROUP BY item_id) USING (item_id)) AS said
        USING (item_id) WHERE {dates.in_scope(year_from, year_to)}"""
