"""Which words a corpus is made of, counted by DuckDB over Parquet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from cuttings import dates, tables

WORD = r"\p{L}+(?:['-]\p{L}+)*"
"""A word: letters, with apostrophes and hyphens inside it; numbers are none."""


@cache
def function_words() -> frozenset[str]:
    """The words left out as grammar, from ``function_words.txt`` beside this module."""
    lines = files(__package__).joinpath("function_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def frequent_words(out_dir: str | Path, year_from: int, year_to: int, most: int = 25) -> pd.DataFrame:
    """The most frequent content words of the items in scope.

    Columns: word (lower case, a possessive counted with its word), count, per_1000 (of all words),
    range (items that have it) and share (range over items). Function words and single letters are out.
    """
    return tables.query(
        out_dir,
        f"""WITH said AS (
              SELECT item_id, unnest(regexp_extract_all(lower(translate(text, '’‘', '''''')), $word)) AS raw
              FROM items WHERE {dates.in_scope(year_from, year_to)}),
            words AS (SELECT item_id, regexp_replace(raw, '''s$', '') AS word, raw FROM said),
            total AS (SELECT count(*) AS n_words, count(DISTINCT item_id) AS n_items FROM words)
            SELECT word, count(*) AS count, 1000 * count(*) / any_value(n_words) AS per_1000,
              count(DISTINCT item_id) AS range, count(DISTINCT item_id) / any_value(n_items) AS share
            FROM words, total
            WHERE len(word) > 1 AND NOT list_contains($left_out, word) AND NOT list_contains($left_out, raw)
            GROUP BY word ORDER BY count DESC, range DESC, word LIMIT $most""",
        word=WORD,
        left_out=sorted(function_words()),
        most=most,
    )
