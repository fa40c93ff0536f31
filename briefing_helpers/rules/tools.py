"""What rules share: the sheets they read, and dates as they need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing_helpers.checks import Fault
from briefing_helpers.dates import Edtf, parse
from briefing_helpers.sheets import Sheet

__all__ = ["Sheets", "date", "ordered"]

Sheets = Mapping[str, Sheet]


def date(text: str) -> Edtf | None:
    """Parse a date; None where it is blank or none, which ``checks`` faults."""
    try:
        return parse(text) if text else None
    except ValueError:
        return None


def ordered(sheet: Sheet, table: str, first: str, last: str, message: str) -> Iterator[Fault]:
    """Yield a fault for each row whose first date starts after its last one ends."""
    for row, earlier, later in sheet.walk(first, last):
        start, end = date(earlier), date(later)
        if start and end and start.earliest and end.latest and start.earliest > end.latest:
            yield Fault(table, row, first, earlier, f"{earlier} is after {later}: {message}")
