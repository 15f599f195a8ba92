"""The parameters of notebooks: what their tagged cells declare, and values checked against it.

papermill itself only warns of a name that a notebook lacks and takes any text for a number, so
everything is checked here, before anything runs.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cuttings.errors import CuttingsError, nearest

SET_BY_OPTION = {"corpus_dir": "--corpus", "out_dir": "--out"}
WORDS_FOR_BOOL = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
KINDS = {int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True)
class Parameter:
    """A parameter as a notebook declares it; ``kind`` is ``int``, ``float``, ``bool`` or ``str``.

    ``choices`` are the only texts that it may be, as an annotation such as ``Literal["month", "year"]`` lists them.
    """

    name: str
    kind: type
    default: object
    choices: tuple[str, ...] = ()


def declared(notebook: Mapping) -> dict[str, Parameter]:
    """The parameters of ``notebook`` by name: the assignments of its cell tagged ``parameters``.

    The kind is the annotation, or the default's type where there is none. Raises ``ValueError``
    for a default that is not a literal.
    """
    source = next(
        (c["source"] for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])), ""
    )
    kinds = {k.__name__: k for k in (int, float, bool, str)}
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign | ast.Assign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            default = ast.literal_eval(node.value)
            annotation = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            choices = _choices(node.annotation) if isinstance(node, ast.AnnAssign) else ()
            found[target.id] = Parameter(target.id, kinds.get(annotation, type(default)), default, choices)
    return found


def _choices(annotation: ast.expr) -> tuple[str, ...]:
    if not (isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Literal"):
        return ()
    listed = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    return tuple(ast.literal_eval(choice) for choice in listed)


def check(notebooks: Mapping[str, Mapping], given: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Values for each notebook, from the texts in ``given``; a notebook gets those that it declares.

    Raises ``CuttingsError`` for a name that no notebook declares, a text that is no value of the
    declared kind or none of its choices, years that run backwards, and what is no day in a parameter whose
    name ends in ``_days``.
    """
    by_notebook = {name: declared(notebook) for name, notebook in notebooks.items()}
    known = {name for parameters in by_notebook.values() for name in parameters} - SET_BY_OPTION.keys()
    for name in given:
        if name in SET_BY_OPTION:
            raise CuttingsError(f"parameter {name} is set with {SET_BY_OPTION[name]}, not with -p")
        if name not in known:
            raise CuttingsError(f"no notebook has a parameter {name!r}{nearest(name, known)}")
    values = {}
    for notebook, parameters in by_notebook.items():
        values[notebook] = {n: convert(p, given[n]) for n, p in parameters.items() if n in given}
        _check_years({n: p.default for n, p in parameters.items()} | values[notebook])
    return values


def convert(parameter: Parameter, text: str) -> object:
    """``text`` as a value of the parameter's kind. Raises ``CuttingsError`` where it is none."""
    if parameter.choices and text not in parameter.choices:
        raise CuttingsError(
            f"{parameter.name} must be one of {', '.join(parameter.choices)}, not {text!r}{nearest(text, parameter.choices)}"
        )
    if parameter.name.endswith("_days") and (wrong := [d for d in text.split() if not _is_day(d)]):
        raise CuttingsError(
            f"{parameter.name}: {wrong[0]!r} is no day; write days as 2003-01-28, with spaces between"
        )
    try:
        if parameter.kind is bool:
            return WORDS_FOR_BOOL[text.lower()]
        return parameter.kind(text)
    except (ValueError, KeyError):
        wanted, example = KINDS[parameter.kind], parameter.default
        raise CuttingsError(f"{parameter.name} must be {wanted} (such as {example}), not {text!r}") from None


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text) and date.fromisoformat(text))
    except ValueError:
        return False


def check_folder(folder: Path) -> None:
    """Raise ``CuttingsError`` where there is no ``folder`` of pages, with the nearest name that there is."""
    if folder.is_dir():
        return
    what = "is a file" if folder.exists() else "does not exist"
    above = folder.absolute().parent
    there = {p.name: p for p in above.iterdir() if p.is_dir()} if above.is_dir() else {}
    near = difflib.get_close_matches(folder.name, sorted(there), n=1, cutoff=0.6)
    mend = f"did you mean '{folder.parent / near[0]}'?" if near else "name a folder that holds scraped pages"
    raise CuttingsError(f"corpus folder {folder} {what}; {mend}")


def _check_years(values: Mapping[str, object]) -> None:
    first, last = values.get("year_from"), values.get("year_to")
    if first is not None and last is not None and first > last:
        raise CuttingsError(
            f"year_from {first} is after year_to {last}; give the earlier year to --from and the later to --to"
        )
