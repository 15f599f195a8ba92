"""The benchmark scripts of sentiment and stance, on the data that the project does not carry."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
BENCH = PROJECT.parent / "shared" / "bench"


def run(script: str, bench: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, f"benchmarks/{script}.py", "--bench", str(bench)]
    env = {**os.environ, "PYTHONPATH": str(PROJECT / "lib")}
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, env=env)


@cache
def printed(script: str) -> list[list[str]]:
    return [line.split() for line in run(script, BENCH).stdout.splitlines()]


@pytest.mark.parametrize("script", ["stance", "sentiment"])
def test_a_missing_folder_of_benchmarks_is_named_with_the_mend(script, tmp_path):
    done = run(script, tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name the folder of benchmarks with --bench" in done.stderr


@pytest.mark.skipif(not BENCH.exists(), reason="the benchmarks are not beside this project")
@pytest.mark.parametrize(
    ("script", "rows", "least"),
    [
        ("stance", {("lexicon", "dev_rw"): (2, 343), ("lexicon", "dev_mt"): (2, 442)}, 0.5),
        ("stance", {("trained", "dev_rw"): (2, 343), ("trained", "dev_mt"): (2, 442)}, 0.74),
        ("sentiment", {("textblob", "all"): (2, 2568), ("vader", "all"): (2, 2568)}, 0.28),
        ("sentiment", {("trained", "unseen"): (2, 499)}, 0.72),
    ],
)
def test_the_scores_are_over_all_rows_and_no_worse_than_they_were(script, rows, least):
    for names, (column, n) in rows.items():
        (line,) = (words for words in printed(script) if set(names) <= set(words))
        assert float(line[column]) >= least
        assert str(n) in line


def test_the_benchmark_of_speed_measures_reading_and_the_naive_loop_in_one_run():
    env = {**os.environ, "PYTHONPATH": str(PROJECT / "lib")}
    command = [sys.executable, "benchmarks/speed.py", "--pages", "2"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    pages, words, read, naive, times, peak = (
        float(x.replace(",", "")) for x in done.stdout.splitlines()[-1].split()
    )
    assert pages == 2
    assert words > 100
    assert times == pytest.approx(read / naive, rel=0.02, abs=0.06)
    assert 50 < peak < 3000
