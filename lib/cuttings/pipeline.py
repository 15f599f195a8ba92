"""The main job: read a corpus, execute every notebook over it, bind the report.

Notebooks run in the order of what they need, side by side where none needs the other, each in a
process and a folder of its own below ``OUT/.unfinished``. What they make takes its place in ``OUT``
only when all of it is whole, so a run that fails or is interrupted leaves the results of the one
before as they were; what it had finished is where the next run goes on. Nothing is made again whose
inputs have not changed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cuttings import dag, inputs, parameters, progress, results
from cuttings.errors import CuttingsError, NotebookFailed, nearest
from cuttings.results import Result
from cuttings.warm import Workers

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = PROJECT / "notebooks"
FIGURES = PROJECT / "figures"
INVENTED = (
    "Its texts and codings were written for this project by language models, not by people: "
    "its numbers show the method, not history."
)
NUMBERED = "[0-9][0-9]-*"
READING = "reading"
PATIENCE = 5.0
"""Seconds to wait for the processes of a run that was killed to let go of the folder."""
FILES_TO_SHARE = 400
"""From so many page files on, processes that share the reading cost less time than they take to start."""


@dataclass(frozen=True)
class Outcome:
    """What a run made: of its pages some were mended while reading, not read, or left out as copies.

    ``run`` are the notebooks that were executed, ``outdated`` those left as an earlier run made them.
    """

    report: Path
    n_pages: int
    n_items: int
    n_mended: int
    n_unread: int
    n_copies: int
    run: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What to run on what, and how; ``jobs`` processes at most."""

    root: Path
    out: Path
    notebooks_dir: Path
    notebooks: dict[str, dict]
    values: dict[str, dict[str, object]]
    needs: dict[str, tuple[str, ...]]
    forced: frozenset[str]
    wanted: frozenset[str]
    known: dict[str, Result]
    jobs: int
    scheduler: str | None
    seconds: int | None
    crate: bool


def run(
    corpus_dir: str | Path,
    out_dir: str | Path,
    given: Mapping[str, str] | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    notebooks_dir: Path = NOTEBOOKS,
    force: bool = False,
    only: Iterable[str] = (),
    cell_limit: int | None = None,
    crate: bool = False,
) -> Outcome:
    """Run the notebooks of ``notebooks_dir`` over a corpus and put what they make in ``out_dir``.

    ``given`` are notebook parameters as texts; ``jobs`` is how many processes work at a time (all
    cores if not said). A notebook whose inputs have not changed is not run again, unless ``force``.
    ``only`` names notebooks (``04``) to run, with those they need; the others stay as they are.
    ``cell_limit`` is how many seconds a cell may take; ``crate`` adds an RO-Crate's metadata.
    Raises ``CuttingsError`` for wrong use, before anything is written, and ``NotebookFailed`` when
    notebooks raise, a line for each.
    """
    notebooks = find_notebooks(notebooks_dir)
    values = parameters.check(notebooks, given or {})
    parameters.check_folder(Path(corpus_dir))
    root, out = Path(corpus_dir).resolve(), Path(out_dir).resolve()
    _refuse_places(out, root, notebooks_dir)
    chosen = _chosen(only, notebooks)
    needs = dag.needs({name: inputs.code(notebook) for name, notebook in notebooks.items()})
    order = Order(
        root,
        out,
        notebooks_dir.resolve(),
        notebooks,
        values,
        needs,
        frozenset({READING, *notebooks} if force else chosen),
        frozenset(dag.with_needed(chosen, needs) if chosen else notebooks),
        results.published(out),
        jobs or os.cpu_count() or 1,
        scheduler,
        cell_limit,
        crate,
    )
    if not order.forced and (before := _unchanged(order)):
        return before
    return _made(order, corpus_dir)


def refresh(notebooks_dir: Path = NOTEBOOKS, figures_dir: Path = FIGURES) -> list[str]:
    """Execute the notebooks as they stand and store them, with their figures, in the project.

    Returns their names. Raises ``NotebookFailed`` when one raises, or shows something that belongs
    to this machine or this run; nothing is stored then.
    """
    from cuttings import refreshing

    return refreshing.refresh(notebooks_dir, figures_dir)


def find_notebooks(folder: Path) -> dict[str, dict]:
    """The suite's notebooks by name, in their order, as JSON with the cells' sources whole.

    Raises ``CuttingsError`` where there is none.
    """
    paths = sorted(folder.glob(f"{NUMBERED}.ipynb"))
    if not paths:
        raise CuttingsError(
            f"no notebooks named like 01-load.ipynb in {folder}; the project's own are in {NOTEBOOKS}"
        )
    return {path.stem: inputs.notebook(path) for path in paths}


def _unchanged(order: Order) -> Outcome | None:
    """The outcome of the run that made what is in OUT, if another would make the same."""
    known = order.known
    if (order.out / ".unfinished").exists() or known.keys() != {READING, *order.notebooks}:
        return None
    for name in (READING, *order.notebooks):
        if known[name].state != _state(order, name, known):
            return None
    stated = json.loads((order.out / results.PROVENANCE).read_text("utf-8"))
    bound = Result("report", stated["report"]["state"], order.out, stated["report"]["made"])
    if bound.state != _report_state(order, known.values()) or not results.whole(bound):
        return None
    return _outcome(order, stated["corpus"])


def _made(order: Order, corpus_dir: str | Path) -> Outcome:
    with _unfinished(order.out) as (work, held), Workers(held) as workers:
        workers.load(["cuttings.load"])
        from cuttings.corpus import open_corpus

        opened = open_corpus(corpus_dir)
        made, ran, failed = _run_all(order, work, workers, opened)
        if failed:
            raise NotebookFailed("\n".join(failed[name] for name in sorted(failed)))
        whole = work / "whole"
        kept = _kept(order, made)
        results.gather(whole, [*made.values(), *kept.values()])
        every = made | kept
        steps = [results.step(every[name]) for name in (READING, *order.notebooks) if name in every]
        workers.start(
            "report",
            "cuttings.stages:bind",
            work / "report.json",
            folder=str(whole),
            called=_called(order.root),
            labels={target.name: target.label for target in opened.targets},
            settings=_settings(order),
            state=_report_state(order, every.values()),
            steps=steps,
            modules=sorted({m for n in order.notebooks.values() for m in inputs.modules(n)}),
            crate=order.crate,
        )
        _raise_if_wrong(_waited(workers))
        results.publish(whole, order.out, NUMBERED)
        shutil.rmtree(work)
    stated = json.loads((order.out / results.PROVENANCE).read_text("utf-8"))
    return _outcome(order, stated["corpus"], ran, _outdated(order, kept, every))


def _run_all(order: Order, work: Path, workers: Workers, opened) -> tuple[dict[str, Result], tuple, dict]:
    """The results of reading and of every wanted notebook, which were run for it, and what failed why."""
    made = {READING: _read(order, work, workers, len(opened.pages))}
    _raise_if_empty(order, made[READING])
    workers.load(inputs.ahead(order.notebooks[name] for name in order.wanted))
    ran, failed = [], {}
    waiting = sorted(order.wanted, key=lambda name: (-_followers(order, name), name))
    started: dict[str, float] = {}
    with progress.bar(total=len(waiting), desc="notebooks", unit="notebook") as bar:
        while waiting or started:
            for name in [n for n in waiting if failed.keys() & set(order.needs[n])]:
                waiting.remove(name)
                lacks = ", ".join(sorted(failed.keys() & set(order.needs[name])))
                failed[name] = f"{name}.ipynb was not run: it needs {lacks}"
            for name in [n for n in waiting if made.keys() >= set(order.needs[n])]:
                state = _state(order, name, made)
                if result := _reused(order, name, state, work):
                    made[name] = result
                    bar.update()
                elif len(started) < order.jobs:
                    _start(order, name, state, work, made, workers)
                    started[name] = time.monotonic()
                else:
                    continue
                waiting.remove(name)
            _show(bar, started)
            if started and (ended := workers.ended(1.0)):
                name, said = ended
                del started[name]
                bar.update()
                if isinstance(said, Exception):
                    failed[name] = str(said)
                else:
                    made[name] = results.sealed(work / name)
                    ran.append(name)
    return made, tuple(sorted(ran)), failed


def _read(order: Order, work: Path, workers: Workers, n_files: int) -> Result:
    state = _state(order, READING, {})
    if result := _reused(order, READING, state, work):
        return result
    results.prepare(work / READING, [])
    workers.start(
        READING,
        "cuttings.stages:read",
        work / "reading.json",
        name=READING,
        state=state,
        corpus_dir=str(order.root),
        folder=str(work / READING),
        jobs=order.jobs if n_files >= FILES_TO_SHARE else 1,
        scheduler=order.scheduler,
    )
    workers.load(inputs.ahead(order.notebooks[name] for name in order.wanted))
    _raise_if_wrong(_waited(workers))
    return results.sealed(work / READING)


def _raise_if_empty(order: Order, reading: Result) -> None:
    from pyarrow import parquet

    if not parquet.read_metadata(reading.folder / "tables" / "items.parquet").num_rows:
        raise CuttingsError(
            f"no page of {order.root} holds any text, so there is nothing to report on; "
            f"'cuttings check {order.root}' tells what is wrong with each"
        )


def _start(
    order: Order, name: str, state: str, work: Path, made: Mapping[str, Result], workers: Workers
) -> None:
    given = _given(order, name, made)
    folder = work / name
    results.prepare(folder, given)
    own = parameters.declared(order.notebooks[name]).keys() & parameters.SET_BY_OPTION.keys()
    passed = {"corpus_dir": str(order.root), "out_dir": str(folder)}
    stated = _stated(order)
    workers.start(
        name,
        "cuttings.stages:notebook",
        work / f"{name}.json",
        name=name,
        state=state,
        path=str(order.notebooks_dir / f"{name}.ipynb"),
        folder=str(folder),
        passed={k: passed[k] for k in sorted(own)} | order.values[name],
        stated={k: stated[k] for k in sorted(own)} | order.values[name],
        given={file: sum_ for result in given for file, sum_ in result.files.items()},
        seconds=order.seconds,
        kept=str(order.out / "notebooks" / f"{name}-failed.ipynb"),
    )


def _given(order: Order, name: str, made: Mapping[str, Result]) -> list[Result]:
    """The results that a notebook finds in its folder: of reading, and of all that it needs."""
    needed = dag.with_needed(order.needs[name], order.needs)
    return [made[READING], *(made[n] for n in sorted(needed))]


def _state(order: Order, name: str, made: Mapping[str, Result]) -> str:
    """A checksum of all that goes into reading or into a notebook."""
    if name == READING:
        return inputs.of_reading(order.root)
    return inputs.of_notebook(
        order.notebooks[name],
        [*sorted(order.values[name].items()), *sorted(_stated(order).items())],
        order.root,
        _given(order, name, made),
    )


def _report_state(order: Order, made: Iterable[Result]) -> str:
    called, settings = _called(order.root), sorted(_settings(order).items())
    return inputs.of_report([*called, *settings, order.crate], order.root, made)


def _stated(order: Order) -> dict[str, str]:
    """Places relative to the stored notebook, so that it runs where it lies."""
    return {"corpus_dir": os.path.relpath(order.root, order.out / "notebooks"), "out_dir": ".."}


def _reused(order: Order, name: str, state: str, work: Path) -> Result | None:
    """What this step made of the same inputs, in a run that was interrupted or in the last that was whole."""
    if name in order.forced:
        return None
    found = (results.sealed(work / name), order.known.get(name))
    return next((result for result in found if result and result.state == state), None)


def _kept(order: Order, made: Mapping[str, Result]) -> dict[str, Result]:
    """The results of notebooks that this run was not asked for, as an earlier one left them."""
    return {n: r for n, r in order.known.items() if n in order.notebooks and n not in made}


def _outdated(order: Order, kept: Iterable[str], made: Mapping[str, Result]) -> tuple[str, ...]:
    """Those of the notebooks ``kept`` whose inputs are no longer what they were made of."""
    whole = {name for name in kept if made.keys() >= dag.with_needed([name], order.needs)}
    same = {name for name in whole if made[name].state == _state(order, name, made)}
    return tuple(sorted(set(kept) - same))


def _followers(order: Order, name: str) -> int:
    """How many notebooks need this one, directly or not: the more, the earlier it is run."""
    return sum(name in dag.with_needed(order.needs[other], order.needs) for other in order.needs)


def _waited(workers: Workers) -> object:
    while not (ended := workers.ended(1.0)):
        continue
    return ended[1]


def _raise_if_wrong(said: object) -> None:
    if isinstance(said, Exception):
        raise said


def _show(bar, started: Mapping[str, float]) -> None:
    """Name in the bar the notebooks that are running, with the seconds that each has taken."""
    now = time.monotonic()
    bar.set_postfix_str(", ".join(f"{name} {now - since:.0f} s" for name, since in started.items()))


def _chosen(only: Iterable[str], notebooks: Mapping[str, dict]) -> set[str]:
    """The notebooks meant by ``04``, ``04-stance`` or ``stance``."""
    found = set()
    for word in only:
        named = [n for n in notebooks if word in (n, n[:2], n[3:])]
        if not named:
            raise CuttingsError(f"no notebook {word!r}{nearest(word, notebooks)}")
        found |= set(named)
    return found


def _called(root: Path) -> tuple[str, str]:
    """What the report calls a corpus, and what its readers must know of it first."""
    return ("The worked example", INVENTED) if root == PROJECT / "corpus" else (root.name, "")


def _settings(order: Order) -> dict[str, object]:
    """Each parameter with the value that it had in this run, places left out."""
    settings: dict[str, object] = {}
    for name, notebook in order.notebooks.items():
        declared = parameters.declared(notebook).values()
        settings |= {p.name: p.default for p in declared if p.name not in settings} | order.values[name]
    return {k: v for k, v in settings.items() if k not in parameters.SET_BY_OPTION}


def _refuse_places(out: Path, root: Path, notebooks_dir: Path) -> None:
    from cuttings.corpus import refuse_out  # a tenth of a second, which an unchanged run need not pay

    refuse_out(out, root)
    if out / "notebooks" == notebooks_dir.resolve():
        raise CuttingsError(f"{out} holds the suite's own notebooks; name another folder with --out")


@contextmanager
def _unfinished(out: Path) -> Iterator[tuple[Path, int]]:
    """The folder that a run works in, and the open file by which it is known to be at work."""
    work = out / ".unfinished"
    new = [path for path in (work, *work.parents) if not path.exists()]
    held = _hold(work)
    try:
        yield work, held
    except CuttingsError:  # wrong use leaves nothing behind
        for path in new:
            shutil.rmtree(path) if path == work else path.rmdir()
        raise
    finally:
        os.close(held)


def _hold(work: Path) -> int:
    """The file ``.lock`` in ``work``, open and locked; processes that inherit it hold the lock too."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            work.mkdir(parents=True, exist_ok=True)
            held = os.open(work / ".lock", os.O_CREAT | os.O_RDWR)
        except OSError as error:
            raise CuttingsError(
                f"cannot write to {work.parent} ({error.strerror}); name another folder with --out"
            ) from error
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(held), os.stat(work / ".lock")):
                return held  # else the run that had it has taken the folder away since
        os.close(held)
        if time.monotonic() > until:
            raise CuttingsError(
                f"another run is writing to {work.parent}; wait for it or name another folder with --out"
            )
        time.sleep(0.1)


def _outcome(
    order: Order, read: Mapping[str, int], ran: tuple[str, ...] = (), outdated: tuple[str, ...] = ()
) -> Outcome:
    n = [read[key] for key in ("pages", "items", "mended", "unread", "copies")]
    return Outcome(order.out / "report.html", *n, ran, outdated)
