"""What goes into each step of a run, as one checksum: if it has not changed, neither has the result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cuttings import sources
from cuttings.results import Result

EXECUTING = ["cuttings.execute", "cuttings.kernel"]
SUFFIXES = {".csv", ".toml", ".json"}
"""Of the files beside the pages that a corpus may have: catalogue, targets, events, codings."""
TOOLS = ["papermill", "jupyter_client.manager", "ipykernel.kernelapp", "matplotlib_inline.backend_inline"]
"""What executing any notebook imports."""


def notebook(path: Path) -> dict:
    """A stored notebook as JSON, each cell's source one text; nothing else of it is looked at."""
    stored = json.loads(path.read_text("utf-8"))
    for cell in stored["cells"]:
        cell["source"] = "".join(cell["source"])
    return stored


def code(stored: Mapping) -> str:
    """The code of a notebook, one text."""
    return "\n".join(cell["source"] for cell in stored["cells"] if cell["cell_type"] == "code")


def modules(stored: Mapping) -> list[str]:
    """Dotted names of the project's modules that a notebook imports."""
    try:
        return sorted({n for n in sources.imported(code(stored)) if n.split(".")[0] == "cuttings"})
    except SyntaxError:
        return ["cuttings"]


def ahead(notebooks: Iterable[Mapping]) -> list[str]:
    """What to import before any of ``notebooks`` is executed."""
    named = {m for n in notebooks for m in modules(n)}
    return [
        *TOOLS,
        "cuttings.execute",
        "cuttings.kernel",
        *sorted(named),
        "cuttings.provenance",
        "cuttings.report",
    ]


def of_reading(root: Path) -> str:
    """What goes into reading: the pages, what is stated beside them, and the code that reads."""
    from cuttings.corpus import find_pages

    pages = [f"{sources.checksum(p)} {p.relative_to(root).as_posix()}" for p in find_pages(root)]
    return sources.digest(["reading", *pages, *_beside(root), sources.state(["cuttings.load"])])


def of_notebook(stored: Mapping, values: Iterable, root: Path, given: Iterable[Result]) -> str:
    """What goes into a notebook: its cells, the ``values`` of parameters, the code that it imports.

    And, of the corpus, what is stated beside the pages, and the tables and findings ``given``.
    """
    cells = [[c["cell_type"], c["source"], c.get("metadata", {})] for c in stored["cells"]]
    behind = sources.state([*modules(stored), *EXECUTING])
    return sources.digest(
        [json.dumps(cells), json.dumps(list(values)), behind, *_beside(root), *_found(given, "tables/")]
    )


def of_report(values: Iterable, root: Path, made: Iterable[Result]) -> str:
    """What goes into the report: the results of all steps, how they are called, and the code that binds."""
    behind = sources.state(["cuttings.report", "cuttings.provenance", "cuttings.crate"])
    made = sorted(made, key=lambda result: result.name)
    states = [result.state for result in made]
    return sources.digest([json.dumps(list(values)), behind, *states, *_beside(root), *_found(made)])


def _found(given: Iterable[Result], within: str = "") -> list[str]:
    files = sorted((file, sum_) for result in given for file, sum_ in result.files.items())
    stamp = (".json",) if within else ()  # beside a table: of what it was made, not what is in it
    lines = [f"{s} {file}" for file, s in files if file.startswith(within) and not file.endswith(stamp)]
    return [*lines, *(json.dumps(r.findings, sort_keys=True) for r in given)]


def _beside(root: Path) -> list[str]:
    """The files beside the pages, the worked example's too, which stand in for those that are lacking."""
    example = sources.PACKAGE.parents[1] / "corpus"
    own = [p for p in (*root.glob("*"), *root.glob("codings/**/*")) if p.suffix in SUFFIXES and p.is_file()]
    instead = [example / name for name in ("targets.toml", "events.csv")]
    return [f"{sources.checksum(p)} {p.name}" for p in (*sorted(own), *instead) if p.is_file()]
