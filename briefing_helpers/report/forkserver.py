"""Run as a program: import once what every kernel needs, then become a new kernel on each request.

Most of what a notebook costs is its kernel's start: ipykernel, pandas and seaborn take far longer to
import than its cells to run. This server imports them once and forks. Each kernel is a process and
session of its own that has run nothing yet: it takes its folder, environment, arguments and streams
from the request, reseeds, and goes through ipykernel's own start. ``kernels`` is the other side.

The server answers ``pid`` when a kernel stands, and its exit code when it has ended; or ``refused``
where a kernel forked here would differ from one started afresh. It ends, and its kernels with it,
when whoever started it closes the control socket or dies. What a kernel started goes when the kernel does.

What a notebook can see of this all the same: modules that it has not imported yet are in ``sys.modules``.
"""

from __future__ import annotations

import builtins
import gc
import importlib
import inspect
import io
import json
import os
import selectors
import signal
import socket
import sys
import threading
from contextlib import redirect_stdout, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

__all__ = ["IGNORED", "PRELOADED", "main"]

# What notebooks and kernels import, all of it needed: a module missing here fails the start, aloud.
PRELOADED = (
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "seaborn",
    "PIL.BmpImagePlugin",  # the image formats that the first chart saved would import
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
    "PIL.PngImagePlugin",
    "IPython.core.pylabtools",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipykernel.debugger",  # what ipykernel imports as it starts, and IPython at its first cell
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "psutil",
    "stack_data",
    "pygments.formatters.terminal256",
    "tornado.platform.asyncio",
    "pandas.io.formats.html",
    "pandas.core.reshape.reshape",
    "briefing_helpers.loading",
    "briefing_helpers.charts",
    "briefing_helpers.notebook",
)
# Environment variables that differ from kernel to kernel and that no import reads.
IGNORED = ("JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST")
_UNTOLD = "PYDEVD_DISABLE_FILE_VALIDATION"
_INLINE = "module://matplotlib_inline.backend_inline"

Request = dict[str, Any]


def main(control: socket.socket) -> None:
    """Serve until the control socket closes; return early only in a forked child, as its kernel."""
    # As ipykernel's launcher does: the folder we happen to be in must not lend its modules.
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]
    origin = dict(os.environ)
    _preload()
    # The debugger, which a kernel imports as it starts, leaves word to itself for processes to come.
    left = {k: v for k, v in os.environ.items() if k.startswith("PYDEVD_") and k not in (*origin, _UNTOLD)}
    request = _serve(control, origin)
    if request is not None:
        _become(request, left)


def _preload() -> None:
    # Imports make few cycles and much that stays: looking for garbage takes a fifth of their time.
    gc.disable()
    # ipykernel reads this when it is imported and watches that process: us, whose children kernels are.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    # A kernel sets this before its first cell, and matplotlib reads it when it is imported.
    os.environ.setdefault("MPLBACKEND", _INLINE)
    # pandas asks when it is imported whether it is in a notebook, and shows fewer columns if it is not.
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    # It also asks for the encoding of the console: a notebook's is UTF-8, whatever ours is.
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="UTF-8")):
        import pandas  # noqa: F401

    del builtins.get_ipython  # type: ignore[attr-defined]
    # The debugger would warn, here on the console, that it cannot step into Python's frozen modules.
    os.environ.setdefault(_UNTOLD, "1")
    for name in PRELOADED:
        importlib.import_module(name)
    assert threading.active_count() == 1, "a thread does not survive a fork"
    # This module hooks itself into the shell when it is imported; before there is one, charts would vanish.
    assert "matplotlib_inline.backend_inline" not in sys.modules
    gc.freeze()


def _serve(control: socket.socket, origin: dict[str, str]) -> Request | None:
    """Fork on each request. Returns the request in the child, None when the control socket closes."""
    children: dict[int, socket.socket] = {}
    try:
        return _fork_on_request(control, origin, children)
    finally:
        for pid in children:
            _kill_all_of(pid)


def _fork_on_request(
    control: socket.socket, origin: dict[str, str], children: dict[int, socket.socket]
) -> Request | None:
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    woken.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if woken in ready:
                woken.recv(4096)
                _reap(children)
            if control in ready:
                flag, handles, *_ = socket.recv_fds(control, 1, 3)
                if not flag:
                    return None
                link = socket.socket(fileno=handles[0])
                request = _receive(link)
                if request is None or not _same_start(request, origin):
                    _answer(link, "refused")
                elif (pid := os.fork()) == 0:
                    others = list(children.values())
                    children.clear()  # not ours to kill
                    os.setsid()
                    os.dup2(handles[1], 1)
                    os.dup2(handles[2], 2)
                    _answer(link, str(os.getpid()))
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    for each in (control, woken, wake, link, *others):
                        each.close()
                    for handle in handles[1:]:
                        os.close(handle)
                    return request
                else:
                    children[pid] = link
                for handle in handles[1:]:
                    os.close(handle)


def _reap(children: dict[int, socket.socket]) -> None:
    for pid in list(children):
        # Its id is its group's, and nobody else's until it has been waited for.
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            _kill_all_of(pid)
            link = children.pop(pid)
            _answer(link, str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
            link.close()


def _kill_all_of(pid: int) -> None:
    """Kill a kernel, should it run, and what it has started; just forked, it has no group yet."""
    os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _receive(link: socket.socket) -> Request | None:
    with link.makefile("rb") as file, suppress(ValueError):  # whoever asked may have ended meanwhile
        request: Request = json.load(file)
        return request
    return None


def _answer(link: socket.socket, text: str) -> None:
    with suppress(OSError):  # whoever asked may no longer listen
        link.sendall(f"{text}\n".encode())


def _same_start(request: Request, origin: dict[str, str]) -> bool:
    """Tell whether a kernel forked here starts as one does afresh with this environment and folder."""
    mine, asked = ({k: v for k, v in env.items() if k not in IGNORED} for env in (origin, request["env"]))
    try:
        return mine == asked and not any(_goes_first(path) for path in Path(request["cwd"]).iterdir())
    except OSError:  # a folder that is not there, or may not be read
        return False


def _goes_first(path: Path) -> bool:
    """Tell whether a fresh kernel in this file's folder would take it where we have taken another."""
    if path.name == "matplotlibrc":
        return True
    is_package = (path / "__init__.py").is_file()
    module = sys.modules.get(path.name if is_package else inspect.getmodulename(path) or "")
    return module is not None and not (module.__file__ or "").startswith(str(path))


def _become(request: Request, left: dict[str, str]) -> None:
    """Turn this process, just forked, into the kernel asked for; ``left`` is what imports set besides."""
    import ipykernel_launcher
    import numpy
    from ipykernel import kernelapp

    gc.enable()
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(left | request["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    sys.argv = [ipykernel_launcher.__file__, *request["argv"]]
    sys.orig_argv = [sys.executable, "-m", ipykernel_launcher.__name__, *request["argv"]]
    # Python's own generator reseeds itself after a fork, numpy's does not.
    numpy.random.seed()
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
