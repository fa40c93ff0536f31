from dataclasses import replace

import pandas as pd
import pytest

from briefing_helpers import latest_stances, plan_issues, silence, stance_table, stances, steps, takes
from briefing_helpers.camps import APART, COMMENTATORS, camps

SIDES = ["us", "russia", "ukraine", "europe", "international", "other", "media", "none"]
STATUS = ["confirmed", "single", "disputed", "contradicted", "weak", "unsupported"]
STANCE = ["endorse", "support", "neutral", "critical", "reject", "conditional", "not-assessable"]


def people(*rows):
    frame = pd.DataFrame(rows, columns=["id", "name", "kind", "side", "part_of"])
    return frame.assign(side=pd.Categorical(frame["side"], SIDES), kind=frame["kind"].astype("category"))


ACTORS = people(
    ("northland", "Northland", "state", "us", None),
    ("ministry", "Ministry of North", "government-body", "us", "northland"),
    ("ana", "Ana de North", "person", "us", "ministry"),
    ("us-senate", "Senate", "government-body", "us", "northland"),
    ("sam", "Sam Senator", "person", "us", "us-senate"),
    ("easton", "Easton", "state", "europe", None),
    ("weston", "Weston", "state", "europe", None),
    ("two", "Two (Easton, Weston)", "group", "europe", None),
    ("eva", "Eva East (given name not stated)", "person", "europe", "easton"),
    ("paper", "The Paper", "media", "media", None),
    ("pat", "Pat Pen", "person", "media", "paper"),
    ("lone", "Lone Voice", "person", "ukraine", None),
)
TIES = pd.DataFrame(
    [
        ("easton", "member-of", "two"),
        ("weston", "member-of", "two"),
        ("eva", "member-of", "paper"),
        ("ana", "met", "eva"),
    ],
    columns=["from_actor", "kind", "to_actor"],
)
CLAUSES = pd.DataFrame(
    {
        "draft": ["us28"] * 4 + ["other"],
        "point": [1, 2, 2, 3, 9],
        "topic": ["peace", "army", "fund", "army", "vote"],
    }
)


def said(*rows):
    """Make positions from (id, actor, date, point, stance[, status[, red_line[, statement]]])."""
    whole = [(*row, *("single", "no", row[0])[len(row) - 5 :]) for row in rows]
    frame = pd.DataFrame(
        whole, columns=["id", "actor", "date", "point", "stance", "status", "red_line", "statement"]
    )
    ends = frame["date"].str.split("/")
    return frame.assign(
        point=frame["point"].astype("Int64"),
        draft="us28",
        about="content",
        stance=pd.Categorical(frame["stance"], STANCE),
        status=pd.Categorical(frame["status"], STATUS),
        date_earliest=pd.to_datetime(ends.str[0]),
        date_latest=pd.to_datetime(ends.str[-1]),
        summary="x",
    )


def told(*rows):
    return stances(said(*rows), CLAUSES, ACTORS, TIES)


def cells(*rows):
    return latest_stances(told(*rows)).set_index(["camp", "issue"])


# Who speaks for whom


@pytest.mark.parametrize(
    ("actor", "voice", "camp", "side"),
    [
        ("ana", "Northland", "Northland", "us"),
        ("ministry", "Northland", "Northland", "us"),
        ("northland", "Northland", "Northland", "us"),
        ("sam", "Sam Senator", "US senators", "us"),
        ("eva", "Easton", "Two (Easton, Weston)", "europe"),
        ("weston", "Weston", "Two (Easton, Weston)", "europe"),
        ("two", "Two (Easton, Weston)", "Two (Easton, Weston)", "europe"),
        ("pat", "The Paper", COMMENTATORS, "media"),
        ("lone", "Lone Voice", COMMENTATORS, "media"),
    ],
)
def test_camps_go_up_to_the_government_and_its_group(actor, voice, camp, side):
    assert camps(ACTORS, TIES).loc[actor].tolist() == [voice, camp, side]


def test_a_circle_of_parts_ends():
    circle = people(("a", "A", "group", "us", "b"), ("b", "B", "group", "us", "a"))
    assert camps(circle, TIES)["voice"].tolist() == ["B", "A"]


def test_every_actor_shipped_has_a_camp_and_those_set_apart_exist(shipped):
    found = camps(shipped.actors, shipped.relations)
    assert found.index.tolist() == shipped.actors["id"].tolist()
    assert found.notna().all(axis=None)
    assert set(APART) <= set(shipped.actors["id"])
    assert found.loc[["friedrich-merz", "marco-rubio", "roger-wicker", "kaja-kallas"], "camp"].tolist() == [
        "E3 (France, Germany, United Kingdom)",
        "United States",
        "US senators",
        "European Union",
    ]


# Statements


def test_issue_is_the_topic_of_the_first_clause_of_the_point():
    found = told(("a", "ana", "2031-05-01", 2, "support"), ("b", "ana", "2031-05-02", None, "reject"))
    assert found["issue"].tolist() == ["army", "whole"]


def test_only_content_of_the_draft_counts(valley):
    positions = valley.positions
    found = stances(positions, valley.clauses, valley.actors, valley.relations, "plan-a")
    assert found["id"].tolist() == ["p1", "p2"]
    assert found[["speaker", "voice", "issue"]].values.tolist() == [
        ["North", "Northland", "forces"],
        ["South", "Southland", "whole"],
    ]
    process = positions.assign(about="process")
    assert stances(process, valley.clauses, valley.actors, valley.relations, "plan-a").empty


def test_a_point_that_the_draft_lacks_is_refused(valley):
    wrong = valley.positions.assign(point=99)
    with pytest.raises(ValueError, match="draft 'plan-a' lacks the point that is named by: p1, p2"):
        stances(wrong, valley.clauses, valley.actors, valley.relations, "plan-a")


def test_speakers_are_last_names_or_what_spoke():
    found = told(
        ("a", "ana", "2031-05-01", 1, "support"),
        ("b", "eva", "2031-05-02", 1, "support"),
        ("c", "two", "2031-05-03", 1, "support"),
        ("d", "ministry", "2031-05-04", 1, "support"),
    )
    assert found["speaker"].tolist() == ["de North", "East", "jointly", "office"]


def test_issues_are_named_in_the_order_of_points():
    labels = {"army": "The army", "peace": "Peace", "fund": "Fund", "vote": "Vote"}
    assert plan_issues(CLAUSES, labels) == {"whole": "Plan as a whole", "peace": "Peace", "army": "The army"}


# Where each side stands


def test_the_last_statement_stands_and_others_are_kept_newest_first():
    cell = cells(
        ("a", "ana", "2031-05-01", 1, "reject"),
        ("b", "ministry", "2031-05-03", 1, "critical"),
        ("c", "ana", "2031-05-09", 1, "conditional", "confirmed"),
        ("d", "ana", "2031-05-02", 1, "conditional"),
    ).loc[("Northland", "peace")]
    assert (cell["latest"], cell["other"], cell["leads"]) == (["conditional"], ["critical", "reject"], [])
    assert (cell["status"], cell["last"], cell["statements"]) == ("confirmed", "2031-05-09", 4)


def test_statements_of_overlapping_days_are_both_latest():
    cell = cells(
        ("a", "ana", "2031-05-01/2031-05-04", 1, "reject"), ("b", "ana", "2031-05-03", 1, "support")
    ).loc[("Northland", "peace")]
    assert sorted(cell["latest"]) == ["reject", "support"] and cell["other"] == []


def test_each_voice_of_a_row_keeps_its_last_stance():
    found = cells(
        ("a", "eva", "2031-05-01", 1, "critical"),
        ("b", "weston", "2031-05-08", 1, "support"),
        ("c", "two", "2031-05-02", 1, "conditional"),
        ("d", "two", "2031-05-01", 1, "reject"),
    ).loc[("Two (Easton, Weston)", "peace")]
    assert found["latest"] == ["critical", "conditional", "support"]
    assert found["other"] == ["reject"]


def test_a_weak_statement_is_a_lead_and_replaces_nothing():
    cell = cells(
        ("a", "ana", "2031-05-01", 1, "reject"), ("b", "ana", "2031-06-01", 1, "support", "weak")
    ).loc[("Northland", "peace")]
    assert (cell["latest"], cell["other"], cell["leads"]) == (["reject"], ["support"], ["support"])
    assert (cell["status"], cell["last"]) == ("single", "2031-05-01")


def test_a_weak_statement_stands_where_there_is_no_other():
    cell = cells(("a", "ana", "2031-05-01", 1, "reject", "weak")).loc[("Northland", "peace")]
    assert (cell["latest"], cell["status"], cell["leads"]) == (["reject"], "weak", [])


def test_a_statement_that_takes_no_side_overtakes_nothing():
    rows = [("a", "ana", "2031-05-01", 1, "reject"), ("b", "ana", "2031-06-01", 1, "not-assessable")]
    cell = cells(*rows).loc[("Northland", "peace")]
    assert (cell["latest"], cell["other"]) == (["reject"], ["not-assessable"])
    assert cells(rows[1]).loc[("Northland", "peace"), "latest"] == ["not-assessable"]
    assert lined(*rows).empty


@pytest.mark.parametrize(("put", "found"), [("stated", True), ("no", False)])
def test_a_red_line_of_any_statement_marks_the_cell(put, found):
    cell = cells(
        ("a", "ana", "2031-05-01", 1, "reject", "single", put), ("b", "ana", "2031-05-02", 1, "reject")
    )
    assert cell["red_line"].tolist() == [found]


def test_sides_stand_in_order_of_side_then_of_statements():
    found = latest_stances(
        told(
            ("a", "eva", "2031-05-01", 1, "reject"),
            ("b", "sam", "2031-05-01", 1, "reject"),
            ("c", "ana", "2031-05-01", 1, "reject"),
            ("d", "ana", "2031-05-01", 2, "reject"),
        )
    )
    assert found["camp"].tolist() == ["Northland", "Northland", "US senators", "Two (Easton, Weston)"]


# How it changed


def lined(*rows):
    return steps(told(*rows))


def test_steps_need_more_than_one_day():
    found = lined(
        ("a", "ana", "2031-05-01", 1, "reject"),
        ("b", "ana", "2031-05-01", 1, "support"),
        ("c", "ana", "2031-05-01", 2, "reject"),
        ("d", "ana", "2031-05-07", 2, "reject"),
    )
    assert found["id"].tolist() == ["c", "d"]
    assert found["step"].tolist() == [1, 2]


def test_rows_of_one_statement_make_one_step():
    found = lined(
        ("a", "ana", "2031-05-01", 2, "reject", "single", "no", "s"),
        ("b", "ana", "2031-05-01", 3, "reject", "single", "no", "s"),
        ("c", "ana", "2031-05-07", 2, "support"),
    )
    assert found["id"].tolist() == ["a", "c"]


@pytest.mark.parametrize(
    ("path", "varied", "moved"),
    [
        (["reject", "reject"], False, False),
        (["reject", "support"], True, True),
        (["reject", "support", "reject"], True, False),
        (["reject", ("support", "weak")], True, False),
        ([("reject", "weak"), ("support", "weak")], True, True),
    ],
)
def test_moved_compares_the_first_and_last_firm_stance(path, varied, moved):
    rows = [
        (f"p{day}", "ana", f"2031-05-0{day}", 1, *([stance] if isinstance(stance, str) else stance))
        for day, stance in enumerate(path, 1)
    ]
    found = lined(*rows)
    assert found["varied"].tolist() == [varied] * len(path)
    assert found["moved"].tolist() == [moved] * len(path)


def test_voices_of_one_row_are_lined_up_apart():
    found = lined(
        ("a", "eva", "2031-05-01", 1, "reject"),
        ("b", "weston", "2031-05-02", 1, "support"),
        ("c", "eva", "2031-05-03", 1, "critical"),
    )
    assert found[["voice", "id"]].values.tolist() == [["Easton", "a"], ["Easton", "c"]]


# Silence


ISSUES = {"whole": "Plan as a whole", "peace": "Peace", "army": "The army"}


def test_silence_counts_what_nobody_said():
    found = latest_stances(
        told(
            ("a", "ana", "2031-05-01", 1, "reject"),
            ("b", "ana", "2031-05-01", None, "reject"),
            ("c", "eva", "2031-05-01", 1, "reject"),
        )
    )
    assert silence(found, ISSUES).values.tolist() == [
        ["Northland", 2, 1, "Plan as a whole, Peace", "The army"],
        ["Two (Easton, Weston)", 1, 2, "Peace", "Plan as a whole, The army"],
        ["All sides together", 2, 1, "Plan as a whole, Peace", "The army"],
    ]


def test_takes_sums_up_each_side():
    found = latest_stances(
        told(
            ("a", "ana", "2031-05-01", None, "endorse"),
            ("b", "eva", "2031-05-01", None, "conditional"),
            ("c", "weston", "2031-05-01", None, "reject"),
            ("d", "sam", "2031-05-01", 1, "support"),
        )
    )
    assert takes(found).values.tolist() == [
        ["Northland", True, False, False],
        ["Two (Easton, Weston)", False, True, True],
    ]
    assert takes(found, "peace")["camp"].tolist() == ["US senators"]
    assert takes(found, "army").empty


def test_spelled_names_issues_and_joins_lists():
    found = latest_stances(
        told(
            ("a", "ana", "2031-05-01", 1, "reject"),
            ("b", "ana", "2031-05-02", 1, "support", "single", "stated"),
        )
    )
    assert stance_table(found, ISSUES).iloc[0].tolist() == [
        "Northland", "Peace", "support", "reject", "single", "2031-05-02", "put", 2
    ]  # fmt: skip


def test_frames_are_left_as_they_were(shipped):
    before = shipped.positions.copy(deep=True)
    found = stances(shipped.positions, shipped.clauses, shipped.actors, shipped.relations)
    copy = found.copy(deep=True)
    latest_stances(found)
    steps(found)
    pd.testing.assert_frame_equal(shipped.positions, before)
    pd.testing.assert_frame_equal(found, copy)


def test_shipped_map_is_small_enough_to_read(shipped):
    found = stances(shipped.positions, shipped.clauses, shipped.actors, shipped.relations)
    assert found["camp"].nunique() <= 14
    changed = replace(shipped, positions=shipped.positions.iloc[:0])
    assert stances(changed.positions, changed.clauses, changed.actors, changed.relations).empty
