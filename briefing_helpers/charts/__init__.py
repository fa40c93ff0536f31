"""Draw the charts: frames in, Axes out.

Every chart takes ``ax=None`` and returns the Axes; the caller shows it with ``notebook.figure``.
No chart relies on colour alone.
"""

from briefing_helpers.charts.accounts import accounts
from briefing_helpers.charts.contacts import contacts
from briefing_helpers.charts.counts import bars, matrix, stacked, tiles
from briefing_helpers.charts.duties import owed, ranges
from briefing_helpers.charts.favours import favours
from briefing_helpers.charts.flow import FATE_LOOKS, flow, parts
from briefing_helpers.charts.forecasts import expected_and_came, term_scores
from briefing_helpers.charts.hypotheses import evidence_matrix, score_ranges
from briefing_helpers.charts.levers import USES, lanes, pushes
from briefing_helpers.charts.links import links
from briefing_helpers.charts.network import network
from briefing_helpers.charts.numbers import numbers
from briefing_helpers.charts.points import outline
from briefing_helpers.charts.sourcing import losses, origins, reading
from briefing_helpers.charts.stances import stance_map, stance_steps
from briefing_helpers.charts.style import COLOURS, SIDES, STATUSES
from briefing_helpers.charts.terms import terms
from briefing_helpers.charts.timeline import timeline

__all__ = [
    "COLOURS",
    "FATE_LOOKS",
    "SIDES",
    "STATUSES",
    "USES",
    "accounts",
    "bars",
    "contacts",
    "evidence_matrix",
    "expected_and_came",
    "favours",
    "flow",
    "lanes",
    "links",
    "losses",
    "matrix",
    "network",
    "numbers",
    "origins",
    "outline",
    "owed",
    "parts",
    "pushes",
    "ranges",
    "reading",
    "score_ranges",
    "stacked",
    "stance_map",
    "stance_steps",
    "term_scores",
    "terms",
    "tiles",
    "timeline",
]
