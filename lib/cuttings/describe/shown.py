"""The measures of this step as tables to show: numbers with their limits, or why there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cuttings.inference import FEWEST_ITEMS
from cuttings.show import number


def key_table(keys: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The ``most`` key words of either part with the highest log-likelihood, by log ratio.

    Where no word is key, those of the highest log-likelihood, as the column *key* says.
    """
    ranked = keys.sort_values(["key", "log_likelihood", "word"], ascending=[False, False, True])
    if keys["key"].any():
        ranked = ranked[ranked["key"]]
    sides = [ranked[ranked["log_ratio"] > 0].head(most), ranked[ranked["log_ratio"] <= 0].head(most)]
    shown = pd.concat(sides).sort_values(["log_ratio", "word"], ascending=[False, True])
    part, other = keys.attrs["labels"]
    return pd.DataFrame(
        {
            "word": shown["word"],
            f"n in {part}": shown["n"],
            f"n in {other}": shown["m"],
            "items": shown["range_n"].astype(str) + " / " + shown["range_m"].astype(str),
            "log-likelihood": shown["log_likelihood"],
            "log ratio [95 %]": _limits(shown["log_ratio"], shown["low"], shown["high"]),
            "%DIFF": [number(d, 0) if np.isfinite(d) else "only there" for d in shown["diff"]],
            "simple maths": shown["simple_maths"],
            "q pooled": [_q(q) for q in shown["q"]],
            "q by item": [_q(q) for q in shown["q_items"]],
            "key": np.where(shown["key"], "yes", "no"),
        }
    ).reset_index(drop=True)


def collocate_table(collocates: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """The ``most`` collocates by logDice among the words that the node attracts (MI above 0), with all measures."""
    of = collocates[collocates["mi"] > 0].head(most)
    return pd.DataFrame(
        {
            "collocate": of["word"],
            "together": of["together"],
            "items": of["range"],
            "in all": of["count"],
            "logDice [95 %]": _limits(of["log_dice"], of["low"], of["high"]),
            "MI": of["mi"],
            "t-score": of["t_score"],
            "log-likelihood": of["log_likelihood"],
            "delta P (word | node)": of["delta_p_node"],
            "delta P (node | word)": of["delta_p_word"],
        }
    )


def measure_table(measures: pd.DataFrame, unit: str = "") -> pd.DataFrame:
    """Measures of ``diversity`` or ``readability``, a row a genre and a column a measure.

    Where there is too little text for a number the cell says what it would need; where there are too
    few items for an interval it says so. ``unit`` names what ``needs`` counts where it does not.
    """
    said = measures.assign(said=[_said(row, unit) for row in measures.itertuples()])
    order = list(dict.fromkeys(measures["measure"]))
    wide = said.pivot(index="genre", columns="measure", values="said")[order]
    return wide.rename_axis(columns=None).reset_index()


def _said(row, unit: str) -> str:
    if row.estimate != row.estimate:
        return f"needs {row.needs} {unit}".strip()
    if row.n_items < FEWEST_ITEMS:
        return f"{number(row.estimate)} ({row.n_items:,} items: too few for an interval)"
    return f"{number(row.estimate)} [{number(row.low)}, {number(row.high)}]"


def _limits(estimates: pd.Series, low: pd.Series, high: pd.Series) -> list[str]:
    return [
        f"{number(e, 1)} [{_edge(a)}, {_edge(b)}]" if a == a else f"{number(e, 1)} (too few items)"
        for e, a, b in zip(estimates, low, high, strict=True)
    ]


def _edge(limit: float) -> str:
    return number(limit, 1) if np.isfinite(limit) else ("∞" if limit > 0 else "−∞")


def _q(q: float) -> str:
    if q != q:
        return "too few items"
    return "< 0.001" if q < 0.001 else f"{q:.3f}"
