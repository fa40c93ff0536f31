from typing import NamedTuple

import pytest

from briefing_helpers.rules import RULES


class Case(NamedTuple):
    """A change to the clean sample that breaks one rule, and all that is then reported."""

    rule: str
    table: str
    record: str
    cells: dict[str, str]
    faults: list[str]
    like: str = ""


TOGETHER = "rival_of and rival_on stand together or not at all"
CASES = [
    Case(
        "citations_and_records",
        "citations",
        "c02",
        {"record": "plan-bb"},
        [
            "drafts.csv row 3, id: 'plan-b' has no citation",
            "citations.csv row 3, record: 'plan-bb' is not an id of drafts; did you mean 'plan-b'?",
        ],
    ),
    Case(
        "anchors_whole",
        "citations",
        "c01",
        {"start": "5"},
        ["citations.csv row 2, start: an anchor needs start, length and sha256, or none of them"],
    ),
    Case(
        "anchors_whole",
        "citations",
        "c21",
        {"start": ""},
        ["citations.csv row 22, start: an anchor needs start, length and sha256, or none of them"],
    ),
    Case(
        "clause_ids",
        "clauses",
        "plan-b-03",
        {"part": "a"},
        [
            "clauses.csv row 8, id: 'plan-b-03' does not fit its draft, point and part (plan-b-03a)",
        ],
    ),
    Case(
        "clause_ids",
        "clauses",
        "plan-b-03",
        {"point": "12"},
        ["clauses.csv row 8, id: 'plan-b-03' does not fit its draft, point and part (plan-b-12)"],
    ),
    Case(
        "units",
        "clauses",
        "plan-a-02a",
        {"unit": ""},
        ["clauses.csv row 3, unit: quantity and unit stand together or not at all"],
    ),
    Case(
        "units",
        "clauses",
        "plan-a-01",
        {"unit": "people"},
        ["clauses.csv row 2, unit: quantity and unit stand together or not at all"],
    ),
    Case(
        "lineage_ends",
        "lineage",
        "more",
        {"to_clause": "plan-a-03"},
        ["lineage.csv row 7, to_clause: 'plan-a-03' belongs to draft 'plan-a', not 'plan-b'"],
        like="a-01.b-01",
    ),
    Case(
        "lineage_ends",
        "lineage",
        "more",
        {"change": "added"},
        ["lineage.csv row 7, from_clause: must be blank where the change is 'added'"],
        like="a-01.b-01",
    ),
    Case(
        "lineage_ends",
        "lineage",
        "more",
        {"to_clause": ""},
        ["lineage.csv row 7, to_clause: must name a clause where the change is 'same'"],
        like="a-01.b-01",
    ),
    Case(
        "lineage_complete",
        "lineage",
        "a-03.b",
        {"from_clause": "plan-a-02b"},
        ["clauses.csv row 5, id: 'plan-a-03' has no fate in 'plan-b' (table lineage)"],
    ),
    Case(
        "lineage_complete",
        "lineage",
        "a-01.b-01",
        {"to_clause": "plan-b-02"},
        ["clauses.csv row 6, id: 'plan-b-01' has no origin in 'plan-a' (table lineage)"],
    ),
    Case(
        "bounds",
        "figures",
        "army.northland",
        {"low": "105000"},
        ["figures.csv row 2, low: low 105000 is above best 100000"],
    ),
    Case(
        "bounds",
        "figures",
        "army.southland",
        {"best": ""},
        ["figures.csv row 3, best: a figure needs low, best or high"],
    ),
    Case(
        "bounds",
        "forecasts",
        "herald.summit",
        {"p_low": "0.9"},
        ["forecasts.csv row 2, p_low: p_low 0.9 is above p_high 0.8"],
    ),
    Case(
        "role_dates",
        "actors",
        "boris-south",
        {"role_from": "2031-07-01"},
        ["actors.csv row 5, role_from: 2031-07-01 is after 2031-06: the role starts after it ends"],
    ),
    Case(
        "forecast_dates",
        "forecasts",
        "north.truce",
        {"resolved_on": "2031-05-01"},
        ["forecasts.csv row 3, made_on: 2031-05-02 is after 2031-05-01: settled before it was made"],
    ),
    Case(
        "forecast_dates",
        "forecasts",
        "north.truce",
        {"outcome": "open"},
        ["forecasts.csv row 3, resolved_on: must be blank while the outcome is 'open'"],
    ),
    Case(
        "called_off",
        "events",
        "river-summit",
        {"outcome": "A treaty."},
        ["events.csv row 5, outcome: must be blank: the event was called off"],
    ),
    Case(
        "event_order",
        "events",
        "river-summit",
        {"date": "2031-04"},
        ["events.csv row 5, after: 2031-04 is before 'ford-talks' (2031-05-02), which it came after"],
    ),
    Case(
        "rivals", "events", "ford-talks-late", {"rival_on": ""}, [f"events.csv row 4, rival_on: {TOGETHER}"]
    ),
    Case(
        "rivals", "events", "ford-talks-late", {"rival_of": ""}, [f"events.csv row 4, rival_on: {TOGETHER}"]
    ),
    Case(
        "rivals",
        "events",
        "ford-talks-late",
        {"rival_of": "ford-talks-late"},
        [
            "events.csv row 4, rival_of: 'ford-talks-late' is the row itself or a rival account; "
            "name the main event"
        ],
    ),
    Case(
        "two_ends",
        "relations",
        "ana-north.met.boris-south",
        {"to_actor": "ana-north"},
        ["relations.csv row 3, to_actor: needs two different actors"],
    ),
    Case(
        "position_points",
        "positions",
        "p1",
        {"point": "9"},
        ["positions.csv row 2, point: draft 'plan-a' has no point 9 in clauses"],
    ),
    Case(
        "position_points",
        "positions",
        "p3",
        {"point": "1"},
        ["positions.csv row 4, point: draft '' has no point 1 in clauses"],
    ),
    Case(
        "status_derived",
        "positions",
        "p2",
        {"status": "confirmed"},
        [
            "positions.csv row 3, status: 'confirmed' does not follow from the citations; it is 'single': "
            "1 origins rated A to C support, 0 contradict"
        ],
    ),
    Case(
        "status_derived",
        "claims",
        "bh-c1",
        {"verdict": "disputed"},
        [
            "claims.csv row 2, verdict: 'disputed' does not follow from the citations; it is 'confirmed': "
            "1 origins rated A to C support, 0 contradict"
        ],
    ),
    Case(
        "key_issues",
        "clauses",
        "plan-a-01",
        {"issue": "nato"},
        ["clauses.csv row 2, gist: issue and gist stand together or not at all"],
    ),
    Case(
        "key_issues",
        "clauses",
        "plan-a-02a",
        {"issue": ""},
        ["clauses.csv row 3, gist: issue and gist stand together or not at all"],
    ),
    Case(
        "favours",
        "lineage",
        "a-01.b-01",
        {"favours_second": "russia"},
        ["lineage.csv row 2, favours_second: must be 'neither' where the change is 'same'"],
    ),
    Case(
        "favours",
        "lineage",
        "a-03.b",
        {"favours": "neither"},
        ["lineage.csv row 5, favours: must be 'not-assessable' where the change is 'not-known'"],
    ),
    Case(
        "not_itself",
        "events",
        "bridge-strike",
        {"after": "bridge-strike"},
        ["events.csv row 6, after: names the row itself"],
    ),
    Case(
        "not_itself",
        "actors",
        "ana-north",
        {"part_of": "ana-north"},
        ["actors.csv row 4, part_of: names the row itself"],
    ),
    Case(
        "two_ends",
        "levers",
        "northland.arms.southland",
        {"on_actor": "northland"},
        ["levers.csv row 3, on_actor: needs two different actors"],
    ),
    Case(
        "item_records",
        "evidence_items",
        "ford",
        {"record": ""},
        ["evidence_items.csv row 2, record: record_table and record stand together or not at all"],
    ),
    Case(
        "item_records",
        "evidence_items",
        "ford",
        {"record_table": "sources", "record": "wire-one"},
        ["evidence_items.csv row 2, record_table: 'sources' is not a table of cited records"],
    ),
    Case(
        "item_records",
        "evidence_items",
        "ford",
        {"record": "ford-talk"},
        ["evidence_items.csv row 2, record: 'ford-talk' is not an id of events; did you mean 'ford-talks'?"],
    ),
    Case(
        "every_pair_assessed",
        "assessments",
        "ford.both-wrote",
        {"hypothesis": "north-wrote"},
        [
            "evidence_items.csv row 2, id: 'ford' is not held against 'both-wrote' (table assessments)",
            "assessments.csv row 3, item: 'ford' is held against 'north-wrote' twice",
        ],
    ),
    Case(
        "every_pair_assessed",
        "hypotheses",
        "both-wrote",
        {"question": "why-leaked"},
        [
            "assessments.csv row 3, hypothesis: 'both-wrote' answers another question than 'ford' bears on",
            "assessments.csv row 5, hypothesis: "
            "'both-wrote' answers another question than 'no-envoy' bears on",
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{'-'.join(case.cells)}")
def test_rule_is_enforced(sample, case):
    if case.like:
        sample.add(case.table, case.like, case.record)
    sample.set(case.table, case.record, **case.cells)
    assert sample.faults() == case.faults


def test_every_rule_has_a_case():
    assert {case.rule for case in CASES} == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize(
    ("table", "record", "cells"),
    [
        ("figures", "army.northland", {"low": "100000", "high": "100000"}),
        ("figures", "army.northland", {"low": "9e4", "best": "", "high": "90000.5"}),
        ("forecasts", "herald.summit", {"p_low": "0.8"}),
        ("forecasts", "north.truce", {"resolved_on": "2031-05-02"}),
        ("forecasts", "north.truce", {"made_on": "2031-05-20", "resolved_on": "2031-05"}),
        ("actors", "boris-south", {"role_from": "2031-06-30"}),
        ("actors", "boris-south", {"role_from": "2031-07", "role_to": "2029/.."}),
        ("events", "river-summit", {"date": "2031-05-02"}),
        ("events", "river-summit", {"date": "2031"}),
        ("events", "river-summit", {"date": "2031-04/.."}),
        ("positions", "p2", {"point": "2"}),
    ],
    ids=str,
)
def test_what_may_be_true_passes(sample, table, record, cells):
    sample.set(table, record, **cells)
    assert sample.faults() == []


def test_table_of_ones_own_needs_no_id_and_no_citation(sample):
    descriptor = sample.path / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    own = '{"name": "notes", "path": "notes.csv", "schema": {"fields": [{"name": "text", "type": "string"}]}}'
    descriptor.write_text(text.replace('"resources": [', f'"resources": [{own},', 1), encoding="utf-8")
    sample.file("notes").write_text("text\nA note.\n", encoding="utf-8")
    assert sample.faults() == []


def test_an_assumption_may_lack_a_citation_and_an_item_may_not(sample):
    cited = sample.rows("citations")
    kept = [
        row for row in cited if row[1:3] not in (["assumptions", "text-whole"], ["evidence_items", "ford"])
    ]
    assert len(cited) - len(kept) == 3
    sample.write("citations", kept)
    assert [fault for fault in sample.faults() if "has no citation" in fault] == [
        "evidence_items.csv row 2, id: 'ford' has no citation"
    ]
