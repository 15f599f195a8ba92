"""Intervals that know that sentences of one item belong together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cuttings import inference

TRIALS = 600


def clustered(rng: np.random.Generator, n_items: int) -> tuple[np.ndarray, np.ndarray]:
    """Sentences of items that differ in their mean and in their number of sentences; the true mean is 0.2."""
    sizes = rng.integers(4, 13, n_items)
    items = np.repeat(np.arange(n_items), sizes)
    return 0.2 + rng.normal(0, 0.3, n_items)[items] + rng.normal(0, 0.4, len(items)), items


@pytest.mark.parametrize("n_items", [12, 40])
def test_the_interval_covers_the_true_mean_of_clustered_sentences(n_items):
    rng = np.random.default_rng(n_items)
    covered = 0
    for _ in range(TRIALS):
        found = inference.mean(*clustered(rng, n_items), draws=600)
        covered += found.low <= 0.2 <= found.high
    assert 0.93 <= covered / TRIALS <= 0.97


def test_the_interval_of_a_difference_covers_nought_when_there_is_none():
    rng = np.random.default_rng(3)
    covered, trials = 0, 250
    for _ in range(trials):
        values, items = clustered(rng, 24)
        found = inference.contrast(values, items, items % 2 == 0)
        covered += found.low <= 0 <= found.high
    assert 0.92 <= covered / trials <= 0.985


def test_an_interval_that_ignored_items_would_be_too_narrow():
    values, items = clustered(np.random.default_rng(1), 20)
    by_item = inference.mean(values, items)
    by_sentence = inference.mean(values, np.arange(len(values)))
    assert by_item.high - by_item.low > 1.3 * (by_sentence.high - by_sentence.low)


def test_the_same_data_give_the_same_interval():
    values, items = clustered(np.random.default_rng(1), 8)
    assert inference.mean(values, items) == inference.mean(values, items)


def test_with_too_few_items_there_is_an_estimate_and_no_interval():
    found = inference.mean(pd.Series([0.1, 0.3, 0.5]), pd.Series(["a", "b", "b"]))
    assert found.estimate == pytest.approx(0.3)
    assert np.isnan(found.low)
    assert not found.enough
    assert "too few items" in str(found)


def test_nothing_to_measure_says_so():
    found = inference.mean(pd.Series([], dtype=float), pd.Series([], dtype=object))
    assert (found.n, found.n_items, str(found)) == (0, 0, "nothing to measure")


def test_any_statistic_gets_an_interval_round_its_estimate():
    values, items = clustered(np.random.default_rng(5), 15)
    found = inference.of(lambda v: float(np.median(v)), items, values)
    assert found.estimate == np.median(values)
    assert found.low < found.estimate < found.high


def test_a_statistic_of_the_mean_agrees_with_the_mean():
    values, items = clustered(np.random.default_rng(6), 30)
    both = inference.mean(values, items), inference.of(lambda v: float(v.mean()), items, values, draws=2000)
    assert both[1].low == pytest.approx(both[0].low, abs=0.02)
    assert both[1].high == pytest.approx(both[0].high, abs=0.02)


def test_a_contrast_needs_enough_items_on_both_sides():
    values, items = clustered(np.random.default_rng(7), 12)
    few = inference.contrast(values, items, items < 3)
    assert np.isfinite(few.estimate)
    assert np.isnan(few.low)


def test_a_contrast_at_a_higher_level_is_wider_round_the_same_estimate():
    values, items = clustered(np.random.default_rng(8), 24)
    plain, wide = (inference.contrast(values, items, items % 2 == 0, level) for level in (0.95, 1 - 0.05 / 3))
    assert plain.estimate == wide.estimate
    assert wide.low < plain.low < plain.high < wide.high


def test_groups_come_in_order_with_their_own_n():
    data = pd.DataFrame(
        {"genre": ["news", "blog", "news"], "item_id": ["a", "b", "c"], "value": [1.0, 0.0, 0.0]}
    )
    found = inference.by_group(data, "genre", "value")
    assert found[["genre", "estimate", "n", "n_items"]].values.tolist() == [
        ["blog", 0, 1, 1],
        ["news", 0.5, 2, 2],
    ]
