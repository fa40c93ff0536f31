"""Helpers for the notebook collection on the 28-point US-Russia plan for Ukraine (November 2025).

Start with the record::

    import briefing_helpers as bh

    briefing = bh.load()                      # the data shipped, checked, as DataFrames
    briefing.clauses                          # one row per point or sub-point of a draft
    bh.cite(briefing, "clauses", "us28-06")   # which sources bear a clause out

then, in the order in which data flows:

- ``load``, ``problems``: read and check a package, ours or your own of the same schema;
- ``parse_date``: one EDTF date, as the days it may cover;
- ``cite``, ``independence``, ``by_status``: sources for a record; independent origins for and against;
- ``anchor``, ``verify``: make and prove the anchor of a passage;
- ``find``, ``glance``, ``count_by``, ``who_owes_whom``: clauses and obligations;
- ``coverage``, ``terms``: an account held against the text;
- ``chronology``, ``by_month``, ``intervals``, ``with_rivals``, ``rival_accounts``: events with their doubts;
- ``sided``, ``by_pair``, ``contested``: means of pressure and inducement;
- ``spans``, ``rivals``, ``spell``, ``implied_cuts``, ``fund``, ``deadlines``: numbers side by side, and sums;
- ``field_guide``, ``vocabularies``, ``joins``: the codebook, from the descriptor;
- ``charts``: the charts, frames in and Axes out;
- ``bottom_line``, ``say``, ``heading``, ``table``, ``figure``, ``Sources``: what a notebook shows.

Nothing is read or drawn on import.
"""

from briefing_helpers import charts
from briefing_helpers.anchors import anchor, verify
from briefing_helpers.checks import BriefingError
from briefing_helpers.clauses import count_by, find, glance, who_owes_whom
from briefing_helpers.codebook import field_guide, joins, vocabularies
from briefing_helpers.dates import parse as parse_date
from briefing_helpers.deadlines import deadlines
from briefing_helpers.events import by_month, chronology, intervals, rival_accounts, with_rivals
from briefing_helpers.evidence import by_status, cite, independence
from briefing_helpers.figures import fund, implied_cuts, rivals, spans, spell
from briefing_helpers.levers import by_pair, contested, sided
from briefing_helpers.loading import Briefing, load, problems
from briefing_helpers.notebook import Sources, bottom_line, figure, heading, listing, say, table
from briefing_helpers.renderings import coverage, terms

__all__ = [
    "Briefing",
    "BriefingError",
    "Sources",
    "anchor",
    "bottom_line",
    "by_month",
    "by_pair",
    "by_status",
    "charts",
    "chronology",
    "cite",
    "contested",
    "count_by",
    "coverage",
    "deadlines",
    "field_guide",
    "figure",
    "find",
    "fund",
    "glance",
    "heading",
    "implied_cuts",
    "independence",
    "intervals",
    "joins",
    "listing",
    "load",
    "parse_date",
    "problems",
    "rival_accounts",
    "rivals",
    "say",
    "sided",
    "spans",
    "spell",
    "table",
    "terms",
    "verify",
    "vocabularies",
    "who_owes_whom",
    "with_rivals",
]
