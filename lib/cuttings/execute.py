"""Execute one notebook with papermill, and leave nothing in it that the clock or the machine put there."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from papermill.exceptions import PapermillExecutionError
from papermill.translators import translate_parameters

from cuttings.errors import NotebookFailed

IMPORT_ROOT = Path(__file__).resolve().parents[1]
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
KEPT_CELL_METADATA = {"tags", "jupyter"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"^File (.+?):(\d+), in (\w+)", re.MULTILINE)
ERROR_MARK = "papermill-error-cell-tag"

logging.getLogger("papermill").setLevel(logging.CRITICAL)


def read(path: Path) -> NotebookNode:
    """The notebook in ``path``, each cell with an id that is the same at every reading."""
    notebook = nbformat.read(path, as_version=4)
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)
    for position, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{position}")
    return notebook


def run(
    name: str,
    notebook: NotebookNode,
    values: Mapping[str, object],
    folder: Path,
    scratch: Path,
    seconds: int | None = None,
    kernels: type | None = None,
) -> NotebookNode:
    """``notebook`` executed in ``folder`` with ``values`` for its parameters, tidied.

    Papermill writes down in ``scratch`` how far it is; a cell may take ``seconds``. ``kernels`` is
    the class of kernel managers to start the kernel with, if not the usual one. The kernel is silent
    (``CUTTINGS_QUIET``) and draws without a screen. Raises ``NotebookFailed``, which names notebook,
    section, cell, place in the project's code and error and has the executed part in ``.notebook``.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    output = scratch / f".{name}-running.ipynb"
    own = {"kernel_manager_class": kernels} if kernels else {}
    try:
        with _kernel_environment():
            papermill.execute_notebook(
                notebook,
                re.sub(r"([{}])", r"\1\1", str(output)),  # papermill takes paths for templates
                dict(values),
                cwd=folder,
                progress_bar=False,
                kernel_name=KERNEL["name"],
                language=KERNEL["language"],
                execution_timeout=seconds,
                coalesce_streams=True,
                shutdown_kernel="immediate",
                extra_arguments=["--log-level=ERROR"],  # else it warns of its unencrypted local port
                **own,
            )
        return tidy(read(output))
    except PapermillExecutionError as error:
        says = f"{error.ename}: {_one_line(error.evalue)}"
        raise _failure(name, output, says, last_frame(error.traceback)) from error
    except CellTimeoutError as error:
        says = f"took longer than {seconds} s; allow more with --cell-limit"
        raise _failure(name, output, says) from error
    except RuntimeError as error:
        raise _failure(name, output, f"its kernel stopped: {_one_line(str(error))}") from error
    finally:
        output.unlink(missing_ok=True)


def last_frame(traceback: Iterable[str]) -> str:
    """The last place in the project's own code that IPython's ``traceback`` names; empty if none.

    Such as ``lib/cuttings/load/page.py:45 in read_page``.
    """
    text = COLOUR.sub("", "\n".join(traceback))
    for path, line, function in reversed(FRAME.findall(text)):
        place = Path(path).expanduser()
        if place.is_relative_to(IMPORT_ROOT / "cuttings"):
            return f"{place.relative_to(IMPORT_ROOT.parent).as_posix()}:{line} in {function}"
    return ""


def tidy(notebook: NotebookNode) -> NotebookNode:
    """``notebook`` without times, versions and papermill's notes: the same bytes at every run.

    Its cells are numbered as JupyterLab's Run All numbers them, which knows no injected parameters.
    """
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(name="python")
    )
    notebook.cells = [c for c in notebook.cells if ERROR_MARK not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        kept = {k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA and v}
        if "injected-parameters" in kept.get("tags", []):
            cell.id = "injected-parameters"
        cell.metadata = NotebookNode(kept)
    _renumber(notebook)
    return notebook


def _renumber(notebook: NotebookNode) -> None:
    """Take the injected cell's number away and each later one down by one."""
    injected = 0
    for cell in (c for c in notebook.cells if c.cell_type == "code"):
        if "injected-parameters" in cell.metadata.get("tags", []):
            injected, cell.execution_count = 1, None
        for numbered in (cell, *cell.outputs):
            if numbered.get("execution_count"):
                numbered.execution_count -= injected


def state_parameters(notebook: NotebookNode, values: Mapping[str, object]) -> None:
    """Let the injected cell of an executed ``notebook`` state ``values`` in place of those it ran with."""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = translate_parameters(KERNEL["name"], "python", dict(values), "Parameters").strip()


def write(notebook: NotebookNode, path: Path) -> None:
    """Write ``notebook`` to ``path``, which takes its name only when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part{os.getpid()}")
    try:
        part.write_text(nbformat.writes(notebook, version=4) + "\n", "utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def headings(source: str) -> list[tuple[int, str]]:
    """The headings of a Markdown cell as ``(level, text)``; code blocks are looked past."""
    prose = re.sub(r"^(```|~~~).*?^\1", "", source, flags=re.DOTALL | re.MULTILINE)
    return [
        (len(marks), text.strip())
        for marks, text in re.findall(r"^(#{1,6})\s+(.+?)\s*#*$", prose, re.MULTILINE)
    ]


def _failure(name: str, executed: Path, error: str, place: str = "") -> NotebookFailed:
    """What to raise for a notebook that stopped, with section and cell from what papermill saved of it."""
    notebook = read(executed) if executed.exists() else new_notebook()
    section, number = "", 0
    for cell in notebook.cells:
        if ERROR_MARK in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            section = next((text for _, text in reversed(headings(cell.source))), section)
        if cell.cell_type == "code":
            number += bool(cell.source.strip()) and "injected-parameters" not in cell.metadata.get("tags", [])
            if cell.metadata.papermill.status != "completed":
                break
    named = f", section {section!r}" if section else ""
    where = f", {place}" if place else ""
    failure = NotebookFailed(f"{name}.ipynb{named}, cell [{number}]{where}: {error}")
    failure.notebook = tidy(notebook)
    return failure


def _one_line(text: str) -> str:
    lines = [line.strip() for line in COLOUR.sub("", text).splitlines() if line.strip()]
    return lines[0] if lines else "no message"


@contextmanager
def _kernel_environment() -> Iterator[None]:
    """The environment that kernels inherit while a notebook runs; the driver's own is put back after."""
    before = dict(os.environ)
    paths = [str(IMPORT_ROOT), *filter(None, [before.get("PYTHONPATH")])]
    os.environ.update(CUTTINGS_QUIET="1", MPLBACKEND="agg", PYTHONPATH=os.pathsep.join(paths))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
