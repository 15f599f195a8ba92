"""How varied the words are: MATTR, MTLD and HD-D, measured item by item.

A type-token ratio falls as a text grows. These three do so hardly at all, but each needs some text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import gammaln

from cuttings import dates, inference
from cuttings.describe import tokens

WINDOW = 50
"""Words of MATTR's window."""


def mattr(words: list[str], window: int = WINDOW) -> float:
    """The mean share of different words in every run of ``window`` words.

    Covington and McFall (2010), "Cutting the Gordian knot", Journal of Quantitative Linguistics 17(2).
    """
    runs = [len(set(words[k : k + window])) for k in range(len(words) - window + 1)]
    return float(np.mean(runs) / window)


def mtld(words: list[str], threshold: float = 0.72) -> float:
    """How many words on average keep the type-token ratio above ``threshold``, read both ways.

    A run of words ends where the ratio reaches the threshold. McCarthy and Jarvis (2010), "MTLD,
    vocd-D, and HD-D", Behavior Research Methods 42(2).
    """
    return (_mean_run(words, threshold) + _mean_run(words[::-1], threshold)) / 2


def _mean_run(words: list[str], threshold: float) -> float:
    runs, length, types = 0.0, 0, set()
    for word in words:
        length += 1
        types.add(word)
        if len(types) / length <= threshold:
            runs, length, types = runs + 1, 0, set()
    if length:
        runs += (1 - len(types) / length) / (1 - threshold)
    return len(words) / runs if runs else float(len(words))


def hdd(words: list[str], draws: int = 42) -> float:
    """HD-D: the type-token ratio to expect of ``draws`` words drawn at random.

    McCarthy and Jarvis (2007), "vocd: a theoretical and empirical evaluation", Language Testing 24(4).
    """
    counts = np.unique(words, return_counts=True)[1]
    rest = len(words) - counts
    ways = gammaln(rest + 1) - gammaln(np.maximum(rest - draws, 0) + 1)
    ways -= gammaln(len(words) + 1) - gammaln(len(words) - draws + 1)
    absent = np.where(rest >= draws, np.exp(ways), 0.0)
    return float((1 - absent).sum() / draws)


MEASURES: dict[str, tuple[Callable[[list[str]], float], int]] = {
    "MATTR": (mattr, WINDOW),
    "HD-D": (hdd, 50),
    "MTLD": (mtld, 100),
}
"""Each measure with the fewest words that a text needs for it."""


def diversity(
    out_dir: str | Path, year_from: int, year_to: int, most: int = 2000, seed: int = 2010
) -> pd.DataFrame:
    """The mean of each measure by genre, over the items that have words enough.

    A row for each genre and measure: genre, measure, needs (words), estimate, low and high (95 %,
    resampling items; NaN where fewer than ``FEWEST_ITEMS`` items are long enough), n and n_items
    (items measured). Of a genre with more than ``most`` such items that many are drawn.
    """
    least = min(needs for _, needs in MEASURES.values())
    scope = dates.in_scope(year_from, year_to)
    items = tokens.query(
        out_dir,
        f"""WITH sized AS (SELECT item_id, any_value(genre) AS genre, count(*) AS n_words
              FROM tokens JOIN items USING (item_id) WHERE {scope} GROUP BY item_id),
            drawn AS (SELECT * FROM sized WHERE n_words >= {int(least)}
              QUALIFY row_number() OVER (PARTITION BY genre ORDER BY md5(item_id || $seed), item_id) <= $most)
            SELECT item_id, genre, list(word ORDER BY place) AS words FROM drawn JOIN tokens USING (item_id)
            GROUP BY item_id, genre ORDER BY genre, item_id""",
        most=most,
        seed=str(seed),
    )
    genres = tokens.query(out_dir, f"SELECT DISTINCT genre FROM items WHERE {scope} ORDER BY genre")["genre"]
    rows = []
    for genre in genres:
        for name, (measure, needs) in MEASURES.items():
            mine = items[(items["genre"] == genre) & (items["words"].map(len) >= needs)]
            values = pd.Series([measure(list(words)) for words in mine["words"]], dtype=float)
            rows.append(
                {
                    "genre": genre,
                    "measure": name,
                    "needs": needs,
                    **vars(inference.mean(values, mine["item_id"])),
                }
            )
    return pd.DataFrame(rows, columns=["genre", "measure", "needs", *inference.Interval.__dataclass_fields__])
