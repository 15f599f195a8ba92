"""The main job: read a corpus, execute every notebook over it, bind the report.

A run works in ``OUT/.unfinished`` and takes its place in ``OUT`` only when all of it is whole, so a
run that fails or is interrupted leaves the results of the one before as they were; the tables that
it had finished are where the next run goes on.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from cuttings import corpus, execute, load, parameters, progress, report, tables
from cuttings.errors import CuttingsError, NotebookFailed

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = PROJECT / "notebooks"
FIGURES = PROJECT / "figures"
INVENTED = (
    "Its texts and codings were written for this project by language models, not by people: "
    "its numbers show the method, not history."
)
NUMBERED = "[0-9][0-9]-*"


@dataclass(frozen=True)
class Outcome:
    """What a run made: of its pages some were mended while reading, not read, or left out as copies."""

    report: Path
    n_pages: int
    n_items: int
    n_mended: int
    n_unread: int
    n_copies: int


def run(
    corpus_dir: str | Path,
    out_dir: str | Path,
    given: Mapping[str, str] | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    notebooks_dir: Path = NOTEBOOKS,
) -> Outcome:
    """Run the notebooks of ``notebooks_dir`` over a corpus and put what they make in ``out_dir``.

    ``given`` are notebook parameters as texts. Raises ``CuttingsError`` for wrong use, before
    anything is written, and ``NotebookFailed`` when a notebook raises.
    """
    corpus_dir, out = Path(corpus_dir), Path(out_dir).resolve()
    notebooks = find_notebooks(notebooks_dir)
    values = parameters.check(notebooks, given or {})
    opened = corpus.open_corpus(corpus_dir)
    _refuse_places(out, opened.root.resolve(), notebooks_dir)
    with _unfinished(out) as work:
        load.read_corpus(corpus_dir, work, jobs=jobs, scheduler=scheduler)
        for name in progress.bar(notebooks, desc="notebooks", unit="notebook"):
            _execute(name, notebooks[name], values[name], opened.root.resolve(), work, out, notebooks_dir)
        name, note = _called(opened)
        report.write(work, name, _settings(notebooks, values), note)
    return _outcome(out)


def refresh(notebooks_dir: Path = NOTEBOOKS, figures_dir: Path = FIGURES) -> list[str]:
    """Execute the notebooks as they stand and store them, with their figures, in the project.

    Returns their names. Raises ``NotebookFailed`` when one raises, or shows something that belongs
    to this machine or this run; nothing is stored then.
    """
    notebooks = find_notebooks(notebooks_dir)
    declared = {name: parameters.declared(notebook) for name, notebook in notebooks.items()}
    places = {(notebooks_dir / d["out_dir"].default).resolve() for d in declared.values()}
    for place in places:
        shutil.rmtree(place / "figures", ignore_errors=True)
        (place / "findings.json").unlink(missing_ok=True)
    executed = {}
    for name in progress.bar(notebooks, desc="notebooks", unit="notebook"):
        executed[name] = execute.run(name, notebooks[name], {}, notebooks_dir)
        _refuse_unrepeatable(name, executed[name])
    for name, notebook in executed.items():
        execute.write(notebook, notebooks_dir / f"{name}.ipynb")
    for place in places:
        _replace_folder(place / "figures", figures_dir)
    return list(executed)


def find_notebooks(folder: Path) -> dict[str, NotebookNode]:
    """The suite's notebooks by name, in their order. Raises ``CuttingsError`` where there is none."""
    paths = sorted(folder.glob(f"{NUMBERED}.ipynb"))
    if not paths:
        raise CuttingsError(
            f"no notebooks named like 01-load.ipynb in {folder}; the project's own are in {NOTEBOOKS}"
        )
    return {path.stem: execute.read(path) for path in paths}


def _execute(
    name: str,
    notebook: NotebookNode,
    values: Mapping[str, object],
    root: Path,
    work: Path,
    out: Path,
    notebooks_dir: Path,
) -> None:
    """Run a notebook on the corpus in ``root`` and store it in ``work`` as it will lie in ``out``.

    The stored copy states its places relative to itself, so that it runs where it lies. What a
    failing notebook did is kept in ``out``.
    """
    own = parameters.declared(notebook).keys() & parameters.SET_BY_OPTION.keys()
    passed = {"corpus_dir": str(root), "out_dir": str(work)}
    stated = {"corpus_dir": os.path.relpath(root, out / "notebooks"), "out_dir": ".."}
    try:
        executed = execute.run(name, notebook, {k: passed[k] for k in sorted(own)} | values, notebooks_dir)
    except NotebookFailed as failure:
        raise _kept(failure, out / "notebooks" / f"{name}-failed.ipynb") from failure.__cause__
    execute.state_parameters(executed, {k: stated[k] for k in sorted(own)} | values)
    execute.write(executed, work / "notebooks" / f"{name}.ipynb")


def _called(opened: corpus.Corpus) -> tuple[str, str]:
    """What the report calls a corpus, and what its readers must know of it first."""
    root = opened.root.resolve()
    return ("The worked example", INVENTED) if root == corpus.WORKED_EXAMPLE else (root.name, "")


def _settings(notebooks: Mapping[str, NotebookNode], values: Mapping[str, Mapping]) -> dict[str, object]:
    """Each parameter with the value that it had in this run, places left out."""
    settings: dict[str, object] = {}
    for name, notebook in notebooks.items():
        settings |= {
            p.name: p.default for p in parameters.declared(notebook).values() if p.name not in settings
        }
        settings |= values[name]
    return {k: v for k, v in settings.items() if k not in parameters.SET_BY_OPTION}


def _refuse_places(out: Path, root: Path, notebooks_dir: Path) -> None:
    corpus.refuse_out(out, root)
    if out / "notebooks" == notebooks_dir.resolve():
        raise CuttingsError(f"{out} holds the suite's own notebooks; name another folder with --out")


@contextmanager
def _unfinished(out: Path) -> Iterator[Path]:
    """The folder that a run works in; its contents move to ``out`` when the block ends well."""
    work = out / ".unfinished"
    try:
        work.mkdir(parents=True, exist_ok=True)
        handle = os.open(work / ".lock", os.O_CREAT | os.O_RDWR)
    except OSError as error:
        raise CuttingsError(
            f"cannot write to {out} ({error.strerror}); name another folder with --out"
        ) from error
    try:
        _lock(handle, out)
        for name in ("figures", "notebooks"):
            shutil.rmtree(work / name, ignore_errors=True)
        for name in ("findings.json", "report.html"):
            (work / name).unlink(missing_ok=True)
        if (out / "tables").is_dir() and not (work / "tables").exists():
            shutil.copytree(out / "tables", work / "tables", copy_function=_link)
        yield work
        for name in ("tables", "figures", "notebooks"):
            _replace_folder(work / name, out / name)
        for name in ("findings.json", "report.html"):
            _replace_file(work / name, out / name)
        shutil.rmtree(work)
    finally:
        os.close(handle)


def _lock(handle: int, out: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CuttingsError(
            f"another run is writing to {out}; wait for it or name another folder with --out"
        ) from None


def _link(source: str, target: str) -> None:
    """A second name for a file that nobody writes in place; a copy where the disk has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _replace_file(new: Path, old: Path) -> None:
    """Move ``new`` to ``old``; where this run made none, take away what an earlier one left."""
    if new.exists():
        os.replace(new, old)
    else:
        old.unlink(missing_ok=True)


def _replace_folder(new: Path, old: Path) -> None:
    """Move all files of ``new`` into ``old``, then take away what earlier runs left there."""
    files = sorted(p.relative_to(new) for p in new.rglob("*") if p.is_file())
    for file in files:
        (old / file).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new / file, old / file)
    for path in old.glob(NUMBERED):
        if path.is_file() and path.relative_to(old) not in files:
            path.unlink()


def _kept(failure: NotebookFailed, path: Path) -> NotebookFailed:
    """``failure`` with the executed part stored in ``path`` and named in the message."""
    execute.write(failure.notebook, path)
    return NotebookFailed(f"{failure} (executed so far: {path})")


def _refuse_unrepeatable(name: str, notebook: NotebookNode) -> None:
    """Raise ``NotebookFailed`` for an output that names a folder of this machine or holds a warning."""
    machine = {str(p) for p in (PROJECT, Path.home(), Path(sys.prefix), Path(tempfile.gettempdir()))}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = str(output)
            if output.get("name") == "stderr":
                raise NotebookFailed(
                    f"{name}.ipynb, cell [{cell.execution_count}]: prints to stderr: {output.text!r}"
                )
            if found := sorted(path for path in machine if f"{path}/" in text):
                raise NotebookFailed(
                    f"{name}.ipynb, cell [{cell.execution_count}]: its output names {found[0]}"
                )


def _outcome(out: Path) -> Outcome:
    pages = tables.query(
        out,
        """SELECT count(*), count(*) FILTER (problem <> '' AND status NOT IN ('empty', 'unreadable')),
                  count(*) FILTER (status IN ('empty', 'unreadable')), count(*) FILTER (status = 'duplicate')
           FROM pages""",
    )
    n_pages, n_mended, n_unread, n_copies = map(int, pages.iloc[0])
    n_items = int(tables.query(out, "SELECT count(*) FROM items").iloc[0, 0])
    return Outcome(out / "report.html", n_pages, n_items, n_mended, n_unread, n_copies)
