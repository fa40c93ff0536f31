"""Draw the charts: frames in, Axes out.

Every chart takes ``ax=None`` and returns the Axes; the caller shows it with ``notebook.figure``.
No chart relies on colour alone.
"""

from briefing_helpers.charts.counts import bars, matrix, stacked, tiles
from briefing_helpers.charts.duties import owed, ranges
from briefing_helpers.charts.favours import favours
from briefing_helpers.charts.flow import FATE_LOOKS, flow, parts
from briefing_helpers.charts.links import links
from briefing_helpers.charts.points import outline
from briefing_helpers.charts.style import COLOURS, SIDES, STATUSES
from briefing_helpers.charts.timeline import timeline

__all__ = [
    "COLOURS",
    "FATE_LOOKS",
    "SIDES",
    "STATUSES",
    "bars",
    "favours",
    "flow",
    "links",
    "matrix",
    "outline",
    "owed",
    "parts",
    "ranges",
    "stacked",
    "tiles",
    "timeline",
]
