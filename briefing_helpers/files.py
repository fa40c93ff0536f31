"""Read the tables of a data package as text, and say of each file what cannot be read."""

from __future__ import annotations

import csv
import io

from briefing_helpers.checks import Fault, near, show
from briefing_helpers.schema import Schema, Table
from briefing_helpers.sheets import Sheet

__all__ = ["read_tables"]


def read_tables(schema: Schema) -> tuple[dict[str, Sheet], list[Fault]]:
    """Read every table as text.

    A table that cannot be read is left out and its fault returned. A row with too few or too many
    cells is padded or cut, marked as broken, and its fault returned.
    """
    sheets: dict[str, Sheet] = {}
    faults: list[Fault] = []
    for table in schema.tables:
        sheet, found = _read(schema, table)
        faults += found
        if sheet is not None:
            sheets[table.name] = sheet
    return sheets, faults


def _read(schema: Schema, table: Table) -> tuple[Sheet | None, list[Fault]]:
    path = schema.folder / table.path

    def whole(message: str, row: int | None = None) -> tuple[None, list[Fault]]:
        return None, [Fault(table.name, row, None, None, message)]

    if not path.is_file():
        return whole(f"the file is missing ({path.name} in {path.parent.name}/)")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return whole(f"byte {error.start} is not UTF-8; save the file as CSV UTF-8", row)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        return whole("holds a NUL byte; save the file as CSV UTF-8", row)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))  # keeps what precedes an error
    except csv.Error as error:
        return whole(f"not readable as CSV: {error}", len(rows) + 1)
    if not rows or not rows[0]:
        return whole("the file is empty; its first row must name the columns", 1)
    header, faults = rows[0], []
    for name in sorted({name for name in header if header.count(name) > 1}):
        faults.append(Fault(table.name, 1, name, name, f"column {name!r} stands there twice"))
    for name in dict.fromkeys(header):
        if name not in table.columns:
            hint = near(name, table.columns)
            faults.append(Fault(table.name, 1, name, name, f"column {show(name)} is not in the schema{hint}"))
    for name in table.columns:
        if name not in header:
            faults.append(Fault(table.name, 1, name, None, f"column {name!r} is missing"))
    broken, width = set(), len(header)
    for number, cells in enumerate(rows[1:], 2) if set(map(len, rows)) != {width} else ():
        if len(cells) != width:
            broken.add(number)
            message = f"has {len(cells)} cells, the header has {width}" if cells else "the row is empty"
            faults.append(Fault(table.name, number, None, None, message))
            cells[:] = [*cells, *[""] * width][:width]
    by_column = list(zip(*rows[1:], strict=True)) or [()] * width
    # Of two columns of one name the first is kept.
    columns = {name: by_column[header.index(name)] for name in header}
    return Sheet(range(2, len(rows) + 1), columns, frozenset(broken)), faults
