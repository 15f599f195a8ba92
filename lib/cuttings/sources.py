"""What code runs: the project's files behind a module or a notebook, and a checksum over them.

Imports are read from the source, those inside functions too; nothing is executed.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LOCK = PACKAGE.parents[1] / "requirements.lock"
SHOWN = {".css", ".js", ".html"}
"""Suffixes of what dresses the report: no notebook reads such a file of the package's own folder."""
PASSED = {"__pycache__", ".ipynb_checkpoints"}


def state(modules: Iterable[str], package: Path = PACKAGE) -> str:
    """A checksum over the files behind ``modules``, this Python's version and the lock.

    Equal checksums mean that the same code runs on the same libraries.
    """
    listing = [f"python {sys.version_info.major}.{sys.version_info.minor}", f"lock {lock()}"]
    listing += [f"{checksum(path)} {path.relative_to(package)}" for path in files(modules, package)]
    return digest(listing)


def files(modules: Iterable[str], package: Path = PACKAGE) -> list[Path]:
    """The files of ``package`` that ``modules`` run on: their own, those they import, data beside those.

    ``modules`` are dotted names, such as ``cuttings.load``; names of other packages are passed over.
    """
    found: set[Path] = set()
    waiting = list(modules)
    while waiting:
        for path in _of_module(waiting.pop(), package):
            if path not in found:
                found.add(path)
                waiting += imported(path.read_text("utf-8"), _dotted(path, package))
    folders = {path.parent for path in found}
    return sorted(found | {data for folder in folders for data in _data(folder, package)})


def imported(source: str, module: str = "") -> list[str]:
    """Dotted names of everything that ``source`` imports, ``from a import b`` giving ``a`` and ``a.b``.

    ``module`` is the package that relative imports start from. Lines of IPython's own are passed over.
    """
    return list(_imported(source, module))


def outside(paths: Iterable[Path]) -> list[str]:
    """Top-level names of the packages that the given Python files import and that are not the project's."""
    names = {
        name.partition(".")[0] for p in paths if p.suffix == ".py" for name in imported(p.read_text("utf-8"))
    }
    return sorted(n for n in names if n and n != PACKAGE.name and n not in sys.stdlib_module_names)


def lock() -> str:
    """The SHA-256 of ``requirements.lock``; ``none`` where the project has none."""
    return checksum(LOCK) if LOCK.exists() else "none"


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(lines: Iterable[object]) -> str:
    """The SHA-256 of some lines."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


@lru_cache(maxsize=1024)
def _imported(source: str, module: str) -> tuple[str, ...]:
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
    found = []
    for node in ast.walk(ast.parse(plain)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return tuple(found)


def _of_module(name: str, package: Path) -> Iterator[Path]:
    """The files that importing ``name`` runs: each package's ``__init__`` on the way, then its own."""
    first, *rest = name.split(".")
    if first != package.name:
        return
    place = package
    for part in ["", *rest]:
        place = place / part if part else place
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if path.is_file():
            yield path


def _dotted(path: Path, package: Path) -> str:
    """The package that a file's relative imports start from."""
    return ".".join([package.name, *path.parent.relative_to(package).parts])


def _data(folder: Path, package: Path) -> Iterator[Path]:
    for path in folder.rglob("*") if folder != package else folder.glob("*"):
        hidden = any(part in PASSED or part.startswith(".") for part in path.relative_to(package).parts)
        dress = folder == package and path.suffix in SHOWN
        if path.is_file() and path.suffix != ".py" and not hidden and not dress:
            yield path
