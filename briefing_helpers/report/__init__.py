"""Turn the notebooks into self-contained HTML reports: run them, render them, write them at once.

Nothing heavy is imported here: a build that finds everything unchanged needs neither pandas nor Jupyter.
"""

from briefing_helpers.report.build import ReportError, build

__all__ = ["ReportError", "build"]
