"""Dispersion: whether a word is spread over a corpus or belongs to a few of its items."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import dates
from cuttings.describe import tokens

SPREAD = """
WITH scoped AS MATERIALIZED (SELECT item_id, word FROM tokens JOIN items USING (item_id) WHERE {scope}),
  sizes AS (SELECT item_id, count(*) AS s FROM scoped GROUP BY item_id),
  whole AS (SELECT sum(s)::DOUBLE AS size, count(*) AS parts, min(s)::DOUBLE AS smallest FROM sizes),
  counted AS (SELECT item_id, word, count(*) AS c FROM scoped WHERE list_contains($words, word) GROUP BY ALL),
  summed AS (SELECT word, sum(c) AS f FROM counted GROUP BY word)
SELECT word, any_value(f)::BIGINT AS count, count(*) AS range, any_value(parts) AS parts,
  any_value(smallest / size) AS smallest, (sum(abs(c / f - s / size)) + 1 - sum(s / size)) / 2 AS dp,
  sum(c / s) AS rates, sum((c / s) ** 2) AS rate_squares, sum(c / s * log2(c / s)) AS rate_logs
FROM counted JOIN sizes USING (item_id) JOIN summed USING (word), whole GROUP BY word ORDER BY word
"""
"""What the measures need of each word, summed over the items: the parts of the corpus."""


def dispersion(out_dir: str | Path, words: list[str], year_from: int, year_to: int) -> pd.DataFrame:
    """How each of ``words`` is spread over the items in scope: a row each, in the order given.

    Columns: word, count, range (items that have it), share (of items), dp and dp_norm (0 spread like
    the words, 1 in one item), dp_chance (the DP of as many words thrown at random), juilland_d and
    carroll_d2 (1 spread evenly, 0 in one item). Items are parts of unequal size, so D and D2 are of
    rates. A word that is nowhere has no row.
    """
    scope = dates.in_scope(year_from, year_to)
    found = tokens.query(out_dir, SPREAD.format(scope=scope), words=sorted(set(words)))
    sizes = tokens.query(
        out_dir,
        f"SELECT count(*) AS s FROM tokens JOIN items USING (item_id) WHERE {scope} GROUP BY item_id ORDER BY s",
    )["s"].to_numpy()
    parts, mean = found["parts"], found["rates"] / found["parts"]
    spread = np.sqrt((found["rate_squares"] / parts - mean**2).clip(lower=0))
    entropy = np.log2(found["rates"]) - found["rate_logs"] / found["rates"]
    shown = found[["word", "count", "range"]].assign(
        share=found["range"] / parts,
        dp=found["dp"],
        dp_norm=found["dp"] / (1 - found["smallest"]),
        dp_chance=[chance_dp(count, sizes) for count in found["count"]],
        juilland_d=1 - spread / mean / np.sqrt(parts - 1),
        carroll_d2=entropy / np.log2(parts),
    )
    order = [w for w in dict.fromkeys(words) if w in set(shown["word"])]
    return shown.set_index("word").loc[order].reset_index()


def deviation_of_proportions(counts, sizes) -> tuple[float, float]:
    """Gries' DP and DPnorm of a word with ``counts`` in parts of these ``sizes``.

    Gries (2008), "Dispersions and adjusted frequencies in corpora", IJCL 13(4); the norm is that of
    Lijffijt and Gries (2012), IJCL 17(1).
    """
    observed, expected = np.asarray(counts) / np.sum(counts), np.asarray(sizes) / np.sum(sizes)
    dp = float(np.abs(observed - expected).sum() / 2)
    return dp, dp / (1 - expected.min())


def juilland_d(rates) -> float:
    """Juilland's D of the rates in the parts (of counts, where parts are of one size).

    Juilland and Chang-Rodriguez (1964), as in Gries (2008).
    """
    rates = np.asarray(rates, float)
    return float(1 - rates.std() / rates.mean() / np.sqrt(len(rates) - 1))


def carroll_d2(rates) -> float:
    """Carroll's D2, the relative entropy of the rates. Carroll (1970), ETS Research Bulletin RB-70-19."""
    rates = np.asarray(rates, float)
    return float(stats.entropy(rates, base=2) / np.log2(len(rates)))


def chance_dp(count: int, sizes) -> float:
    """The DP to expect of ``count`` words thrown at random over parts of these ``sizes``.

    The mean deviation of a binomial count, after de Moivre (1730). A rare word is always unevenly
    spread; a DP says something only by what it has above this.
    """
    share = np.asarray(sizes) / np.sum(sizes)
    above = np.floor(count * share) + 1
    deviation = 2 * above * (1 - share) * stats.binom.pmf(above, count, share)
    return float(deviation.sum() / 2 / count)


def places_in_time(out_dir: str | Path, words: list[str], year_from: int, year_to: int) -> pd.DataFrame:
    """Where each of ``words`` stands when the dated items are laid end to end by date.

    A row an occurrence: word, item_id, place (words before it), year (of the middle of the item's dates).
    ``.attrs``: words (all of them) and years, the place at which each year begins.
    """
    scope = f"{dates.in_scope(year_from, year_to)} AND items.date <> ''"
    middle = "items.date_earliest + (items.date_latest - items.date_earliest) / 2"
    ordered = f"""WITH sizes AS (SELECT item_id, count(*) AS s, any_value(year({middle})) AS year,
          any_value({middle}) AS day FROM tokens JOIN items USING (item_id) WHERE {scope} GROUP BY item_id),
        laid AS (SELECT item_id, year, s, sum(s) OVER (ORDER BY day, item_id) - s AS before FROM sizes)"""
    years = tokens.query(
        out_dir,
        f"""{ordered} SELECT year, min(before)::BIGINT AS start, sum(s)::BIGINT AS words FROM laid
            GROUP BY year ORDER BY year""",
    )
    found = tokens.query(
        out_dir,
        f"""{ordered} SELECT word, item_id, (before + tokens.place - 1)::BIGINT AS place, year
            FROM tokens JOIN laid USING (item_id) WHERE list_contains($words, word)
            ORDER BY word, laid.before + tokens.place""",
        words=sorted(set(words)),
    )
    starts = zip(years["year"].tolist(), years["start"].tolist(), strict=True)
    found.attrs = {"words": int(years["words"].sum()), "years": dict(starts)}
    return found
