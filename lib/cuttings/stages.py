"""What the processes of a run do: read the corpus, execute a notebook, bind the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cuttings import results, warm
from cuttings.errors import NotebookFailed


def read(name: str, state: str, corpus_dir: str, folder: str, jobs: int, scheduler: str | None) -> None:
    """Read the pages of a corpus to tables in ``folder``."""
    from cuttings import load

    load.read_corpus(corpus_dir, folder, jobs=jobs, scheduler=scheduler)
    results.seal(name, state, Path(folder), {}, [])


def notebook(
    name: str,
    state: str,
    path: str,
    folder: str,
    passed: Mapping[str, object],
    stated: Mapping[str, object],
    given: Mapping[str, str],
    seconds: int | None,
    kept: str,
) -> None:
    """Execute the notebook in ``path`` with the values ``passed``, its results in ``folder``.

    The copy stored there says that it ran with the values ``stated``. What a failing notebook did
    is stored in ``kept``.
    """
    kernels = _kernels()
    from cuttings import execute

    made = Path(folder)
    known = results.read_findings(made)
    try:
        executed = execute.run(
            name, execute.read(Path(path)), passed, Path(path).parent, made, seconds, kernels
        )
    except NotebookFailed as failure:
        execute.write(failure.notebook, Path(kept))
        raise NotebookFailed(f"{failure} (executed so far: {kept})") from failure.__cause__
    execute.state_parameters(executed, stated)
    execute.write(executed, made / "notebooks" / f"{name}.ipynb")
    results.seal(name, state, made, given, known)


def bind(
    folder: str,
    called: tuple[str, str],
    labels: Mapping[str, str],
    settings: Mapping[str, object],
    state: str,
    steps: list[dict],
    modules: list[str],
    crate: bool,
) -> None:
    """Bind the report of the results gathered in ``folder``, with their provenance beside it.

    ``called`` is what to call the corpus and what its readers must know first, ``labels`` are the
    targets', ``modules`` those that the notebooks run on.
    """
    from cuttings import provenance, report

    name, note = called
    provenance.write(folder, name, settings, steps, modules)
    before = set(Path(folder).iterdir())
    report.write(folder, name, settings, note, labels)
    if crate:
        from cuttings import crate as writer

        writer.write(folder, name)
    provenance.add_report(folder, state, set(Path(folder).iterdir()) - before)


def _kernels() -> type | None:
    """Kernels that are copies of this process; made before anything else, while it has no threads."""
    if not warm.SAFE:
        return None
    from cuttings import kernel

    return kernel.manager(kernel.Copy())
