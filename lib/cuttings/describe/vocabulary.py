"""How the vocabulary grows with the corpus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from cuttings import dates
from cuttings.describe import tokens


def growth(out_dir: str | Path, year_from: int, year_to: int, points: int = 100) -> pd.DataFrame:
    """Different words after the first n words of the corpus, its items shuffled (always alike).

    A row for each of ``points`` steps: words, types. ``.attrs``: ``beta``, the exponent of Heaps (1978)
    fitted to the later half (types grow by the factor 2 to the ``beta`` when words double), and
    ``once``, the share of the different words that occur once.
    """
    ordered = f"""WITH sizes AS (SELECT item_id, count(*) AS s FROM tokens JOIN items USING (item_id)
        WHERE {dates.in_scope(year_from, year_to)} GROUP BY item_id),
      laid AS (SELECT item_id, sum(s) OVER (ORDER BY md5(item_id), item_id) - s AS before FROM sizes),
      types AS (SELECT word, min(before + place) AS first, count(*) AS n FROM tokens JOIN laid USING (item_id) GROUP BY word)"""
    whole = tokens.query(
        out_dir,
        f"""{ordered} SELECT (SELECT coalesce(sum(s), 0) FROM sizes)::BIGINT AS words, count(*) AS types,
              coalesce(avg((n = 1)::INTEGER), 0) AS once FROM types""",
    ).iloc[0]
    steps = np.unique(np.linspace(0, whole["words"], points + 1).round().astype(int))[1:]
    found = tokens.query(
        out_dir,
        f"""{ordered}, steps AS (SELECT unnest($steps) AS words),
            binned AS (SELECT (SELECT min(words) FROM steps WHERE words >= first) AS words, count(*) AS new
              FROM types GROUP BY 1)
            SELECT words, sum(coalesce(new, 0)) OVER (ORDER BY words)::BIGINT AS types
            FROM steps LEFT JOIN binned USING (words) ORDER BY words""",
        steps=[int(s) for s in steps],
    )
    late = found.iloc[len(found) // 2 :]
    beta = np.polyfit(np.log(late["words"]), np.log(late["types"]), 1)[0] if len(late) > 1 else np.nan
    found.attrs = {"beta": float(beta), "once": float(whole["once"])}
    return found
