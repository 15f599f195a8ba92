"""Series over years from items of uncertain date, and the events beside them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cuttings import corpus, dates, edtf, inference, sentiment, stance, tables, timeline

SAID = [("writer", "A wonderful ferry board."), ("writer", "It rained.")]
TARGETS = '[ferry_boards]\nlabel = "Ferry boards"\naliases = ["ferry board"]\n'


def items_at(*written: str) -> pd.DataFrame:
    """Items as ``dates.placed`` gives them, one at each date."""
    dated = [edtf.parse(date) for date in written]
    return pd.DataFrame(
        {
            "item_id": [f"i{n:03d}" for n in range(len(dated))],
            "date_earliest": pd.to_datetime([d.earliest for d in dated]),
            "date_latest": pd.to_datetime([d.latest for d in dated]),
        }
    )


def values_of(items: pd.DataFrame, values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"item_id": items["item_id"], "value": values})


def test_a_year_of_items_dated_to_the_day_has_their_mean_and_its_interval():
    items = items_at(*["2001-05-01"] * 8)
    data = values_of(items, list(np.linspace(0, 0.7, 8)))
    row = timeline.by_year(data, "value", items, 2001, 2001).iloc[0]
    mean = inference.mean(data["value"], data["item_id"])
    assert (row["estimate"], row["low"], row["high"]) == pytest.approx((mean.estimate, mean.low, mean.high))
    assert (row["n"], row["n_items"]) == (8, 8)


def test_a_year_without_items_has_nothing_to_show():
    items = items_at("2001-05-01")
    rows = timeline.by_year(values_of(items, [1.0]), "value", items, 2001, 2003)
    assert rows["n_items"].tolist() == [1, 0, 0]
    assert rows["estimate"].isna().tolist() == [False, True, True]


def test_a_year_with_few_items_has_no_interval():
    items = items_at(*["2001-05-01"] * 4)
    row = timeline.by_year(values_of(items, [1.0, 0, 0, 1]), "value", items, 2001, 2001).iloc[0]
    assert row["estimate"] == 0.5
    assert np.isnan(row["low"])


def test_an_uncertain_date_spreads_an_item_over_its_years():
    items = items_at("2001-12-02/2002-01-30", "2002-06-01")
    rows = timeline.by_year(values_of(items, [1.0, 0.0]), "value", items, 2001, 2002)
    assert rows["n_items"].tolist() == [0.5, 1.5]
    assert rows["estimate"].tolist() == pytest.approx([1, 1 / 3])


def test_uncertain_dates_widen_the_band():
    values = [0.0] * 8 + [1.0] * 8
    sure = items_at(*["2001-05-01"] * 16)
    unsure = items_at(*["2001-05-01"] * 8, *["2001-01-01/2002-12-31"] * 8)
    bands = [
        timeline.by_year(values_of(items, values), "value", items, 2001, 2001).iloc[0]
        for items in (sure, unsure)
    ]
    relative = [(b["high"] - b["low"]) * np.sqrt(b["n_items"]) for b in bands]
    assert relative[1] > relative[0]


def test_the_band_covers_the_mean_when_dates_are_uncertain():
    rng, covered, trials = np.random.default_rng(11), 0, 250
    items = items_at(*["2001-03-01"] * 14, *["2000-07-01/2001-06-30"] * 10)
    for _ in range(trials):
        data = values_of(items, list(0.3 + rng.normal(0, 0.5, len(items))))
        row = timeline.by_year(data, "value", items, 2001, 2001, draws=600).iloc[0]
        covered += row["low"] <= 0.3 <= row["high"]
    assert 0.92 <= covered / trials <= 0.985


def test_an_item_is_drawn_across_its_interval():
    points = timeline.item_points(
        pd.DataFrame({"item_id": ["i000", "i000"], "value": [0.0, 1.0]}), "value", items_at("2001")
    )
    assert points.iloc[0].tolist() == ["i000", 0.5, 2, 2001.0, 2002.0]


def test_a_planted_move_between_the_halves_is_found():
    items = items_at(*["2001-05-01"] * 10, *["2009-05-01"] * 10)
    data = values_of(items, [0.1, 0.2] * 5 + [0.8, 0.9] * 5)
    change = timeline.late_less_early(data, "value", items, 2000, 2010)
    assert change.estimate == pytest.approx(0.7)
    assert change.low > 0.6


def test_items_outside_the_years_are_in_neither_half():
    items = items_at(*["2001-05-01"] * 6, *["2009-05-01"] * 6, *["2015-05-01"] * 6)
    change = timeline.late_less_early(values_of(items, [0.0] * 12 + [5.0] * 6), "value", items, 2000, 2010)
    assert (change.estimate, change.n_items) == (0, 12)


def event(written: str, name: str = "A flood", targets: int = 1, verified: bool = True) -> corpus.Event:
    return corpus.Event(edtf.parse(written), name, "case", tuple("abcdefg"[:targets]), verified=verified)


def test_events_shown_are_verified_dated_and_in_the_years():
    events = [
        event("2001-05-01", "shown"),
        event("2002-09", "month"),
        event("2004", "year only"),
        event("2006-05-01", "not verified", verified=False),
        event("2012-05-01", "too late"),
    ]
    assert [e.event for _, e in timeline.chosen_events(events, 2000, 2010)] == ["shown", "month"]


def test_of_events_close_together_the_one_with_most_targets_is_shown():
    events = [event("2001-05-01", "few"), event("2001-05-20", "many", targets=3)]
    assert [e.event for _, e in timeline.chosen_events(events, 2000, 2010)] == ["many"]


def test_the_event_that_most_items_name_wins_its_span_and_pushes_a_lesser_neighbour_away():
    told, lesser, near = (
        event("2003-01-28", "told"),
        event("2003-04-02", "many", 4),
        event("2002-10-16", "near", 4),
    )
    assert timeline.chosen_events([near, told, lesser], 2000, 2010, {told: 2}) == [
        (pytest.approx(2003.07, abs=0.01), told)
    ]


def test_of_events_that_as_many_items_name_the_earlier_is_shown():
    first, then = event("2008-11-11", "first"), event("2008-12-01", "then", targets=4)
    shown = timeline.chosen_events([then, first], 2000, 2010, {first: 2, then: 2})
    assert [e.event for _, e in shown] == ["first"]


def test_where_nothing_is_named_a_landmark_goes_before_another_event_of_as_many_targets():
    speech = corpus.Event(edtf.parse("2002-10-16"), "speech", "spending", ("a",), verified=True)
    report = corpus.Event(edtf.parse("2003-01-28"), "report", "inquiry", ("a",), verified=True)
    assert [e.event for _, e in timeline.chosen_events([speech, report], 2000, 2010)] == ["report"]


def test_an_item_names_an_event_by_a_name_or_by_both_words_of_one(tables_of):
    flood = corpus.Event(edtf.parse("2001"), "Flood", "case", (), ("Great Flood", "quay & verdict"))
    said = ("The great flood came.", "The quay waits for verdicts.", "The quay is dry.", "Nothing.")
    out = tables_of(*[("news", "2001", [("writer", words)]) for words in said])
    assert timeline.naming(out, [flood]) == {flood: 2}


@pytest.mark.parametrize("years", [(2009, 2009), (2000, 2010), (1995, 2014)])
def test_no_two_event_lines_collide(years):
    days = [edtf.day(date(y, m, d)) for y in range(1995, 2015) for m in range(1, 13) for d in (1, 15)]
    events = [corpus.Event(day, "A flood", "case", (), verified=True) for day in days]
    places = [x for x, _ in timeline.chosen_events(events, *years)]
    assert 1 < len(places) <= 12
    assert min(np.diff(places)) >= (years[1] + 1 - years[0]) / 30


def test_the_key_numbers_the_events_in_order_of_time():
    key = timeline.key(
        timeline.chosen_events([event("2005-01-01", "b"), event("2001-01-01", "a")], 2000, 2010)
    )
    assert key[["no.", "event"]].values.tolist() == [["1", "a"], ["2", "b"]]


@pytest.fixture
def made(corpus_of, tables_of):
    """The corpus folder and the tables of five items, one of them without a date, one too late."""
    folder = corpus_of(
        {"pages/p.txt": "A page.", "targets.toml": TARGETS, "events.csv": "date,event,kind,targets\n"}
    )
    written = ("2001-02-03", "2001-12-02/2002-01-30", "2009", "", "2015-01-01")
    out = tables_of(*[("news", date, SAID) for date in written])
    sentiment.score(out)
    stance.score(folder, out)
    return folder, out


@pytest.mark.parametrize("years", [(2000, 2010), (2001, 2001), (1990, 2020), (2003, 2005)])
def test_the_figures_hold_at_one_year_at_thirty_and_where_nothing_is(made, years):
    folder, out = made
    items, scores = dates.placed(out, *years), sentiment.scored(out, *years)
    statements = stance.statements(folder, out, *years)
    events = timeline.chosen_events([event("2001-05-01", "<b>A flood</b>")], *years)
    drawn = [
        timeline.plot_sentiment(scores, items, events, *years, "05-sentiment", out),
        timeline.plot_stance(
            statements, stance.most_argued(statements), items, events, *years, "05-stance", out
        ),
    ]
    assert all(f.svg.count("<svg") == 1 and "<b>" not in f.svg for f in drawn)
    assert ("2001" in drawn[0].alt) == (years[0] <= 2001 <= years[1])


def test_the_findings_count_what_is_placed_and_what_is_spread(made):
    folder, out = made
    years = (2000, 2010)
    items, scores = dates.placed(out, *years), sentiment.scored(out, *years)
    found = {
        f.name: f for f in timeline.conclude(scores, stance.statements(folder, out, *years), items, *years)
    }
    assert [found[n].value for n in ("items-placed", "items-spread", "years-empty")] == [3, 1, 8]
    assert len(tables.query(out, found["items-spread"].rows)) == 1
    assert found["later-less-earlier-vader"].n == 6
    assert "(interval adjusted for 3 comparisons)" in found["later-less-earlier-vader"].says
