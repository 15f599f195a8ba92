"""A table that is not made twice of the same things, whichever notebook asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from cuttings import results, shared, sources, tables


def once(
    out_dir: str | Path,
    name: str,
    modules: Iterable[str],
    made_of: Iterable[object],
    make: Callable[[], object],
) -> None:
    """Call ``make``, which writes the table ``name``, unless it was made of the same things before.

    Those are the code behind ``modules`` (dotted names) and what ``made_of`` lists: paths stand for
    the files' contents, anything else for its ``repr``. Beside the table lies ``NAME.json`` with
    their checksum. A table of a share, whose texts are not there, is never made anew.
    """
    if shared.stands(out_dir, name):
        return
    table = tables.table_path(out_dir, name)
    stamp = table.with_suffix(".json")
    parts = [_part(thing) for thing in made_of]
    state = sources.digest([sources.state(modules), *parts])
    if table.exists() and _stamped(stamp) == state:
        return
    stamp.unlink(missing_ok=True)
    make()
    results.replace_text(stamp, json.dumps({"state": state}) + "\n")


def _part(thing: object) -> str:
    if not isinstance(thing, Path):
        return repr(thing)
    return sources.checksum(thing) if thing.exists() else "nothing"


def _stamped(stamp: Path) -> str:
    try:
        return json.loads(stamp.read_text("utf-8"))["state"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
