"""How long a report takes: a full run against its slowest chain of notebooks run bare by papermill.

    python benchmarks/report.py [--rounds 1]

Chain and run are measured in turn, in one go, on this machine's cores, so that what counts is their
ratio: at most 1.3. Then a run in which nothing has changed: at most 3 s, and by make at most 4 s.
Other work on the machine disturbs all of it; the load at the start is printed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cuttings import dag, inputs, pipeline

BARE = """import papermill, sys
for path in sys.argv[3:]:
    papermill.execute_notebook(path, None, {"corpus_dir": sys.argv[1], "out_dir": sys.argv[2]},
                               cwd=path.rsplit("/", 1)[0], progress_bar=False)
"""
CORPUS = pipeline.PROJECT / "corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1, help="how often each is measured; the best counts")
    rounds = parser.parse_args().rounds
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    notebooks = pipeline.find_notebooks(pipeline.NOTEBOOKS)
    needs = dag.needs({name: inputs.code(notebook) for name, notebook in notebooks.items()})
    with tempfile.TemporaryDirectory(prefix="cuttings-") as folder:
        chains = {chain: bare(chain, Path(folder), rounds) for chain in maximal(dag.chains(needs))}
        out = Path(folder) / "run"
        command = [sys.executable, "-m", "cuttings", "report", "--corpus", str(CORPUS), "--out", str(out)]
        full = min(timed([*command, "--force"]) for _ in range(rounds))
        nothing = min(timed(command) for _ in range(3))
        timed(["make", "-s", "report", f"OUT={out}"])  # its corpus is the same by another way
        made = min(timed(["make", "-s", "report", f"OUT={out}"]) for _ in range(3))
    slowest = max(chains, key=chains.__getitem__)
    for chain, seconds in chains.items():
        print(f"bare papermill, {' > '.join(chain):50} {seconds:6.1f} s")
    print(f"full run {full:.1f} s, {full / chains[slowest]:.2f} of the slowest chain (at most 1.3)")
    print(f"nothing changed {nothing:.2f} s (at most 3), by make {made:.2f} s (at most 4)")


def maximal(chains: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The chains that are not part of another."""
    found = list(chains)
    return [c for c in found if not any(set(c) < set(other) for other in found)]


def bare(chain: tuple[str, ...], folder: Path, rounds: int) -> float:
    """Seconds that papermill alone takes for a chain of notebooks, from nothing, in one process."""
    paths = [str(pipeline.NOTEBOOKS / f"{name}.ipynb") for name in chain]
    return min(
        timed([sys.executable, "-c", BARE, str(CORPUS), str(folder / f"{'-'.join(chain)}{n}"), *paths])
        for n in range(rounds)
    )


def timed(command: list[str]) -> float:
    env = {**os.environ, "CUTTINGS_QUIET": "1", "PYTHONPATH": str(pipeline.PROJECT / "lib")}
    start = time.perf_counter()
    subprocess.run(command, cwd=pipeline.PROJECT, env=env, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
