"""Which words rise and which fall over the years, and their rates from year to year.

A word rises when its occurrences stand later in time than the words of the corpus as a whole. The date
of an item is an interval of days, each as likely as the others; what that adds to the uncertainty is
worked out exactly, as drawing the dates over and over would in the long run.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import dates, inference
from cuttings.describe import tokens
from cuttings.describe.keyness import LEVEL, adjusted
from cuttings.describe.words import function_words

BANDWIDTH = 1.0
"""Standard deviation in years of the bell by which a year's neighbours count in its rate."""

SHIFTS = """
WITH dated AS (SELECT item_id, date_diff('day', DATE '2000-01-01', date_earliest) / 365.25 AS first,
    (date_diff('day', DATE '2000-01-01', date_latest) + 1) / 365.25 AS last
  FROM items WHERE {scope} AND items.date <> ''),
said AS MATERIALIZED (SELECT tokens.item_id, word, (first + last) / 2 AS t, (last - first) ** 2 / 12 AS v
  FROM tokens JOIN dated USING (item_id)),
sizes AS (SELECT item_id, any_value(t) AS t, any_value(v) AS v, count(*)::DOUBLE AS s FROM said GROUP BY item_id),
whole AS (SELECT sum(s) AS n, sum(s * t) / sum(s) AS middle, count(*) AS items FROM sizes),
bases AS (SELECT item_id, t, v, s / n AS part, s * (t - middle) / n AS base FROM sizes, whole),
counted AS (SELECT item_id, word, count(*)::DOUBLE AS c FROM said GROUP BY item_id, word),
words AS (SELECT word, sum(c) AS f, count(*) AS range, sum(c * t) / sum(c) AS mean
  FROM counted JOIN bases USING (item_id)
  WHERE len(word) > 1 AND NOT list_contains($left_out, word) GROUP BY word HAVING f >= $least AND range >= $range),
pulls AS (SELECT word, (c * (t - mean) / f - base) ** 2 - base ** 2
    + v * ((c / f - part) ** 2 - part ** 2) AS extra
  FROM counted JOIN words USING (word) JOIN bases USING (item_id)),
rest AS (SELECT sum(base ** 2 + v * part ** 2) AS squares FROM bases)
SELECT word, any_value(f)::BIGINT AS count, any_value(range) AS range, any_value(items) AS items,
  any_value(mean - middle) AS shift, sum(extra) + any_value(squares) AS squares
FROM pulls JOIN words USING (word), rest, whole GROUP BY word ORDER BY word
"""
"""The shift of each word and the squared pulls of the items on it, their dates' uncertainty added."""


def trends(
    out_dir: str | Path,
    year_from: int,
    year_to: int,
    least: int = 10,
    left_out: frozenset[str] = function_words(),
) -> pd.DataFrame:
    """How much later than the corpus each word stands, in years, the latest first.

    Words with ``least`` occurrences or more in ``FEWEST_ITEMS`` dated items or more, those ``left_out``
    not. Columns: word, count, range (items), shift with low and high (95 %, by item), q (its p,
    Benjamini-Hochberg) and moves (``rises``, ``falls`` or ``no``, below a q of 0.05). The shift is the
    score statistic of a rate that grows by the same factor every year (Cox and Lewis 1966, "The
    statistical analysis of series of events", 3.3).
    """
    found = tokens.query(
        out_dir,
        SHIFTS.format(scope=dates.in_scope(year_from, year_to)),
        least=least,
        range=inference.FEWEST_ITEMS,
        left_out=sorted(left_out),
    )
    items = found["items"]
    error = np.sqrt(found["squares"].clip(lower=0) * items / (items - 1))
    shown = found[["word", "count", "range", "shift"]].copy()
    half = stats.t.ppf(0.975, found["range"] - 1) * error
    shown["low"], shown["high"] = shown["shift"] - half, shown["shift"] + half
    shown["q"] = adjusted(2 * stats.t.sf(np.abs(shown["shift"] / error), found["range"] - 1))
    moves = np.where(shown["shift"] > 0, "rises", "falls")
    shown["moves"] = np.where(shown["q"] < LEVEL, moves, "no")
    return shown.sort_values(["shift", "word"], ascending=[False, True], ignore_index=True)


def strongest(shifts: pd.DataFrame, most: int = 6) -> list[str]:
    """The ``most`` words of ``trends`` that rise and as many that fall, the surest first."""
    surest = shifts.assign(z=shifts["shift"] / (shifts["high"] - shifts["shift"])).sort_values(["z", "word"])
    falling, rising = surest[surest["z"] < 0].head(most), surest[surest["z"] > 0].tail(most)
    return [*rising["word"][::-1], *falling["word"]]


def yearly_rates(out_dir: str | Path, words: list[str], year_from: int, year_to: int) -> pd.DataFrame:
    """The rate of each word about the middle of every year, smoothed over its neighbours.

    A row a word and year: word, year, per_1000 (NaN where the year and its neighbours have not one
    item), low and high (95 %; NaN where they have fewer than ``FEWEST_ITEMS``), and n (occurrences
    expected in the year itself).
    Every item counts by a bell of ``BANDWIDTH`` years round the year's middle, averaged over the days
    that it may be of; the limits are those of a ratio of sums over items.
    """
    items, counts = _counts(out_dir, words, year_from, year_to)
    years = np.arange(year_from, year_to + 1)
    first, last = (items[c].to_numpy()[:, None] for c in ("first", "last"))
    weight = _bell(first, last, years + 0.5, BANDWIDTH)
    square = _bell(first, last, years + 0.5, BANDWIDTH / np.sqrt(2))
    inside = (np.minimum(last, years + 1) - np.maximum(first, years)).clip(0) / (last - first)
    sizes = items["n_words"].to_numpy(float)
    near = weight.sum(axis=0)
    effective = np.minimum(near, near**2 / square.sum(axis=0))
    rows = []
    for word in words:
        c = counts[word].to_numpy(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(near < 1, np.nan, c @ weight / (sizes @ weight))
            squares = ((c[:, None] - rate * sizes[:, None]) ** 2 * square).sum(axis=0)
            spread = np.sqrt(squares) / (c @ weight)
        factor = np.exp(stats.t.ppf(0.975, np.maximum(effective - 1, 1)) * spread)
        factor[effective < inference.FEWEST_ITEMS] = np.nan
        values = {"per_1000": 1000 * rate, "low": 1000 * rate / factor, "high": 1000 * rate * factor}
        rows.append(pd.DataFrame({"word": word, "year": years, **values, "n": c @ inside}))
    columns = ["word", "year", "per_1000", "low", "high", "n"]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)


def _bell(first: np.ndarray, last: np.ndarray, centre: np.ndarray, width: float) -> np.ndarray:
    """The mean of a bell of height 1 round ``centre`` over the days from ``first`` to ``last``."""
    area = stats.norm.cdf((last - centre) / width) - stats.norm.cdf((first - centre) / width)
    return area * width * np.sqrt(2 * np.pi) / (last - first)


def _counts(
    out_dir: str | Path, words: list[str], year_from: int, year_to: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every dated item in scope with its dates as decimal years and words, and its counts of ``words``."""
    scope = f"{dates.in_scope(year_from, year_to)} AND items.date <> ''"
    items = tokens.query(
        out_dir,
        f"""SELECT item_id, any_value(date_earliest) AS earliest, any_value(date_latest) AS latest,
              count(*) AS n_words FROM tokens JOIN items USING (item_id) WHERE {scope}
            GROUP BY item_id ORDER BY item_id""",
    )
    items["first"] = dates.decimal_years(items["earliest"])
    items["last"] = dates.decimal_years(items["latest"] + pd.Timedelta(days=1))
    found = tokens.query(
        out_dir,
        f"""SELECT item_id, word, count(*) AS c FROM tokens JOIN items USING (item_id)
            WHERE {scope} AND list_contains($words, word) GROUP BY item_id, word ORDER BY item_id, word""",
        words=sorted(words),
    )
    wide = found.pivot(index="item_id", columns="word", values="c")
    return items, wide.reindex(index=items["item_id"], columns=words).fillna(0)
