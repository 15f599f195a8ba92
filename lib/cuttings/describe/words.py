"""Which words and runs of words a corpus is made of, how often and in how many items."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import dates
from cuttings.describe import tokens
from cuttings.inference import FEWEST_ITEMS

SCOPED = "SELECT tokens.* FROM tokens JOIN items USING (item_id) WHERE {scope}"


@cache
def function_words() -> frozenset[str]:
    """The words left out as grammar, from ``function_words.txt`` beside this module."""
    lines = files(__package__).joinpath("function_words.txt").read_text("utf-8").splitlines()
    listed = {word for line in lines for word in line.partition("#")[0].split()}
    return frozenset(listed | {word.removesuffix("'s") for word in listed})


def frequent_words(
    out_dir: str | Path,
    year_from: int,
    year_to: int,
    most: int = 25,
    left_out: frozenset[str] = function_words(),
) -> pd.DataFrame:
    """The most frequent words of the items in scope, without those ``left_out`` and single letters.

    Columns: word, count, per_1000 (of all words) with low and high (95 %, by item), range (items that
    have it) and share (range over items).
    """
    return _frequent(out_dir, f"SELECT item_id, word FROM ({SCOPED})", year_from, year_to, most, left_out)


def frequent_ngrams(
    out_dir: str | Path,
    length: int,
    year_from: int,
    year_to: int,
    most: int = 25,
    left_out: frozenset[str] = function_words(),
) -> pd.DataFrame:
    """The most frequent runs of ``length`` words in one sentence, as ``frequent_words`` gives words.

    Left out are runs that begin or end with a word ``left_out`` or a single letter.
    """
    words = [f"lead(word, {k}) OVER run" for k in range(length)]
    runs = f"""SELECT item_id, {words[0]} AS head, {words[-1]} AS tail, concat_ws(' ', {", ".join(words)}) AS word
      FROM ({SCOPED}) WINDOW run AS (PARTITION BY item_id, sentence ORDER BY place)"""
    kept = f"""SELECT item_id, word FROM ({runs})
      WHERE tail IS NOT NULL AND len(head) > 1 AND len(tail) > 1
        AND NOT list_contains($left_out, head) AND NOT list_contains($left_out, tail)"""
    return _frequent(out_dir, kept, year_from, year_to, most, left_out)


def _frequent(
    out_dir: str | Path, units: str, year_from: int, year_to: int, most: int, left_out: frozenset[str]
) -> pd.DataFrame:
    """Counts of the units that ``units`` (SQL: item_id, word) gives; the limits are of a ratio over items."""
    scope = dates.in_scope(year_from, year_to)
    rows = tokens.query(
        out_dir,
        f"""WITH sizes AS (SELECT item_id, count(*) AS s FROM ({SCOPED}) GROUP BY item_id),
              whole AS (SELECT sum(s) AS n_words, sum(s * s) AS square, count(*) AS n_items FROM sizes),
              counted AS (SELECT item_id, word, count(*) AS c FROM ({units}) GROUP BY item_id, word)
            SELECT word, sum(c)::BIGINT AS count, count(*) AS range, any_value(n_words)::DOUBLE AS n_words,
              any_value(n_items) AS n_items,
              (sum(c * c) - 2 * sum(c * s) * sum(c) / any_value(n_words)
                + (sum(c) / any_value(n_words)) ** 2 * any_value(square))::DOUBLE AS squares
            FROM counted JOIN sizes USING (item_id), whole
            WHERE len(word) > 1 AND NOT list_contains($left_out, word)
            GROUP BY word ORDER BY count DESC, range DESC, word LIMIT $most""".format(scope=scope),
        left_out=sorted(left_out),
        most=most,
    )
    rate = rows["count"] / rows["n_words"]
    spread = np.sqrt(rows["squares"].clip(lower=0) * rows["n_items"] / (rows["n_items"] - 1)) / rows["count"]
    factor = np.exp(stats.t.ppf(0.975, rows["n_items"] - 1) * spread)
    factor = factor.where(rows["n_items"] >= FEWEST_ITEMS)
    shown = rows[["word", "count"]].assign(
        per_1000=1000 * rate, low=1000 * rate / factor, high=1000 * rate * factor, range=rows["range"]
    )
    shown = shown.assign(share=rows["range"] / rows["n_items"])
    shown.attrs = {k: int(rows[k].iloc[0]) if len(rows) else 0 for k in ("n_words", "n_items")}
    return shown
