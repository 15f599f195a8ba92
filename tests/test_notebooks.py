"""The form of the stored notebooks: what nbval does not see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from cuttings import findings, parameters
from cuttings.pipeline import NOTEBOOKS

STORED = sorted(NOTEBOOKS.glob("[0-9][0-9]-*.ipynb"))
COUNTED = (
    (
        "items? pages? sentences? statements? words? voices? letters? leaders? reports? posts? comments? outlets? "
        "speakers? writers? targets? coders? codings? figures? events? months? years? cases? per_cent percent %"
    )
    .replace("_", " ")
    .split()
)
NUMBERS = (
    "three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty hundred thousand half"
).split()
COUNT = re.compile(
    rf"\b(\d[\d.,]*|{'|'.join(NUMBERS)})[ -]+(?:(?!and|to|or|of|every|each|all|the|a)[\w-]+ )?(?:{'|'.join(COUNTED)})(?!\w)",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OF_THE_METHOD = re.compile(r"95 % (interval|band|confidence)|\((?:[^()]* )?(?:19|20)\d\d[a-z]?\)|`[^`]*`")
"""What is the same on every corpus: the level of an interval, a year that a source was published in, code."""
OF_THE_README = {"five items", "2000", "2010"}
"""Below five items no interval is drawn, on any corpus; 2000 to 2010 are the years of the question."""
SILENT = {"read_corpus", "score", "record"}
"""Functions that a cell may end with although they show nothing."""
EXPECTED = [
    parameters.Parameter("corpus_dir", str, "../corpus"),
    parameters.Parameter("out_dir", str, "../build/lab"),
    parameters.Parameter("year_from", int, 2000),
    parameters.Parameter("year_to", int, 2010),
]


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Cells not executed 1..n in order, and cells that end in something to show without an output."""
    found = []
    for number, cell in enumerate(code_cells(notebook), 1):
        if cell.execution_count != number:
            found.append(f"cell {number} has the execution count {cell.execution_count}")
        if _shows(cell.source) and not cell.outputs:
            found.append(f"cell {number} shows something but has no stored output")
    return found


def _shows(source: str) -> bool:
    last = ast.parse(source).body[-1] if source.strip() else None
    if not isinstance(last, ast.Expr):
        return False
    called = last.value.func if isinstance(last.value, ast.Call) else None
    return getattr(called, "attr", getattr(called, "id", "")) not in SILENT


def example() -> nbformat.NotebookNode:
    """A notebook of two executed cells, the second with an output."""
    shown = nbformat.v4.new_output("stream", text="2\n")
    cells = [
        nbformat.v4.new_code_cell("x = 1", execution_count=1),
        nbformat.v4.new_code_cell("print(x + 1)", execution_count=2, outputs=[shown]),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_notebook_executed_in_order_has_no_fault():
    assert faults(example()) == []


def test_cleared_outputs_are_a_fault():
    notebook = example()
    notebook.cells[1].outputs = []
    assert faults(notebook) == ["cell 2 shows something but has no stored output"]


def test_execution_out_of_order_is_a_fault():
    notebook = example()
    notebook.cells[1].execution_count = 3
    assert faults(notebook) == ["cell 2 has the execution count 3"]


def numbers_of_the_corpus(prose: str) -> list[str]:
    """Counts of what a corpus holds, shares in per cent and years, as typed in ``prose``."""
    plain = OF_THE_METHOD.sub("", prose)
    return [match[0] for pattern in (COUNT, YEAR) for match in pattern.finditer(plain)]


@pytest.mark.parametrize(
    ("prose", "typed"),
    [
        ("The 218 items come from twelve outlets.", ["218 items", "twelve outlets"]),
        ("About 40 % of 1,204 quoted sentences are angry.", ["40 %", "1,204 quoted sentences"]),
        ("Mood fell in 2004.", ["2004"]),
        ("The bar is its 95 % interval (Hardie 2014); see `02-words` for one item in `2004 pages`.", []),
        ("Alpha of .80 is asked for. From −1 to 1; every sentence of each item.", []),
    ],
)
def test_a_number_of_the_corpus_in_prose_is_noticed_and_one_of_the_method_is_not(prose, typed):
    assert numbers_of_the_corpus(prose) == typed


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_no_number_of_the_corpus_is_typed_in_a_notebook_s_prose(path: Path):
    cells = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    assert [found for source in cells for found in numbers_of_the_corpus(source)] == []


def test_the_readme_s_numbers_of_the_worked_example_are_its_findings(worked_example):
    """The README writes such a number as ``12.3 [1, 2] unit<!-- notebook/finding -->``, or types none."""
    text = (NOTEBOOKS.parent / "README.md").read_text("utf-8")
    written = {f"{f['notebook']}/{f['name']}": findings.written(f) for f in findings.load(worked_example)}
    marked = re.findall(r"\*\*([^*]+)\*\*<!-- (\S+) -->", text)
    assert {name: said for said, name in marked} == {name: written.get(name) for _, name in marked}
    unmarked = re.sub(r"\*\*[^*]+\*\*<!-- \S+ -->|```.*?```", "", text, flags=re.DOTALL)
    assert [n for n in numbers_of_the_corpus(unmarked) if n not in OF_THE_README] == []


def test_there_is_a_notebook_for_every_step_under_its_name():
    rooms = {
        p.name for p in (NOTEBOOKS.parent / "lib" / "cuttings").iterdir() if (p / "__init__.py").exists()
    }
    assert {path.stem[3:] for path in STORED} == rooms - {"report", "encoder"}


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_a_stored_notebook_was_executed_in_order_and_kept_its_outputs(path: Path):
    assert faults(nbformat.read(path, 4)) == []


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_a_stored_notebook_is_as_refresh_stores_it(path: Path):
    stored = nbformat.read(path, 4)
    assert set(stored.metadata) == {"kernelspec", "language_info"}
    assert {key for cell in stored.cells for key in cell.metadata} <= {"tags", "jupyter"}


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_a_notebook_declares_the_parameters_of_the_suite(path: Path):
    assert list(parameters.declared(nbformat.read(path, 4)).values())[:4] == EXPECTED


@pytest.mark.parametrize("page", ["README.md", "notebooks/README.md"])
def test_the_question_of_every_notebook_stands_where_readers_choose_one(page):
    text = (NOTEBOOKS.parent / page).read_text("utf-8")
    listed = re.findall(r"\| \[(\S+)\]\(\S+\) \| (.+) \|", text)
    titles = {p.stem: nbformat.read(p, 4).cells[0].source.splitlines()[0] for p in STORED}
    assert {name: f"# {name[:2]} · {question}" for name, question in listed} == titles


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_a_notebook_has_its_bones(path: Path):
    notebook = nbformat.read(path, 4)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert notebook.cells[0].source.startswith(f"# {path.stem[:2]} · ")
    assert "## How far can this be trusted?" in prose
    assert "## In short" in prose


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_a_notebook_defines_nothing_and_keeps_its_cells_short(path: Path):
    cells = code_cells(nbformat.read(path, 4))
    defined = [
        n
        for c in cells
        for n in ast.walk(ast.parse(c.source))
        if isinstance(n, ast.FunctionDef | ast.ClassDef)
    ]
    assert not defined
    assert max(len(cell.source.splitlines()) for cell in cells) <= 20
