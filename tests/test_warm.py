"""Processes that are copies of one: what they return, how they fail, how they end."""

from __future__ import annotations

import os
import select

import pytest

from cuttings import warm
from cuttings.errors import CuttingsError


@pytest.fixture
def workers():
    held = os.open(os.devnull, os.O_RDONLY)
    with warm.Workers(held) as made:
        yield made
    os.close(held)


def all_ended(workers: warm.Workers, names: set[str]) -> dict[str, object]:
    ended: dict[str, object] = {}
    while ended.keys() != names:
        if found := workers.ended(60):
            ended[found[0]] = found[1]
    return ended


def test_tasks_that_end_at_the_same_time_are_all_told_of(workers, tmp_path):
    names = {f"task {n}" for n in range(20)}
    for name in names:
        workers.start(name, "json:dumps", tmp_path / f"{name}.json", obj=name)
    assert all_ended(workers, names) == {name: f'"{name}"' for name in names}


def test_a_task_returns_what_it_made_or_what_went_wrong(workers, tmp_path):
    workers.load(["json", "no.such.module"])
    workers.start("made", "json:dumps", tmp_path / "a", obj=[1])
    workers.start("wrong", "cuttings.parameters:check", tmp_path / "b", notebooks={}, given={"x": "1"})
    workers.start("failed", "json:loads", tmp_path / "c", s="{")
    workers.start("killed", "os:abort", tmp_path / "d")
    ended = all_ended(workers, {"made", "wrong", "failed", "killed"})
    assert ended["made"] == "[1]"
    assert isinstance(ended["wrong"], CuttingsError)
    assert str(ended["failed"]).startswith("failed: JSONDecodeError at decoder.py:")
    assert str(ended["killed"]) == "killed: its process was killed; is there enough memory?"


def interrupted(held: int, tmp_path) -> None:
    with warm.Workers(held) as workers:
        workers.start("waits", "signal:pause", tmp_path / "waits.json")
        workers.start("made", "json:dumps", tmp_path / "made.json", obj=1)
        all_ended(workers, {"made"})
        raise KeyboardInterrupt


def test_no_task_outlives_the_one_who_started_it(tmp_path):
    read, write = os.pipe()
    with pytest.raises(KeyboardInterrupt):
        interrupted(write, tmp_path)
    os.close(write)
    assert select.select([read], [], [], 30)[0]
    assert os.read(read, 1) == b""  # nobody holds the other end any more
    os.close(read)
