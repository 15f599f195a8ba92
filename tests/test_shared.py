"""Tables, figures, findings and shown tables: what every step stores and shows."""

from __future__ import annotations

import csv
import io
import json
import math
import re

import pandas as pd
import pytest

from cuttings import figures, findings, show, tables
from cuttings.errors import CuttingsError
from cuttings.inference import Interval
from cuttings.text import straighten

HOSTILE = "<script>alert('x')</script> & $\\frac{1}{2}$ ```<img src=x onerror=y>"
SCORE = {"sentence_id": "s1", "instrument": "vader", "polarity": 0.5, "n_scored_words": 2}


def test_a_table_keeps_its_rows_and_types(tmp_path):
    tables.write(tmp_path, "sentiment", [tables.frame("sentiment", [SCORE])])
    assert tables.query(tmp_path, "SELECT * FROM sentiment").to_dict("records") == [SCORE]


@pytest.mark.parametrize(
    "wrong", [{"polarity": 1.5}, {"polarity": "warm"}, {"n_scored_words": -1}, {"sentence_id": None}]
)
def test_a_row_that_breaks_the_schema_is_refused(wrong):
    with pytest.raises(ValueError, match="polarity|n_scored_words|sentence_id|warm"):
        tables.frame("sentiment", [{**SCORE, **wrong}])


def test_a_write_that_fails_leaves_the_old_table_and_no_part(tmp_path):
    tables.write(tmp_path, "sentiment", [tables.frame("sentiment", [SCORE])])

    def broken():
        yield tables.frame("sentiment", [{**SCORE, "sentence_id": "s2"}])
        raise RuntimeError("the power failed")

    with pytest.raises(RuntimeError):
        tables.write(tmp_path, "sentiment", broken())
    assert tables.query(tmp_path, "SELECT sentence_id FROM sentiment")["sentence_id"].tolist() == ["s1"]
    assert [p.name for p in (tmp_path / "tables").iterdir()] == ["sentiment.parquet"]


def test_the_same_rows_give_the_same_bytes(tmp_path):
    written = [
        tables.write(tmp_path / name, "sentiment", [tables.frame("sentiment", [SCORE])]).read_bytes()
        for name in ("one", "two")
    ]
    assert written[0] == written[1]


def test_a_question_about_a_table_that_is_not_there_names_the_mend(tmp_path):
    with pytest.raises(CuttingsError, match="run notebook 01-load first"):
        tables.query(tmp_path, "SELECT * FROM items")
    with pytest.raises(CuttingsError, match="run notebook 01-load first"):
        list(tables.batches(tmp_path, "sentences", ["text"]))


def test_values_of_a_query_are_never_read_as_sql(tmp_path):
    tables.write(tmp_path, "sentiment", [tables.frame("sentiment", [SCORE])])
    sql = "SELECT count(*) AS n FROM sentiment WHERE instrument = $name"
    assert tables.query(tmp_path, sql, name="' OR 1=1 --")["n"].tolist() == [0]


def drawn(folder, label=HOSTILE) -> figures.SavedFigure:
    with figures.canvas(4, 2) as (fig, ax):
        ax.plot([0, 1], [0.123456789, 1])
        ax.set_title(label)
        return figures.save(fig, "01-line", pd.DataFrame({"x": [1 / 3]}), label, folder)


def test_a_figure_has_the_same_bytes_at_every_run(tmp_path):
    drawn(tmp_path / "one", "A line")
    drawn(tmp_path / "two", "A line")
    for name in ("01-line.svg", "01-line.csv"):
        one, two = ((tmp_path / run / "figures" / name).read_bytes() for run in ("one", "two"))
        assert one == two


def test_hostile_text_in_a_figure_is_escaped(tmp_path):
    svg = drawn(tmp_path).svg
    assert "<script" not in svg
    assert "<img" not in svg
    assert "&lt;script&gt;" in svg


def test_letters_in_a_figure_keep_their_scale(tmp_path):
    assert not re.search(r"scale\(0\.0[12]\d?[ )]", drawn(tmp_path, "Letters").svg)


def test_the_data_of_a_figure_lie_beside_it(tmp_path):
    drawn(tmp_path)
    assert (tmp_path / "figures" / "01-line.csv").read_text() == "x\n0.333333\n"


def test_no_text_in_the_data_of_a_figure_is_run_by_a_spreadsheet():
    texts = ["=1+2", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "-0.5", "plain", None]
    written = figures.to_csv(pd.DataFrame({"x": texts, "y": [-1.5] * 8, "n": [-2] * 8}))
    assert [row["x"] for row in csv.DictReader(io.StringIO(written))] == [
        "'=1+2", "'+cmd", "'-cmd|' /C calc'!A0", "'@SUM(A1)", "'\tx", "-0.5", "plain", "",
    ]  # fmt: skip
    assert {(row["y"], row["n"]) for row in csv.DictReader(io.StringIO(written))} == {("-1.5", "-2")}
    assert figures.to_csv(pd.DataFrame({"x": ["\r=1"]})) == "x\n' =1\n"


def test_hostile_text_in_a_table_is_escaped():
    html = show.table(pd.DataFrame({HOSTILE: [HOSTILE]}), HOSTILE).data
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") == 3


def test_numbers_in_a_table_are_aligned_and_rounded():
    html = show.table(pd.DataFrame({"x": [-0.126, -0.001, math.nan], "n": [1234, 1, 2]}), "T").data
    assert re.findall(r'<td class="num">(.*?)</td>', html) == ["−0.13", "1,234", "0.00", "1", "–", "2"]


def test_a_column_can_be_aligned_right():
    html = show.table(pd.DataFrame({"left": ["up to"], "node": ["here"]}), "T", right=("left",)).data
    assert '<td class="num">up to</td><td>here</td>' in html


def test_a_table_without_rows_says_so():
    assert "None." in show.table(pd.DataFrame({"x": []}), "T").data


def test_estimates_without_limits_are_too_few_to_say():
    means = pd.DataFrame([{"genre": "blog", **vars(Interval(0.1, math.nan, math.nan, 3, 1))}])
    assert show.estimates(means, "mean")["95 % interval"].tolist() == ["too few items to say"]


def test_estimates_are_written_as_findings_are():
    found = [
        Interval(-0.06, -0.12, -0.004, 90, 9),
        Interval(-0.001, -0.2, 0.2, 90, 9),
        Interval(0.5, math.nan, math.nan, 90, 9),
        Interval(math.nan, math.nan, math.nan, 0, 0),
    ]
    shown = show.estimates(pd.DataFrame([vars(f) for f in found]), "mean")
    assert shown["mean"].tolist() == ["−0.060", "0.00", "0.50", "–"]
    assert shown["95 % interval"].tolist() == [
        "−0.120 to −0.004", "−0.20 to 0.20", "no interval", "too few items to say",
    ]  # fmt: skip
    assert '<td class="num">−0.060</td>' in show.table(shown, "T").data


def test_estimates_of_nothing_are_a_table_without_rows():
    assert (
        "None."
        in show.table(
            show.estimates(pd.DataFrame(columns=["genre", *vars(Interval(0, 0, 0, 0, 0))]), "mean"), "T"
        ).data
    )


def test_texts_that_are_not_all_numbers_stay_on_the_left():
    html = show.table(pd.DataFrame({"year": ["2000", "2001"], "mean": ["0.50", "x"]}), "T").data
    assert "num" not in html.partition("</style>")[2]


def test_a_notebook_replaces_its_own_findings_and_no_other(tmp_path):
    rows = "SELECT * FROM items"
    findings.record(tmp_path, "02", [findings.count("a", "A", 1, rows, "items")])
    findings.record(tmp_path, "01", [findings.count("a", "A", 5, rows, "items")])
    findings.record(tmp_path, "02", [findings.count("b", "B", 2, rows, "items")])
    stored = json.loads((tmp_path / "findings.json").read_text())
    assert [(f["notebook"], f["name"], f["value"]) for f in stored] == [("01", "a", 5), ("02", "b", 2)]


def test_two_findings_of_one_name_are_refused(tmp_path):
    twice = [findings.count("a", "A", n, "SELECT 1", "items") for n in (1, 2)]
    with pytest.raises(ValueError, match="share a name: a"):
        findings.record(tmp_path, "02", twice)


def test_a_finding_without_limits_is_stored_as_null_and_says_why(tmp_path):
    few = Interval(0.25, math.nan, math.nan, 3, 2)
    findings.record(tmp_path, "03", [findings.measured("m", "Mean", few, "SELECT 1", "")])
    assert findings.summary(tmp_path, "03")["value"].tolist() == ["0.25 (too few items for an interval)"]


@pytest.mark.parametrize(
    ("interval", "says"),
    [
        (Interval(-0.25, -0.5, 0.125, 90, 9), "−0.25 [−0.50, 0.12]"),
        (Interval(-0.001, -0.2, 0.2, 90, 9), "0.00 [−0.20, 0.20]"),
        (Interval(0.06, 0.004, 0.12, 90, 9), "0.060 [0.004, 0.120]"),
        (Interval(-0.06, -0.12, -0.0004, 90, 9), "−0.060 [−0.120, 0.000]"),
        (Interval(0.5, 0.0, 1.0, 90, 9), "0.50 [0.00, 1.00]"),
        (Interval(-0.25, math.nan, math.nan, 90, 9), "−0.25 (no interval)"),
    ],
)
def test_a_finding_is_written_with_true_minus_signs_and_limits_that_tell_themselves_from_zero(
    interval, says, tmp_path
):
    findings.record(tmp_path, "03", [findings.measured("m", "Mean", interval, "SELECT 1", "")])
    assert findings.summary(tmp_path, "03")["value"].tolist() == [says]


def test_straight_marks_stand_where_the_curly_ones_stood():
    curly = "“It’s ‘late’”, they`said"
    assert straighten(curly) == "\"It's 'late'\", they'said"
    assert len(straighten(curly)) == len(curly)


def test_a_layout_that_differs_in_its_last_digits_gives_the_same_bytes():
    def drawn(left: float) -> str:
        with figures.canvas(6, 3, layout="none") as (fig, ax):
            ax.set_position([left, 0.1, 0.8, 0.8])
            ax.plot([1, 2], [3, 4])
            return figures.to_svg(fig, "a line")

    assert drawn(0.1) == drawn(0.1 + 1e-14)
    assert 'clip-path="url(#' in drawn(0.1)
