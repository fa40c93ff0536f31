"""Fork kernels from a server that has made their slow imports: this side asks, ``forkserver`` serves.

One server at most runs for a process. It ends when the block that needed it does, or with the process.
"""

from __future__ import annotations

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
from typing import Any

__all__ = ["CAN_FORK", "ForkServer", "Forked", "Refused", "cores", "serving", "start", "stop"]

# macOS has fork, but its system libraries do not bear it; Windows has none.
CAN_FORK = sys.platform == "linux"
PROGRAM = "briefing_helpers.report.forkserver"


class Refused(RuntimeError):
    """The server is gone, or a kernel forked from it would not be as a fresh one."""


class Forked:
    """A kernel forked from the server, with as much of ``subprocess.Popen`` as provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, link: socket.socket) -> None:
        """Read from the server that the kernel stands. Raises Refused where it does not."""
        self._link = link
        self._reading = threading.Lock()
        self.returncode: int | None = None
        answer = self._read()
        if not answer.isdigit():
            link.close()
            raise Refused(answer or "the server has ended")
        self.pid = int(answer)

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel runs."""
        # Where a thread waits for the end already, it is the one to read it.
        if self._reading.acquire(blocking=False):
            try:
                with suppress(BlockingIOError):
                    self._read_end(0)
            finally:
                self._reading.release()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the kernel to end and return its exit code; TimeoutError when that takes longer."""
        with self._reading:
            self._read_end(timeout)
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

    def _read_end(self, timeout: float | None) -> None:
        if self.returncode is None:
            self._link.settimeout(timeout)
            answer = self._read()
            self._link.close()
            if not answer:  # the server is gone; had it been stopped, it would have taken its kernels along
                with suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
            self.returncode = int(answer or -signal.SIGKILL)


class ForkServer:
    """The server's process, as seen by whoever started it."""

    def __init__(self) -> None:
        """Start the server; it makes its imports while we go on."""
        self.owner = os.getpid()
        self._control, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", PROGRAM, str(theirs.fileno())],
            # What kernels are given: libraries such as readline may have set more behind Python's back.
            env=dict(os.environ),
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


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
def serving(at_once: bool = True) -> Iterator[None]:
    """Stop the server at the end of a block, unless one ran before; ``at_once`` starts it now."""
    ours = _server is None or not _server.running
    if at_once:
        start()
    try:
        yield
    finally:
        if ours:
            stop()
