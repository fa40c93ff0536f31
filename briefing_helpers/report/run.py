"""Run notebooks afresh, several at once, and say in one line where one failed."""

from __future__ import annotations

import asyncio
import os
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing_helpers.report.formats import nbformat  # first: nbclient imports nbformat too

# isort: split
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from briefing_helpers.report.client import Client
from briefing_helpers.report.kernels import CAN_FORK, serving
from briefing_helpers.report.provisioner import choose

__all__ = ["Run", "run", "running"]

_LONGEST = 90  # bytes; the name of a socket may have 107
_SPARE = 2  # kernels that start or end while others run
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Run:
    """What came of running one notebook: its text with outputs, or the fault in one line."""

    path: Path
    notebook: nbformat.NotebookNode | None
    fault: str | None = None


def run(path: Path) -> Run:
    """Run one notebook in a new kernel; see :func:`running`."""
    with running([path], jobs=1) as runs:
        return next(runs)


@contextmanager
def running(paths: list[Path], jobs: int, forked: bool = True) -> Iterator[Iterator[Run]]:
    """Run notebooks, ``jobs`` at a time, each in a new kernel and in its own folder.

    Yields an iterator over what came of each, in the order in which they end. It never raises: a
    notebook that cannot be read or fails comes back with ``fault`` set to a line that names the
    notebook, the cell (counted from 1, text cells included) and the error. Leaving the block stops what
    still runs. Kernels are forked where possible, unless ``forked`` is false; outputs are the same.
    """
    ended: queue.SimpleQueue[Run | None] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()
    everything = loop.create_task(_run_all(paths, jobs, forked, ended))

    def work() -> None:
        try:
            loop.run_until_complete(everything)
        except asyncio.CancelledError:
            pass
        finally:
            ended.put(None)
            loop.run_until_complete(loop.shutdown_default_executor())

    # In a thread of their own, kernels go on while the block renders a page; and nbclient leaves
    # Ctrl-C to us, where in the main thread it would stop one kernel and go on.
    thread = threading.Thread(target=work, name="notebooks")
    with serving(at_once=bool(forked and paths)):
        thread.start()
        try:
            yield iter(ended.get, None)
        finally:
            loop.call_soon_threadsafe(everything.cancel)
            thread.join()
            loop.close()


async def _run_all(paths: list[Path], jobs: int, forked: bool, ended: queue.SimpleQueue[Run | None]) -> None:
    # Starting and ending a kernel is mostly waiting: the next ones start while all slots are taken.
    kernels, slots = asyncio.Semaphore(jobs + _SPARE), asyncio.Semaphore(jobs)

    async def one(path: Path) -> None:
        async with kernels:
            await _run(path, forked, slots, ended)

    async with asyncio.TaskGroup() as group:
        for path in paths:
            group.create_task(one(path))


async def _run(
    path: Path, forked: bool, slots: asyncio.Semaphore, ended: queue.SimpleQueue[Run | None]
) -> None:
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises a dozen types for a file that is no notebook
        ended.put(Run(path, None, f"{path.name}: not a notebook ({_line(error)})"))
        return
    reached, fault = [1], None
    client = NotebookClient(
        notebook,
        timeout=300,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        # The kernel warns about its own transport on every start, which says nothing of the notebook.
        extra_arguments=["--log-level=ERROR"],
        shutdown_kernel="immediate",
        on_cell_start=lambda cell, cell_index: reached.append(cell_index + 1),
    )
    try:
        with TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True) as sockets:
            await _start(client, forked, sockets)
            async with client.async_setup_kernel():
                async with slots:
                    await client.async_execute(cleanup_kc=False)
                ended.put(Run(path, notebook))  # it can be rendered while its kernel ends
                return
    except CellExecutionError as error:
        fault = f"{path.name}, cell {reached[-1]}: {error.ename}: {_line(error.evalue)}"
    except (CellTimeoutError, DeadKernelError) as error:
        fault = f"{path.name}, cell {reached[-1]}: {_line(error)}"
    except Exception as error:  # no kernel, for instance
        fault = f"{path.name}: could not be run ({_line(error)})"
    ended.put(Run(path, None, fault))


async def _start(client: NotebookClient, forked: bool, sockets: str) -> None:
    """Start a kernel that is spoken to through sockets in a folder, where that is possible, else on ports.

    Ports are looked for before a kernel takes them, and now and then another process is faster.
    """
    manager = client.create_kernel_manager()
    manager.client_factory = Client
    if CAN_FORK and len(os.fsencode(sockets)) < _LONGEST:  # tried on Linux alone
        manager.transport, manager.ip = "ipc", str(Path(sockets, "kernel"))
    choose(manager, forked)
    await client.async_start_new_kernel()
    await client.async_start_new_kernel_client()


def _line(error: object) -> str:
    text = " ".join(_ANSI.sub("", str(error)).split())
    return text if len(text) <= 300 else text[:297] + "..."
