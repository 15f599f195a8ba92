"""What is stored in the project: its executed notebooks and their figures, made anew.

Everything in them has to come out the same on another machine, and is refused where it cannot.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from nbformat import NotebookNode

from cuttings import execute, parameters, progress, results
from cuttings.errors import NotebookFailed

PROJECT = Path(__file__).resolve().parents[2]


def refresh(notebooks_dir: Path, figures_dir: Path) -> list[str]:
    """Execute the notebooks as they stand and store them, and their figures in ``figures_dir``.

    Returns their names. Raises ``NotebookFailed`` when one raises, or shows something that belongs
    to this machine or this run; nothing is stored then.
    """
    paths = sorted(notebooks_dir.glob("[0-9][0-9]-*.ipynb"))
    notebooks = {path.stem: execute.read(path) for path in paths}
    declared = [parameters.declared(notebook) for notebook in notebooks.values()]
    places = {(notebooks_dir / d["out_dir"].default).resolve() for d in declared}
    for place in places:
        shutil.rmtree(place / "figures", ignore_errors=True)
        (place / "findings.json").unlink(missing_ok=True)
    executed = {}
    with tempfile.TemporaryDirectory(prefix="cuttings-") as scratch:
        for name in progress.bar(notebooks, desc="notebooks", unit="notebook"):
            executed[name] = execute.run(name, notebooks[name], {}, notebooks_dir, Path(scratch))
            _refuse_unrepeatable(name, executed[name])
    for name, notebook in executed.items():
        execute.write(notebook, notebooks_dir / f"{name}.ipynb")
    for place in places:
        _replace_figures(place / "figures", figures_dir)
    return list(executed)


def _replace_figures(new: Path, old: Path) -> None:
    """Copy all files of ``new`` to ``old``, then take away those that an earlier refresh left there."""
    names = {path.name for path in new.glob("*")}
    old.mkdir(exist_ok=True)
    for name in sorted(names):
        results.replace_text(old / name, (new / name).read_text("utf-8"))
    for path in old.glob("[0-9][0-9]-*"):
        if path.name not in names:
            path.unlink()


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
