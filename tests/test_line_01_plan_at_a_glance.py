from dataclasses import replace

import pytest

STEM = "01_plan_at_a_glance"


def expected(briefing):
    """Count again from the tables, without the helpers that the notebook uses."""
    own = briefing.clauses[briefing.clauses["draft"] == "us28"]
    n = {value: (own["precision"] == value).sum() for value in ("specific", "partial", "open")}
    stated = {field: own[field].notna() for field in ("condition", "quantity", "deadline", "duration")}
    bare = {*own["point"]} - {point for marks in stated.values() for point in own.loc[marks, "point"]}
    condition, quantity, deadline, duration = (marks.sum() for marks in stated.values())
    return (
        f"The {len({*own['point']})} points make {len(own)} clauses. By our coding {n['specific']} are exact "
        f"enough to be checked, {n['partial']} leave open who, how much, when or how, and {n['open']} state "
        f"an aim only. {condition} clauses depend on a condition and {quantity} name a figure, {deadline} "
        f"set a deadline and {duration} a duration; {len(bare)} of the {len({*own['point']})} points "
        "state none of these."
    )


def test_bottom_line_is_that_of_the_data(bottom_line, shipped):
    assert bottom_line(STEM, shipped) == expected(shipped)


@pytest.fixture
def changed(shipped):
    """Drop three points and five clauses and change every other count, of this draft only."""
    clauses = shipped.clauses.copy()
    own = clauses["draft"] == "us28"
    ids = clauses["id"]
    clauses.loc[ids.isin(["us28-01", "us28-04", "us28-07"]), "precision"] = "partial"
    clauses.loc[ids == "us28-10b", "condition"] = None
    clauses.loc[ids == "us28-15", "quantity"] = 3.0
    clauses.loc[ids.isin(["us28-05", "us28-16"]), "deadline"] = "at once"
    clauses.loc[ids.isin(["us28-17"]), "duration"] = "ten years"
    gone = own & (clauses["point"].isin([3, 8, 9]) | ids.isin(["us28-24b"]))
    return replace(shipped, clauses=clauses[~gone].reset_index(drop=True))


def test_every_number_follows_the_data(bottom_line, shipped, changed):
    assert bottom_line(STEM, changed) == expected(changed)
    before, after = (numbers(expected(record)) for record in (shipped, changed))
    assert [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one == other] == []


def numbers(text):
    return [word for word in text.replace(",", "").replace(".", "").split() if word.isdigit()]
