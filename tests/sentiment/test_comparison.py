"""Comparisons of groups, their robustness and what corrects a mean."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cuttings import sentiment, tables
from cuttings.sentiment import correct


def scores(n_items: int = 24, shift: float = 0.6, seed: int = 5, date_days: int = 1) -> pd.DataFrame:
    """Scores as ``scored`` gives them: a third of the items are blogs of their own outlet, ``shift`` higher."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n_items):
        blog = i % 3 == 0
        first = pd.Timestamp(2001 + 8 * (i % 2), 6, 1)
        for s in range(6):
            value = np.clip(rng.normal(-0.3 + shift * blog + 0.1 * rng.normal(), 0.25), -1, 1)
            rows.append(
                {
                    "sentence_id": f"i{i}/s{s}", "item_id": f"i{i:02d}", "genre": "blog" if blog else "news",
                    "voice": "writer" if s < 4 else "speaker", "instrument": "vader", "polarity": value,
                    "n_scored_words": 1, "page_id": f"p{i}", "outlet": "Own" if blog else ("Anvil", "Bell")[i % 2],
                    "date_earliest": first, "date_latest": first + pd.Timedelta(days=date_days - 1),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def test_a_real_difference_is_found_and_holds_after_adjusting():
    found = sentiment.family(scores(), 2000, 2010).set_index("comparison")
    blog = found.loc["blog against the rest"]
    assert blog["p_adjusted"] < 0.01
    assert 0 < blog["delta_low"] < blog["delta"] < blog["delta_high"] <= 1
    assert blog["low"] < 0.6 < blog["high"]
    assert (blog["items_chosen"], blog["items_other"]) == (8, 16)


def test_a_family_has_every_genre_voice_outlet_and_the_two_halves_of_the_years():
    found = sentiment.family(scores(), 2000, 2010, draws=200)
    assert found.groupby("kind").size().to_dict() == {"genre": 2, "outlet": 3, "period": 1, "voice": 2}
    assert (found["p_adjusted"] >= found["p"]).all()


def test_dates_that_may_lie_in_either_half_widen_the_interval_of_the_period():
    sure, unsure = (
        sentiment.family(scores(36, date_days=days), 2000, 2010, draws=300).set_index("kind").loc["period"]
        for days in (1, 365 * 6)
    )
    assert sure["high"] - sure["low"] < unsure["high"] - unsure["low"]


def test_few_items_have_their_points_and_nothing_is_said_of_them():
    found = sentiment.family(scores(6), 2000, 2010)
    assert found["delta"].notna().all()
    assert found.loc[found["kind"] != "voice", ["delta_low", "p", "p_adjusted"]].isna().all(axis=None)
    assert "Too few to say for 6 of 8 comparisons" in sentiment.too_few(found)


def test_nothing_at_all_is_a_family_of_nothing():
    assert sentiment.family(scores().iloc[:0], 2000, 2010).empty


def test_a_mixed_model_finds_the_difference_between_genres():
    found = sentiment.mixed(scores(60)).set_index("term")
    blog = found.loc["blog (against news)"]
    assert blog["low"] < 0.6 < blog["high"]
    assert blog["low"] > 0.3
    assert 0 <= found.loc["share of the variance between items", "estimate"] <= 1


@pytest.mark.parametrize(
    ("data", "why"),
    [(scores(9), "too few"), (scores(40).groupby("item_id").head(1), "single sentence")],
    ids=["few items", "one sentence each"],
)
def test_without_enough_data_a_sentence_stands_in_for_the_mixed_model(data, why):
    assert why in sentiment.mixed(data)


def labels(data: pd.DataFrame, times: float = 1.0) -> pd.DataFrame:
    """One coder's labels of all sentences: their scores, times a number."""
    return pd.DataFrame(
        {"coder": "ada", "read_id": data["sentence_id"], "coded": 2 * times * data["polarity"]}
    )


@pytest.mark.parametrize(
    ("times", "items", "verdict"),
    [
        (1.0, 24, "borne out"),
        (-1.0, 24, "contradicted"),
        (0.0, 24, "not borne out"),
        (1.0, 3, "too few coded"),
    ],
)
def test_a_comparison_of_scores_is_held_against_the_coders_own_labels(times, items, verdict):
    data = scores(items)
    compared = sentiment.family(data, 2000, 2010, draws=50)
    coders = sentiment.by_coders(data, compared, labels(data, times)).set_index("comparison")
    assert coders.loc["blog against the rest", "verdict"] == verdict


def test_a_finding_says_what_the_coders_make_of_it():
    data = scores()
    compared = sentiment.family(data, 2000, 2010, draws=200)
    coders = sentiment.by_coders(data, compared, labels(data, -1.0))
    found = sentiment.conclude_comparisons(compared, coders, "vader", 2000, 2010)
    assert any("by ada's own labels" in f.says and "contradicted" in f.says for f in found)


@pytest.fixture
def pages_with_a_copy(tmp_path):
    """A table of pages in which one page repeats that of the first item."""
    plain = dict.fromkeys(("url", "title", "rights", "problem"), "")
    counts = {"n_lines": 3, "n_boilerplate_lines": 0, "sha256": "0" * 64, "format": "txt"}
    page = {"page_id": "copy", "outlet": "Bell", "status": "duplicate", "duplicate_of": "p0"}
    tables.write(tmp_path, "pages", [tables.frame("pages", [page | plain | counts])])
    return tmp_path


def test_the_panel_takes_away_outlets_and_puts_back_copies(pages_with_a_copy):
    data = pd.concat([scores(), scores(seed=6).assign(instrument="afinn")])
    blog = ["blog against the rest"]
    coders = sentiment.by_coders(scores(), sentiment.family(scores(), 2000, 2010, draws=50), labels(scores()))
    found = sentiment.panel(data, coders, "vader", blog, pages_with_a_copy).set_index("variant")
    assert list(found.index[:2]) == ["VADER", "AFINN"]
    assert found.loc["without Bell", "n_items"] == 16
    assert "without Own" not in found.index
    assert found.index[-1] == "labels of ada"
    assert found.loc["near-duplicates kept", "n"] == found.loc["VADER", "n"] + 6
    held = sentiment.holds(found.reset_index(), "vader").iloc[0]
    assert held["of the same sign"] == held["variants"] == len(found)


def test_the_figures_are_drawn_with_and_without_enough_items(tmp_path, pages_with_a_copy):
    for n_items, says in ((24, "p < 0.01"), (3, "too few to say")):
        data = scores(n_items)
        found = sentiment.family(data, 2000, 2010, draws=200)
        coders = sentiment.by_coders(data, found, labels(data))
        assert says in sentiment.plot_forest(found, coders, "vader", "forest", tmp_path).alt
        panel = sentiment.panel(data, coders, "vader", sentiment.headline(found), pages_with_a_copy)
        drawn = sentiment.plot_panel(panel, "vader", "panel", tmp_path)
        assert ("Too few items to say" in drawn.alt) == (n_items == 3)


def coded_part(
    rng: np.random.Generator, n_coded: int, n_rest: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, codes (NaN in items that nobody coded) and items; the true mean code is -0.2, the scores lean."""
    sizes = rng.integers(4, 13, n_coded + n_rest)
    items = np.repeat(np.arange(len(sizes)), sizes)
    codes = -0.2 + rng.normal(0, 0.3, len(sizes))[items] + rng.normal(0, 0.4, len(items))
    given = 0.15 + 0.4 * codes + rng.normal(0, 0.15, len(items))
    return given, np.where(items < n_coded, codes, np.nan), items


def test_the_corrected_mean_covers_the_truth_though_the_instrument_leans():
    rng = np.random.default_rng(11)
    found = [correct.mean(*coded_part(rng, 25, 75))[0] for _ in range(1000)]
    assert 0.93 <= np.mean([f.low <= -0.2 <= f.high for f in found]) <= 0.97


def test_a_good_instrument_makes_the_corrected_mean_surer_than_the_codings_alone():
    given, codes, items = coded_part(np.random.default_rng(12), 25, 200)
    helped, weight = correct.mean(given, codes, items)
    alone, nothing = correct.mean(np.zeros_like(given), codes, items)
    assert helped.high - helped.low < 0.8 * (alone.high - alone.low)
    assert weight > 0.5
    assert nothing == 0


def test_the_corrected_mean_of_what_is_coded_whole_is_the_mean_of_the_codings():
    given, codes, items = coded_part(np.random.default_rng(13), 20, 0)
    found, weight = correct.mean(given, codes, items)
    assert found.estimate == pytest.approx(codes.mean())
    assert weight == 0


def test_a_mean_with_few_coded_items_has_no_interval_and_one_with_none_no_value():
    given, codes, items = coded_part(np.random.default_rng(14), 3, 20)
    assert np.isnan(correct.mean(given, codes, items)[0].low)
    assert np.isnan(correct.mean(given, np.full(len(codes), np.nan), items)[0].estimate)
