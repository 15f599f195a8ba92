"""A run that is killed at any moment leaves no half-written file, and the next one completes it.

``CUTTINGS_KILLS`` says how many times (``make kills``: 50); the moments are drawn with a fixed seed.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cuttings import pipeline

KILLS = int(os.environ.get("CUTTINGS_KILLS", "2"))
RUN = """import sys
from pathlib import Path
from cuttings import pipeline
pipeline.run(sys.argv[1], sys.argv[2], {"year_to": sys.argv[4]}, notebooks_dir=Path(sys.argv[3]))"""
COUNTING = """from cuttings import findings, tables
n_items = len(tables.query(out_dir, "SELECT item_id FROM items"))
findings.record(out_dir, "01-text", [findings.count("items", "Items", n_items, "SELECT * FROM items", "items")])
print(n_items, year_to)"""
USING = "from cuttings import text\nprint(len(out_dir) > 0, year_to)"


def start(root: Path, out: Path, year: str) -> subprocess.Popen:
    command = [sys.executable, "-c", RUN, str(root / "corpus"), str(out), str(root / "notebooks"), year]
    return heeding(command)


def heeding(command: list[str]) -> subprocess.Popen:
    """A process that heeds Ctrl+C also where the tests were started in the background, which ignores it."""
    env = {**os.environ, "CUTTINGS_QUIET": "1", "PYTHONPATH": str(pipeline.PROJECT / "lib")}
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, preexec_fn=heed)


def complete(root: Path, out: Path, year: str) -> float:
    """Seconds that a run takes that nobody interrupts."""
    began = time.monotonic()
    run = start(root, out, year)
    said = run.communicate()[1]
    assert run.returncode == 0, said
    return time.monotonic() - began


def sums(out: Path) -> dict[str, str]:
    files = (p for p in out.rglob("*") if p.is_file())
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def half_written(out: Path) -> list[str]:
    """Files that stand under their own names without being whole."""
    found = []
    for path in (p for p in out.rglob("*") if p.is_file() and ".unfinished" not in p.relative_to(out).parts):
        try:
            if path.suffix in (".json", ".ipynb"):
                json.loads(path.read_text("utf-8"))
            elif path.suffix == ".parquet":
                pq.read_table(path)
            elif path.suffix in (".html", ".svg"):
                assert path.read_text("utf-8").rstrip().endswith((">",))
        except Exception as error:
            found.append(f"{path.name}: {error!r}")
    return found


@pytest.fixture
def root(tmp_path, corpus_of, notebooks_of) -> Path:
    corpus_of()
    notebooks_of("01-text", ("code", COUNTING))
    notebooks_of("02-turns", ("code", USING))
    notebooks_of("03-errors", ("code", "print(year_to)"))
    return tmp_path


def test_a_run_killed_at_random_moments_is_completed_with_the_same_bytes(root):
    """Each kill falls on a run that changes what the last whole one made, and leaves it whole or changed."""
    expected, lasts = {}, []
    for year in ("2009", "2010"):
        lasts.append(complete(root, root / "out", year))
        expected[year] = sums(root / "out")
    moments = random.Random(20101)
    for kill in range(KILLS):
        year = ("2009", "2010")[kill % 2]
        run = start(root, root / "out", year)
        time.sleep(moments.uniform(0, max(lasts)))
        run.send_signal(moments.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        run.communicate()
        assert half_written(root / "out") == []
        complete(root, root / "out", year)
        assert sums(root / "out") == expected[year], f"kill {kill + 1}"


def test_nothing_of_a_killed_run_stays_alive(root):
    run = start(root, root / "out", "2010")
    work = root / "out" / ".unfinished"
    until = time.monotonic() + 120
    while not (work / "reading").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert (work / "reading").exists()
    run.kill()
    run.communicate()
    os.close(pipeline._hold(work))  # which all of its processes held


def test_an_interrupted_run_says_so_in_one_line(root):
    command = [
        sys.executable,
        "-m",
        "cuttings",
        "report",
        "--corpus",
        str(root / "corpus"),
        "--out",
        str(root / "o"),
    ]
    run = heeding(command)
    until = time.monotonic() + 120
    while not (root / "o" / ".unfinished").exists() and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    said = run.communicate()[1]
    assert (run.returncode, said.count("\n")) == (130, 1), said
    assert "interrupted; what was there before is untouched" in said
