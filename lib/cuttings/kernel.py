"""A kernel that is a copy of this process, imports and all, for papermill to execute a notebook in."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
import uuid

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from cuttings import warm

LONGEST = 90
"""Bytes of a socket's path that leave room for its number: systems allow 104 to 108 (``sun_path``, POSIX)."""


class Copy:
    """A copy of this process that waits to be told which kernel to be; has what a ``Popen`` has.

    Make it before this process has threads or sockets.
    """

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        read, self._tell = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            os.close(self._tell)
            _become(read)
        os.close(read)

    def launch(self, argv: list[str], cwd: str, env: dict[str, str]) -> None:
        with os.fdopen(self._tell, "w", encoding="utf-8") as pipe:
            json.dump({"argv": argv, "cwd": str(cwd), "env": env}, pipe)

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self) -> int:
        while self.poll() is None:
            time.sleep(0.01)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def manager(copy: Copy) -> type[AsyncKernelManager]:
    """A class of kernel managers, for papermill's ``kernel_manager_class``, whose kernel is ``copy``.

    The two speak over sockets in the folder for temporary files where its path is short enough: a TCP port that is
    free when it is chosen may be another's when the kernel binds it.
    """

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs) -> dict:
            copy.launch(cmd[cmd.index("-m") + 2 :], kwargs.get("cwd") or os.getcwd(), kwargs["env"])
            self.process, self.pid = copy, copy.pid
            return self.connection_info

    class Manager(AsyncKernelManager):
        def __init__(self, **kwargs) -> None:
            super().__init__(**kwargs)
            sockets = os.path.join(tempfile.gettempdir(), f"cuttings-{uuid.uuid4().hex}")
            if len(os.fsencode(sockets)) <= LONGEST:
                self.transport, self.ip = "ipc", sockets

        async def _async_pre_start_kernel(self, **kwargs):
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = Provisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
            return await super()._async_pre_start_kernel(**kwargs)

    return Manager


def _become(read: int) -> None:
    """Wait for orders, then be the kernel until it is shut down; never returns."""
    try:
        warm.die_with_parent()
        with os.fdopen(read, encoding="utf-8") as pipe:
            text = pipe.read()
        if not text:
            return
        told = json.loads(text)
        os.environ.clear()
        os.environ.update(told["env"])
        os.chdir(told["cwd"])
        from ipykernel.kernelapp import IPKernelApp

        sys.argv = ["ipykernel_launcher.py", *told["argv"]]
        IPKernelApp.launch_instance(told["argv"], parent_handle=os.getppid())
    finally:
        os._exit(0)
