"""How hard the sentences and words are to read, from counts pooled over the items of a genre.

Syllables are those of the CMU pronouncing dictionary, else of hyphenation, as textstat counts them;
sentences and words are the suite's own. The formulas were made for schoolbooks: they measure length
and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import dates, inference
from cuttings.describe import tokens


def reading_ease(words: float, sentences: float, syllables: float) -> float:
    """Flesch's reading ease, 100 for the easiest. Flesch (1948), Journal of Applied Psychology 32(3)."""
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def flesch_kincaid(words: float, sentences: float, syllables: float) -> float:
    """The years of school that a reader needs. Kincaid et al. (1975), Research Branch Report 8-75."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def gunning_fog(words: float, sentences: float, long_words: float) -> float:
    """Years of school by the share of words of three syllables or more. Gunning (1952).

    As quanteda, all of them count, names and words made long by -es or -ed too.
    """
    return 0.4 * (words / sentences + 100 * long_words / words)


def smog(sentences: float, long_words: float) -> float:
    """Years of school by words of three syllables or more in 30 sentences. McLaughlin (1969)."""
    return 1.043 * np.sqrt(30 * long_words / sentences) + 3.1291


def syllables(word: str) -> int:
    """The syllables of a word; a word joined by hyphens has those of its parts."""
    from textstat import textstat  # half a second, and only reading wants it

    return sum(max(textstat.syllable_count(part), 1) for part in word.split("-") if part)


MEASURES: dict[str, tuple[Callable[..., float], str, int]] = {
    "Flesch-Kincaid grade": (lambda w, s, y, p: flesch_kincaid(w, s, y), "words", 100),
    "Gunning fog": (lambda w, s, y, p: gunning_fog(w, s, p), "words", 100),
    "SMOG": (lambda w, s, y, p: smog(s, p), "sentences", 30),
}
"""Each measure of sums of words, sentences, syllables and long words, with the least that it needs."""


def readability(
    out_dir: str | Path, year_from: int, year_to: int, most: int = 2000, seed: int = 2010
) -> pd.DataFrame:
    """Each measure by genre, over all its text together.

    A row for each genre and measure: genre, measure, needs, estimate, low and high (95 %, resampling
    items), n (words or sentences) and n_items. Where a genre has less text than a measure needs the
    estimate is NaN. Of a genre with more than ``most`` items that many are drawn.
    """
    items = counts_by_item(out_dir, year_from, year_to, most, seed)
    rows = []
    for genre, part in items.groupby("genre", sort=True):
        for name, (measure, unit, least) in MEASURES.items():
            n = int(part[unit].sum())
            found = _over_items(measure, part) if n >= least else (np.nan,) * 3
            rows.append((genre, name, f"{least} {unit}", *found, n, len(part)))
    return pd.DataFrame(rows, columns=["genre", "measure", "needs", *inference.Interval.__dataclass_fields__])


def counts_by_item(out_dir: str | Path, year_from: int, year_to: int, most: int, seed: int) -> pd.DataFrame:
    """The words, sentences, syllables and words of three syllables or more of each item drawn.

    Sentences without a word do not count.
    """
    drawn = f"""WITH drawn AS MATERIALIZED (SELECT item_id, genre FROM items
      WHERE {dates.in_scope(year_from, year_to)}
      QUALIFY row_number() OVER (PARTITION BY genre ORDER BY md5(item_id || '{int(seed)}'), item_id) <= {int(most)})"""
    types = tokens.query(
        out_dir, f"{drawn} SELECT DISTINCT word FROM tokens JOIN drawn USING (item_id) ORDER BY word"
    )["word"]
    return tokens.query(
        out_dir,
        f"""{drawn}, spoken AS (SELECT unnest($types) AS word, unnest($syllables) AS n)
            SELECT item_id, genre, count(*) AS words, count(DISTINCT sentence) AS sentences,
              sum(n)::BIGINT AS syllables, count(*) FILTER (n >= 3) AS long_words
            FROM tokens JOIN drawn USING (item_id) JOIN spoken USING (word)
            GROUP BY item_id, genre ORDER BY genre, item_id""",
        types=list(types),
        syllables=[syllables(word) for word in types],
    )


def _over_items(measure: Callable[..., float], items: pd.DataFrame) -> tuple[float, float, float]:
    """``measure`` of the sums over the items, with limits that resample them as ``inference.mean`` does."""
    counts = items[["words", "sentences", "syllables", "long_words"]].to_numpy(float)
    estimate = float(measure(*counts.sum(axis=0)))
    if len(counts) < inference.FEWEST_ITEMS:
        return estimate, np.nan, np.nan
    drawn = measure(*(inference.resample(len(counts), 2000, seed=2010) @ counts).T)
    low, high = np.quantile(drawn, inference.expanded_levels(len(counts)))
    return estimate, float(low), float(high)
