"""The command line: exit statuses, one line for every wrong use, and help that needs no waiting."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cuttings import cli, pipeline
from cuttings.corpus import WORKED_EXAMPLE

PAGES = {
    "pages/bins.txt": "Bins to go unemptied\n\nThe council said on Monday that the bins of the town will stay full. "
    "Drivers are short, a spokesman said, and vans are shorter.\n"
}


def run(*argv: object) -> int:
    """The exit status of ``cuttings ARGV``."""
    try:
        return cli.main([str(a) for a in argv])
    except SystemExit as ended:
        return ended.code


def complaint(capsys) -> str:
    """What was said on stderr, which must be one line."""
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    return said.strip()


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["reprot"], "unknown command 'reprot'; did you mean 'report'?"),
        ([], "COMMAND"),
        (["report", "--corpsu", "x"], "unknown argument '--corpsu'; did you mean '--corpus'?"),
        (["report", "--jobs", "none"], "needs a whole number from 1, not 'none'"),
        (["report", "--jobs", "0"], "needs a whole number from 1, not '0'"),
        (["report", "--cell-limit", "1.5"], "needs a whole number from 1, not '1.5'"),
        (["report", "--only", "stanse"], "no notebook 'stanse'; did you mean '04-stance'?"),
        (["report", "-p", "year_from"], "expected 2 arguments"),
        (["load", "--corpus", "x"], "required: --out"),
        (["check"], "required: DIR"),
        (["check", "a", "b"], "unknown argument 'b'"),
        (["report", "-p", "year_from", "2001", "--from", "2002"], "parameter year_from is given twice"),
        (
            ["report", "-p", "yaer_from", "2001"],
            "no notebook has a parameter 'yaer_from'; did you mean 'year_from'?",
        ),
        (
            ["report", "-p", "every", "quarterly"],
            "every must be one of month, quarter, year, not 'quarterly'",
        ),
        (
            ["report", "-p", "event_days", "2003-01-28 2003-1-9"],
            "event_days: '2003-1-9' is no day; write days as",
        ),
        (["report", "--from", "twothousand"], "year_from must be a whole number"),
        (["report", "--from", "2010", "--to", "2000"], "year_from 2010 is after year_to 2000"),
    ],
)
def test_wrong_use_ends_with_status_2_and_one_line_that_names_the_mend(
    argv, says, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert run(*argv) == 2
    assert says in complaint(capsys)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["load", "report"])
def test_a_folder_that_is_missing_or_empty_is_wrong_use(command, capsys, tmp_path):
    out = tmp_path / "out"
    assert run(command, "--corpus", tmp_path / "none", "--out", out) == 2
    assert "does not exist; name a folder that holds scraped pages" in complaint(capsys)
    (tmp_path / "letters").mkdir()
    assert run(command, "--corpus", tmp_path / "leters", "--out", out) == 2
    assert complaint(capsys).endswith(f"leters does not exist; did you mean '{tmp_path / 'letters'}'?")
    (tmp_path / "empty").mkdir()
    assert run(command, "--corpus", tmp_path / "empty", "--out", out) == 2
    assert "holds no pages" in complaint(capsys)
    assert not out.exists()


def test_a_fault_in_the_catalogue_stops_a_run_before_it_writes(capsys, tmp_path, corpus_of):
    corpus = corpus_of({**PAGES, "catalogue.csv": "page,date\nbins.txt,soon\nbus.txt,2003\n"})
    assert run("load", "--corpus", corpus, "--out", tmp_path / "out") == 2
    said = complaint(capsys)
    assert "catalogue.csv:2: cannot read the date 'soon'" in said
    assert f"1 more: run 'cuttings check {corpus}'" in said
    assert not (tmp_path / "out").exists()


def test_load_writes_the_tables_and_says_where(capsys, tmp_path, corpus_of):
    assert run("load", "--corpus", corpus_of(PAGES), "--out", tmp_path / "out") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out' / 'tables'}: pages, items, voices and sentences\n"
    assert {"pages", "items", "voices", "sentences"} <= {
        p.stem for p in (tmp_path / "out" / "tables").iterdir()
    }


def test_check_ends_with_0_where_nothing_is_wrong_and_with_1_where_something_is(capsys, tmp_path, corpus_of):
    corpus = corpus_of(PAGES)
    assert run("check", corpus) == 0
    assert capsys.readouterr().out == "nothing wrong: 1 page file\n"
    (corpus / "pages" / "empty.txt").touch()
    assert run("check", corpus) == 1
    assert capsys.readouterr().out == "pages/empty.txt:1: no text on the page\n"


@pytest.fixture
def with_notebook(monkeypatch, notebooks_of):
    """Lets ``cuttings report`` run one small notebook in place of the project's."""

    def use(code: str) -> None:
        folder, real = notebooks_of("01-small", ("md", "## Small"), ("code", code)), pipeline.run
        monkeypatch.setattr(pipeline, "run", lambda *args, **more: real(*args, notebooks_dir=folder, **more))

    return use


def test_report_says_where_it_is_and_what_it_read(capsys, tmp_path, corpus_of, with_notebook):
    with_notebook("print(year_from)")
    out, corpus = tmp_path / "out", corpus_of(PAGES)
    says = f"{out / 'report.html'}: 1 item from 1 page; 0 pages mended, 0 not read, 0 copies left out\n"
    assert run("report", "--corpus", corpus, "--out", out, "--from", 2002) == 0
    assert capsys.readouterr().out == says
    assert run("report", "--corpus", corpus, "--out", out, "--from", 2002) == 0
    assert capsys.readouterr().out == f"{says}nothing has changed since it was made; --force makes it anew\n"


def test_pages_without_text_are_nothing_to_report_on(capsys, tmp_path, corpus_of, monkeypatch):
    monkeypatch.setenv("CUTTINGS_QUIET", "1")
    corpus = corpus_of({"pages/a.txt": "\n", "pages/b.txt": ""})
    for _ in range(2):
        assert run("report", "--corpus", corpus, "--out", tmp_path / "out") == 2
        says = complaint(capsys)
        assert f"no page of {corpus} holds any text" in says
        assert f"'cuttings check {corpus}' tells" in says
    assert run("check", corpus) == 1


def test_a_report_is_made_of_a_few_sentences_that_nobody_dated(capsys, tmp_path, corpus_of):
    assert run("report", "--corpus", corpus_of(), "--out", tmp_path / "out") == 0
    assert "2 items from 3 pages" in capsys.readouterr().out


def test_a_failing_notebook_ends_with_status_1_and_one_line(
    capsys, tmp_path, corpus_of, with_notebook, monkeypatch
):
    monkeypatch.setenv("CUTTINGS_QUIET", "1")
    with_notebook("1 / 0")
    assert run("report", "--corpus", corpus_of(PAGES), "--out", tmp_path / "out") == 1
    said = "cuttings: 01-small.ipynb, section 'Small', cell [2]: ZeroDivisionError: division by zero"
    assert complaint(capsys).startswith(said)


def test_an_interrupted_run_ends_with_status_130_and_one_line(capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", interrupted)
    assert run("report") == 130
    assert "interrupted" in complaint(capsys)


def test_a_report_without_options_is_of_the_worked_example_into_build(monkeypatch):
    asked = []
    monkeypatch.setattr(
        pipeline, "run", lambda *args, **_: asked.append(args) or pipeline.Outcome(None, 0, 0, 0, 0, 0)
    )
    assert run("report") == 0
    assert asked == [(WORKED_EXAMPLE, Path("build"), {}, None, None)]


@pytest.mark.parametrize("command", [[], ["report"], ["load"], ["check"], ["refresh"]])
def test_every_command_has_help(command, capsys):
    assert run(*command, "--help") == 0
    assert "usage: cuttings" in capsys.readouterr().out


def test_help_is_there_without_loading_the_libraries_of_the_analysis():
    code = "import sys; from cuttings import cli; cli._parser().format_help(); print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
