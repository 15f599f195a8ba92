"""What is stored against a fresh run: outputs, figures and their data, with a tolerance where one is due.

Another processor rounds differently, so numbers with decimals may differ a little; counts, words and
what is drawn may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

import pandas as pd

NUMBER = re.compile(r"(?<![\w#.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w#])")
DRAWN_ID = re.compile(r"\b[mpc][0-9a-f]{10}\b")
"""Names that matplotlib gives the shapes of an SVG: checksums of coordinates to the last decimal."""
LIMITS = re.compile(r"(^|_)(low|high|p|p_against|p_neutral|p_for)$")
"""Columns that come from resampling or from a network, by their names."""
LIMIT, PLAIN, POINTS = 0.01, 1e-5, 0.5
"""How far such a column may be off, how far any other (as a share of the number), and a coordinate."""


def figures(stored: Path, fresh: Path) -> list[str]:
    """How the figures in ``fresh`` (SVG, and their data as CSV) differ from those in ``stored``, a line each."""
    return list(_figures(stored, fresh))


def notebook(stored: Mapping, fresh: Mapping) -> list[str]:
    """How the outputs of the code cells of ``fresh`` differ from those of ``stored``, a line each.

    Cells of ``stored`` that were not executed in order are faults too. A cell of injected parameters,
    which a fresh run has, is passed over.
    """
    return list(_notebook(stored, fresh))


def data(stored: pd.DataFrame, fresh: pd.DataFrame) -> list[str]:
    """How two frames differ, a line for each column: whole numbers and texts must be equal, other
    numbers as near as ``LIMIT`` (interval limits and probabilities) or ``PLAIN`` (all others) allow."""
    if list(stored.columns) != list(fresh.columns):
        return [f"columns {list(fresh.columns)}, not {list(stored.columns)}"]
    if len(stored) != len(fresh):
        return [f"{len(fresh)} rows, not {len(stored)}"]
    return [f"column {c}: {said}" for c in stored if (said := _column(c, stored[c], fresh[c]))]


def drawn(stored: str, fresh: str) -> str:
    """How two SVGs differ: in what is drawn, or where by more than ``POINTS``; empty where they do not."""
    return _text(DRAWN_ID.sub("id", stored), DRAWN_ID.sub("id", fresh), lambda _: POINTS)


def text(stored: str, fresh: str) -> str:
    """How two printed texts differ, numbers with decimals by more than one unit of the last; else empty."""
    return _text(
        stored, fresh, lambda number: 1.01 * 10.0 ** -len(number.partition(".")[2].partition("e")[0])
    )


def _figures(stored: Path, fresh: Path) -> Iterator[str]:
    names = [{p.name for p in folder.glob("*") if p.suffix in (".csv", ".svg")} for folder in (stored, fresh)]
    for name in sorted(names[0] ^ names[1]):
        yield f"{name}: only {'stored' if name in names[0] else 'made afresh'}"
    for name in sorted(names[0] & names[1]):
        one, other = stored / name, fresh / name
        if name.endswith(".csv"):
            yield from (f"{name}: {said}" for said in data(pd.read_csv(one), pd.read_csv(other)))
        elif said := drawn(one.read_text("utf-8"), other.read_text("utf-8")):
            yield f"{name}: {said}"


def _notebook(stored: Mapping, fresh: Mapping) -> Iterator[str]:
    cells = [
        [c for c in nb["cells"] if c["cell_type"] == "code" and not _injected(c)] for nb in (stored, fresh)
    ]
    for number, (one, other) in enumerate(zip_longest(*cells), 1):
        if one is None or other is None:
            yield f"cell {number} is only {'made afresh' if one is None else 'stored'}"
            return
        if one["source"] != other["source"]:
            yield f"cell {number} has another source"
        if one["execution_count"] != number:
            yield f"cell {number} was stored with the execution count {one['execution_count']}"
        if len(one["outputs"]) != len(other["outputs"]):
            yield f"cell {number} has {len(other['outputs'])} outputs, not {len(one['outputs'])}"
        for was, came in zip(one["outputs"], other["outputs"], strict=False):
            yield from (f"cell {number}: {said}" for said in _output(was, came))


def _injected(cell: Mapping) -> bool:
    return "injected-parameters" in cell.get("metadata", {}).get("tags", [])


def _output(stored: Mapping, fresh: Mapping) -> Iterator[str]:
    one, other = _parts(stored), _parts(fresh)
    if one.keys() != other.keys():
        yield f"shows {sorted(other)}, not {sorted(one)}"
    for kind in one.keys() & other.keys():
        same = drawn if kind == "image/svg+xml" else text
        if said := same("".join(one[kind]), "".join(other[kind])):
            yield f"{kind}: {said}"


def _parts(output: Mapping) -> dict[str, str]:
    """The texts of an output by kind: MIME type, or the stream's name."""
    return output["data"] if "data" in output else {output.get("name", "error"): output.get("text", "")}


def _column(name: str, stored: pd.Series, fresh: pd.Series) -> str:
    numeric = [
        pd.api.types.is_numeric_dtype(c) and not pd.api.types.is_bool_dtype(c) for c in (stored, fresh)
    ]
    if all(numeric):
        near = LIMIT if LIMITS.search(str(name)) else PLAIN * stored.abs().clip(lower=1)
        whole = all(pd.api.types.is_integer_dtype(column) for column in (stored, fresh))
        off = (stored - fresh).abs() > (0 if whole else near)
        off |= stored.isna() != fresh.isna()
    else:
        off = stored.astype(object).map(str) != fresh.astype(object).map(str)
    if not off.any():
        return ""
    row = off.idxmax()
    return f"{fresh[row]!r}, not {stored[row]!r}, in row {row + 1} ({int(off.sum())} rows differ)"


def _text(stored: str, fresh: str, near) -> str:
    words = [NUMBER.split(text) for text in (stored, fresh)]
    if words[0] != words[1]:
        return next(
            f"{other!r}, not {one!r}" for one, other in zip_longest(*words, fillvalue="") if one != other
        )
    for one, other in zip(*(NUMBER.findall(text) for text in (stored, fresh)), strict=True):
        if one != other and ("." not in one + other or abs(_value(one) - _value(other)) > near(one)):
            return f"{other}, not {one}"
    return ""


def _value(number: str) -> float:
    return float(number.replace("−", "-").replace(",", ""))
