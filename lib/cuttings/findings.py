"""Findings: named numbers, each with its interval, its n and the rows that it comes from.

All findings of a run are in ``OUT/findings.json``; a notebook replaces its own and leaves the rest.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from cuttings import show
from cuttings.inference import FEWEST_ITEMS, Interval
from cuttings.turns import turn


@dataclass(frozen=True)
class Finding:
    """``rows`` is the SQL over the tables that gives the rows behind the number."""

    name: str
    says: str
    value: float
    n: int
    rows: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    n_items: int | None = None


def count(name: str, says: str, value: int, rows: str, unit: str) -> Finding:
    """A finding that is a plain count: it has no interval, and its n is itself."""
    return Finding(name, says, int(value), int(value), rows, unit)


def measured(name: str, says: str, interval: Interval, rows: str, unit: str) -> Finding:
    """A finding from an ``Interval``."""
    return Finding(
        name,
        says,
        interval.estimate,
        interval.n,
        rows,
        unit,
        interval.low,
        interval.high,
        interval.n_items,
    )


def record(out_dir: str | Path, notebook: str, found: Iterable[Finding]) -> None:
    """Store the findings of ``notebook``, in place of those it stored before.

    Notebooks that record at the same time take turns.
    """
    path = Path(out_dir) / "findings.json"
    new = [{"notebook": notebook, **_plain(f)} for f in found]
    names = [f["name"] for f in new]
    if twice := {n for n in names if names.count(n) > 1}:
        raise ValueError(f"findings of {notebook} share a name: {', '.join(sorted(twice))}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with turn(path.parent):
        stored = [f for f in load(out_dir) if f["notebook"] != notebook]
        ordered = sorted(stored + new, key=lambda f: f["notebook"])
        part = path.with_name(f"{path.name}.part{os.getpid()}")
        part.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(part, path)


def load(out_dir: str | Path) -> list[dict]:
    """All findings of a run, as stored; empty before the first."""
    path = Path(out_dir) / "findings.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def summary(out_dir: str | Path, notebook: str) -> pd.DataFrame:
    """The findings of a notebook as a table to show: what it says, the number with its interval, n."""
    rows = [f for f in load(out_dir) if f["notebook"] == notebook]
    return pd.DataFrame(
        [{"finding": f["says"], "value": written(f), "n": f["n"], "items": f["n_items"]} for f in rows],
        columns=["finding", "value", "n", "items"],
    ).astype({"items": "Int64"})


def written(found: dict) -> str:
    """The number of a stored finding as prose and tables print it, with its interval and unit."""
    if found["value"] is None:
        return "nothing to measure"
    unit = f" {found['unit']}" if found["unit"] else ""
    if isinstance(found["value"], int):
        return f"{found['value']:,}{unit}".replace("-", "−")
    value = show.number(found["value"])
    if found["n_items"] is None:
        return f"{value}{unit}"
    if found["low"] is None:
        why = "no interval" if found["n_items"] >= FEWEST_ITEMS else "too few items for an interval"
        return f"{value}{unit} ({why})"
    decimals = show.places(found["low"], found["high"])
    value, low, high = (show.number(found[k], decimals) for k in ("value", "low", "high"))
    return f"{value} [{low}, {high}]{unit}"


def _plain(found: Finding) -> dict:
    plain = asdict(found)
    for key, value in plain.items():
        if isinstance(value, float):
            plain[key] = round(value, 6) if math.isfinite(value) else None
    return plain
