"""What is stated to be needed, what is pinned, what conda gets and what the code imports are one thing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import nbformat
import pytest
import yaml

from cuttings import cli, environment

PROJECT = environment.PROJECT
NOT_IMPORTED = {
    "dask": "brings distributed, its extra",
    "jupyterlab": "where users explore",
    "ipywidgets": "draws progress bars in JupyterLab",
    "pytest-xdist": "pytest -n",
    "nbval": "pytest --nbval",
    "ruff": "make test",
    "setuptools": "installs the project",
}
"""Dependencies that no code imports, and what needs them."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def sources() -> dict[str, str]:
    """All Python of the project by path: modules, tests, benchmarks, scripts and notebooks."""
    folders = ("lib", "tests", "benchmarks", "corpus")
    found = {str(p): p.read_text("utf-8") for f in folders for p in sorted((PROJECT / f).rglob("*.py"))}
    for path in sorted((PROJECT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, 4).cells
        found[str(path)] = "\n".join(c.source for c in cells if c.cell_type == "code")
    return found


def imported() -> set[str]:
    """Top-level modules that the project's code imports, its own and the standard library's left out."""
    own = {p.stem for folder in ("benchmarks", "training") for p in (PROJECT / folder).glob("*.py")}
    names = set()
    for source in sources().values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"cuttings", "conftest"} - own


def stated() -> set[str]:
    """Names of the stated dependencies, and of extras, which may be packages (``dask[distributed]``)."""
    names = environment.direct()
    return {normal(n) for n in names} | {x for extras in names.values() for x in re.findall(r"\w+", extras)}


def test_every_import_is_a_stated_dependency():
    owners = packages_distributions()
    missing = {m for m in imported() if not {normal(d) for d in owners.get(m, [])} & stated()}
    assert not missing


def test_every_stated_dependency_is_imported_or_listed_with_what_needs_it():
    owners = packages_distributions()
    used = {normal(d) for m in imported() for d in owners.get(m, [])}
    assert {normal(n) for n in environment.direct()} - used == set(NOT_IMPORTED)


def test_environment_yml_is_what_make_lock_writes():
    assert (PROJECT / "environment.yml").read_text("utf-8") == environment.text()


def test_environment_yml_is_python_pip_the_pins_and_the_project():
    *packages, from_pip = yaml.safe_load((PROJECT / "environment.yml").read_text("utf-8"))["dependencies"]
    assert packages == ["python=3.11", "pip"]
    assert from_pip["pip"][-1] == "-e ."
    names = {re.match(r"[\w.-]+", pin)[0] for pin in from_pip["pip"][:-1]}
    assert {normal(n) for n in names} == {normal(n) for n in environment.direct()}
    assert all("==" in pin for pin in from_pip["pip"][:-1])


def test_the_lock_pins_every_dependency_within_its_stated_range():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    pins = environment.locked((PROJECT / "requirements.lock").read_text("utf-8"))
    for line in (line for group in groups for line in group):
        name, least = re.match(r"([\w.-]+)(?:\[.*\])?[>=]=([\d.]+)", line).groups()
        for pin in pins[name.lower()]:
            assert numbers(pin.partition(" ")[0]) >= numbers(least), line


def numbers(version: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", version)]


def test_the_lock_has_a_checksum_for_every_package():
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    packages = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


def test_make_help_names_the_targets_that_there_are():
    targets = set(re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"\bmake ([\w-]+)", told)) <= targets
    assert {"report", "test", "lab", "bench", "setup", "refresh", "lock"} <= targets


def readme_commands(first: str) -> list[list[str]]:
    """Commands of the README's code blocks and spans that start with the word ``first``."""
    text = (PROJECT / "README.md").read_text("utf-8")
    return [found.split() for found in re.findall(rf"(?:^|`)({first} [^`#\n]+)", text, re.MULTILINE)]


def test_every_make_command_of_the_readme_is_a_target():
    targets = set(re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {command[1] for command in readme_commands("make")}
    assert {"report", "test"} <= asked <= targets


def test_every_cuttings_command_of_the_readme_is_one_that_the_command_line_takes():
    commands = readme_commands("cuttings")
    assert commands
    for command in commands:
        cli._parser().parse_args(command[1:])


def test_every_file_that_the_readme_links_to_is_there():
    text = (PROJECT / "README.md").read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if not (PROJECT / link).exists()] == []


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", "environment.yml"])
def test_no_folder_of_this_machine_is_named_in_what_builds_the_project(name):
    assert str(PROJECT) not in (PROJECT / name).read_text("utf-8")
