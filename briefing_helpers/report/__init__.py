"""Turn the notebooks into self-contained HTML reports: run them, render them, write them at once."""

from briefing_helpers.report.build import ReportError, build
from briefing_helpers.report.render import render

__all__ = ["ReportError", "build", "render"]
