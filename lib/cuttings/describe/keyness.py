"""Keyness: which words one part of a corpus uses more than another, and whether its items agree.

The pooled measures take a part as one long text, so that a single long item can make a word key. A
word is called key here only where the rates of the items differ too.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from cuttings import dates
from cuttings.describe import tokens
from cuttings.describe.parts import SAID, Part
from cuttings.inference import FEWEST_ITEMS

LEVEL = 0.05
"""A word is key below this false discovery rate, pooled and by item."""
NOUGHT = 3.689
"""The rate at which nought is seen once in forty times: a Poisson upper limit of 97.5 %."""


def keyness(
    out_dir: str | Path, part: Part, other: Part, year_from: int, year_to: int, least: int = 5
) -> pd.DataFrame:
    """Every word that the two parts use ``least`` times or more, by ``log_ratio``, the highest first.

    Columns: word; n and m (occurrences in ``part`` and ``other``), range_n and range_m (items);
    per_1000 of each (rate_n, rate_m); log_likelihood, q (of its p, Benjamini-Hochberg); log_ratio with
    low and high (95 %, by item); diff (%DIFF); simple_maths; t and q_items (Welch on the rates of the
    items); and key. What is in both parts counts in both. Where a part has fewer than
    ``FEWEST_ITEMS`` items nothing is key and low, high and q_items are NaN. ``.attrs`` holds the
    labels, words and items of both parts.
    """
    scope = dates.in_scope(year_from, year_to)
    sides = [_side(out_dir, f"{p.condition} AND {scope}") for p in (part, other)]
    both = _both(*(words for words, _ in sides))
    (_, a), (_, b) = sides
    both = both[both["n"] + both["m"] >= least].reset_index(drop=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        keys = _measures(both, a, b)
    enough = min(a["items"], b["items"]) >= FEWEST_ITEMS
    keys = (
        keys.join(_by_item(both, a, b))
        if enough
        else keys.assign(low=np.nan, high=np.nan, t=np.nan, q_items=np.nan)
    )
    keys["key"] = (keys["q"] < LEVEL) & (keys["q_items"] < LEVEL)
    keys = keys.sort_values(["log_ratio", "word"], ascending=[False, True], ignore_index=True)
    keys.attrs = {"labels": (part.label, other.label)}
    keys.attrs |= {f"{k}_{side}": int(of[k]) for side, of in (("n", a), ("m", b)) for k in ("words", "items")}
    return keys[ORDER]


ORDER = """word n m range_n range_m rate_n rate_m log_likelihood q log_ratio low high diff simple_maths t
q_items key""".split()


def log_likelihood(n, m, words_n, words_m):
    """The log-likelihood ratio (G2) over the four cells of ``n`` in ``words_n`` against ``m`` in ``words_m``.

    Dunning (1993), "Accurate methods for the statistics of surprise and coincidence", Computational
    Linguistics 19(1); as quanteda (``measure = "lr"``) and AntConc 4 (4-term) have it.
    """
    cells = np.array([n, m, words_n - n, words_m - m], float)
    rows, columns = cells[[0, 2]] + cells[[1, 3]], cells[[0, 1]] + cells[[2, 3]]
    expected = rows[[0, 0, 1, 1]] * columns[[0, 1, 0, 1]] / (np.asarray(words_n) + words_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(cells > 0, cells * np.log(cells / expected), 0.0)
    return np.maximum(2 * terms.sum(axis=0), 0.0)


def log_ratio(n, m, words_n, words_m):
    """How many times more frequent a word is in the first part, in doublings; nought counts as a half.

    Hardie (2014), "Log Ratio: an informal introduction".
    """
    return np.log2((np.maximum(n, 0.5) / words_n) / (np.maximum(m, 0.5) / words_m))


def percent_difference(n, m, words_n, words_m):
    """%DIFF: by how many per cent the rate in the first part differs from that in the second.

    Infinite where the second lacks the word. Gabrielatos and Marchi (2011), "Keyness: matching metrics
    to definitions".
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * (np.asarray(n) / words_n - np.asarray(m) / words_m) / (np.asarray(m) / words_m)


def simple_maths(n, m, words_n, words_m, add: float = 100.0):
    """The ratio of the rates per million, ``add`` added to both, so that rare words do not win.

    Kilgarriff (2009), "Simple maths for keywords"; 100 favours words of the middle range.
    """
    return (1e6 * np.asarray(n) / words_n + add) / (1e6 * np.asarray(m) / words_m + add)


def adjusted(p: pd.Series) -> np.ndarray:
    """p values as false discovery rates, after Benjamini and Hochberg (1995); NaN stays NaN."""
    p, out = np.asarray(p, float), np.full(len(p), np.nan)
    known = np.isfinite(p)
    if known.any():
        out[known] = stats.false_discovery_control(p[known])
    return out


def _measures(both: pd.DataFrame, a: pd.Series, b: pd.Series) -> pd.DataFrame:
    counts = both["n"], both["m"], a["words"], b["words"]
    g2 = log_likelihood(*counts)
    return both[["word", "n", "m", "range_n", "range_m"]].assign(
        rate_n=1000 * both["n"] / max(a["words"], 1),
        rate_m=1000 * both["m"] / max(b["words"], 1),
        log_likelihood=g2,
        q=adjusted(stats.chi2.sf(g2, 1)),
        log_ratio=log_ratio(*counts),
        diff=percent_difference(*counts),
        simple_maths=simple_maths(*counts),
    )


def _by_item(both: pd.DataFrame, a: pd.Series, b: pd.Series) -> pd.DataFrame:
    """Limits of the log ratio, and Welch's t of the rates of the items, from sums over items.

    The variance of a log rate is that of a ratio of sums over items (Cochran 1977, "Sampling
    techniques", 6.3). Where a part lacks the word, the limit on its side is infinite and the other one
    rests on the most occurrences that nought allows (``NOUGHT``).
    """
    errors = [_log_rate_variance(both, side, of) for side, of in (("n", a), ("m", b))]
    moments = [_mean_rate(both, side, of) for side, of in (("n", a), ("m", b))]
    t_half = stats.t.ppf(0.975, _degrees(errors, (a["items"], b["items"])))
    half = np.hypot(
        t_half * np.sqrt(sum(errors)), np.where(both[["n", "m"]].min(axis=1) > 0, 0, np.log(2 * NOUGHT))
    )
    ratio = log_ratio(both["n"], both["m"], a["words"], b["words"])
    low = np.where(both["n"] > 0, ratio - half / np.log(2), -np.inf)
    high = np.where(both["m"] > 0, ratio + half / np.log(2), np.inf)
    (mean_a, square_a), (mean_b, square_b) = moments
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (mean_a - mean_b) / np.sqrt(square_a + square_b)
    p = 2 * stats.t.sf(np.abs(t), _degrees([square_a, square_b], (a["items"], b["items"])))
    return pd.DataFrame({"low": low, "high": high, "t": t, "q_items": adjusted(p)})


def _log_rate_variance(both: pd.DataFrame, side: str, of: pd.Series) -> np.ndarray:
    n, items = both[side].to_numpy(float), of["items"]
    rate = n / of["words"]
    squares = both[f"squares_{side}"] - 2 * rate * both[f"crossed_{side}"] + rate**2 * of["squares"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, items / (items - 1) * squares / n**2, 0.0)


def _mean_rate(both: pd.DataFrame, side: str, of: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The mean of the rates of the items and the square of its standard error."""
    items, mean = of["items"], both[f"rates_{side}"].to_numpy() / of["items"]
    spread = np.maximum(both[f"rate_squares_{side}"] - items * mean**2, 0) / (items - 1)
    return mean, spread.to_numpy() / items


def _degrees(variances: list[np.ndarray], items: tuple[int, int]) -> np.ndarray:
    """The degrees of freedom after Welch (1947) and Satterthwaite; those of the larger part at most."""
    total = sum(variances)
    with np.errstate(divide="ignore", invalid="ignore"):
        degrees = total**2 / sum(v**2 / (n - 1) for v, n in zip(variances, items, strict=True))
    return np.where(np.isfinite(degrees), degrees, min(items) - 1)


def _side(out_dir: str | Path, condition: str) -> tuple[pd.DataFrame, pd.Series]:
    """The words of a part with their sums over its items, and the part's own."""
    counted = f"SELECT item_id, word, count(*) AS c FROM {SAID} WHERE {condition} GROUP BY item_id, word"
    per_item = "SELECT item_id, sum(c) AS words FROM counted GROUP BY item_id"
    words = tokens.query(
        out_dir,
        f"""WITH counted AS MATERIALIZED ({counted}), sizes AS ({per_item})
            SELECT word, sum(c)::BIGINT AS count, count(*) AS range, sum(c * c)::DOUBLE AS squares,
              sum(c * words)::DOUBLE AS crossed, sum(c / words) AS rates, sum((c / words) ** 2) AS rate_squares
            FROM counted JOIN sizes USING (item_id) GROUP BY word ORDER BY word""",
    )
    of = tokens.query(
        out_dir,
        f"""WITH counted AS ({counted}), sizes AS ({per_item})
            SELECT count(*) AS items, coalesce(sum(words), 0)::BIGINT AS words,
              coalesce(sum(words * words), 0)::DOUBLE AS squares FROM sizes""",
    ).iloc[0]
    return words, of


def _both(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """The words of either side, their sums named by side (n, m); a side that lacks a word has noughts."""
    named = [
        w.rename(columns=lambda c, s=s: c if c == "word" else f"{c}_{s}") for w, s in ((a, "n"), (b, "m"))
    ]
    both = named[0].merge(named[1], on="word", how="outer", sort=True).fillna(0)
    both = both.astype({f"{c}_{s}": "int64" for c in ("count", "range") for s in "nm"})
    return both.rename(columns={"count_n": "n", "count_m": "m"})
