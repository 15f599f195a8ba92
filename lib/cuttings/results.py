"""What a step of a run made, kept with a checksum of everything that it was made from.

A step whose inputs have not changed since, and whose files are still as it left them, need not be
run again. Results lie in a folder of their own while a run goes on, and in OUT when it is done.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cuttings import sources
from cuttings.errors import NotebookFailed

FOLDERS = ("tables", "figures", "notebooks")
PROVENANCE = "provenance.json"


@dataclass(frozen=True)
class Result:
    """``state`` is the checksum of the step's inputs; ``files`` are paths under ``folder`` with theirs."""

    name: str
    state: str
    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    findings: list[dict] = field(default_factory=list)


def prepare(folder: Path, given: Iterable[Result]) -> None:
    """An empty ``folder`` but for the tables and findings of the results ``given``, linked."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    given = list(given)
    for result in given:
        for file in result.files:
            if file.startswith("tables/"):
                link(result.folder / file, folder / file)
    write_findings(folder, [f for result in given for f in result.findings])


def seal(name: str, state: str, folder: Path, given: Mapping[str, str], known: Iterable[dict]) -> Result:
    """The result of a step that has ended well in ``folder``, written down there last of all.

    ``given`` are the files that it found there and their checksums, ``known`` the findings.
    """
    found = {
        path.relative_to(folder).as_posix(): sources.checksum(path)
        for part in FOLDERS
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    known = list(known)
    made = {file: sum_ for file, sum_ in found.items() if given.get(file) != sum_}
    if taken := sorted(made.keys() & given.keys()):
        raise NotebookFailed(f"{name}: makes {taken[0]} otherwise than the notebook did that it is from")
    result = Result(name, state, folder, made, [f for f in read_findings(folder) if f not in known])
    replace_text(folder / "made.json", json.dumps({**asdict(result), "folder": ""}))
    return result


def sealed(folder: Path) -> Result | None:
    """The result that lies whole in ``folder``, if any."""
    try:
        result = Result(**{**json.loads((folder / "made.json").read_text("utf-8")), "folder": folder})
    except (OSError, ValueError, TypeError):
        return None
    return result if whole(result) else None


def published(out: Path) -> dict[str, Result]:
    """The results of the steps that lie whole in ``out``, by the name of the step."""
    try:
        steps = json.loads((out / PROVENANCE).read_text("utf-8"))["steps"]
        found = read_findings(out)
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    own = {s["name"]: [f for f in found if f["notebook"] == s["name"]] for s in steps}
    made = [Result(s["name"], s["state"], out, s["made"], own[s["name"]]) for s in steps]
    sums = {s["name"]: s["findings"] for s in steps}
    return {r.name: r for r in made if _of(r.findings) == sums[r.name] and whole(r)}


def whole(result: Result) -> bool:
    """Whether all files of a result are there, as they were when it was made."""
    paths = {result.folder / file: checksum for file, checksum in result.files.items()}
    return all(path.is_file() and sources.checksum(path) == sum_ for path, sum_ in paths.items())


def step(result: Result) -> dict:
    """A result as ``provenance.json`` states it."""
    return {
        "name": result.name,
        "state": result.state,
        "findings": _of(result.findings),
        "made": result.files,
    }


def gather(new: Path, results: Iterable[Result]) -> None:
    """Put the files and findings of all ``results`` together in the folder ``new``.

    Raises ``NotebookFailed`` where two made a file of one name, not alike.
    """
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    results = sorted(results, key=lambda result: result.name)
    makers: dict[str, Result] = {}
    for result in results:
        for file, checksum in result.files.items():
            other = makers.setdefault(file, result)
            if other.files[file] != checksum:
                raise NotebookFailed(f"{other.name} and {result.name} both make {file}, and not alike")
            if other is result:
                link(result.folder / file, new / file)
    write_findings(new, [f for result in results for f in result.findings])


def publish(new: Path, out: Path, numbered: str) -> None:
    """Give ``out`` the files of ``new``, ``provenance.json`` last, and take away what earlier runs left.

    What they left are the files that the provenance of the last one names, and those in the folders
    of a run that are named like ``numbered``.
    """
    files = {path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file()}
    before = _left(out)
    before |= {p.relative_to(out).as_posix() for f in FOLDERS[1:] for p in (out / f).glob(numbered)}
    before |= {"findings.json", PROVENANCE}
    for file in sorted(files, key=lambda f: f == PROVENANCE):
        (out / file).parent.mkdir(exist_ok=True)
        os.replace(new / file, out / file)
    for file in before - files:
        (out / file).unlink(missing_ok=True)
    for folder in FOLDERS:
        if (out / folder).is_dir() and not any((out / folder).iterdir()):
            (out / folder).rmdir()


def read_findings(folder: Path) -> list[dict]:
    path = folder / "findings.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def write_findings(folder: Path, found: list[dict]) -> None:
    """Write findings as ``cuttings.findings`` does; no file where there are none."""
    if found:
        ordered = sorted(found, key=lambda f: f["notebook"])
        text = json.dumps(ordered, indent=1, ensure_ascii=False) + "\n"
        replace_text(folder / "findings.json", text)


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, which takes its name only when whole."""
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    part.write_text(text, "utf-8")
    os.replace(part, path)


def link(source: Path, target: Path) -> None:
    """A second name for a file that nobody writes in place; a copy where the disk has no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _left(out: Path) -> set[str]:
    """The files that the run whose results lie in ``out`` says it made."""
    try:
        stated = json.loads((out / PROVENANCE).read_text("utf-8"))
        return {file for made in [*stated["steps"], stated["report"]] for file in made["made"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _of(found: list[dict]) -> str:
    return sources.digest([json.dumps(found, sort_keys=True)])
