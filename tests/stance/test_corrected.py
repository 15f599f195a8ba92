"""Balances put right for the errors of the scorer: proved by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cuttings.stance.corrected import FEWEST_CODED, corrected

SIDES = np.array(["against", "neutral", "for"])
ERRORS = np.array([[0.55, 0.3, 0.15], [0.1, 0.8, 0.1], [0.05, 0.45, 0.5]])
"""How often a scorer that leans towards neutral and against says each, by the true side."""
PER_ITEM = 6


def simulated(
    rng: np.random.Generator, lean: float, items: int, coded_items: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Statements of items that lean each their own way, scored with ``ERRORS``, some of them coded."""
    own = np.clip(rng.normal(lean, 0.2, items), -0.6, 0.6)
    p = np.column_stack([0.35 - own / 2, np.full(items, 0.3), 0.35 + own / 2])
    item = np.repeat(np.arange(items), PER_ITEM)
    true = (rng.random(len(item))[:, None] > p[item].cumsum(axis=1)).sum(axis=1)
    said = (rng.random(len(item))[:, None] > ERRORS[true].cumsum(axis=1)).sum(axis=1)
    data = pd.DataFrame(
        {
            "item_id": [f"i{i:03d}" for i in item],
            "verdict": SIDES[np.minimum(said, 2)],
            "coded": SIDES[np.minimum(true, 2)],
        }
    )
    data["target"] = "ferries"
    return data, data[item < coded_items]


@pytest.mark.parametrize("lean", [0.0, 0.35])
def test_the_interval_covers_the_true_balance_nineteen_times_in_twenty(lean):
    rng = np.random.default_rng(11)
    tries, covered = 300, 0
    for _ in range(tries):
        data, coded = simulated(rng, lean, 80, 40)
        row = corrected(data, coded, "target", draws=400).iloc[0]
        covered += row["low"] <= lean <= row["high"]
    assert 0.92 <= covered / tries <= 0.98


def test_the_raw_balance_is_wrong_where_the_corrected_one_is_right():
    data, coded = simulated(np.random.default_rng(5), 0.35, 2000, 1000)
    raw = data["verdict"].map({"against": -1, "neutral": 0, "for": 1}).mean()
    (row,) = corrected(data, coded, "target").to_dict("records")
    assert raw < 0.2
    assert row["estimate"] == pytest.approx(0.35, abs=0.04)


def test_with_few_codings_nothing_is_corrected():
    data, coded = simulated(np.random.default_rng(5), 0.0, 40, 40)
    assert corrected(data, coded.head(FEWEST_CODED - 1), "target").empty


def test_a_group_of_few_items_has_no_limits():
    data, coded = simulated(np.random.default_rng(5), 0.0, 40, 40)
    few = data[data["item_id"].isin(["i000", "i001"])].assign(target="oars")
    found = corrected(pd.concat([data, few]), coded, "target").set_index("target")
    assert found.loc["oars", "low"] != found.loc["oars", "low"]
    assert found.loc["ferries", "low"] < found.loc["ferries", "high"]
