import pandas as pd
import pytest

from briefing_helpers import (
    duties,
    enforceable,
    find,
    pairs,
    profile,
    rival_codings,
    spelled,
    who_owes_whom,
)
from briefing_helpers.obligations import TESTS

ACTORS = pd.DataFrame(
    [
        ("russia", "Russia", "state", "russia"),
        ("ukraine", "Ukraine", "state", "ukraine"),
        ("ministry", "Ministry", "office", "ukraine"),
        ("poland", "Poland", "state", "europe"),
        ("eu", "European Union", "organisation", "europe"),
        ("nato", "NATO", "organisation", "international"),
        ("iaea", "IAEA", "organisation", "international"),
        ("far-state", "Far State", "state", "other"),
        ("minorities", "Minorities", "group", "other"),
        ("council", "Council", "proposed-body", "none"),
        ("unspecified", "Not specified", "placeholder", "none"),
        ("guarantors", "Guarantors (unnamed)", "placeholder", "none"),
        ("all-parties", "All parties", "placeholder", "none"),
        ("not-assessable", "Cannot be told", "placeholder", "none"),
    ],
    columns=["id", "name", "kind", "side"],
)
CLAUSES = pd.DataFrame(
    [
        ("c1", "shall", "specific"),
        ("c2", "shall-not", "partial"),
        ("c3", "expected", "specific"),
        ("c4", "shall", "open"),
        ("c5", "declared", "not-known"),
    ],
    columns=["id", "mode", "precision"],
)


def owing(*rows):
    """Make obligations of clause, obligor, first and second beneficiary, and, where given, duty and means."""
    columns = ["clause", "obligor", "beneficiary", "beneficiary_second", "duty", "enforcement"]
    frame = pd.DataFrame([[*row, *["act", "general"][len(row) - 4 :]] for row in rows], columns=columns)
    return frame.assign(id=[f"{row[0]}.{at}" for at, row in enumerate(rows)], summary="What is owed.")


SOME = owing(
    ("c1", "ukraine", "russia", "russia", "act", "own"),
    ("c1", "ministry", "russia", "all-parties", "refrain", "general"),
    ("c2", "russia", "ukraine", "not-assessable", "refrain", "none"),
    ("c3", "guarantors", "ukraine", "ukraine"),
    ("c4", "poland", "eu", "poland", "act", "not-known"),
    ("c5", "all-parties", "minorities", "russia"),
)


def test_who_owes_whom_counts_by_name(valley):
    matrix = who_owes_whom(valley.obligations, valley.clauses, valley.actors)
    assert matrix.index.tolist() == ["Southland", "Northland"]
    assert matrix.columns.tolist() == ["Northland", "Southland"]
    assert matrix.values.tolist() == [[2, 0], [0, 1]]


def test_who_owes_whom_counts_only_the_clauses_given(valley):
    matrix = who_owes_whom(valley.obligations, find(valley.clauses, "plan-a", 2), valley.actors)
    assert (matrix.index.tolist(), matrix.columns.tolist()) == (["Southland"], ["Northland"])
    assert matrix.values.tolist() == [[1]]


# Parties


@pytest.mark.parametrize(
    ("actor", "party"),
    [
        ("ministry", "ukraine"),
        ("poland", "europe"),
        ("eu", "europe"),
        ("nato", "Other bodies"),
        ("iaea", "Other bodies"),
        ("far-state", "Far State"),
        ("minorities", "Other groups"),
        ("council", "Council"),
        ("unspecified", "Nobody named"),
        ("guarantors", "Nobody named"),
        ("all-parties", "All parties"),
        ("not-assessable", "Cannot be told"),
    ],
)
def test_an_actor_counts_as_its_party(actor, party):
    [row] = duties(owing(("c1", actor, "russia", actor)), CLAUSES, ACTORS).to_dict("records")
    assert (row["owed_by"], row["owed_to"], row["owed_to_second"]) == (party, "russia", party)


def test_whoever_is_set_apart_stands_alone():
    owed = owing(("c1", "nato", "poland", "iaea"))
    [row] = duties(owed, CLAUSES, ACTORS, apart=["nato", "poland"]).to_dict("records")
    assert (row["owed_by"], row["owed_to"], row["owed_to_second"]) == ("NATO", "Poland", "Other bodies")


def test_setting_apart_nobody_known_names_the_nearest():
    with pytest.raises(KeyError) as caught:
        duties(SOME, CLAUSES, ACTORS, apart=["natoo"])
    assert caught.value.args == ("no actor 'natoo'; did you mean 'nato'?",)


def test_sides_carry_labels_where_actors_are_labelled(shipped):
    clauses = find(shipped.clauses, "us28")
    plain = duties(shipped.obligations, clauses, shipped.actors, apart=["nato"])
    labelled = duties(shipped.obligations, clauses, shipped.labelled("actors"), apart=["nato"])
    names = dict(zip(plain["owed_by"], labelled["owed_by"], strict=True))
    sides = {"us": "United States", "russia": "Russia", "ukraine": "Ukraine", "europe": "Europe"}
    assert names == sides | {name: name for name in names if name not in sides}
    assert {"NATO", "Other bodies", "Nobody named", "All parties to the text"} <= set(names)


def test_duties_are_those_of_the_clauses_given_and_keep_their_order():
    found = duties(SOME, CLAUSES[CLAUSES["id"].isin(["c3", "c1"])], ACTORS)
    assert found["id"].tolist() == ["c1.0", "c1.1", "c3.3"]
    assert found.index.tolist() == [0, 1, 2]


def test_a_duty_is_contested_where_the_coders_chose_different_actors():
    assert duties(SOME, CLAUSES, ACTORS)["contested"].tolist() == [False, True, True, False, True, True]


def test_frames_are_left_as_they_were():
    before = [frame.copy(deep=True) for frame in (SOME, CLAUSES, ACTORS)]
    profile(spelled(duties(SOME, CLAUSES, ACTORS), ACTORS).assign(**dict.fromkeys(TESTS, True)))
    for frame, copy in zip((SOME, CLAUSES, ACTORS), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


# Counts


def test_pairs_count_by_either_coder_and_give_the_range():
    owed = owing(
        *[("c1", "ukraine", "russia", "russia")] * 2,
        ("c1", "ukraine", "russia", "ukraine"),
        ("c1", "ministry", "minorities", "russia"),
        ("c1", "poland", "eu", "poland"),
    )
    found = pairs(duties(owed, CLAUSES, ACTORS))
    assert found.to_numpy().tolist() == [
        ["ukraine", "russia", 3, 3, 2, 4],
        ["ukraine", "Other groups", 1, 0, 0, 1],
        ["europe", "europe", 1, 1, 1, 1],
        ["ukraine", "ukraine", 0, 1, 0, 1],
    ]
    assert found.columns.tolist() == ["owed_by", "owed_to", "first", "second", "low", "high"]


def test_pairs_count_each_duty_once_for_each_coder(shipped):
    found = pairs(duties(shipped.obligations, shipped.clauses, shipped.actors))
    assert found["first"].sum() == found["second"].sum() == len(shipped.obligations)


def test_rival_codings_count_the_two_choices_largest_first():
    owed = owing(
        ("c1", "russia", "ukraine", "all-parties"),
        ("c1", "russia", "eu", "poland"),
        ("c1", "russia", "ukraine", "ukraine"),
        ("c2", "ukraine", "ukraine", "all-parties"),
    )
    found = rival_codings(duties(owed, CLAUSES, ACTORS), ACTORS)
    assert found.to_dict("records") == [
        {"first": "Ukraine", "second": "All parties", "duties": 2},
        {"first": "European Union", "second": "Poland", "duties": 1},
    ]


def test_rival_codings_of_coders_who_agree_are_empty():
    found = rival_codings(duties(SOME.head(1), CLAUSES, ACTORS), ACTORS)
    assert found.columns.tolist() == ["first", "second", "duties"]
    assert found.empty


def test_profile_sums_up_each_party_largest_first():
    found = profile(duties(SOME, CLAUSES, ACTORS)).set_index("party")
    assert found.index[0] == "ukraine"
    assert found.columns.tolist() == ["duties", "act", "refrain", *TESTS, "all four", "own means"]
    assert found.loc["ukraine"].tolist() == [2, 1, 1, 2, 2, 2, 2, 2, 1]
    assert found.loc["russia"].tolist() == [1, 0, 1, 1, 1, 1, 0, 0, 0]
    assert found.loc["Nobody named"].tolist() == [1, 1, 0, 0, 0, 1, 1, 0, 0]


# Tests of wording


def test_each_test_reads_its_own_field():
    found = enforceable(SOME, CLAUSES, ACTORS)
    assert {test: found[test].tolist() for test in TESTS} == {
        "named": [True, True, True, False, True, True],
        "binding": [True, True, True, False, True, False],
        "checkable": [True, True, True, True, False, False],
        "means": [True, True, False, True, False, True],
    }
    assert found["tests"].tolist() == [4, 4, 3, 2, 2, 2]


@pytest.mark.parametrize(
    ("actor", "named"),
    [("unspecified", False), ("guarantors", False), ("not-assessable", False), ("all-parties", True)],
)
def test_placeholders_name_nobody_but_all_parties_do(shipped, actor, named):
    found = enforceable(owing(("c1", actor, "russia", "russia")), CLAUSES, shipped.labelled("actors"))
    assert found["named"].tolist() == [named]


@pytest.mark.parametrize("mode", ["may", "expected", "to-be-agreed", "declared", "not-known"])
def test_only_shall_and_shall_not_bind(mode):
    found = enforceable(SOME.head(1), CLAUSES.assign(mode=mode), ACTORS)
    assert (found["binding"].item(), found["tests"].item()) == (False, 3)


def test_a_duty_without_its_clause_is_refused():
    with pytest.raises(KeyError) as caught:
        enforceable(SOME, CLAUSES.iloc[1:4], ACTORS)
    assert caught.value.args == ("no such clause among those given: c1, c5",)


# Display


def test_spelled_names_actors_and_says_yes_and_no():
    found = spelled(duties(SOME, CLAUSES, ACTORS), ACTORS)
    row = found.iloc[3]
    assert row[["obligor", "beneficiary", "beneficiary_second"]].tolist() == [
        "Guarantors (unnamed)",
        "Ukraine",
        "Ukraine",
    ]
    assert row[["named", "checkable", "contested"]].tolist() == ["no", "yes", "no"]
    assert found["tests"].tolist() == [4, 4, 3, 2, 2, 2]
