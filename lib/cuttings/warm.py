"""Processes for a run: one that imports once what all need, and from it a copy for every task.

Imports cost a fresh kernel several seconds; a copy (``fork``) of a process that has them starts at
once. Whatever happens to the run, its processes end with it. Where copying a process that has
libraries loaded is not safe (anywhere but on Linux) nothing is imported ahead.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from cuttings.errors import CuttingsError, NotebookFailed

SAFE = sys.platform == "linux"
IMPORT_ROOT = Path(__file__).resolve().parents[1]
KILLED = "the process that starts the notebooks was killed; is there enough memory?"
LOOK = 0.02
"""Seconds between two looks at whether a task has ended."""


class Workers:
    """Starts tasks in processes of their own, and tells of each that has ended.

    ``held`` is a file descriptor that stays open as long as any of the processes lives. Use with
    ``with``: at the end of the block all that still run are killed.
    """

    def __init__(self, held: int) -> None:
        paths = [str(IMPORT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            pass_fds=(held,),
            env={**os.environ, "MPLBACKEND": "agg", "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._results: dict[str, Path] = {}
        self._said = b""

    def load(self, modules: Iterable[str]) -> None:
        """Import ``modules`` ahead of the tasks that are started from now on."""
        self._send({"load": list(modules) if SAFE else []})

    def start(self, name: str, call: str, result: Path, /, **arguments: object) -> None:
        """Call ``call`` (``module:function``) with ``arguments`` in a process named ``name``.

        What it returns goes through the file ``result`` as JSON.
        """
        self._results[name] = result
        self._send({"start": name, "call": call, "result": str(result), "arguments": arguments})

    def ended(self, seconds: float) -> tuple[str, object] | None:
        """The name of a task that has ended and what it returned; ``None`` if none does in ``seconds``.

        An exception that a task raised stands in place of what it returned.
        """
        if b"\n" not in self._said:
            ready, _, _ = select.select([self._process.stdout], [], [], seconds)
            if not ready:
                return None
            chunk = os.read(self._process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise NotebookFailed(KILLED)
            self._said += chunk
        line, end, rest = self._said.partition(b"\n")
        if not end:
            return None
        self._said = rest
        name = json.loads(line)["ended"]
        return name, _returned(name, self._results.pop(name))

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind and SAFE:
            self._process.kill()  # and the system all that it started
        for pipe in (self._process.stdin, self._process.stdout):
            pipe.close()
        self._process.wait()

    def _send(self, message: dict) -> None:
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise NotebookFailed(KILLED) from None


def die_with_parent() -> None:
    """Have the system kill this process when the one that started it ends, however it ends."""
    if SAFE:
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _returned(name: str, path: Path) -> object:
    if not path.exists():
        return NotebookFailed(f"{name}: its process was killed; is there enough memory?")
    said = json.loads(path.read_text("utf-8"))
    path.unlink()
    kinds = {"wrong": CuttingsError, "failed": NotebookFailed}
    return next((kind(said[key]) for key, kind in kinds.items() if key in said), said.get("returned"))


def _serve() -> None:
    die_with_parent()
    requests, replies = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    running: dict[int, str] = {}
    rest = b""
    try:
        while True:
            if select.select([requests], [], [], LOOK if running else None)[0]:
                chunk = os.read(requests, 1 << 16)
                if not chunk:
                    return
                *lines, rest = (rest + chunk).split(b"\n")
                for message in map(json.loads, lines):
                    _import(message.get("load", ()))
                    if "start" in message:
                        running[_fork(message, requests, replies)] = message["start"]
            for pid in _gone(running):
                os.write(replies, json.dumps({"ended": running.pop(pid)}).encode() + b"\n")
    finally:
        for pid in running:
            os.killpg(pid, signal.SIGKILL)


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        try:
            import_module(module)
        except Exception:  # a name that is no module, or a fault that whoever needs it will meet
            continue


def _gone(running: Iterable[int]) -> list[int]:
    return [pid for pid in list(running) if os.waitpid(pid, os.WNOHANG)[0]]


def _fork(message: dict, *mine: int) -> int:
    pid = os.fork()
    if pid:
        with suppress(OSError):  # it may have done so itself, and more
            os.setpgid(pid, pid)
        return pid
    try:
        os.setpgid(0, 0)
        die_with_parent()
        for descriptor in mine:
            os.close(descriptor)
        _work(message)
    finally:
        os._exit(0)


def _work(message: dict) -> None:
    module, function = message["call"].split(":")
    try:
        said = {"returned": getattr(import_module(module), function)(**message["arguments"])}
    except CuttingsError as error:
        said = {"wrong": str(error)}
    except NotebookFailed as error:
        said = {"failed": str(error)}
    except Exception as error:
        last = error.__traceback__
        while last.tb_next:
            last = last.tb_next
        place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}"
        said = {"failed": f"{message['start']}: {type(error).__name__} at {place}: {error}"}
    path = Path(message["result"])
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(said), "utf-8")
    os.replace(part, path)
    sys.stdout.flush()
    sys.stderr.flush()


if __name__ == "__main__":
    _serve()
