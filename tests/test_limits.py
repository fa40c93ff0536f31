import pandas as pd
import pytest

from briefing_helpers import deadlines

STARTS = {"signing": "2031-03-01", "approval": "2031-02-01"}


def clause(name, deadline=None, duration=None, quantity=None, unit=None, condition=None):
    fields = {"deadline": deadline, "duration": duration, "condition": condition}
    return {"id": name, "quantity": quantity, "unit": unit, **fields}


def found(*clauses, starts=STARTS):
    frame = deadlines(pd.DataFrame(clauses), starts)
    return [[*row[:5], str(row.date)[:10], row.why] for row in frame.itertuples(index=False)]


def test_a_limit_whose_start_is_not_named_has_a_date_for_each_start():
    assert found(clause("vote", "Within 100 days", quantity=100, unit="days")) == [
        ["vote", "time limit", "Within 100 days", "signing", "no", "2031-06-09", None],
        ["vote", "time limit", "Within 100 days", "approval", "no", "2031-05-12", None],
    ]


@pytest.mark.parametrize("field", ["condition", "deadline"])
def test_a_limit_that_names_its_start_is_counted_from_it_alone(field):
    named = clause("vote", "Within 100 days", quantity=100, unit="days") | {field: "100 days after Signing"}
    [row] = found(named)
    assert row[3:6] == ["signing", "yes", "2031-06-09"]


def test_a_duration_in_years_ends_on_the_same_day_of_the_year():
    [row] = found(
        clause("pact", duration="10 years", quantity=10, unit="years"), starts={"signing": "2028-02-29"}
    )
    assert row == ["pact", "duration", "10 years", "signing", "no", "2038-02-28", None]


@pytest.mark.parametrize(
    ("clause", "kind", "why"),
    [
        (clause("a", "as soon as possible"), "time limit", "no length in days or years"),
        (
            clause("a", duration="until paid", quantity=5, unit="usd"),
            "duration",
            "no length in days or years",
        ),
        (clause("a", quantity=30, unit="years"), "span", "neither starts nor ends with the agreement"),
    ],
)
def test_what_yields_no_date_says_why(clause, kind, why):
    [row] = found(clause)
    assert (row[1], row[5], row[6]) == (kind, "NaT", why)
    assert pd.isna(row[3]) and pd.isna(row[4])


def test_a_span_is_said_with_its_unit():
    [row] = found(clause("a", quantity=30, unit="years"))
    assert row[2] == "30 years"


def test_clauses_without_time_are_left_out():
    assert found(clause("cap", quantity=600_000, unit="people"), clause("aim")) == []


def test_deadlines_of_the_record_keep_their_order(valley):
    frame = deadlines(valley.clauses, STARTS)
    assert frame["clause"].tolist() == ["plan-a-01", "plan-a-02b", "plan-b-01"]
    assert frame["date"].isna().all()
    assert frame["date"].dtype == "datetime64[s]"


@pytest.mark.parametrize("text", ["2031-03", "2031-03-01~", "2031-03-01/2031-03-02", "../2031-03-01"])
def test_a_start_must_be_one_day(valley, text):
    with pytest.raises(ValueError) as caught:
        deadlines(valley.clauses, {"signing": text})
    assert str(caught.value) == f"signing: {text!r} is not one day (YYYY-MM-DD)"


def test_an_impossible_day_is_named(valley):
    with pytest.raises(ValueError, match="there is no day 30 in 2031-02"):
        deadlines(valley.clauses, {"signing": "2031-02-30"})


def test_without_a_start_nothing_can_be_counted(valley):
    with pytest.raises(ValueError, match="no start to count from"):
        deadlines(valley.clauses, {})
