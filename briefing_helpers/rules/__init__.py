"""Check what no schema can state: rules that take two cells, two rows or two tables.

Each rule is a function that takes the tables as text (see ``sheets``) and yields faults.
``loading`` drops what a rule says of a cell that ``checks`` already faults: one slip makes one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing_helpers.checks import Fault
from briefing_helpers.rules import happenings, judgements, texts
from briefing_helpers.rules.tools import Sheets

__all__ = ["RULES", "check_rules"]

RULES: tuple[Callable[[Sheets], Iterator[Fault]], ...] = (
    judgements.citations_and_records,
    judgements.anchors_whole,
    texts.clause_ids,
    texts.units,
    texts.key_issues,
    texts.lineage_ends,
    texts.lineage_complete,
    texts.favours,
    texts.bounds,
    happenings.role_dates,
    judgements.forecast_dates,
    happenings.called_off,
    happenings.event_order,
    happenings.rivals,
    happenings.two_ends,
    happenings.not_itself,
    happenings.position_points,
    judgements.item_records,
    judgements.every_pair_assessed,
    judgements.status_derived,
)


def check_rules(sheets: Sheets) -> list[Fault]:
    """Apply every rule; returns all faults found."""
    return [fault for rule in RULES for fault in rule(sheets)]
