"""What codings teach the trained scorer, on made-up encoder output."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cuttings import tables
from cuttings.agreement import macro_f1
from cuttings.stance import adapting
from cuttings.stance.calibration import by_chance, calibration_error, measured, reliability

WIDTH = 24


def encoded(n_items: int, seed: int, taught: float = 0.0, bold: float = 1.0):
    """Statements of ``n_items`` items: their codings, logits and features.

    ``taught`` is how much the features know of the side that the logits do not; ``bold`` multiplies
    the logits, so that a scorer with much of it is too sure.
    """
    rng = np.random.default_rng(seed)
    items = np.repeat([f"pages/p{i:03d}.txt/1" for i in range(n_items)], 5)
    truth = rng.integers(0, 3, len(items))
    logits = bold * (0.8 * np.eye(3)[truth] + rng.normal(0, 1, (len(items), 3)))
    features = rng.normal(0, 1, (len(items), WIDTH))
    features[:, :3] += taught * np.eye(3)[truth]
    sides = [tables.STANCES[t] for t in truth]
    coded = pd.DataFrame({"item_id": items, "target": "ferry_boards", "stance": sides})
    return coded, logits, features, truth


def learn(data):
    return adapting.learn(*data[:3], temperature=1.0)


def probabilities(learnt, items, logits, features, target="ferry_boards"):
    return learnt.probabilities(items, [target] * len(items), logits, features)


def test_features_that_know_the_side_are_learnt_from():
    learnt = learn(encoded(120, 1, taught=2.0))
    assert learnt.way.startswith("adapted")
    gain = learnt.tried.set_index("way").loc[learnt.way]
    assert gain["gain_low"] > 0


def test_a_scorer_that_is_too_sure_is_made_less_so():
    coded, logits, features, truth = encoded(120, 2, bold=4.0)
    learnt = learn((coded, logits, features))
    p = probabilities(learnt, coded["item_id"].tolist(), logits, features)
    before = calibration_error(adapting.encoder.softmax(logits).max(axis=1), logits.argmax(axis=1) == truth)
    assert learnt.way == adapting.RESCALED
    assert calibration_error(p.max(axis=1), p.argmax(axis=1) == truth) < before / 2


def test_codings_without_any_sense_teach_nothing():
    coded, logits, features, _ = encoded(120, 3)
    rng = np.random.default_rng(4)
    coded["stance"] = rng.permutation(coded["stance"])
    learnt = learn((coded, logits * 0, features))
    assert learnt.way == adapting.SHIPPED


@pytest.mark.parametrize(("n_items", "ways"), [(13, 2), (40, 5)])
def test_what_is_tried_follows_from_how_much_is_coded(n_items, ways):
    assert len(learn(encoded(n_items, 5)).tried) == ways


def test_from_a_handful_of_items_nothing_is_learnt():
    assert learn(encoded(4, 5)) is None


def test_what_was_learnt_can_be_kept_for_corpora_without_codings(tmp_path):
    coded, logits, features, _ = encoded(120, 1, taught=2.0)
    learnt = learn((coded, logits, features))
    adapting.store(learnt, tmp_path / "example.npz")
    again = adapting.of_example(tmp_path / "example.npz")
    elsewhere = ["elsewhere"] * len(coded)
    assert np.allclose(
        probabilities(again, elsewhere, logits, features),
        probabilities(learnt, elsewhere, logits, features, target="another"),
        atol=2e-4,
    )
    assert again.threshold == learnt.threshold


def test_a_coded_item_is_scored_by_a_map_that_has_not_seen_it():
    data = encoded(120, 6, taught=2.0)
    learnt = learn(data)
    coded, logits, features, truth = data
    own = coded["item_id"] == coded["item_id"].iloc[0]
    changed = coded.copy()
    changed.loc[own, "stance"] = "against"
    again = learn((changed, logits, features))
    items = coded["item_id"].tolist()
    before, after = (probabilities(x, items, logits, features)[own.to_numpy()] for x in (learnt, again))
    assert np.abs(before - after).max() < 1e-3
    unseen = ["elsewhere"] * len(items)
    moved = np.abs(
        probabilities(learnt, unseen, logits, features) - probabilities(again, unseen, logits, features)
    )
    assert moved.max() > 1e-3


def test_nothing_is_chosen_on_the_items_held_out():
    coded, logits, features, _ = encoded(120, 7, taught=2.0)
    held = adapting.held_out(coded["item_id"])
    assert 0.2 < held.mean() < 0.5
    spoilt = coded.copy()
    spoilt.loc[held, "stance"] = "neutral"
    one, other = learn((coded, logits, features)), learn((spoilt, logits, features))
    assert one.threshold == other.threshold
    pd.testing.assert_frame_equal(one.tried, other.tried)


def test_adapting_finds_more_right_on_items_it_has_not_seen():
    coded, logits, features, truth = encoded(150, 8, taught=1.5)
    learnt = learn((coded, logits, features))
    p = probabilities(learnt, coded["item_id"].tolist(), logits, features)
    held = adapting.held_out(coded["item_id"]).to_numpy()
    assert (
        macro_f1(truth[held], p[held].argmax(axis=1))
        > macro_f1(truth[held], logits[held].argmax(axis=1)) + 0.1
    )


def test_the_threshold_is_the_least_at_which_two_in_three_are_right():
    rng = np.random.default_rng(9)
    top = rng.uniform(1 / 3, 1, 4000)
    right = rng.random(4000) < top - 0.1
    p = np.column_stack([top, (1 - top) / 2, (1 - top) / 2])
    found = adapting.surest(p, np.where(right, 0, 1))
    assert found == pytest.approx(0.533, abs=0.03)


def test_probabilities_that_mean_what_they_say_have_no_calibration_error():
    rng = np.random.default_rng(10)
    top = rng.uniform(1 / 3, 1, 20000)
    assert calibration_error(top, rng.random(20000) < top) < 0.02
    assert calibration_error(top, rng.random(20000) < top - 0.2) == pytest.approx(0.2, abs=0.02)


def test_the_interval_of_the_calibration_error_holds_the_error_of_a_scorer_that_is_too_sure():
    rng = np.random.default_rng(12)
    held = 0
    for _ in range(40):
        top = rng.uniform(0.5, 1, 400)
        pairs = pd.DataFrame(
            {"item_id": np.repeat(np.arange(80), 5), "top": top, "right": rng.random(400) < top - 0.2}
        )
        found = measured(pairs)
        assert found.low <= found.estimate <= found.high
        held += found.low <= 0.2 <= found.high
    assert held >= 35


def test_the_calibration_error_of_exact_probabilities_lies_where_chance_puts_it():
    rng = np.random.default_rng(13)
    inside = above = 0
    for _ in range(60):
        top = rng.uniform(0.4, 1, 200)
        chance = by_chance(pd.DataFrame({"item_id": np.arange(200), "top": top}), draws=300)
        inside += chance.low <= calibration_error(top, rng.random(200) < top) <= chance.high
        above += calibration_error(top, rng.random(200) < top - 0.2) > chance.high
    assert inside >= 53
    assert above == 60


def test_the_calibration_error_is_that_of_the_bins_shown():
    rng = np.random.default_rng(3)
    top = rng.uniform(0.4, 1, 233).round(1)
    right = rng.random(233) < top
    bins = reliability(pd.Series(top), pd.Series(right))
    shown = ((bins["probability"] - bins["right"]).abs() * bins["n"]).sum() / bins["n"].sum()
    assert calibration_error(top, right) == pytest.approx(shown)


def test_bins_of_reliability_hold_equally_many():
    found = reliability(pd.Series(np.linspace(0.4, 1, 95)), pd.Series([True] * 95))
    assert len(found) == 10
    assert found["n"].between(9, 10).all()


def test_a_target_leans_the_way_that_it_is_mostly_argued_about():
    coded, logits, features, truth = encoded(120, 11)
    coded["target"] = np.where(truth == 0, "fines", "grants")
    learnt = learn((coded, logits * 0.1, features))
    silent = np.zeros((1, 3)), np.zeros((1, WIDTH))
    fines, grants = (probabilities(learnt, ["elsewhere"], *silent, target=t)[0] for t in ("fines", "grants"))
    assert fines[0] > 0.8
    assert grants[0] < 0.2


def test_a_target_of_which_nothing_is_coded_leans_no_way():
    learnt = learn(encoded(120, 1, taught=2.0))
    silent = np.zeros((1, 3)), np.zeros((1, WIDTH))
    p = probabilities(learnt, ["elsewhere"], *silent, target="another")[0]
    assert np.allclose(p, adapting.encoder.softmax(learnt.whole.shift[None])[0], atol=1e-3)
