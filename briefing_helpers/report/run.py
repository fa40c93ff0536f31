"""Run a notebook afresh and say in one line where it failed."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat

__all__ = ["Run", "run", "run_all"]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Run:
    """What came of running one notebook: its text with outputs, or the fault in one line."""

    path: Path
    notebook: nbformat.NotebookNode | None
    fault: str | None = None


def run(path: Path) -> Run:
    """Run one notebook in a new kernel, in its own folder.

    Never raises: a notebook that cannot be read or fails comes back with ``fault`` set to a line
    that names the notebook, the cell (counted from 1, text cells included) and the error.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises a dozen types for a file that is no notebook
        return Run(path, None, f"{path.name}: not a notebook ({_line(error)})")
    client = NotebookClient(
        notebook,
        timeout=300,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        # The kernel warns about its own transport on every start, which says nothing of the notebook.
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return Run(path, None, f"{path.name}, cell {_failed(notebook)}: {error.ename}: {_line(error.evalue)}")
    except (CellTimeoutError, DeadKernelError) as error:
        return Run(path, None, f"{path.name}, cell {_failed(notebook)}: {_line(error)}")
    except Exception as error:  # no kernel, for instance
        return Run(path, None, f"{path.name}: could not be run ({_line(error)})")
    return Run(path, notebook)


def run_all(paths: list[Path], jobs: int) -> list[Run]:
    """Run notebooks in parallel, each in a process and kernel of its own; results in order."""
    if jobs == 1 or len(paths) == 1:
        return [run(path) for path in paths]
    with ProcessPoolExecutor(max_workers=min(jobs, len(paths))) as pool:
        return list(pool.map(run, paths))


def _failed(notebook: nbformat.NotebookNode) -> int:
    # nbclient stops at the failing cell: the last code cell that was started.
    started = [
        number
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code" and (cell.get("outputs") or cell.get("execution_count"))
    ]
    errors = [
        number
        for number, cell in enumerate(notebook.cells, 1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    ]
    return (errors or started or [1])[-1]


def _line(error: object) -> str:
    text = " ".join(_ANSI.sub("", str(error)).split())
    return text if len(text) <= 300 else text[:297] + "..."
