"""Corpora that came without their texts: how one is known, and how its tables take the place of reading.

``cuttings share`` makes such a folder; ``share.json`` in it lists its tables with their checksums.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq

from cuttings import tables
from cuttings.corpus import SHARE
from cuttings.errors import CuttingsError
from cuttings.turns import turn


def is_share(corpus_dir: str | Path) -> bool:
    """Whether a corpus folder is one without texts."""
    return (Path(corpus_dir) / SHARE).is_file()


def install(corpus_dir: str | Path, out_dir: str | Path) -> None:
    """Put the tables of a share in ``OUT/tables/``, each checked against its checksum and its schema.

    Raises ``CuttingsError`` for a table that is missing, changed or not what its name says.
    """
    listed = _listed(Path(corpus_dir))
    state = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    stamp = Path(out_dir) / "tables" / "load.json"
    stamp.parent.mkdir(parents=True, exist_ok=True)
    with turn(stamp.parent):
        if not _installed(stamp, state):
            _install(Path(corpus_dir), out_dir, listed)
            stamp.write_text(json.dumps({"state": state}) + "\n", "utf-8")


def has_texts(out_dir: str | Path) -> bool:
    """Whether the items of a run have their words, which those of a share do not."""
    found = tables.query(out_dir, "SELECT count(*) = 0 OR bool_or(text <> '') AS has FROM items")
    return bool(found["has"].iloc[0])


def stands(out_dir: str | Path, name: str) -> bool:
    """Whether table ``name`` came with a share and cannot be made anew, since its texts did not."""
    return tables.table_path(out_dir, name).exists() and not has_texts(out_dir)


def _installed(stamp: Path, state: str) -> bool:
    try:
        return json.loads(stamp.read_text("utf-8"))["state"] == state
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _install(corpus_dir: Path, out_dir: str | Path, listed: dict[str, str]) -> None:
    for name, checksum in listed.items():
        path = tables.table_path(corpus_dir, name)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            raise CuttingsError(
                f"{path} is missing or has changed since it was shared; fetch the share again"
            )
        try:
            rows = tables.frame(name, pq.read_table(path).to_pylist())
        except ValueError as error:
            raise CuttingsError(f"{path} is no table of this suite: {str(error).splitlines()[0]}") from error
        tables.write(out_dir, name, [rows])


def _listed(root: Path) -> dict[str, str]:
    try:
        listed = json.loads((root / SHARE).read_text("utf-8"))["tables"]
        known = {name: str(listed[name]) for name in tables.SCHEMAS if name in listed}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CuttingsError(f"{root / SHARE} does not list tables; fetch the share again") from error
    if missing := [n for n in ("pages", "items", "voices", "sentences") if n not in known]:
        raise CuttingsError(f"{root / SHARE} lacks the table {missing[0]}; fetch the share again")
    return known
