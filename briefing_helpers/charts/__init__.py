"""Draw the charts: frames in, Axes out.

Every chart takes ``ax=None`` and returns the Axes; the caller shows it with ``notebook.figure``.
No chart relies on colour alone.
"""

from briefing_helpers.charts.counts import bars, matrix, stacked, tiles
from briefing_helpers.charts.levers import USES, lanes, pushes
from briefing_helpers.charts.links import links
from briefing_helpers.charts.ranges import ranges
from briefing_helpers.charts.style import COLOURS, SIDES, STATUSES
from briefing_helpers.charts.timeline import timeline

__all__ = [
    "COLOURS",
    "SIDES",
    "STATUSES",
    "USES",
    "bars",
    "lanes",
    "links",
    "matrix",
    "pushes",
    "ranges",
    "stacked",
    "tiles",
    "timeline",
]
