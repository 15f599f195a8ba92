"""Effect sizes, their intervals and permutation tests, proved by simulation on clustered sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cuttings import bootstrap, effects, permutation
from cuttings.agreement import alpha_ordinal, macro_f1, pearson
from cuttings.measures import of_labels, of_numbers

TRIALS = 500


def clustered(rng: np.random.Generator, n_items: int, effect: float, crossing: bool) -> tuple:
    """Sentences of items that differ in mean and size; sides are whole items or, crossing, parts of items."""
    sizes = rng.integers(4, 13, n_items)
    items = np.repeat(np.arange(n_items), sizes)
    chosen = rng.random(len(items)) < 0.7 if crossing else items % 3 == 0
    values = rng.normal(0, 0.3, n_items)[items] + rng.normal(0, 0.4, len(items)) + effect * chosen
    return values, items, chosen


def true_delta(effect: float) -> float:
    """Cliff's delta of two normal distributions of the spread that ``clustered`` gives."""
    return 2 * stats.norm.cdf(effect / np.sqrt(2 * (0.3**2 + 0.4**2))) - 1


@pytest.mark.parametrize("crossing", [False, True], ids=["whole items", "parts of items"])
@pytest.mark.parametrize("effect", [0.0, 0.3], ids=["no effect", "an effect"])
def test_intervals_cover_the_true_effect_of_clustered_sentences(effect, crossing):
    rng = np.random.default_rng(7)
    covered = np.zeros(2)
    for _ in range(TRIALS):
        found = effects.compare(*clustered(rng, 30, effect, crossing), draws=600)
        for place, (one, truth) in enumerate(((found.difference, effect), (found.delta, true_delta(effect)))):
            covered[place] += one.low <= truth <= one.high
    assert ((covered / TRIALS >= 0.93) & (covered / TRIALS <= 0.97)).all(), covered / TRIALS


@pytest.mark.parametrize("crossing", [False, True], ids=["whole items", "parts of items"])
def test_the_permutation_test_is_wrong_one_time_in_twenty(crossing):
    rng = np.random.default_rng(9)
    p = [permutation.p_value(*clustered(rng, 24, 0, crossing), draws=199) for _ in range(1500)]
    assert 0.035 <= np.mean(np.array(p) <= 0.05) <= 0.065


def test_a_test_that_dealt_sentences_and_not_items_would_cry_wolf():
    rng = np.random.default_rng(10)
    wrong = 0
    for _ in range(200):
        values, _, chosen = clustered(rng, 24, 0, False)
        wrong += permutation.p_value(values, np.arange(len(values)), chosen, draws=199) <= 0.05
    assert wrong / 200 > 0.15


def test_the_test_sees_an_effect_that_is_there():
    values, items, chosen = clustered(np.random.default_rng(2), 40, 0.5, False)
    assert permutation.p_value(values, items, chosen) < 0.01


def test_a_side_of_a_single_item_cannot_be_tested():
    assert np.isnan(permutation.p_value([0.1, 0.2, 0.3], ["a", "b", "b"], [True, False, False]))


def test_adjusted_p_are_those_of_benjamini_and_hochberg_and_leave_the_unknown_out():
    found = permutation.adjusted(pd.Series([0.01, np.nan, 0.04, 0.03]))
    assert found.tolist()[0] == pytest.approx(0.03)
    assert found.tolist()[2:] == pytest.approx([0.04, 0.04])
    assert np.isnan(found[1])


@pytest.mark.parametrize(
    ("first", "second", "delta"),
    [([3, 4], [1, 2], 1), ([1, 2], [3, 4], -1), ([1, 2], [1, 2], 0), ([1, 3], [2, 3], -0.25)],
)
def test_cliffs_delta_counts_the_pairs_that_one_side_wins(first, second, delta):
    assert effects.cliffs_delta(np.array(first), np.array(second)) == pytest.approx(delta)


def test_the_delta_that_is_resampled_is_the_delta_that_is_told():
    values, items, chosen = clustered(np.random.default_rng(3), 20, 0.2, True)
    whole = effects._delta(np.round(values, 1), items, chosen)(np.ones((1, 20)))[0]
    assert whole == pytest.approx(effects.compare(np.round(values, 1), items, chosen).delta.estimate)


def test_few_items_on_a_side_have_an_effect_and_no_interval_nor_p():
    values, items, _ = clustered(np.random.default_rng(4), 12, 0, False)
    found = effects.compare(values, items, items < 3)
    assert np.isfinite(found.difference.estimate)
    assert not found.enough
    assert np.isnan(found.p)


def test_items_that_are_nearly_all_alike_still_have_an_interval():
    items = np.repeat(np.arange(8), 2)
    values = np.where(items == 7, 0.5, np.tile([1.0, 0.0], 8))
    found = effects.compare(values, items, np.tile([True, False], 8)).difference
    assert 0 < found.low <= found.estimate <= found.high <= 1


def test_the_bca_interval_leans_with_a_skewed_statistic():
    values = np.exp(np.random.default_rng(5).normal(0, 1, 40))
    low, high = bootstrap.bca(lambda w: (w @ values) / w.sum(axis=1), 40)
    assert high - values.mean() > values.mean() - low


def test_measures_of_sums_are_the_measures_of_the_labels():
    rng = np.random.default_rng(6)
    items, truth = np.repeat(np.arange(20), 6), rng.integers(-1, 2, 120)
    guess = np.where(rng.random(120) < 0.6, truth, rng.integers(-1, 2, 120))
    found = of_labels(items, truth, guess) | of_numbers(items, truth, guess)
    assert found["macro-F1"].estimate == pytest.approx(macro_f1(truth, guess))
    assert found["Krippendorff's alpha, ordinal"].estimate == pytest.approx(alpha_ordinal(truth, guess))
    assert found["Pearson's r"].estimate == pytest.approx(pearson(truth, guess))
    assert all(f.low < f.estimate < f.high for f in found.values())


def test_the_interval_alpha_is_krippendorffs():
    import krippendorff

    rng = np.random.default_rng(8)
    one, two = rng.normal(0, 1, 50), rng.normal(0.3, 1, 50)
    ours = of_numbers(np.arange(50), one, two)["Krippendorff's alpha, interval"].estimate
    theirs = krippendorff.alpha(reliability_data=np.vstack([one, two]), level_of_measurement="interval")
    assert ours == pytest.approx(theirs)


def test_labels_that_never_vary_have_no_alpha():
    same = np.ones(12, int)
    assert np.isnan(of_labels(np.arange(12), same, same)["Krippendorff's alpha, ordinal"].estimate)
