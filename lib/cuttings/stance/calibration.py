"""Whether probabilities mean what they say: of statements given .8, eight in ten should be right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cuttings import inference
from cuttings.inference import Interval

BINS = 10


def reliability(top: pd.Series, right: pd.Series, bins: int = BINS) -> pd.DataFrame:
    """A row for each bin of statements of like probability: its mean, the share right, n.

    ``top`` is the probability of the likeliest side, ``right`` whether that side is true. Bins hold
    equally many statements (Nguyen and O'Connor 2015, "Posterior calibration and exploratory analysis
    for natural language processing models", EMNLP).
    """
    data = pd.DataFrame({"top": np.asarray(top, float), "right": np.asarray(right, float)})
    order = data["top"].rank(method="first")
    data["bin"] = ((order - 1) * bins // max(len(data), 1)).astype(int)
    found = data.groupby("bin").agg(probability=("top", "mean"), right=("right", "mean"), n=("top", "size"))
    return found.reset_index(drop=True)


def calibration_error(top: np.ndarray, right: np.ndarray, bins: int = BINS) -> float:
    """The expected calibration error: how far share right and probability lie apart, over the bins.

    0 is perfect. Guo et al. (2017), "On calibration of modern neural networks", ICML; with bins of
    equal number. It is never quite 0 where statements are few.
    """
    if not len(top):
        return float("nan")
    order = np.argsort(top, kind="stable")
    apart = np.asarray(top, float)[order] - np.asarray(right, float)[order]
    each = np.bincount(np.arange(len(order)) * bins // len(order), weights=apart)
    return float(np.abs(each).sum() / len(order))


def measured(pairs: pd.DataFrame) -> Interval:
    """The calibration error of ``pairs`` (item_id, top, right), with an interval that resamples items.

    Resampling adds noise, and noise adds to the error; the interval is moved back by as much, at most to 0.
    """
    columns = pairs["item_id"], pairs["top"], pairs["right"]
    found = inference.of(calibration_error, *columns, draws=400, centred=True)
    return replace(found, low=max(found.low, 0.0)) if found.enough else found


def by_chance(pairs: pd.DataFrame, draws: int = 1000, seed: int = 2010) -> Interval:
    """The calibration error that ``pairs`` (item_id, top) would have if each ``top`` were exactly right.

    Its mean, and the limits between which 95 % of such errors lie: what few statements make of a scorer
    without fault. An error within these limits is no evidence against the probabilities. Simulated, statements
    taken as independent (Bröcker and Smith 2007, "Increasing the reliability of reliability diagrams",
    Weather and Forecasting 22(3)).
    """
    top, n_items = pairs["top"].to_numpy(float), pairs["item_id"].nunique()
    if not len(top):
        return Interval(float("nan"), float("nan"), float("nan"), 0, 0)
    outcomes = np.random.default_rng(seed).random((draws, len(top))) < top
    errors = [calibration_error(top, right) for right in outcomes]
    low, high = np.quantile(errors, [0.025, 0.975])
    return Interval(float(np.mean(errors)), float(low), float(high), len(top), n_items)
