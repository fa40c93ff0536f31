"""Plug into pytest, so that nbval runs notebooks in forked kernels (named in pyproject.toml with -p).

Each process that runs tests has a server of its own, started with its first notebook and stopped at the
end. What a notebook shows is the same without this plug-in; it takes longer.
"""

from __future__ import annotations

from typing import Any

# Before nbval, which pytest loads after the plug-ins named with -p, imports nbformat without care.
from briefing_helpers.report import formats  # noqa: F401
from briefing_helpers.report.kernels import start, stop

__all__ = ["pytest_collection_finish", "pytest_configure", "pytest_unconfigure"]


def pytest_configure(config: Any) -> None:
    """Have all kernels of this process forked, where notebooks are to be run."""
    if config.getoption("nbval", False) or config.getoption("nbval_lax", False):
        from briefing_helpers.report.provisioner import PROVISIONER, register

        register().default_provisioner_name = PROVISIONER


def pytest_collection_finish(session: Any) -> None:
    """Start the server where there are notebooks; it makes its imports while other tests run."""
    if any(item.path.suffix == ".ipynb" for item in session.items):
        start()


def pytest_unconfigure() -> None:
    """Stop the server."""
    stop()
