"""Series over years from items of uncertain date, and the events beside them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cuttings import corpus, dates, edtf, inference, sentiment, stance, tables, timeline
from cuttings.errors import CuttingsError
from cuttings.timeline.intervals import drawn_days
from cuttings.timeline.poster import A3, LETTER, WIDTH, lanes, printable

SAID = [("writer", "What a wonderful thing this ferry board has been to us."), ("writer", "It rained.")]
TARGETS = '[ferry_boards]\nlabel = "Ferry boards"\naliases = ["ferry board"]\n'


def sided(said):
    """Statements none of which is left open."""
    return said.assign(stance="against", verdict="against")


def items_at(*written: str) -> pd.DataFrame:
    """Items as ``dates.placed`` gives them, one at each date."""
    dated = [edtf.parse(date) for date in written]
    return pd.DataFrame(
        {
            "item_id": [f"i{n:03d}" for n in range(len(dated))],
            "page_id": [f"p{n:03d}" for n in range(len(dated))],
            "date_earliest": pd.to_datetime([d.earliest for d in dated]),
            "date_latest": pd.to_datetime([d.latest for d in dated]),
        }
    )


def values_of(items: pd.DataFrame, values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"item_id": items["item_id"], "value": values})


def years(first: int, last: int) -> timeline.Periods:
    return timeline.Periods(first, last)


def test_a_year_of_items_dated_to_the_day_has_their_mean_and_its_interval():
    items = items_at(*["2001-05-01"] * 8)
    data = values_of(items, list(np.linspace(0, 0.7, 8)))
    row = timeline.series(data, "value", items, years(2001, 2001)).iloc[0]
    mean = inference.mean(data["value"], data["item_id"])
    assert row["estimate"] == pytest.approx(mean.estimate)
    assert (row["low"], row["high"]) == pytest.approx((mean.low, mean.high), abs=0.03)
    assert (row["n"], row["n_items"]) == (8, 8)


def test_a_year_without_items_has_nothing_to_show():
    items = items_at("2001-05-01")
    rows = timeline.series(values_of(items, [1.0]), "value", items, years(2001, 2003))
    assert rows["n_items"].tolist() == [1, 0, 0]
    assert rows["estimate"].isna().tolist() == [False, True, True]


def test_a_year_with_few_items_has_no_band():
    items = items_at(*["2001-05-01"] * 4)
    row = timeline.series(values_of(items, [1.0, 0, 0, 1]), "value", items, years(2001, 2001)).iloc[0]
    assert row["estimate"] == 0.5
    assert np.isnan(row["low"])


def test_items_that_all_say_the_same_have_no_band():
    items = items_at(*["2001-05-01"] * 9)
    row = timeline.series(values_of(items, [1.0] * 9), "value", items, years(2001, 2001)).iloc[0]
    assert row["estimate"] == 1
    assert np.isnan(row["low"])


def test_an_uncertain_date_spreads_an_item_over_its_years():
    items = items_at("2001-12-02/2002-01-30", "2002-06-01")
    rows = timeline.series(values_of(items, [1.0, 0.0]), "value", items, years(2001, 2002))
    assert rows["n_items"].tolist() == [0.5, 1.5]
    assert rows["estimate"].tolist() == pytest.approx([1, 1 / 3])


def test_an_item_without_a_date_is_in_no_period():
    items = items_at("2001-05-01", "2001-06-01")
    items.loc[1, ["date_earliest", "date_latest"]] = pd.NaT
    rows = timeline.series(values_of(items, [1.0, 0.0]), "value", items, years(2001, 2001))
    assert rows[["estimate", "n_items"]].iloc[0].tolist() == [1, 1]


def test_uncertain_dates_widen_the_band():
    values = [0.0] * 8 + [1.0] * 8
    sure = items_at(*["2001-05-01"] * 16)
    unsure = items_at(*["2001-05-01"] * 8, *["2001-01-01/2002-12-31"] * 8)
    bands = [
        timeline.series(values_of(items, values), "value", items, years(2001, 2001)).iloc[0]
        for items in (sure, unsure)
    ]
    relative = [(b["high"] - b["low"]) * np.sqrt(b["n_items"]) for b in bands]
    assert relative[1] > relative[0]


def test_a_series_is_counted_by_month_quarter_and_year():
    items = items_at("2001-01-31", "2001-02-01", "2001-04-01")
    data = values_of(items, [1.0, 0.0, 0.5])
    found = {
        e: timeline.series(data, "value", items, timeline.Periods(2001, 2001, e))
        for e in ("month", "quarter")
    }
    assert found["month"].loc[found["month"]["n_items"] > 0, "period"].tolist() == [
        "2001-01",
        "2001-02",
        "2001-04",
    ]
    assert found["quarter"]["n_items"].tolist() == [2, 1, 0, 0]
    assert found["quarter"]["period"].iloc[1] == "2001 Q2"


@pytest.mark.parametrize("wrong", [(2001, 2001, "weak"), (2002, 2001, "year")])
def test_periods_that_cannot_be_are_refused(wrong):
    with pytest.raises(CuttingsError):
        timeline.Periods(*wrong)


def test_letters_of_one_page_share_their_day_and_comments_of_known_days_do_not():
    items = items_at("2001", "2001", "2001-05-01").assign(page_id=["p", "p", "p"])
    days = drawn_days(items, 50)
    assert (days[:, 0] == days[:, 1]).all()
    assert (days[:, 0] != days[:, 2]).any()
    first, last = (np.datetime64(d, "D").astype(int) for d in ("2001-01-01", "2001-12-31"))
    assert first <= days.min() <= days.max() <= last


def test_nothing_is_smoothed_where_items_are_few():
    items = items_at(*["2001-05-01"] * 20)
    assert timeline.smoothed(values_of(items, [0.0, 1.0] * 10), "value", items, years(2000, 2003)).empty


def test_a_smoothed_curve_follows_the_items_and_skips_years_without_any():
    dates_of = [f"{year}-{month:02d}-15" for year in (2000, 2001, 2002, 2004) for month in range(1, 13)] * 2
    items = items_at(*dates_of)
    values = [int(d[:4]) - 2000 + 0.1 * (n % 3) for n, d in enumerate(dates_of)]
    curve = timeline.smoothed(values_of(items, values), "value", items, years(2000, 2004))
    assert curve["x"].tolist() == [2000.5, 2001.5, 2002.5, 2004.5]
    assert curve["estimate"].is_monotonic_increasing
    assert ((curve["low"] <= curve["estimate"]) & (curve["estimate"] <= curve["high"])).all()


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


def test_events_shown_are_dated_to_a_month_and_in_the_years():
    events = [
        event("2001-05-01", "shown"),
        event("2002-09", "month"),
        event("2004", "year only"),
        event("2006-05-01", "not verified", verified=False),
        event("2012-05-01", "too late"),
    ]
    assert [e.event for _, e in timeline.chosen_events(events, 2000, 2010)] == [
        "shown",
        "month",
        "not verified",
    ]


def test_a_verified_event_goes_before_one_that_is_not():
    events = [event("2001-05-01", "not", targets=4, verified=False), event("2001-05-20", "checked")]
    assert [e.event for _, e in timeline.chosen_events(events, 2000, 2010)] == ["checked"]


def test_a_panel_has_the_events_that_concern_its_target():
    chosen = timeline.chosen_events(
        [event("2001-05-01", "a"), event("2005-05-01", "ab", targets=2)], 2000, 2010
    )
    assert [e.event for _, e in timeline.concerning(chosen, "b")] == ["ab"]


def test_days_asked_about_are_named_by_what_happened():
    events = [event("2001-05-01", "A flood")]
    found = timeline.named_days(events, "2001-05-01 2003-04-05 1990-01-01", years(2000, 2010), {})
    assert found == {"A flood": "2001-05-01", "2003-04-05": "2003-04-05"}
    with pytest.raises(CuttingsError, match="no day"):
        timeline.named_days(events, "May 2001", years(2000, 2010), {})


def test_where_no_days_are_asked_about_the_corpus_own_events_are():
    events = [event(f"200{n}-05-01", name, targets=n) for n, name in enumerate("abcd", 1)]
    found = timeline.named_days([*events, event("2006", "undated", targets=7)], "", years(2000, 2010), {})
    assert list(found) == ["b", "c", "d"]


def test_a_sentence_that_coders_put_on_another_side_does_not_stand_for_one(made):
    folder, out = made
    items, periods = dates.placed(out, 2000, 2010), years(2000, 2010)
    said = sided(stance.statements(folder, out, 2000, 2010))
    coded = stance.coded(folder, out)
    shown = timeline.turns(out, said, ["ferry_boards"], items, periods, coded)
    read = said.rename(columns={"sentence_id": "read_id"})[["read_id", "target", "stance"]]
    agreed = timeline.turns(out, said, ["ferry_boards"], items, periods, read.assign(coded=read["stance"]))
    assert len(shown)
    assert agreed.equals(shown)
    against = timeline.turns(out, said, ["ferry_boards"], items, periods, read.assign(coded="elsewhere"))
    assert against.empty


def test_a_statement_left_open_stands_for_nothing(made):
    folder, out = made
    said = stance.statements(folder, out, 2000, 2010).assign(verdict="left open")
    rest = dates.placed(out, 2000, 2010), years(2000, 2010), stance.coded(folder, out)
    assert timeline.turns(out, said, ["ferry_boards"], *rest).empty


def test_agreement_within_targets_is_told_apart_from_that_between_them():
    rows = [("a", 0.8, 0.1), ("a", 0.6, 0.2), ("b", -0.8, -0.2), ("b", -0.6, -0.1)]
    found = pd.DataFrame(rows, columns=["target", "estimate", "coded"])
    found = found.assign(n_coded=99, n_items=99, low=np.nan, high=np.nan)
    says = timeline.agreement(found)
    assert "at r = 0.94" in says
    assert "within a target, which is what a timeline shows, at r = 0.00" in says


@pytest.mark.parametrize("shown", [(2009, 2009), (2000, 2010), (1997, 2015)])
def test_no_two_labels_of_the_poster_meet(shown):
    days = [edtf.day(date(y, m, 1)) for y in range(1997, 2016) for m in range(1, 13)]
    events = [
        corpus.Event(day, "A flood of some length in a town", "case", (), verified=True) for day in days
    ]
    chosen = timeline.chosen_events(events, *shown)
    placed = lanes(chosen, years(*shown))
    per_inch = (shown[1] + 1 - shown[0]) / (A3[0] * WIDTH)
    spans = [(lane, left, left + per_inch * LETTER * max(map(len, text))) for lane, left, text in placed]
    for n, (lane, left, right) in enumerate(spans):
        assert right <= shown[1] + 1.01
        assert left >= shown[0]
        assert all(lane != other or left >= end or right <= start for other, start, end in spans[:n])


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


@pytest.mark.parametrize("shown", [(2009, 2009), (2000, 2010), (1995, 2014)])
def test_no_two_event_lines_collide(shown):
    days = [edtf.day(date(y, m, d)) for y in range(1995, 2015) for m in range(1, 13) for d in (1, 15)]
    events = [corpus.Event(day, "A flood", "case", (), verified=True) for day in days]
    places = [x for x, _ in timeline.chosen_events(events, *shown)]
    assert 1 < len(places) <= 12
    assert min(np.diff(places)) >= (shown[1] + 1 - shown[0]) / 30


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


@pytest.mark.parametrize(
    "shown", [(2000, 2010, "year"), (2001, 2001, "month"), (1990, 2020, "quarter"), (2003, 2005, "year")]
)
def test_the_figures_hold_at_one_year_at_thirty_and_where_nothing_is(made, shown):
    folder, out = made
    span, periods = shown[:2], timeline.Periods(*shown)
    items, scores = dates.placed(out, *span), sentiment.scored(out, *span)
    said = stance.statements(folder, out, *span)
    argued = stance.most_argued(said)
    events = timeline.chosen_events([event("2001-05-01", "<b>A flood</b>")], *span)
    rest = (items, events, periods)
    asked = timeline.balances(said, argued, 0.5)
    found = timeline.shifts(asked, items, {"A flood": "2001-05-01"}, periods, draws=50)
    heard = timeline.voices(out, items, periods)
    drawn = [
        timeline.plot_sentiment(scores, "vader", *rest, "05-sentiment", out),
        timeline.plot_stance(said, argued, *rest, "05-stance", out),
        timeline.plot_volume(*rest, "05-volume", out),
        timeline.plot_heat(timeline.by_target(said, items, periods), periods, "05-decade", out),
        timeline.plot_stream(heard, items, periods, "05-voices", out),
        timeline.plot_shifts(found, "05-before-after", out),
        timeline.plot_poster(
            said,
            argued,
            timeline.turns(out, said, argued, items, periods, stance.coded(folder, out)),
            heard,
            *rest,
            "05-poster",
            out,
        ),
    ]
    assert all(f.svg.count("<svg") == 1 and "<b>" not in f.svg for f in drawn)
    assert ("2001" in drawn[0].alt) == (span[0] <= 2001 <= span[1])
    assert set(found["verdict"]) <= {"cannot tell"}


def test_a_figure_is_the_same_byte_for_byte_when_drawn_again(made):
    folder, out = made
    periods, items = years(2000, 2010), dates.placed(out, 2000, 2010)
    said = stance.statements(folder, out, 2000, 2010)
    turns = timeline.turns(out, said, ["ferry_boards"], items, periods, stance.coded(folder, out))
    heard = timeline.voices(out, items, periods)
    rest = (turns, heard, items, [], periods, "05-poster", out)
    drawn = [timeline.plot_poster(said, ["ferry_boards"], *rest) for _ in "ab"]
    assert drawn[0].svg == drawn[1].svg


@pytest.mark.parametrize(
    ("rights", "shown"),
    [("CC0-1.0", True), ("own", True), ("CC BY-ND 4.0", False), ("not public domain", False), ("", False)],
)
def test_a_sentence_is_printed_only_where_its_rights_allow(made, rights, shown):
    folder, out = made
    pages = tables.query(out, "SELECT * FROM pages").assign(rights=rights)
    tables.write(out, "pages", [pages])
    said = sided(stance.statements(folder, out, 2000, 2010))
    coded = stance.coded(folder, out)
    found = timeline.turns(
        out, said, ["ferry_boards"], dates.placed(out, 2000, 2010), years(2000, 2010), coded
    )
    assert len(found)
    assert (found["text"] != "").tolist() == [shown] * len(found)


def test_a_letter_that_the_font_lacks_is_a_box():
    assert printable("a\u4e00\n\U0001f6a2 b") == "a□ □ b"


def test_an_item_that_needs_a_larger_sample_says_how_large():
    assert timeline.items_needed(0.5, 1.0) == 64  # Cohen (1988), table 2.4.1
    assert np.isnan(timeline.items_needed(0.5, 0.0))


def test_few_items_on_a_side_are_not_tested_and_cannot_tell():
    items = items_at(*["2004-05-01"] * 30, *["2006-05-01"] * 4)
    asked = {"a": timeline.Series("A", values_of(items, [0.0, 1.0] * 17), 0.5)}
    row = timeline.shifts(asked, items, {"x": "2005-05-01"}, years(2000, 2010), windows=(24,), draws=50).iloc[
        0
    ]
    assert (row["verdict"], row["n_before"], row["n_after"]) == ("cannot tell", 30, 4)
    assert np.isnan(row["p"])


def test_the_findings_of_shifts_are_followed_to_their_rows(corpus_of, tables_of):
    folder = corpus_of(
        {"pages/p.txt": "A page.", "targets.toml": TARGETS, "events.csv": "date,event,kind,targets\n"}
    )
    written = (
        [f"2001-0{n}-03" for n in range(1, 7)]
        + [f"2002-0{n}-03" for n in range(1, 7)]
        + ["2001", "2015-01-01"]
    )
    said = [SAID, [("writer", "A terrible ferry board.")]] * 7
    out = tables_of(*[("news", day, words) for day, words in zip(written, said, strict=True)])
    sentiment.score(out)
    stance.score(folder, out)
    periods, items = years(2000, 2010), dates.placed(out, 2000, 2010)
    scores = sentiment.scored(out, 2000, 2010)
    asked = {"vader": timeline.Series("VADER", timeline.scores_of(scores, "vader"), 0.1)}
    asked |= timeline.balances(stance.statements(folder, out, 2000, 2010), ["ferry_boards"], 0.5)
    found = timeline.shifts(asked, items, {"x": "2001-10-01"}, periods, draws=50)
    kept = timeline.conclude_shifts(found, asked, items, periods)
    assert [len(tables.query(out, f.rows)) for f in kept] == [f.n for f in kept]
    assert "shift-vader-2001-10-01" in [f.name for f in kept]


CODED = {
    "codings/items.csv": "item_id,page_id,date\n"
    + "".join(f"c{n},p{n},200{n // 6}-05-01\n" for n in range(12)),
    "codings/sentences.csv": "sentence_id,item_id,text\n"
    + "".join(f"s{n},c{n},Words {n}.\n" for n in range(12)),
    "codings/stance-a.csv": "sentence_id,target,coder,stance\n"
    + "".join(f"s{n},ferry_boards,ann,{'for' if n < 6 else 'against'}\n" for n in range(12)),
}


def test_what_coders_see_stands_beside_what_was_measured(corpus_of, tables_of):
    folder = corpus_of(
        {
            "pages/p.txt": "A page.",
            "targets.toml": TARGETS,
            "events.csv": "date,event,kind,targets\n",
            **CODED,
        }
    )
    out = tables_of(*[("news", f"200{n // 6}-05-01", SAID) for n in range(12)])
    stance.score(folder, out)
    said, items = stance.statements(folder, out, 2000, 2001), dates.placed(out, 2000, 2001)
    found = timeline.recovered(folder, said, ["ferry_boards"], items, years(2000, 2001))
    assert found[["coded", "n_coded", "n_items"]].values.tolist() == [[1, 6, 6], [-1, 6, 6]]
    moved = timeline.movements(folder, said, ["ferry_boards"], items, years(2000, 2001))
    assert moved["estimate"].tolist() == [-2, 0]
    assert "Too few periods" in timeline.agreement(found)


def test_the_findings_count_what_is_placed_and_what_is_spread(made):
    folder, out = made
    span = (2000, 2010)
    items, scores = dates.placed(out, *span), sentiment.scored(out, *span)
    found = {
        f.name: f for f in timeline.conclude(scores, stance.statements(folder, out, *span), items, *span)
    }
    assert [found[n].value for n in ("items-placed", "items-spread", "years-empty")] == [3, 1, 8]
    assert len(tables.query(out, found["items-spread"].rows)) == 1
    assert found["later-less-earlier-vader"].n == 6
    assert "comparisons)" in found["later-less-earlier-vader"].says
