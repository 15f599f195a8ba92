"""``environment.yml`` from ``pyproject.toml`` and ``requirements.lock``: for conda and Binder.

Run by ``make lock``, with the standard library alone.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HEAD = """# Made by make lock from pyproject.toml and requirements.lock; a test holds the three together.
# conda env create -f environment.yml && conda activate cuttings; then make report, make test and make lab use it.
name: cuttings
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def text(project: Path = PROJECT) -> str:
    """``environment.yml`` for the project in ``project``: direct dependencies at their locked versions.

    Raises ``KeyError`` for a dependency that the lock does not pin.
    """
    pins = locked((project / "requirements.lock").read_text("utf-8"))
    lines = [
        f'      - "{name}{extras}=={pin}"\n' for name, extras in direct(project).items() for pin in pins[name]
    ]
    return f"{HEAD}{''.join(lines)}      - -e .\n"


def direct(project: Path = PROJECT) -> dict[str, str]:
    """The dependencies that ``pyproject.toml`` states, those of its extras too: ``[extras]`` by name."""
    stated = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [stated["dependencies"], *stated["optional-dependencies"].values()]
    found = [re.match(r"([\w.-]+)(\[[\w,.-]+\])?", line) for group in groups for line in group]
    return {match[1].lower(): match[2] or "" for match in sorted(found, key=lambda m: m[1].lower())}


def locked(lock: str) -> dict[str, list[str]]:
    """The versions that a lock pins, by name; several, each with its marker, where they differ by Python."""
    pins: dict[str, list[str]] = {}
    for name, pin in re.findall(r"^([\w.-]+)==([^\\\n]+?) *\\?$", lock, re.MULTILINE):
        pins.setdefault(name, []).append(pin)
    return pins


if __name__ == "__main__":
    (PROJECT / "environment.yml").write_text(text(), "utf-8")
