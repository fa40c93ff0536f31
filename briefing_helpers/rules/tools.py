"""What rules share: the frames they read, and rows and dates as they need them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from briefing_helpers.checks import Fault
from briefing_helpers.dates import Edtf, parse

__all__ = ["Frames", "date", "lookup", "ordered", "rows"]

Frames = dict[str, pd.DataFrame]


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Walk over a frame's rows: number as a spreadsheet shows it, and the cells."""
    if not frame.empty:
        names = frame.columns.tolist()
        cells = zip(*(frame[name].tolist() for name in names), strict=True)
        for number, values in zip(frame.index.tolist(), cells, strict=True):
            yield number, dict(zip(names, values, strict=True))


def lookup(frame: pd.DataFrame, field: str) -> dict[str, str]:
    """Map each id to a field."""
    return dict(zip(frame["id"].tolist(), frame[field].tolist(), strict=True))


def date(text: str) -> Edtf | None:
    """Parse a date; None where it is blank or none, which ``checks`` faults."""
    try:
        return parse(text) if text else None
    except ValueError:
        return None


def ordered(frame: pd.DataFrame, table: str, first: str, last: str, message: str) -> Iterator[Fault]:
    """Yield a fault for each row whose first date starts after its last one ends."""
    for row, cells in rows(frame):
        start, end = date(cells[first]), date(cells[last])
        if start and end and start.earliest and end.latest and start.earliest > end.latest:
            value = cells[first]
            yield Fault(table, row, first, value, f"{value} is after {cells[last]}: {message}")
