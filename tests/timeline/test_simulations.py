"""What the timeline claims, tried on decades whose truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cuttings import timeline
from cuttings.timeline import contrasts
from cuttings.timeline.intervals import overlap

EVENT, MONTHS, ITEMS = "2005-07-01", 24, 160
DECADE = timeline.Periods(2000, 2010)
DAYS = np.array([EVENT], "datetime64[D]")


@pytest.fixture(autouse=True)
def unswept(monkeypatch):
    """statsmodels collects garbage at every adjustment, which takes a large process longer than the test."""
    monkeypatch.setattr("gc.collect", lambda *_: 0)


def placed(first: np.ndarray, days: np.ndarray) -> pd.DataFrame:
    """Items, each on a page of its own, whose interval begins at ``first`` and has ``days`` days."""
    start = pd.to_datetime(first, unit="D")
    names = [f"i{n:03d}" for n in range(len(first))]
    end = start + pd.to_timedelta(days - 1, unit="D")
    return pd.DataFrame({"item_id": names, "page_id": names, "date_earliest": start, "date_latest": end})


def a_decade(
    rng: np.random.Generator, unsure: float = 0.3, widest: int = 90
) -> tuple[pd.DataFrame, np.ndarray]:
    """Items through the decade, some of uncertain date, and the days on which they truly appeared."""
    true = np.sort(rng.integers(DECADE.edges[0], DECADE.edges[-1], ITEMS))
    days = np.where(rng.random(ITEMS) < unsure, rng.integers(2, widest, ITEMS), 1)
    return placed(true - rng.integers(0, days), days), true


@pytest.mark.parametrize("a_year", [0.0, 0.04], ids=["level", "rising"])
def test_bands_cover_what_was_meant_when_dates_are_uncertain(a_year):
    rng, covered = np.random.default_rng(5), []
    years = timeline.Periods(2000, 2005)
    for _ in range(90):
        true = np.sort(rng.integers(years.edges[0], years.edges[-1], 90))
        days = np.where(rng.random(90) < 0.3, rng.integers(2, 90, 90), 1)
        items = placed(true - rng.integers(0, days), days)
        mean = a_year * years.index(true)
        said = np.repeat(mean + rng.normal(0, 0.3, 90), 2) + rng.normal(0, 0.3, 180)
        data = pd.DataFrame({"item_id": np.repeat(items["item_id"].to_numpy(), 2), "value": said})
        band = timeline.series(data, "value", items, years, draws=600)
        truth = a_year * np.arange(len(years))
        covered.append((band["low"] <= truth) & (truth <= band["high"]))
    assert 0.93 <= np.mean(covered) <= 0.97


def contrast_of(
    decades: int, shift: float, drift: float = 0.0, seed: int = 3
) -> tuple[np.ndarray, np.ndarray, int]:
    """For each of many decades of the same dates: the p of permutation and the share of placebo days."""
    rng = np.random.default_rng(seed)
    items, true = a_decade(rng)
    after = (true >= DAYS.astype("int64")[0]).astype(float)
    values = (
        rng.normal(0, 1, (ITEMS, decades))
        + shift * after[:, None]
        + (drift * np.linspace(0, 1, ITEMS))[:, None]
    )
    frames = [pd.DataFrame({"item_id": items["item_id"], "value": column}) for column in values.T]
    there = contrasts.gather(frames, items, DECADE)
    side = contrasts.windows(DAYS, MONTHS, DECADE)
    before, later = (overlap(there.frame, *part).T for part in side)
    z = contrasts.standardised(before, later, there)[0]
    p = np.empty(decades)
    for k in range(decades):
        alone = contrasts.gather([frames[k]], items, DECADE)
        maxima = contrasts.permuted_maxima(before, later, alone, np.array([[True]]), 250, seed + k)
        p[k] = (1 + np.sum(maxima >= abs(z[k]))) / 251
    about = np.abs(contrasts.every_day(there, MONTHS, DECADE))
    placebo = np.array(
        [
            np.mean(column[np.isfinite(column)] >= abs(one) - 1e-9)
            for column, one in zip(about.T, z, strict=True)
        ]
    )
    n = int(min((before @ there.speaks).min(), (later @ there.speaks).min()))
    return p, placebo, n


def found(p: np.ndarray, placebo: np.ndarray) -> float:
    return float(np.mean((p <= 0.05) & (placebo <= 0.05)))


def test_no_shift_is_found_more_than_five_times_in_a_hundred_when_there_is_none():
    p, placebo, _ = contrast_of(200, shift=0.0)
    assert found(p, placebo) <= 0.05
    assert np.mean(p <= 0.05) <= 0.075


def test_a_drift_is_not_taken_for_a_shift_at_the_event():
    p, placebo, _ = contrast_of(150, shift=0.0, drift=3.0)
    assert np.mean(p <= 0.05) > 0.15
    assert found(p, placebo) <= 0.05


def test_a_shift_of_the_size_that_the_items_can_show_is_found_at_the_power_stated():
    n = contrast_of(1, shift=0.0)[2]
    spread = lambda shift: np.sqrt(1 + shift**2 / 4)  # noqa: E731 - items differ by the shift as well
    shift = next(s for s in np.arange(0.2, 2, 0.02) if timeline.items_needed(s, spread(s)) <= n)
    p, placebo, _ = contrast_of(200, shift=shift)
    assert 0.72 <= np.mean(p <= 0.05) <= 0.9
    assert found(p, placebo) >= 0.3  # a lasting step moves neighbouring days as well


def test_many_contrasts_together_raise_no_more_false_alarms_than_one():
    rng = np.random.default_rng(8)
    items, _ = a_decade(rng)
    days = {"a flood": "2002-03-01", "a report": EVENT, "a law": "2008-09-01"}
    alarms = 0
    for trial in range(40):
        series = {
            name: timeline.Series(
                name, pd.DataFrame({"item_id": items["item_id"], "value": rng.normal(0, 1, ITEMS)}), 0.5
            )
            for name in "abcd"
        }
        table = timeline.shifts(series, items, days, DECADE, windows=(12, 24), draws=200, seed=trial)
        alarms += bool(table["verdict"].isin(["rose", "fell"]).any())
    assert alarms <= 5  # of 40 at 5 %, more than five come once in seventy times


def test_a_change_is_dated_and_noise_has_none():
    rng = np.random.default_rng(2)
    items, true = a_decade(rng)
    step = rng.normal(0, 1, ITEMS) + 1.5 * (true >= DAYS.astype("int64")[0])
    values = {
        name: pd.DataFrame({"item_id": items["item_id"], "value": column})
        for name, column in (("step", step), ("noise", rng.normal(0, 1, ITEMS)))
    }
    table = timeline.change_points(values, items, DECADE, draws=100).set_index("series")
    assert table.loc["step", "says"] == "changes"
    assert table.loc["step", "earliest"] <= EVENT <= table.loc["step", "latest"]
    assert table.loc["noise", "says"] == "cannot tell"


def test_a_series_without_a_trend_is_seldom_said_to_have_one():
    rng = np.random.default_rng(4)
    years = pd.DataFrame({"x": np.arange(2000, 2011) + 0.5, "n_items": 20.0})
    said = [
        timeline.trends({"one": years.assign(estimate=rng.normal(0, 1, 11))})["says"].iloc[0]
        for _ in range(200)
    ]
    assert np.mean([s != "cannot tell" for s in said]) <= 0.075
    assert timeline.trends({"up": years.assign(estimate=np.arange(11.0))})["says"].tolist() == ["rises"]
