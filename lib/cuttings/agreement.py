"""How well two sets of labels agree: macro-F1, Krippendorff's alpha and Pearson's r.

Each takes two arrays of equal length (first the one held to be right, then the one measured) and
gives a float, NaN where it is not defined. ``inference.of`` puts intervals round them.
"""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd


def macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    """The mean, over the classes that either side uses, of the harmonic mean of precision and recall."""
    truth, guess = np.asarray(truth), np.asarray(guess)
    scores = []
    for label in np.union1d(truth, guess):
        both = np.sum((truth == label) & (guess == label))
        scores.append(2 * both / (np.sum(truth == label) + np.sum(guess == label)))
    return float(np.mean(scores)) if scores else float("nan")


def alpha_ordinal(truth: np.ndarray, guess: np.ndarray) -> float:
    """Krippendorff's alpha for ordered whole numbers, both sides counted alike.

    Krippendorff (2019), *Content Analysis*, 4th ed., chapter 12; 1 is full agreement, 0 is chance.
    """
    data = np.vstack([truth, guess]).astype(float)
    if len(np.unique(data)) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal"))


def pearson(truth: np.ndarray, guess: np.ndarray) -> float:
    """Pearson's correlation; NaN where a side does not vary."""
    truth, guess = np.asarray(truth, float), np.asarray(guess, float)
    if len(truth) < 2 or np.ptp(truth) == 0 or np.ptp(guess) == 0:
        return float("nan")
    return float(np.corrcoef(truth, guess)[0, 1])


def confusion(truth: pd.Series, guess: pd.Series, labels: list[str]) -> pd.DataFrame:
    """Counts of each pair of labels: a row for each label of ``truth``, a column for each of ``guess``."""
    table = pd.crosstab(pd.Categorical(truth, labels), pd.Categorical(guess, labels), dropna=False)
    return table.reindex(index=labels, columns=labels, fill_value=0)
