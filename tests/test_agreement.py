"""Agreement of two sets of labels, against values worked by hand or published."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cuttings import agreement
from cuttings.agreement import alpha_ordinal, confusion, macro_f1, pearson


def test_macro_f1_is_the_mean_of_the_classes():
    truth, guess = np.array([1, 1, 0, -1]), np.array([1, 0, 0, 0])
    assert macro_f1(truth, guess) == pytest.approx((2 / 3 + 2 / 4 + 0) / 3)


def test_full_agreement_is_one_on_every_measure():
    labels = np.array([-1, 0, 1, 1, 0])
    assert [
        macro_f1(labels, labels),
        alpha_ordinal(labels, labels),
        pearson(labels, labels),
    ] == pytest.approx([1, 1, 1])


def test_ordinal_alpha_forgives_neighbours_more_than_opposites():
    truth = np.array([-1, -1, 0, 0, 1, 1])
    near = alpha_ordinal(truth, np.array([-1, 0, 0, 0, 1, 1]))
    far = alpha_ordinal(truth, np.array([-1, 1, 0, 0, 1, 1]))
    assert far < near < 1


def test_what_does_not_vary_has_no_agreement():
    same, other = np.zeros(4, int), np.array([1, 0, 1, 0])
    assert math.isnan(pearson(same, other))
    assert math.isnan(alpha_ordinal(same, same))


def test_a_confusion_table_has_every_label_also_the_unused():
    table = confusion(pd.Series(["for", "for"]), pd.Series(["for", "against"]), ["against", "neutral", "for"])
    assert table.loc["for"].tolist() == [1, 0, 1]
    assert table.to_numpy().sum() == 2
    assert table.shape == (3, 3)


def measures(*rows: tuple[str, str, str]) -> pd.DataFrame:
    interval = {"estimate": 0.5, "low": 0.25, "high": 0.75, "n": 12, "n_items": 6}
    return pd.DataFrame(
        [{"instrument": i, "with": w, "measure": m, **interval} for i, w, m in rows],
        columns=["instrument", "with", "measure", *interval],
    )


def test_agreement_with_coders_is_said_in_a_line_for_each_two_and_lack_of_codings_is_said():
    agreed = measures(
        ("VADER", "ann", "Pearson's r"), ("VADER", "ann", "macro-F1"), ("VADER", "TextBlob", "Pearson's r")
    )
    line = "VADER with ann: Pearson's r 0.50 [0.25, 0.75], n = 12; macro-F1 0.50 [0.25, 0.75], n = 12"
    assert agreement.lines(agreed, {"ann"}) == line
    assert "TextBlob" not in agreement.brief(agreed, {"ann"}, "With coders").data
    assert agreement.lines(agreed, set()) == agreement.NONE
    assert agreement.NONE in agreement.brief(measures(), set(), "With coders").data
