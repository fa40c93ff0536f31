"""Helpers for the notebook collection on the 28-point US-Russia plan for Ukraine (November 2025).

Start with the record::

    import briefing_helpers as bh

    briefing = bh.load()                      # the data shipped, checked, as DataFrames
    briefing.clauses                          # one row per point or sub-point of a draft
    bh.cite(briefing, "clauses", "us28-06")   # which sources bear a clause out

then, in the order in which data flows:

- ``load``, ``problems``: read and check a package, ours or your own of the same schema;
- ``parse_date``: one EDTF date, as the days it may cover;
- ``cite``, ``independence``, ``by_status``, ``tally``: sources for a record; origins for and against;
- ``anchor``, ``verify``: make and prove the anchor of a passage;
- ``bearing``, ``by_origins``, ``weighty``, ``lean_on``, ``drop_origin``, ``read_and_rated``, ``pages``: how
  solid the record is, and on whom it leans;
- ``find``, ``glance``, ``count_by``: clauses;
- ``duties``, ``who_owes_whom``, ``pairs``, ``enforceable``, ``profile``, ``spelled``: obligations, how firm;
- ``between``, ``reciprocity``, ``ways``, ``recount``: what parties owe each other, each with its range;
- ``agreement``, ``rival_codings``: how far two coders agree, and where they part;
- ``coverage``, ``terms``, ``implied_cuts``: an account held against the text;
- ``reported_cuts``, ``earlier_pages``, ``figure_checks``: accounts beside others, by day and by number;
- ``chronology``, ``by_month``, ``intervals``, ``with_rivals``, ``rival_accounts``: events with their doubts;
- ``overview``, ``field_guide``, ``vocabularies``, ``joins``: the codebook, from the descriptor;
- ``charts``: the charts, frames in and Axes out;
- ``bottom_line``, ``say``, ``heading``, ``table``, ``figure``, ``Sources``: what a notebook shows.

Nothing is read or drawn on import.
"""

from briefing_helpers import charts
from briefing_helpers.accounts import earlier_pages, figure_checks, reported_cuts
from briefing_helpers.anchors import anchor, verify
from briefing_helpers.balance import between, reciprocity, recount, ways
from briefing_helpers.checks import BriefingError
from briefing_helpers.clauses import count_by, find, glance
from briefing_helpers.codebook import field_guide, joins, overview, vocabularies
from briefing_helpers.coding import agreement
from briefing_helpers.dates import parse as parse_date
from briefing_helpers.events import by_month, chronology, intervals, rival_accounts, with_rivals
from briefing_helpers.evidence import by_status, cite, independence, tally
from briefing_helpers.loading import Briefing, load, problems
from briefing_helpers.notebook import Sources, bottom_line, figure, heading, listing, say, table
from briefing_helpers.obligations import (
    duties,
    enforceable,
    pairs,
    profile,
    rival_codings,
    spelled,
    who_owes_whom,
)
from briefing_helpers.renderings import coverage, implied_cuts, terms
from briefing_helpers.sourcing import (
    EFFECTS,
    bearing,
    by_origins,
    drop_origin,
    lean_on,
    pages,
    read_and_rated,
    weighty,
)

__all__ = [
    "EFFECTS",
    "Briefing",
    "BriefingError",
    "Sources",
    "agreement",
    "anchor",
    "bearing",
    "between",
    "bottom_line",
    "by_month",
    "by_origins",
    "by_status",
    "charts",
    "chronology",
    "cite",
    "count_by",
    "coverage",
    "drop_origin",
    "duties",
    "earlier_pages",
    "enforceable",
    "field_guide",
    "figure",
    "figure_checks",
    "find",
    "glance",
    "heading",
    "implied_cuts",
    "independence",
    "intervals",
    "joins",
    "lean_on",
    "listing",
    "load",
    "overview",
    "pages",
    "pairs",
    "parse_date",
    "problems",
    "profile",
    "read_and_rated",
    "reciprocity",
    "recount",
    "reported_cuts",
    "rival_accounts",
    "rival_codings",
    "say",
    "spelled",
    "table",
    "tally",
    "terms",
    "verify",
    "vocabularies",
    "ways",
    "weighty",
    "who_owes_whom",
    "with_rivals",
]
