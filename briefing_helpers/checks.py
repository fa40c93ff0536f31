"""Check a data package against its descriptor, cell by cell, and report every fault at once.

What a descriptor can state is checked here; what takes two cells or two files is in ``rules``.
Frictionless checks the same things in the tests, as a second opinion. It is not used here because
it brings 40 packages along and takes most of a minute for a million rows.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import filterfalse
from typing import NamedTuple

import pandas as pd

from briefing_helpers.dates import parse
from briefing_helpers.schema import Field, Schema, Table
from briefing_helpers.sheets import Sheet

__all__ = [
    "BriefingError",
    "Fault",
    "check_tables",
    "fault_frame",
    "near",
    "no_such_id",
    "show",
]

_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SIFTED = {"required", "unique", "enum", "pattern", "maxLength"}  # constraints that _suspects knows
_LARGEST = 2**53  # beyond it a float no longer holds every whole number


class Fault(NamedTuple):
    """One fault: where it is, what is there, what is wrong with it.

    ``row`` is the row as a spreadsheet shows it (header 1, first record 2), which stays right
    where a quoted cell runs over several lines; None where the fault is not in one row.
    """

    table: str
    row: int | None
    field: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        """Say it in one line."""
        where = f"{self.table}.csv" if self.table != "datapackage" else "datapackage.json"
        where += f" row {self.row}" if self.row is not None else ""
        where += f", {self.field[:60]}" if self.field is not None else ""
        return " ".join(f"{where}: {self.message}".split())


class BriefingError(ValueError):
    """A data package has faults. ``faults`` holds all of them; the message lists them."""

    def __init__(self, folder: object, faults: list[Fault]) -> None:
        """Keep the faults and word the message."""
        self.faults = faults
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        super().__init__("\n".join([f"{folder}: {count}", *(f"  {fault}" for fault in faults)]))


def fault_frame(faults: Iterable[Fault]) -> pd.DataFrame:
    """Return faults as a frame: table, row (Int64), field, value, message."""
    frame = pd.DataFrame(list(faults), columns=list(Fault._fields))
    return frame.astype({"row": "Int64"})


def show(value: str) -> str:
    """Quote a value for a message, shortened: a hostile cell must not flood the screen."""
    return repr(value if len(value) <= 60 else value[:57] + "...")


def near(value: str, allowed: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest allowed value, or nothing.

    >>> near("confrimed", ["confirmed", "single"])
    "; did you mean 'confirmed'?"
    """
    found = difflib.get_close_matches(value[:100], list(allowed), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def no_such_id(
    table: str, field: str, cells: Iterable[tuple[int, str]], target: str, known: Set[str]
) -> list[Fault]:
    """Return a fault for each cell (its row and value) that names an id that ``target`` does not have."""
    lost = [(row, value) for row, value in cells if value and value not in known]
    # Looking for the nearest id is slow; a file that needs more hints than this has the wrong target.
    hints = {value: near(value, known) for value in list(dict.fromkeys(value for _, value in lost))[:20]}
    return [
        Fault(table, row, field, value, f"{show(value)} is not an id of {target}{hints.get(value, '')}")
        for row, value in lost
    ]


def check_tables(schema: Schema, sheets: Mapping[str, Sheet]) -> list[Fault]:
    """Check types, blanks, vocabularies, patterns, ranges, keys and references of all tables."""
    faults: list[Fault] = []
    for table in schema.tables:
        if table.name not in sheets:
            continue
        sheet = sheets[table.name].sound()
        for field in table.fields:
            if field.name in sheet:
                for row, value, message in _check_field(field, sheet.numbers, sheet[field.name]):
                    faults.append(Fault(table.name, row, field.name, value, message))
        faults += _check_references(table, sheet, sheets)
    return sorted(faults, key=lambda fault: (schema.names.index(fault.table), fault.row or 0))


def _check_field(field: Field, rows: Sequence[int], values: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    # Each test looks at distinct values only: vocabularies repeat, and so do dates.
    distinct = set(values)
    if field.required and "" in distinct:
        for row in (row for row, value in zip(rows, values, strict=True) if value == ""):
            yield row, "", "is blank, but every row needs it"
    distinct.discard("")
    if field.constraints.get("unique") and len(distinct) < len(values):
        first: dict[str, int] = {}
        for row, value in zip(rows, values, strict=True):
            if value and first.setdefault(value, row) != row:
                yield row, value, f"{show(value)} is already the {field.name} of row {first[value]}"
    found = ((value, _complaint(field, value)) for value in _suspects(field, distinct))
    complaints = {value: complaint for value, complaint in found if complaint}
    if complaints:
        for row, value in zip(rows, values, strict=True):
            if value in complaints:
                yield row, value, complaints[value]


def _suspects(field: Field, values: set[str]) -> Iterable[str]:
    """Return the values that may be at fault; those not returned are sound."""
    constraints = field.constraints
    if field.edtf or field.type in ("integer", "number") or constraints.keys() - _SIFTED:
        return values
    suspects = values.difference(constraints["enum"]) if constraints.get("enum") else set()
    if constraints.get("pattern"):
        suspects.update(filterfalse(re.compile(constraints["pattern"]).fullmatch, values))
    if "maxLength" in constraints:
        suspects.update(value for value in values if len(value) > constraints["maxLength"])
    return suspects


def _complaint(field: Field, value: str) -> str | None:
    complaint = _number(field, value) if field.type in ("integer", "number") else None
    if complaint:
        return complaint
    allowed = field.constraints.get("enum")
    if allowed and value not in allowed:
        return f"{show(value)} is not allowed{near(value, allowed)} (allowed: {', '.join(allowed)})"
    pattern = field.constraints.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        return f"{show(value)} does not match the pattern {pattern}"
    longest = field.constraints.get("maxLength")
    if longest is not None and len(value) > longest:
        return f"{show(value)} has {len(value)} characters, more than {longest}"
    if field.edtf:
        try:
            parse(value)
        except ValueError as error:
            return str(error)
    return None


def _number(field: Field, value: str) -> str | None:
    whole = field.type == "integer"
    if not (_WHOLE if whole else _NUMBER).fullmatch(value):
        return f"{show(value)} is not a {'whole ' if whole else ''}number"
    # Digits first: Python refuses to turn thousands of them into a number at all.
    number = float(value) if len(value) < 400 else math.inf
    if not math.isfinite(number) or (whole and abs(number) > _LARGEST):
        return f"{show(value)} is too large"
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    if low is not None and number < low:
        return f"{show(value)} is below the minimum {low}"
    if high is not None and number > high:
        return f"{show(value)} is above the maximum {high}"
    return None


def _check_references(table: Table, sheet: Sheet, sheets: Mapping[str, Sheet]) -> list[Fault]:
    faults = []
    for name, target in table.foreign_keys:
        if name in sheet and target in sheets and "id" in sheets[target]:
            known = sheets[target].ids
            if set(sheet[name]) - known:
                faults += no_such_id(table.name, name, sheet.walk(name), target, known)
    return faults
