"""Frictionless, a second opinion, flags the same cells as our checks do.

Left out are EDTF dates and the rules between cells and files, which no schema can state. Frictionless
repeats a blank or doubled id as an error of the primary key, which names no field: it is dropped here.
"""

import tempfile
from pathlib import Path

import pytest
from frictionless import Package
from hypothesis import given, settings, strategies as st

from briefing_helpers.checks import check_tables
from briefing_helpers.files import read_tables
from briefing_helpers.schema import DATA, read_schema

SCHEMA = read_schema()


def frictionless(folder):
    """(table, row, field) of every error, and a line for one that names no cell."""
    # Without a limit of our own the report stops at 1,000 errors per table.
    report = Package(str(folder / "datapackage.json")).validate(limit_errors=10**9)
    found = {(None, None, error.type) for error in report.errors}
    for task in report.tasks:
        for error in task.errors:
            if error.type != "primary-key":
                field = error.field_names[0] if error.type == "foreign-key" else error.field_name
                found.add((task.name, error.row_number, field))
    return found


def ours(folder):
    schema = read_schema(folder)
    frames, faults = read_tables(schema)
    faults += check_tables(schema, frames)
    return {(fault.table, fault.row, fault.field) for fault in faults}


def spoilers(field, table):
    """Values that break a field, each by what the descriptor says of it."""
    values = []
    if field.required:
        values.append("")
    if field.constraints.get("enum"):
        values.append("no-such-value")
    if field.constraints.get("pattern"):
        values += ["Not A Slug!", "-x"]
    if field.type in ("integer", "number"):
        values += ["many", "1.5.2", "--1"]
    if field.type == "integer":
        values.append("1.5")
    if "minimum" in field.constraints:
        values.append(str(field.constraints["minimum"] - 1))
    if "maximum" in field.constraints:
        values.append(str(field.constraints["maximum"] + 1))
    if field.name in dict(table.foreign_keys):
        values.append("no-such-record")
    return values


CELLS = [
    (table.name, field.name, value)
    for table in SCHEMA.tables
    for field in table.fields
    for value in [*spoilers(field, table), *(["first id"] if field.constraints.get("unique") else [])]
]
mutations = st.lists(st.tuples(st.sampled_from(CELLS), st.integers(0, 50)), min_size=1, max_size=6)


def spoil(sample, table, field, value, at):
    rows = sample.rows(table)
    row = rows[1 + at % (len(rows) - 1)]
    row[rows[0].index(field)] = rows[1][0] if value == "first id" else value
    sample.write(table, rows)


def test_frictionless_accepts_the_data_shipped():
    assert frictionless(DATA) == set()


def test_frictionless_accepts_the_clean_sample(sample):
    assert frictionless(sample.path) == set()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(mutations)
def test_both_flag_the_same_cells(make_sample, cells):
    with tempfile.TemporaryDirectory() as folder:
        sample = make_sample("clean", Path(folder) / "package")
        for (table, field, value), at in cells:
            spoil(sample, table, field, value, at)
        assert ours(sample.path) == frictionless(sample.path)


@pytest.mark.parametrize("table", SCHEMA.names)
def test_both_flag_every_cell_that_can_be_spoiled(sample, table):
    """One row per way to spoil a cell, so that no constraint of any field goes unasked."""
    header, base, *_ = sample.rows(table)
    ways = [(field, value) for name, field, value in CELLS if name == table]
    rows = [header, base]
    for number, (field, value) in enumerate(ways):
        row = [f"row-{number}", *base[1:]]
        row[header.index(field)] = base[0] if value == "first id" else value
        rows.append(row)
    sample.write(table, rows)
    found = ours(sample.path)
    assert found == frictionless(sample.path)
    # Removing the other rows leaves references to them dangling; those are not in question.
    own = {(row, field) for name, row, field in found if name == table}
    assert {(number, field) for number, (field, _) in enumerate(ways, 3)} <= own
