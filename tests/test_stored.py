"""What is stored is what a fresh run gives, and the checks that say so notice when it is not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from cuttings import pipeline, results, stored, tables

STORED = sorted(pipeline.NOTEBOOKS.glob("[0-9][0-9]-*.ipynb"))


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_stored_outputs_are_those_of_a_fresh_run(path: Path, worked_example):
    fresh = worked_example / "notebooks" / path.name
    assert stored.notebook(nbformat.read(path, 4), nbformat.read(fresh, 4)) == []


def test_stored_figures_and_their_data_are_those_of_a_fresh_run(worked_example):
    assert stored.figures(pipeline.FIGURES, worked_example / "figures") == []


def notebook_of(*outputs: str) -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_code_cell(
            "f()", execution_count=number, outputs=[nbformat.v4.new_output("stream", text=text)]
        )
        for number, text in enumerate(outputs, 1)
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_the_twelfth_decimal_is_no_difference_and_a_count_or_a_word_is():
    was = notebook_of("r = 0.123456789012, n = 12 of 1,204 items")
    assert stored.notebook(was, notebook_of("r = 0.123456789013, n = 12 of 1,204 items")) == []
    for said, line in [
        ("r = 0.223456789012, n = 12 of 1,204 items", "cell 1: stdout: 0.223456789012, not 0.123456789012"),
        ("r = 0.123456789012, n = 13 of 1,204 items", "cell 1: stdout: 13, not 12"),
        ("r = 0.123456789012, n = 12 of 1,204 pages", "cell 1: stdout: ' pages', not ' items'"),
        ("r = -0.123456789012, n = 12 of 1,204 items", "cell 1: stdout: -0.123456789012, not 0.123456789012"),
    ]:
        assert stored.notebook(was, notebook_of(said)) == [line]


def test_a_printed_number_may_be_rounded_otherwise_but_no_further_off():
    assert stored.text("0.12 [0.05, 0.21]", "0.13 [0.05, 0.20]") == ""
    assert stored.text("0.12 [0.05, 0.21]", "0.14 [0.05, 0.21]") == "0.14, not 0.12"


def test_cleared_outputs_and_cells_out_of_order_are_differences():
    fresh, cleared, moved = (notebook_of("one", "two") for _ in range(3))
    cleared.cells[1].outputs = []
    assert stored.notebook(cleared, fresh) == ["cell 2 has 1 outputs, not 0"]
    moved.cells[0].execution_count, moved.cells[1].execution_count = 2, 1
    assert stored.notebook(moved, fresh) == [
        "cell 1 was stored with the execution count 2",
        "cell 2 was stored with the execution count 1",
    ]
    assert stored.notebook(fresh, notebook_of("one")) == ["cell 2 is only stored"]


@pytest.mark.parametrize(
    ("column", "off", "differs"),
    [
        ("estimate", 1e-7, False),
        ("estimate", 0.001, True),
        ("low", 0.005, False),
        ("high", 0.02, True),
        ("n", 1, True),
    ],
)
def test_each_column_has_the_tolerance_that_its_numbers_need(column, off, differs):
    was = pd.DataFrame({"genre": ["news"], "estimate": [0.5], "low": [0.25], "high": [0.75], "n": [12]})
    came = was.assign(**{column: was[column] + off})
    assert bool(stored.data(was, came)) == differs


def test_a_figure_that_is_missing_or_has_other_rows_is_a_difference(tmp_path):
    for folder, rows in (("was", 2), ("came", 3)):
        (tmp_path / folder).mkdir()
        pd.DataFrame({"n": range(rows)}).to_csv(tmp_path / folder / "a.csv", index=False)
    (tmp_path / "was" / "b.svg").write_text("<svg/>")
    assert stored.figures(tmp_path / "was", tmp_path / "came") == [
        "b.svg: only stored",
        "a.csv: 3 rows, not 2",
    ]


def drawn_again(name: str, worked_example: Path, out: Path, change: Callable[[Path], None]) -> list[str]:
    """How the figures of a notebook differ once ``change`` has been at the tables that it reads."""
    shutil.copytree(worked_example / "tables", out / "tables")
    change(out)
    (path,) = pipeline.NOTEBOOKS.glob(f"*-{name}.ipynb")
    values: dict = {}
    for cell in (c for c in nbformat.read(path, 4).cells if c.cell_type == "code"):
        exec(compile(cell.source, path.name, "exec"), values)
        if "parameters" in cell.metadata.get("tags", []):
            values |= {"corpus_dir": str(pipeline.PROJECT / "corpus"), "out_dir": str(out)}
    made = worked_example / "figures"
    was = out / "stored"
    for file in made.glob(f"{path.stem[:2]}-*"):
        results.link(file, was / file.name)
    return stored.figures(was, out / "figures")


def rewrite(out: Path, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    path = tables.table_path(out, name)
    changed = change(pd.read_parquet(path))
    path.unlink()
    changed.to_parquet(path, index=False)


def drop_an_outlet(out: Path) -> None:
    pages = pd.read_parquet(tables.table_path(out, "pages"))
    items = pd.read_parquet(tables.table_path(out, "items"))
    outlet = pages.merge(items, on="page_id")["outlet"].value_counts().index[0]
    gone = set(pages.loc[pages["outlet"] == outlet, "page_id"])
    lost = set(items.loc[items["page_id"].isin(gone), "item_id"])
    rewrite(out, "pages", lambda t: t[~t["page_id"].isin(gone)])
    for name in ("items", "voices", "sentences"):
        rewrite(out, name, lambda t: t[~t["item_id"].isin(lost)])


def shift_dates(out: Path) -> None:
    days = ["date_earliest", "date_latest"]
    year = pd.DateOffset(years=1)
    rewrite(out, "items", lambda t: t.assign(**{d: (t[d] + year).astype(t[d].dtype) for d in days}))


def flip_polarity(out: Path) -> None:
    rewrite(out, "sentiment", lambda t: t.assign(polarity=-t["polarity"]))


@pytest.mark.parametrize(
    ("name", "change", "notices"),
    [
        ("describe", lambda out: None, False),
        ("sentiment", lambda out: None, False),
        ("describe", drop_an_outlet, True),
        ("describe", shift_dates, True),
        ("sentiment", flip_polarity, True),
    ],
    ids=["nothing, 02", "nothing, 03", "an outlet dropped", "dates a year later", "the sign of polarity"],
)
def test_the_data_of_figures_tell_when_something_went_wrong_before_them(
    name, change, notices, worked_example, tmp_path
):
    differences = drawn_again(name, worked_example, tmp_path, change)
    assert bool([line for line in differences if ".csv: column" in line or "rows, not" in line]) == notices


def bars(svg: str) -> list[tuple[str, list[float]]]:
    """The bars of a figure that lie on their side, as drawn, with the places where they begin and end."""
    paths = re.findall(r'<g id="patch_\d+">\s*(<path d="M [^"]+z\s*"[^>]*>)', svg)
    across = [[float(x) for x in re.findall(r"[ML] (-?[\d.]+) ", path)] for path in paths]
    return [(path, [min(x), max(x)]) for path, x in zip(paths, across, strict=True)]


def swapped(svg: str) -> str:
    """A figure with the lengths of two of its bars exchanged."""
    found = bars(svg)
    one, other = next(
        (a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a[1][0] == b[1][0] and abs(a[1][1] - b[1][1]) > 1
    )
    long = {
        path: path.replace(f"{end[1]:g} ", f"{to[1]:g} ")
        for (path, end), (_, to) in ((one, other), (other, one))
    }
    return re.sub("|".join(map(re.escape, long)), lambda match: long[match[0]], svg)


def test_two_bars_that_changed_places_are_a_difference_in_the_drawing_and_in_the_data(tmp_path):
    svg = (pipeline.FIGURES / "04-targets.svg").read_text("utf-8")
    assert stored.drawn(svg, svg) == ""
    assert stored.drawn(svg, swapped(svg))
    was = pd.read_csv(pipeline.FIGURES / "04-targets.csv")
    came = was.copy()
    came.loc[[0, 1], "estimate"] = was.loc[[1, 0], "estimate"].to_numpy()
    assert stored.data(was, came)


def test_a_coordinate_off_by_a_rounding_is_no_difference():
    svg = (pipeline.FIGURES / "04-targets.svg").read_text("utf-8")
    path, (_, end) = bars(svg)[1]
    assert stored.drawn(svg, svg.replace(path, path.replace(f"{end:g} ", f"{end + 0.01:.2f} "))) == ""
    assert stored.drawn(svg, svg.replace(path, path.replace(f"{end:g} ", f"{end + 9:.2f} ")))
