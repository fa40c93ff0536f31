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
- ``coverage``, ``terms``, ``implied_cuts``: an account held against the text;
- ``chronology``, ``by_month``, ``intervals``, ``with_rivals``, ``rival_accounts``: events with their doubts;
- ``field_guide``, ``vocabularies``, ``joins``: the codebook, from the descriptor;
- ``charts``: the charts, frames in and Axes out;
- ``bottom_line``, ``say``, ``heading``, ``table``, ``figure``, ``Sources``: what a notebook shows.

Nothing is read or drawn on import, and what a name needs is imported when the name is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing_helpers import charts
    from briefing_helpers.anchors import anchor, verify
    from briefing_helpers.checks import BriefingError
    from briefing_helpers.clauses import count_by, find, glance, who_owes_whom
    from briefing_helpers.codebook import field_guide, joins, vocabularies
    from briefing_helpers.dates import parse as parse_date
    from briefing_helpers.events import by_month, chronology, intervals, rival_accounts, with_rivals
    from briefing_helpers.evidence import by_status, cite, independence
    from briefing_helpers.loading import Briefing, load, problems
    from briefing_helpers.notebook import Sources, bottom_line, figure, heading, listing, say, table
    from briefing_helpers.renderings import coverage, implied_cuts, terms

__all__ = [
    "Briefing",
    "BriefingError",
    "Sources",
    "anchor",
    "bottom_line",
    "by_month",
    "by_status",
    "charts",
    "chronology",
    "cite",
    "count_by",
    "coverage",
    "field_guide",
    "figure",
    "find",
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
    "say",
    "table",
    "terms",
    "verify",
    "vocabularies",
    "who_owes_whom",
    "with_rivals",
]

# Where each name comes from: a test holds it against the imports above and __all__ below.
_HOMES = {
    "anchors": ["anchor", "verify"],
    "checks": ["BriefingError"],
    "clauses": ["count_by", "find", "glance", "who_owes_whom"],
    "codebook": ["field_guide", "joins", "vocabularies"],
    "dates": ["parse_date"],
    "events": ["by_month", "chronology", "intervals", "rival_accounts", "with_rivals"],
    "evidence": ["by_status", "cite", "independence"],
    "loading": ["Briefing", "load", "problems"],
    "notebook": ["Sources", "bottom_line", "figure", "heading", "listing", "say", "table"],
    "renderings": ["coverage", "implied_cuts", "terms"],
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_RENAMED = {"parse_date": "parse"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import briefing_helpers`` alone costs nothing."""
    if name == "charts":
        return import_module("briefing_helpers.charts")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"briefing_helpers.{_HOME[name]}")
    value = globals()[name] = getattr(module, _RENAMED.get(name, name))
    return value


def __dir__() -> list[str]:
    """List the public names, used or not."""
    return sorted({*globals(), *__all__})
