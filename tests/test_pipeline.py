"""The main job on small folders: what it makes, what it refuses, what it leaves alone."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import lxml.html
import nbformat
import pytest

from cuttings import execute, kernel, pipeline
from cuttings.errors import CuttingsError, NotebookFailed

OTHER = {
    "pages/only.txt": "Bins to go unemptied\n\nThe council said on Monday that the bins of the town will stay full. "
    "Drivers are short, a spokesman said, and vans are shorter.\n"
}


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder``, by its path."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def made(suite, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("made")
    pipeline.run(suite / "corpus", out, {"year_to": "2008"}, notebooks_dir=suite / "notebooks")
    return out


def test_a_run_makes_what_the_contract_names_and_nothing_beside_it(made):
    assert {
        "notebooks",
        "tables",
        "figures",
        "findings.json",
        "provenance.json",
        "report.html",
    } <= {p.name for p in made.iterdir()}
    assert not {p.name for p in made.iterdir()} - {
        "notebooks",
        "tables",
        "figures",
        "findings.json",
        "provenance.json",
        "report.html",
        "report.pdf",
    }
    assert {p.name for p in (made / "figures").iterdir()} == {"01-line.svg", "01-line.csv"}
    assert {p.name for p in (made / "notebooks").iterdir()} == {"01-count.ipynb"}


def test_a_run_tells_how_much_was_read(tmp_path, corpus_of, notebooks_of):
    notebooks = notebooks_of("01-light", ("code", "print(1)"))
    out = tmp_path / "out"
    mended = (
        "Les caf\xe9s\n\nA caf\xe9 shut on Monday, said its owner. Nobody was told why it had to.\n".encode(
            "cp1252"
        )
    )
    corpus = corpus_of()
    (corpus / "pages" / "cafe.txt").write_bytes(mended)
    shutil.copy(corpus / "pages" / "bins.txt", corpus / "pages" / "copy.txt")
    outcome = pipeline.run(corpus, out, notebooks_dir=notebooks)
    assert outcome == pipeline.Outcome(
        out / "report.html", n_pages=5, n_items=3, n_mended=1, n_unread=1, n_copies=1, run=("01-light",)
    )


def test_two_runs_give_the_same_bytes(made, suite, tmp_path):
    out = tmp_path / "again"
    pipeline.run(suite / "corpus", out, {"year_to": "2008"}, notebooks_dir=suite / "notebooks")
    first, second = sums(made), sums(out)
    place = {
        "notebooks/01-count.ipynb",
        "provenance.json",
    }  # hold the way from OUT to the corpus, which differs here
    assert {k: v for k, v in second.items() if k not in place} == {
        k: v for k, v in first.items() if k not in place
    }


def test_a_notebook_gets_the_parameters_that_were_given(made):
    stored = nbformat.read(made / "notebooks" / "01-count.ipynb", 4)
    printed = [o.text for c in stored.cells for o in c.get("outputs", []) if o.output_type == "stream"]
    assert printed == ["items read: 2 pages shown: 2000 to 2008\n"]


def test_a_stored_notebook_holds_no_time_and_no_folder_of_this_machine(made, suite):
    text = (made / "notebooks" / "01-count.ipynb").read_text("utf-8")
    stored = json.loads(text)
    assert set(stored["metadata"]) == {"kernelspec", "language_info"}
    assert stored["metadata"]["language_info"] == {"name": "python"}
    assert {key for cell in stored["cells"] for key in cell["metadata"]} == {"tags"}
    assert "papermill" not in text
    assert str(made) not in text
    assert str(suite) not in text


def test_cells_are_numbered_as_if_no_parameters_had_been_injected(made):
    cells = nbformat.read(made / "notebooks" / "01-count.ipynb", 4).cells
    numbers = {
        "injected" if "injected-parameters" in c.metadata.get("tags", []) else c.id: c.execution_count
        for c in cells
        if c.cell_type == "code"
    }
    assert numbers == {"parameters": 1, "injected": None, "cell-1": 2, "cell-2": 3}
    shown = lxml.html.parse(made / "report.html").xpath("//details[@class='code']/summary/text()")
    assert [text for text in shown if "[" in text] == ["Code [2]", "Code [3]"]


def test_a_stored_notebook_runs_where_it_lies(made, suite):
    cells = nbformat.read(made / "notebooks" / "01-count.ipynb", 4).cells
    injected = next(c.source for c in cells if "injected-parameters" in c.metadata.get("tags", []))
    values: dict = {}
    exec(injected, values)
    assert (made / "notebooks" / values["out_dir"]).resolve() == made
    assert (made / "notebooks" / values["corpus_dir"]).resolve() == suite / "corpus"


def test_findings_and_figures_of_an_earlier_run_do_not_stay(made, suite, tmp_path, notebooks_of):
    shutil.copytree(made, tmp_path / "out")
    (tmp_path / "out" / "figures" / "my own.svg").write_text("kept", "utf-8")
    other = notebooks_of("02-other", ("code", "print(1)"))
    pipeline.run(suite / "corpus", tmp_path / "out", notebooks_dir=other)
    assert {p.name for p in (tmp_path / "out" / "figures").iterdir()} == {"my own.svg"}
    assert {p.name for p in (tmp_path / "out" / "notebooks").iterdir()} == {"02-other.ipynb"}
    assert not (tmp_path / "out" / "findings.json").exists()


def test_a_failing_notebook_is_named_with_section_cell_and_error(suite, tmp_path, notebooks_of):
    broken = notebooks_of("03-broken", ("code", "x = 1"), ("md", "## Voices\n\nText."), ("code", "x / 0"))
    with pytest.raises(NotebookFailed) as failure:
        pipeline.run(suite / "corpus", tmp_path / "out", notebooks_dir=broken)
    kept = tmp_path / "out" / "notebooks" / "03-broken-failed.ipynb"
    assert str(failure.value) == (
        f"03-broken.ipynb, section 'Voices', cell [3]: ZeroDivisionError: division by zero (executed so far: {kept})"
    )
    failed = next(c for c in nbformat.read(kept, 4).cells if any("ename" in o for o in c.get("outputs", [])))
    assert [o.ename for o in failed.outputs] == ["ZeroDivisionError"]
    assert failed.execution_count == 3


def test_a_kernel_that_dies_is_a_failing_notebook(suite, tmp_path, notebooks_of):
    broken = notebooks_of("03-dies", ("md", "## End"), ("code", "import os; os._exit(9)"))
    with pytest.raises(
        NotebookFailed, match=r"^03-dies\.ipynb, section 'End', cell \[2\]: its kernel stopped"
    ):
        pipeline.run(suite / "corpus", tmp_path / "out", notebooks_dir=broken)


def test_a_failing_run_leaves_what_was_whole(made, tmp_path, notebooks_of, corpus_of):
    out = shutil.copytree(made, tmp_path / "out")
    broken = notebooks_of("01-count", ("code", "raise ValueError('no')"))
    with pytest.raises(NotebookFailed):
        pipeline.run(corpus_of(OTHER, "other"), out, notebooks_dir=broken)
    whole = sums(made)
    assert {k: v for k, v in sums(out).items() if k in whole} == whole


def test_the_run_after_a_failed_one_goes_on_from_its_tables(tmp_path, notebooks_of, corpus_of):
    out, other = tmp_path / "out", corpus_of(OTHER, "other")
    with pytest.raises(NotebookFailed):
        pipeline.run(other, out, notebooks_dir=notebooks_of("01-count", ("code", "raise ValueError('no')")))
    read_when = (out / ".unfinished" / "reading" / "tables" / "items.parquet").stat().st_mtime_ns
    pipeline.run(other, out, notebooks_dir=notebooks_of("01-count", ("code", "print(1)")))
    assert (out / "tables" / "items.parquet").stat().st_mtime_ns == read_when
    assert not (out / ".unfinished").exists()
    assert {p.name for p in (out / "notebooks").iterdir()} == {"01-count.ipynb"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"year_form": "2001"}, "no notebook has a parameter 'year_form'; did you mean 'year_from'?"),
        ({"year_from": "twothousand"}, "year_from must be a whole number (such as 2000), not 'twothousand'"),
        ({"year_from": "2011"}, "year_from 2011 is after year_to 2010; give the earlier year to --from"),
        ({"corpus_dir": "x"}, "parameter corpus_dir is set with --corpus, not with -p"),
    ],
)
def test_a_wrong_parameter_is_refused_before_anything_is_written(suite, tmp_path, given, says):
    with pytest.raises(CuttingsError) as error:
        pipeline.run(suite / "corpus", tmp_path / "out", given, notebooks_dir=suite / "notebooks")
    assert says in str(error.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("pages", [{}, {"notes.doc": "x"}])
def test_a_folder_without_pages_is_refused_before_anything_is_written(suite, tmp_path, pages, corpus_of):
    (tmp_path / "corpus").mkdir()
    with pytest.raises(CuttingsError, match="holds no pages"):
        pipeline.run(corpus_of(pages), tmp_path / "out", notebooks_dir=suite / "notebooks")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("place", [".", "pages", "pages/out"])
def test_results_may_not_lie_in_the_corpus_or_among_its_pages(place, suite, corpus_of):
    corpus = corpus_of()
    before = sums(corpus)
    with pytest.raises(CuttingsError, match="belongs to the corpus; name another folder with --out"):
        pipeline.run(corpus, corpus / place, notebooks_dir=suite / "notebooks")
    assert sums(corpus) == before


def test_results_may_not_lie_in_a_bare_folder_of_pages(suite, corpus_of):
    bare = corpus_of({"a.txt": "One page\n\nIt says little.\n"})
    with pytest.raises(CuttingsError, match="belongs to the corpus"):
        pipeline.run(bare, bare, notebooks_dir=suite / "notebooks")


def test_results_may_not_replace_the_suite_s_own_notebooks(suite):
    with pytest.raises(CuttingsError, match="holds the suite's own notebooks"):
        pipeline.run(suite / "corpus", suite, notebooks_dir=suite / "notebooks")


def test_a_folder_that_cannot_be_written_is_one_line(suite, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(CuttingsError, match=r"cannot write to .*file.*; name another folder with --out"):
        pipeline.run(suite / "corpus", tmp_path / "file", notebooks_dir=suite / "notebooks")


def test_two_runs_do_not_write_one_folder_at_the_same_time(suite, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "PATIENCE", 0.2)
    (tmp_path / ".unfinished").mkdir()
    other_run = os.open(tmp_path / ".unfinished" / ".lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(other_run, fcntl.LOCK_EX)
    with pytest.raises(CuttingsError, match="another run is writing to"):
        pipeline.run(suite / "corpus", tmp_path, notebooks_dir=suite / "notebooks")
    os.close(other_run)


def test_a_kernel_is_the_python_that_runs_the_suite_and_draws_no_bar(tmp_path, notebooks_of):
    code = "import os, sys\nprint(sys.executable)\nprint(os.environ['CUTTINGS_QUIET'])\nprint(os.getcwd())"
    folder = notebooks_of("01-where", ("code", code))
    before = dict(os.environ)
    executed = execute.run("01-where", execute.read(folder / "01-where.ipynb"), {}, folder, tmp_path)
    printed = executed.cells[-1].outputs[0].text.splitlines()
    assert [Path(printed[0]).resolve(), printed[1], printed[2]] == [
        Path(sys.executable).resolve(),
        "1",
        str(folder),
    ]
    assert dict(os.environ) == before


def test_refresh_stores_executed_notebooks_and_figures(suite, tmp_path, corpus_of):
    corpus_of()
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "01-count.ipynb").write_bytes((suite / "notebooks" / "01-count.ipynb").read_bytes())
    assert pipeline.refresh(folder, tmp_path / "figures") == ["01-count"]
    stored = (folder / "01-count.ipynb").read_bytes()
    assert [c.execution_count for c in nbformat.reads(stored, 4).cells if c.cell_type == "code"] == [1, 2, 3]
    assert {p.name for p in (tmp_path / "figures").iterdir()} == {"01-line.svg", "01-line.csv"}
    pipeline.refresh(folder, tmp_path / "figures")
    assert (folder / "01-count.ipynb").read_bytes() == stored


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os; print(os.getcwd() + '/x')", "its output names"),
        ("import warnings; warnings.warn('old')", "prints to stderr"),
    ],
)
def test_refresh_stores_nothing_that_another_machine_would_show_otherwise(
    tmp_path, notebooks_of, corpus_of, code, says
):
    corpus_of()
    folder = notebooks_of("01-local", ("code", code))
    before = sums(folder)
    with pytest.raises(NotebookFailed, match=says):
        pipeline.refresh(folder, tmp_path / "figures")
    assert sums(folder) == before


@pytest.mark.parametrize(("folder", "transport"), [("/tmp", "ipc"), ("/tmp/" + "deep/" * 20, "tcp")])
def test_a_kernel_takes_ports_only_where_sockets_would_lie_too_deep(monkeypatch, folder, transport):
    monkeypatch.setattr("tempfile.tempdir", folder)
    assert kernel.manager(None)().transport == transport
