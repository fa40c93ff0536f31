import csv
import json

import pandas as pd
import pytest

from briefing_helpers import BriefingError
from briefing_helpers.checks import Fault, fault_frame, near, show
from briefing_helpers.files import read_tables
from briefing_helpers.loading import check
from briefing_helpers.rules import RULES
from briefing_helpers.schema import read_schema


def test_clean_sample_is_clean(sample):
    assert sample.faults() == []


def test_broken_sample_is_faulted_cell_by_cell_and_nowhere_else(broken):
    with (broken.path / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    found = sorted((f.table, f.row, f.field or "", f.message) for f in check(broken.path)[2])
    assert [line[:3] for line in found] == sorted(
        (line["table"], int(line["row"]), line["field"]) for line in expected
    )
    expected = sorted(expected, key=lambda line: (line["table"], int(line["row"]), line["field"]))
    for line, (*_, message) in zip(expected, found, strict=True):
        assert message.startswith(line["message"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_broken_sample_breaks_every_rule(broken, rule):
    frames, _ = read_tables(read_schema(broken.path))
    assert list(rule(frames))


@pytest.mark.parametrize(
    ("table", "record", "field", "value", "message"),
    [
        ("sources", "wire-one", "title", "", "sources.csv row 4, title: is blank, but every row needs it"),
        ("drafts", "plan-a", "points", "3.0", "drafts.csv row 2, points: '3.0' is not a whole number"),
        ("drafts", "plan-a", "points", "NaN", "drafts.csv row 2, points: 'NaN' is not a whole number"),
        ("drafts", "plan-a", "points", " 3", "drafts.csv row 2, points: ' 3' is not a whole number"),
        ("drafts", "plan-a", "points", "٣", "drafts.csv row 2, points: '٣' is not a whole number"),
        ("drafts", "plan-a", "points", "0", "drafts.csv row 2, points: '0' is below the minimum 1"),
        ("drafts", "plan-a", "points", "101", "drafts.csv row 2, points: '101' is above the maximum 100"),
        (
            "clauses",
            "plan-a-02a",
            "quantity",
            "50,000",
            "clauses.csv row 3, quantity: '50,000' is not a number",
        ),
        ("clauses", "plan-a-02a", "quantity", "inf", "clauses.csv row 3, quantity: 'inf' is not a number"),
        ("clauses", "plan-a-02a", "quantity", "1e999", "clauses.csv row 3, quantity: '1e999' is too large"),
        (
            "clauses",
            "plan-a-02a",
            "quantity",
            "9" * 5000,
            f"clauses.csv row 3, quantity: '{'9' * 57}...' is too large",
        ),
        (
            "clauses",
            "plan-a-02a",
            "quantity",
            "-1",
            "clauses.csv row 3, quantity: '-1' is below the minimum 0",
        ),
        (
            "crosswalks",
            "forces-pa-x-ssrarm",
            "fit",
            "X",
            "crosswalks.csv row 2, fit: 'X' is not allowed (allowed: exact, broader, narrower, related)",
        ),
        (
            "sources",
            "wire-one",
            "read_depth",
            "exerpt",
            "sources.csv row 4, read_depth: 'exerpt' is not allowed; did you mean 'excerpt'? "
            "(allowed: full, excerpt, opening, fragment)",
        ),
        (
            "actors",
            "northland",
            "iso3",
            "xna",
            "actors.csv row 2, iso3: 'xna' does not match the pattern ^[A-Z]{3}$",
        ),
        (
            "actors",
            "northland",
            "iso3",
            "XNA\n",
            r"actors.csv row 2, iso3: 'XNA\n' does not match the pattern ^[A-Z]{3}$",
        ),
        (
            "events",
            "bridge-strike",
            "date",
            "2031-02-29",
            "events.csv row 6, date: '2031-02-29' is not an EDTF date: there is no day 29 in 2031-02",
        ),
        (
            "drafts",
            "plan-b",
            "answers",
            "plan-aa",
            "drafts.csv row 3, answers: 'plan-aa' is not an id of drafts; did you mean 'plan-a'?",
        ),
        (
            "obligations",
            "plan-a-01.1",
            "beneficiary",
            "atlantis",
            "obligations.csv row 2, beneficiary: 'atlantis' is not an id of actors",
        ),
    ],
    ids=lambda value: str(value)[:20] or "blank",
)
def test_bad_cell_is_the_only_fault(sample, table, record, field, value, message):
    sample.set(table, record, **{field: value})
    assert sample.faults() == [message]


def test_repeated_id_names_the_first_row(sample):
    sample.add("crosswalks", "forces-pa-x-ssrarm", "forces-pa-x-ssrarm")
    assert sample.faults() == [
        "crosswalks.csv row 3, id: 'forces-pa-x-ssrarm' is already the id of row 2",
    ]


@pytest.mark.parametrize(
    ("table", "record", "field", "value"),
    [
        ("drafts", "plan-a", "status", "confrimed"),
        ("claims", "bh-c1", "verdict", "true"),
        ("citations", "c16", "record", ""),
        ("citations", "c16", "record", "No_Id"),
        ("citations", "c21", "start", "x"),
        ("positions", "p1", "point", "two"),
        ("forecasts", "herald.summit", "resolved_on", "soon"),
    ],
)
def test_one_slip_makes_one_line_for_its_cell(sample, table, record, field, value):
    sample.set(table, record, **{field: value})
    lines = [fault for fault in check(sample.path)[2] if (fault.table, fault.field) == (table, field)]
    assert len(lines) == 1


def test_short_row_makes_one_line(sample):
    sample.write("claims", [*sample.rows("claims"), ["bh-c9", "border-herald"]])
    assert sample.faults() == ["claims.csv row 6: has 2 cells, the header has 6"]


def test_row_counts_records_not_lines(sample):
    sample.set("sources", "border-herald", title="A title\nover three\r\nlines")
    sample.set("sources", "wire-one", kind="")
    assert sample.faults() == ["sources.csv row 4, kind: is blank, but every row needs it"]


@pytest.mark.parametrize(
    "change",
    [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")],
    ids=["mark", "line-ends"],
)
def test_spreadsheet_byte_order_mark_and_line_ends_are_accepted(sample, change):
    for file in sample.path.glob("*.csv"):
        file.write_bytes(change(file.read_bytes()))
    assert sample.faults() == []


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        (
            "claims",
            b"Only the Herald.",
            b"Only le H\xe9raut.",
            "claims.csv row 4: byte 303 is not UTF-8; save the file as CSV UTF-8",
        ),
        (
            "events",
            b"Fighting until",
            b'"Fighting" until',
            "events.csv row 2: not readable as CSV: ',' expected after '\"'",
        ),
        (
            "events",
            b"Fighting until",
            b'"Fighting until',
            "events.csv row 2: not readable as CSV: unexpected end of data",
        ),
        (
            "events",
            b"Fighting until",
            b"Fighting " + b"x" * 200_000,
            "events.csv row 2: not readable as CSV: field larger than field limit (131072)",
        ),
        (
            "events",
            b"Fighting until",
            b"Fighting\0until",
            "events.csv row 2: holds a NUL byte; save the file as CSV UTF-8",
        ),
    ],
    ids=["latin-1", "quote", "open-quote", "huge", "nul"],
)
def test_unreadable_file_is_faulted_where_it_breaks(sample, table, old, new, message):
    sample.replace(table, old, new)
    assert sample.faults() == [message]


def test_missing_and_empty_files_are_named(sample):
    sample.file("crosswalks").unlink()
    sample.file("figures").write_bytes(b"")
    assert sample.faults() == [
        "figures.csv row 1: the file is empty; its first row must name the columns",
        "crosswalks.csv: the file is missing (crosswalks.csv in clean/)",
    ]


def test_wrong_columns_are_named_with_the_nearest(sample):
    sample.replace("forecasts", b"stated_term", b"stated-term")
    assert sample.faults() == [
        "forecasts.csv row 1, stated-term: column 'stated-term' is not in the schema; "
        "did you mean 'stated_term'?",
        "forecasts.csv row 1, stated_term: column 'stated_term' is missing",
    ]


def test_columns_in_another_order_are_accepted(sample):
    sample.write("actors", [row[::-1] for row in sample.rows("actors")])
    assert sample.faults() == []


def test_hostile_column_name_does_not_flood_the_screen(sample):
    sample.replace("crosswalks", b"basis", b"basis," + b"x" * 100_000)
    assert max(map(len, sample.faults())) < 300


def test_every_repeat_of_an_id_names_the_first_row(sample):
    header, first, *_ = sample.rows("crosswalks")
    sample.write("crosswalks", [header, *[first] * 500])
    assert sample.faults() == [
        f"crosswalks.csv row {row}, id: 'forces-pa-x-ssrarm' is already the id of row 2"
        for row in range(3, 502)
    ]


def test_faults_of_all_tables_come_in_descriptor_order(sample):
    sample.set("citations", "c01", relation="proves")
    sample.set("sources", "wire-one", kind="")
    assert [line.split(" ")[0] for line in sample.faults()] == ["sources.csv", "drafts.csv", "citations.csv"]


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault("clauses", 3, "unit", "x", "is odd"), "clauses.csv row 3, unit: is odd"),
        (Fault("clauses", 3, None, None, "is\n odd"), "clauses.csv row 3: is odd"),
        (Fault("clauses", None, None, None, "is odd"), "clauses.csv: is odd"),
        (Fault("datapackage", None, "clauses", None, "is odd"), "datapackage.json, clauses: is odd"),
    ],
)
def test_fault_is_one_line(fault, line):
    assert str(fault) == line


def test_fault_frame_has_whole_rows_and_blanks():
    frame = fault_frame([Fault("a", 2, "b", "c", "d"), Fault("a", None, None, None, "e")])
    assert frame.columns.tolist() == ["table", "row", "field", "value", "message"]
    assert frame["row"].dtype == pd.Int64Dtype()
    assert frame["row"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("faults", "text"),
    [
        ([Fault("a", 2, "b", "", "odd")], "here: 1 fault\n  a.csv row 2, b: odd"),
        ([Fault("a", 2, "b", "", "odd")] * 2, "here: 2 faults\n" + "\n".join(["  a.csv row 2, b: odd"] * 2)),
    ],
)
def test_error_lists_every_fault(faults, text):
    error = BriefingError("here", faults)
    assert str(error) == text
    assert error.faults == faults


@pytest.mark.parametrize(
    ("value", "text"), [("a", "'a'"), ("x" * 60, f"'{'x' * 60}'"), ("x" * 61, f"'{'x' * 57}...'")]
)
def test_show_shortens(value, text):
    assert show(value) == text


@pytest.mark.parametrize(("value", "hint"), [("singel", "; did you mean 'single'?"), ("xyz", ""), ("", "")])
def test_near_names_the_nearest_or_nothing(value, hint):
    assert near(value, ["confirmed", "single"]) == hint


def test_table_of_ones_own_without_ids_may_be_cited_in_vain(sample):
    """It is a fault to cite what has no ids, or to rest an item on it, and never a traceback."""
    descriptor = sample.path / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    fields = [{"name": "status", "type": "string"}, {"name": "remark", "type": "string"}]
    package["resources"].append({"name": "remarks", "path": "remarks.csv", "schema": {"fields": fields}})
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    sample.write("remarks", [["status", "remark"], ["single", "A remark."]])
    assert sample.faults() == []
    header, *rows = sample.rows("citations")
    sample.write("citations", [header, *rows, ["c-own", "remarks", "x", *rows[0][3:]]])
    where = f"citations.csv row {len(rows) + 2}"
    not_allowed, no_id = sample.faults()
    assert not_allowed.startswith(f"{where}, table: 'remarks' is not allowed")
    assert no_id == f"{where}, record: 'x' is not an id of remarks"
