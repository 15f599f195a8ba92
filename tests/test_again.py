"""What a run does again, and what it leaves as it is; what a notebook needs; what code is behind what."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cuttings import dag, pipeline, sources
from cuttings.errors import NotebookFailed

TABLE = "from pathlib import Path\nfrom cuttings import text\n_ = Path(out_dir, 'tables', 'note.txt').write_text('{}')"
NOTEBOOKS = {
    "01-text": (("md", "# 01 · Text?"), ("code", TABLE.format("one"))),
    "02-errors": (("md", "# 02 · Errors?"), ("code", "print(year_from)")),
    "03-turns": (
        ("md", "# 03 · Turns?"),
        ("code", "from cuttings import text, turns\nprint(open(f'{out_dir}/tables/note.txt').read())"),
    ),
}


@pytest.fixture
def runs(tmp_path, corpus_of, notebooks_of):
    """Runs three notebooks, the third of which needs the first; ``changed`` takes the place of theirs."""
    corpus = corpus_of()

    def run(changed: dict[str, tuple] | None = None, given: dict[str, str] | None = None, **more) -> tuple:
        shutil.rmtree(tmp_path / "notebooks", ignore_errors=True)
        for name, cells in (NOTEBOOKS | (changed or {})).items():
            notebooks_of(name, *cells)
        return pipeline.run(corpus, tmp_path / "out", given, notebooks_dir=tmp_path / "notebooks", **more).run

    return run


def cell(source: str) -> tuple:
    return (("md", "# 0 · Changed?"), ("code", source))


def test_what_has_not_changed_is_not_run_again(runs, tmp_path):
    assert runs() == ("01-text", "02-errors", "03-turns")
    report = (tmp_path / "out" / "report.html").stat()
    assert runs() == ()
    assert (tmp_path / "out" / "report.html").stat().st_mtime_ns == report.st_mtime_ns
    assert runs(force=True) == ("01-text", "02-errors", "03-turns")


def test_a_changed_notebook_is_run_again_and_what_needs_it_only_if_its_tables_changed(runs, tmp_path):
    runs()
    assert runs({"02-errors": cell("print('other')")}) == ("02-errors",)
    prose = (("md", "# 01 · Another title?"), ("code", TABLE.format("one")))
    assert runs({"01-text": prose}) == ("01-text", "02-errors")
    assert runs({"01-text": cell(TABLE.format("two"))}) == ("01-text", "03-turns")
    assert (tmp_path / "out" / "tables" / "note.txt").read_text() == "two"
    assert "two" in (tmp_path / "out" / "notebooks" / "03-turns.ipynb").read_text()


def test_pages_parameters_and_harmed_results_are_inputs_too(runs, tmp_path):
    runs()
    assert runs(given={"year_from": "2001"}) == ("01-text", "02-errors", "03-turns")
    (tmp_path / "out" / "notebooks" / "02-errors.ipynb").write_text("{}")
    assert runs(given={"year_from": "2001"}) == ("02-errors",)
    (tmp_path / "corpus" / "pages" / "bins.txt").write_text(
        "Bins\n\nThe bins of the town are full of snow now.\n"
    )
    assert runs(given={"year_from": "2001"}) == ("01-text", "02-errors", "03-turns")


def test_one_notebook_alone_is_run_with_what_it_needs_and_the_others_stay(runs, tmp_path):
    assert runs(only=["turns"]) == ("01-text", "03-turns")
    assert not (tmp_path / "out" / "notebooks" / "02-errors.ipynb").exists()
    assert runs() == ("02-errors",)
    stored = (tmp_path / "out" / "notebooks" / "02-errors.ipynb").read_bytes()
    changed = {"02-errors": cell("print('other')")}
    assert runs(changed, only=["03"]) == ("03-turns",)
    assert (tmp_path / "out" / "notebooks" / "02-errors.ipynb").read_bytes() == stored
    assert runs(changed) == ("02-errors",)


def test_a_failure_lets_the_others_finish_and_the_next_run_makes_only_what_is_missing(runs):
    with pytest.raises(NotebookFailed) as failure:
        runs({"01-text": cell("from cuttings import text\n1 / 0")})
    lines = str(failure.value).splitlines()
    assert lines[0].startswith("01-text.ipynb, section '0 · Changed?', cell [2]: ZeroDivisionError")
    assert lines[1:] == ["03-turns.ipynb was not run: it needs 01-text"]
    assert runs() == ("01-text", "03-turns")


def test_a_failure_names_the_last_place_in_the_project_s_code(runs):
    with pytest.raises(
        NotebookFailed, match=r"cell \[2\], lib/cuttings/edtf\.py:\d+ in parse: EdtfError: cannot read"
    ):
        runs({"02-errors": cell("from cuttings import edtf\nedtf.parse('soon')")})


def test_a_cell_that_takes_longer_than_it_may_is_a_failure(runs):
    slow = {"02-errors": cell("import time\ntime.sleep(60)")}
    with pytest.raises(
        NotebookFailed, match=r"02-errors\.ipynb.*cell \[2\]: took longer than 1 s; allow more"
    ):
        runs(slow, cell_limit=1)


def test_notebooks_that_do_not_need_each_other_run_side_by_side(runs, tmp_path):
    meet = (
        "import time\nfrom pathlib import Path\nhere = Path({!r})\n(here / '{}').touch()\nuntil = time.time() + 60\n"
        "while not (here / '{}').exists() and time.time() < until: time.sleep(0.05)\nprint((here / '{}').exists())"
    )
    both = {
        "01-text": cell(meet.format(str(tmp_path), "a", "b", "b")),
        "02-errors": cell(meet.format(str(tmp_path), "b", "a", "a")),
        "03-turns": cell("print(1)"),
    }
    runs(both, jobs=2)
    for name in ("01-text", "02-errors"):
        assert "True" in (tmp_path / "out" / "notebooks" / f"{name}.ipynb").read_text()


def test_two_notebooks_may_not_make_one_table_differently(runs):
    other = "from pathlib import Path\n_ = Path(out_dir, 'tables', 'note.txt').write_text('other')"
    with pytest.raises(
        NotebookFailed, match=r"01-text and 02-errors both make tables/note\.txt, and not alike"
    ):
        runs({"02-errors": cell(other), "03-turns": cell("print(1)")})


def test_the_suite_s_notebooks_need_those_whose_steps_they_import():
    notebooks = pipeline.find_notebooks(pipeline.NOTEBOOKS)
    needs = dag.needs({name: pipeline.inputs.code(stored) for name, stored in notebooks.items()})
    assert needs["01-load"] == ()
    for name in ("02-describe", "03-sentiment", "04-stance"):
        assert "01-load" in needs[name]
    assert {"01-load", "03-sentiment", "04-stance"} <= set(needs["05-timeline"])


@pytest.fixture
def package(corpus_of) -> Path:
    """A package ``cuttings`` with a step that imports a shared module inside a function, and data."""
    files = {
        "__init__.py": "",
        "shared.py": "import numpy",
        "alone.py": "",
        "report.css": "",
        "step/__init__.py": "from cuttings.step.own import f",
        "step/own.py": "def f():\n    from .. import shared",
        "step/models/weights.bin": "1",
        "other/__init__.py": "",
    }
    return corpus_of(files, "cuttings")


def test_the_code_behind_a_step_is_what_it_imports_and_the_data_beside_it(package):
    found = {p.relative_to(package).as_posix() for p in sources.files(["cuttings.step"], package)}
    assert found == {"__init__.py", "shared.py", "step/__init__.py", "step/own.py", "step/models/weights.bin"}
    assert sources.outside([package / "shared.py"]) == ["numpy"]


@pytest.mark.parametrize(
    ("file", "matters"),
    [
        ("shared.py", True),
        ("step/own.py", True),
        ("step/models/weights.bin", True),
        ("alone.py", False),
        ("other/__init__.py", False),
        ("report.css", False),
    ],
)
def test_the_checksum_of_code_changes_with_what_runs_and_with_nothing_else(package, file, matters):
    before = sources.state(["cuttings.step"], package)
    (package / file).write_text("x = 1  # changed")
    assert (sources.state(["cuttings.step"], package) != before) == matters


def test_the_checksum_of_code_changes_with_the_lock(package, tmp_path, monkeypatch):
    before = sources.state(["cuttings.step"], package)
    (tmp_path / "lock").write_text("numpy==1\n")
    monkeypatch.setattr(sources, "LOCK", tmp_path / "lock")
    assert sources.state(["cuttings.step"], package) != before
