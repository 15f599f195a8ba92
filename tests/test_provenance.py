"""Where results come from: ``provenance.json``, and the metadata of the RO-Crate."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

from cuttings import pipeline, provenance


@pytest.fixture(scope="module")
def made(suite, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("crate")
    pipeline.run(suite / "corpus", out, {"year_to": "2008"}, notebooks_dir=suite / "notebooks", crate=True)
    return out


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_provenance_states_what_the_results_were_made_of(made, suite):
    stated = provenance.read(made)
    pages = sorted((suite / "corpus").rglob("*.txt"))
    listing = "".join(f"{sha256(p)}  {p.relative_to(suite / 'corpus').as_posix()}\n" for p in pages)
    assert stated["corpus"]["checksum"] == hashlib.sha256(listing.encode()).hexdigest()
    assert (stated["corpus"]["pages"], stated["corpus"]["items"]) == (3, 2)
    assert stated["lock"] == sha256(pipeline.PROJECT / "requirements.lock")
    assert stated["parameters"] == {"year_from": 2000, "year_to": 2008}
    assert stated["instruments"]["syntok"].count(".") == 2
    assert "load/lexicon.toml" in stated["models"]


def test_every_file_of_the_results_is_stated_with_its_checksum(made):
    stated = provenance.read(made)
    sums = {f: s for part in [*stated["steps"], stated["report"]] for f, s in part["made"].items()}
    assert sums == {name: sha256(made / name) for name in sums}
    there = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
    assert there - sums.keys() == {"provenance.json", "findings.json"}


def test_provenance_as_rows_names_all_that_a_reviewer_asks_for(made):
    rows = provenance.rows(made)
    stated = provenance.read(made)
    assert {rows["checksum of the corpus"], rows["code"], rows["lock"]} == {
        stated["corpus"]["checksum"],
        stated["code"],
        stated["lock"],
    }
    assert rows["year_to"] == "2008"
    assert f"syntok {stated['instruments']['syntok']}" in rows["instruments"]
    assert provenance.rows(made / "tables") == {}


def test_the_crate_describes_every_file_and_only_files_that_are_there(made):
    crate = json.loads((made / "ro-crate-metadata.json").read_text("utf-8"))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert (descriptor["@type"], descriptor["about"]) == ("CreativeWork", {"@id": "./"})
    assert root["@type"] == "Dataset"
    assert all(root[key] for key in ("name", "description", "datePublished", "license", "hasPart"))
    parts = {part["@id"] for part in root["hasPart"]}
    there = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
    assert parts == there - {"ro-crate-metadata.json"}
    assert {entities[part]["@type"] for part in parts} == {"File"}
    assert all(entities[part]["encodingFormat"].count("/") == 1 for part in parts)


def test_everything_that_the_crate_refers_to_is_in_it(made):
    graph = json.loads((made / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    known = {entity["@id"] for entity in graph} | {"https://w3id.org/ro/crate/1.1"}
    values = [v for entity in graph for v in entity.values()]
    referred = {r["@id"] for v in values for r in (v if isinstance(v, list) else [v]) if isinstance(r, dict)}
    assert referred <= known
    action = next(entity for entity in graph if entity["@type"] == "CreateAction")
    assert {"@id": "#cuttings"} in action["instrument"]
    assert {"@id": "#year_to"} in action["object"]


def test_the_crate_can_be_read_and_its_day_is_no_clock_s(made, suite, tmp_path, monkeypatch):
    read = ROCrate(made)
    assert read.name == "Cuttings report: corpus"
    assert str(read.datePublished).startswith("1970-01-01")  # no item of this corpus has a date
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    from cuttings import crate

    crate.write(made, "corpus")
    assert (
        json.loads((made / "ro-crate-metadata.json").read_text())["@graph"][0]["datePublished"]
        == "2001-09-09"
    )
