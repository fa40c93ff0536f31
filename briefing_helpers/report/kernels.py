"""Start Jupyter kernels quickly: fork them from a server that has made the slow imports already.

:class:`ForkedProvisioner` is a jupyter_client kernel provisioner. Where forking is possible and the
kernel would be as a fresh one is, it forks it from the server (see ``forkserver``); everywhere else it
starts an ordinary kernel, with the same results. A kernel is never used for two notebooks.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

__all__ = ["PROVISIONER", "ForkServer", "Forked", "ForkedProvisioner", "register", "serving", "start", "stop"]

PROVISIONER = "briefing-forked"
# macOS has fork, but system libraries there do not bear it.
CAN_FORK = sys.platform == "linux"
_LAUNCHER = [sys.executable, "-m", "ipykernel_launcher"]
_KNOWN = {"cwd", "env", "stdout", "stderr", "kernel_id"}


class Refused(RuntimeError):
    """The server is gone, or a kernel forked from it would not be as a fresh one."""


class Forked:
    """A kernel forked from the server, with as much of ``subprocess.Popen`` as provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, link: socket.socket) -> None:
        """Read from the server that the kernel stands. Raises Refused where it does not."""
        self._link = link
        self.returncode: int | None = None
        answer = self._read()
        if not answer.isdigit():
            link.close()
            raise Refused(answer or "the server has ended")
        self.pid = int(answer)

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel runs."""
        if self.returncode is None:
            self._link.setblocking(False)
            with suppress(BlockingIOError):
                self._end(self._read())
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the kernel to end and return its exit code; TimeoutError when that takes longer."""
        if self.returncode is None:
            self._link.settimeout(timeout)
            self._end(self._read())
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def _read(self) -> str:
        """Read one answer: its bytes are few and sent at once."""
        return self._link.recv(64).decode().strip()

    def _end(self, answer: str) -> None:
        # A server that is gone has taken its kernels along.
        self.returncode = int(answer) if answer else -signal.SIGKILL
        self._link.close()


class ForkServer:
    """The server's process, as seen by whoever started it."""

    def __init__(self) -> None:
        """Start the server; it makes its imports while we go on."""
        self.owner = os.getpid()
        self._control, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "briefing_helpers.report.forkserver", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C is for us; the server ends when we close its socket
        )
        theirs.close()

    @property
    def pid(self) -> int:
        """Process id of the server."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the server runs and is ours to ask: a fork of this process is another owner."""
        return self.owner == os.getpid() and self._process.poll() is None

    def fork(self, request: dict[str, Any], stdout: int, stderr: int) -> Forked:
        """Have a kernel forked; waits for the server's imports. Raises Refused where there is none."""
        link, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b"+"], [theirs.fileno(), stdout, stderr])
            link.sendall(json.dumps(request).encode())
            link.shutdown(socket.SHUT_WR)
            return Forked(link)
        except OSError as error:
            link.close()
            raise Refused(f"the server has ended ({error})") from None

    def stop(self) -> None:
        """Stop the server and whatever kernels it still has, and wait until they are gone."""
        if self.owner == os.getpid():
            self._control.close()
            self._process.wait()


_lock = threading.Lock()
_server: ForkServer | None = None


def start() -> ForkServer | None:
    """Return the server of this process, started if need be; None where kernels cannot be forked."""
    global _server
    with _lock:
        if CAN_FORK and (_server is None or not _server.running):
            _server = ForkServer()
            atexit.register(stop)
        return _server


def stop() -> None:
    """Stop the server of this process, if there is one."""
    global _server
    with _lock:
        server, _server = _server, None
    if server is not None:
        server.stop()
        atexit.unregister(stop)


@contextmanager
def serving() -> Iterator[None]:
    """Keep a server for the time of a block; one that ran before is used and left running."""
    ours = _server is None or not _server.running
    start()
    try:
        yield
    finally:
        if ours:
            stop()


class ForkedProvisioner(LocalProvisioner):
    """Fork a kernel where that is as good as starting it, else start it."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch the kernel and return how to connect to it."""
        server = start() if cmd[:3] == _LAUNCHER and set(kwargs) <= _KNOWN else None
        streams = [_handle(kwargs.get(name), default) for name, default in (("stdout", 1), ("stderr", 2))]
        if server is None or None in streams:
            return await super().launch_kernel(cmd, **kwargs)
        cwd = str(Path(kwargs.get("cwd") or "").absolute())
        request = {"argv": cmd[3:], "cwd": cwd, "env": kwargs["env"]}
        try:
            self.process: Any = await asyncio.to_thread(server.fork, request, *streams)
        except Refused as reason:
            self.log.debug("Starting an ordinary kernel: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        # The kernel leads a session of its own, so its group has its id.
        self.pid = self.pgid = self.process.pid
        self.cwd = cwd
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel to end: told by the server, where others ask ten times a second."""
        if isinstance(self.process, Forked):
            code = await asyncio.to_thread(self.process.wait)
            self.process = None
            return code
        return await super().wait()

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process group, unless the kernel has ended."""
        if await self.poll() is None:
            await super().send_signal(signum)


def register() -> KernelProvisionerFactory:
    """Make the provisioner known to jupyter_client and return its factory.

    An installed package is known by its entry point; a checkout that is merely on the path is not.
    """
    factory = KernelProvisionerFactory.instance()
    group, value = KernelProvisionerFactory.GROUP_NAME, f"{__name__}:{ForkedProvisioner.__name__}"
    factory.provisioners.setdefault(PROVISIONER, EntryPoint(PROVISIONER, value, group))
    return factory


def _handle(stream: Any, default: int) -> int | None:
    """Return the descriptor that a Popen argument means, or None where it would need a pipe."""
    if stream is None:
        return default
    number = stream if isinstance(stream, int) else stream.fileno()
    return number if number >= 0 else None
