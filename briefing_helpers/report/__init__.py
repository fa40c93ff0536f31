"""Turn the notebooks into self-contained HTML reports: run them, render them, write them at once.

Nothing heavy is imported here: a build that finds everything unchanged needs neither pandas nor Jupyter.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing_helpers.report.build import ReportError, build
    from briefing_helpers.report.render import render

__all__ = ["ReportError", "build", "render"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(
        import_module(f"{__name__}.{'render' if name == 'render' else 'build'}"), name
    )
    return value
