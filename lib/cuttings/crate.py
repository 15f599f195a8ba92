"""``ro-crate-metadata.json``: what lies in OUT and how it came to be, for archives that read RO-Crates.

RO-Crate 1.1 (https://w3id.org/ro/crate/1.1), with the run as a ``CreateAction``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

import cuttings
from cuttings import provenance, results, tables

METADATA = "ro-crate-metadata.json"
FORMATS = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
}
RIGHTS = "Texts belong to their owners; the pages' own rights stand in the table pages, column rights."


def write(run_dir: str | Path, corpus_name: str) -> Path:
    """Write the metadata of all files in ``run_dir``, which has its ``provenance.json``.

    A crate must say when it was published, and nothing here may depend on the clock: it is the day
    of ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) where that is set, as for reproducible builds,
    else the last day on which any item of the corpus can have been written.
    """
    run_dir = Path(run_dir)
    crate = ROCrate(version="1.1")
    crate.name = f"Cuttings report: {corpus_name}"
    crate.description = (
        "Dated items, voices, sentiment and stance from scraped press pages: tables, figures, findings."
    )
    rights = {"@type": "CreativeWork", "name": "Rights", "description": RIGHTS}
    crate.license = crate.add(ContextEntity(crate, "#rights", rights))
    crate.datePublished = _published(run_dir)
    made = [crate.add_file(run_dir / file, file, properties=_described(file)) for file in _files(run_dir)]
    crate.add(_action(crate, made, provenance.read(run_dir)))
    text = json.dumps(crate.metadata.generate(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    results.replace_text(run_dir / METADATA, text)
    return run_dir / METADATA


def _files(run_dir: Path) -> Iterator[str]:
    for path in sorted(run_dir.rglob("*")):
        if path.is_file() and path.name != METADATA and not path.name.startswith("."):
            yield path.relative_to(run_dir).as_posix()


def _described(file: str) -> dict[str, str]:
    path = Path(file)
    return {"name": file, "encodingFormat": FORMATS.get(path.suffix, "application/octet-stream")}


def _action(crate: ROCrate, made: list, stated: dict) -> ContextEntity:
    """The run: what it was made with, from which parameters, and what came of it."""
    software = {
        "@type": "SoftwareApplication",
        "name": "Cuttings",
        "softwareVersion": f"{cuttings.__version__} (sha256 {stated['code']})",
    }
    values = {
        **stated["parameters"],
        "checksum of the corpus": stated["corpus"]["checksum"],
        "lock": stated["lock"],
    }
    given = [
        crate.add(ContextEntity(crate, f"#{name.replace(' ', '-')}", _value(name, value)))
        for name, value in values.items()
    ]
    instruments = [crate.add(ContextEntity(crate, "#cuttings", software))]
    for name, version in stated["instruments"].items():
        kind = {"@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        instruments.append(crate.add(ContextEntity(crate, f"#{name}", kind)))
    action = ContextEntity(crate, "#run", {"@type": "CreateAction", "name": "cuttings report"})
    action["instrument"], action["object"], action["result"] = instruments, given, made
    return action


def _value(name: str, value: object) -> dict[str, object]:
    return {"@type": "PropertyValue", "name": name, "value": str(value)}


def _published(run_dir: Path) -> str:
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", ""):
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    last = tables.query(run_dir, "SELECT max(date_latest) AS day FROM items")["day"].iloc[0]
    return date(1970, 1, 1).isoformat() if last != last or last is None else last.date().isoformat()
