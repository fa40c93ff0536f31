"""Helpers for the notebook collection on the 28-point US-Russia plan for Ukraine (November 2025).

Start with the record::

    import briefing_helpers as bh

    briefing = bh.load()                      # the data shipped, checked, as DataFrames
    briefing.clauses                          # one row per point or sub-point of a draft
    bh.cite(briefing, "clauses", "us28-06")   # which sources bear a clause out

then, in the order in which data flows:

- ``load``, ``problems``, ``parse_date``: read and check a package, ours or your own of the same schema;
- ``cite``, ``independence``, ``by_status``, ``tally``: sources for a record; origins for and against;
- ``bearing``, ``by_origins``, ``lean_on``, ``drop_origin``, ``weighty``: on whom the record rests;
- ``anchor``, ``verify``: make and prove the anchor of a passage;
- ``find``, ``glance``, ``count_by``: clauses;
- ``duties``, ``who_owes_whom``, ``enforceable``, ``reciprocity``, ``recount``: obligations, with ranges;
- ``fates``, ``survival``, ``issue_matrix``, ``favoured``: what became of clauses in later drafts;
- ``agreement``, ``rival_codings``: how far two coders agree, and where they part;
- ``coverage``, ``terms``, ``reported_cuts``, ``figure_checks``: accounts and the text;
- ``chronology``, ``by_month``, ``intervals``, ``with_rivals``, ``rival_accounts``: events with their doubts;
- ``contacts``, ``ties``, ``left_out``, ``tenures``: who met whom, who was not asked, who held office;
- ``stances``, ``latest_stances``, ``steps``, ``silence``: who stands where, and who is silent;
- ``sided``, ``by_pair``, ``push_and_pull``, ``contested``: means of pressure and inducement;
- ``as_given``, ``rivals``, ``implied_cuts``, ``fund``, ``deadlines``: numbers, and sums a text invites;
- ``outcomes``, ``scored``, ``suppose``, ``pending``: what was expected, and what came;
- ``both_codings``, ``standing``, ``drop_one``, ``conclusion``: hypotheses against the evidence;
- ``overview``, ``field_guide``, ``vocabularies``, ``joins``: the codebook, from the descriptor;
- ``charts``: the charts, frames in and Axes out;
- ``bottom_line``, ``say``, ``heading``, ``table``, ``figure``, ``Sources``: what a notebook shows.

Nothing is read or drawn on import, and what a name needs is imported when the name is first used.
Type checkers read ``__init__.pyi``.
"""

from importlib import import_module
from typing import Any

# Where each public name comes from; a test holds it against __init__.pyi.
_HOMES = {
    "accounts": "earlier_pages figure_checks reported_cuts",
    "actors": "appearances breakdown contact_pairs contacts gap left_out tenures ties within",
    "anchors": "anchor verify",
    "balance": "between reciprocity recount ways",
    "checks": "BriefingError",
    "citing": "Sources",
    "clauses": "count_by find glance",
    "codebook": "field_guide joins overview vocabularies",
    "coding": "agreement agreement_by",
    "conclusions": "conclusion points_each points_table",
    "dates": "parse_date",
    "drafts": "FATES borne_out by_point fates flow survival",
    "events": "by_month chronology in_stretches intervals rival_accounts stretches with_rivals",
    "evidence": "by_status cite independence tally",
    "favours": "changes favoured spans",
    "figures": "as_given fund implied_cuts rivals spell",
    "forecasts": "FIFTY averages beside_fifty outcomes pending score_text scored suppose term_table verdict",
    "hypotheses": (
        "against both_codings consistency_matrix diagnosticity drop_one inconsistency item_names "
        "readings side_by_side standing"
    ),
    "issues": "issue_matrix on_issues",
    "levers": "by_pair contested push_and_pull sided",
    "limits": "deadlines",
    "loading": "Briefing load problems",
    "notebook": "bottom_line figure heading listing say table",
    "obligations": "duties enforceable pairs profile rival_codings spelled who_owes_whom",
    "positions": "latest_stances plan_issues silence stance_table stances steps takes",
    "reading": "pages read_and_rated",
    "renderings": "coverage terms",
    "sourcing": "EFFECTS bearing by_origins by_voices drop_origin lean_on weighty",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}
_RENAMED = {"parse_date": "parse"}
__all__ = sorted(["charts", *_HOME])


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
