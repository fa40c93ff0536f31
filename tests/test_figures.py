import pandas as pd
import pytest

from briefing_helpers import as_given, fund, implied_cuts, rivals, spell


def test_implied_cuts_are_worked_out_against_each_baseline(valley):
    frame = implied_cuts(valley.figures, 50_000, "army-size")
    assert frame["attributed_to"].tolist() == ["northland", "southland"]
    assert frame[["baseline", "share", "cut"]].values.tolist() == [[100_000, 50, 50], [80_000, 62.5, 37.5]]


def test_implied_cuts_need_a_baseline(valley):
    with pytest.raises(ValueError) as caught:
        implied_cuts(valley.figures, 50_000, "valley-dead")
    assert str(caught.value) == "no figure with subject 'valley-dead'"


# Spans


def test_spans_say_who_gave_which_bounds(valley):
    frame = as_given(valley.figures, valley.actors)
    assert frame[["group", "label", "said"]].values.tolist() == [
        ["Army size", "Northland; 2031-04", "100,000 (90,000 to 110,000)"],
        ["Army size", "Southland; 2031-04", "80,000"],
        ["Valley dead", "Northland; no date", "at least 300"],
    ]


def test_spans_leave_the_bounds_as_they_were_given(valley):
    frame = as_given(valley.figures, valley.actors).set_index("id")
    pd.testing.assert_frame_equal(
        frame[["low", "best", "high"]], valley.figures.set_index("id")[["low", "best", "high"]]
    )


def test_spans_keep_a_subject_together_and_its_figures_in_order_of_time(valley):
    dates = pd.to_datetime(["2031-06-01", None, "2031-05-01"])
    mixed = valley.figures.assign(
        subject=["a", "b", "a"], domain="human", as_of_earliest=dates, id=["late", "undated", "early"]
    )
    assert as_given(mixed, valley.actors)["id"].tolist() == ["early", "late", "undated"]
    swapped = mixed.assign(subject=["a", "a", "a"])
    assert as_given(swapped, valley.actors)["id"].tolist() == ["early", "late", "undated"]


def test_spans_of_one_domain_stand_together(valley):
    kinds = valley.figures["domain"].dtype
    split = valley.figures.assign(domain=pd.Series(["human", "military", "human"], dtype=kinds))
    assert as_given(split, valley.actors)["domain"].tolist() == ["military", "human", "human"]


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (None, 14.5, None, "14.5"),
        (900, None, 1000, "900 to 1,000"),
        (5, None, None, "at least 5"),
        (None, None, 325_000, "up to 325,000"),
        (5, 6, None, "6"),
    ],
)
def test_bounds_are_said_as_they_stand(valley, low, best, high, said):
    one = valley.figures.head(1).assign(low=low, best=best, high=high)
    one = one.astype({"low": float, "best": float, "high": float})
    assert as_given(one, valley.actors)["said"].item() == said


def test_names_of_states_and_abbreviations_keep_their_capitals(valley):
    actors = valley.actors.assign(name=valley.actors["name"].replace("Border Herald", "Union of Bees (UB)"))
    frame = as_given(valley.figures.assign(subject="bees-of-ub-in-northland"), actors)
    assert frame["group"].unique().tolist() == ["Bees of UB in Northland"]


def test_a_figure_without_a_giver_says_so(valley):
    frame = as_given(valley.figures, valley.actors.assign(kind="placeholder"))
    assert frame["who"].unique().tolist() == ["giver not recorded"]


# Rivals


def test_rivals_set_the_extremes_of_each_subject_side_by_side(valley):
    frame = rivals(valley.figures)
    assert frame.drop(columns="apart").values.tolist() == [["army-size", "people", 2, 2, 1, 80_000, 110_000]]
    assert frame["apart"].tolist() == [1.375]


def test_one_figure_has_no_rival(valley):
    assert rivals(valley.figures.tail(1)).empty


def test_rivals_of_two_units_are_refused(valley):
    units = valley.figures["unit"].dtype
    mixed = valley.figures.assign(unit=pd.Series(["people", "usd", "deaths"], dtype=units))
    with pytest.raises(ValueError) as caught:
        rivals(mixed)
    assert str(caught.value) == "figures on 'army-size' have more than one unit"


# Fund


def test_fund_splits_the_profit_of_each_sum_at_each_rate():
    frame = fund({"small": 100, "large": 200}, 25, [10, 0], 2)
    assert frame.round(6).values.tolist() == [
        ["small", 100, 10, 2, 21, 5.25, 15.75],
        ["small", 100, 0, 2, 0, 0, 0],
        ["large", 200, 10, 2, 42, 10.5, 31.5],
        ["large", 200, 0, 2, 0, 0, 0],
    ]


def test_profit_paid_out_each_year_earns_nothing_itself():
    assert fund({"sum": 100}, 50, [10], 3, reinvested=False)["profit"].round(9).tolist() == [30]


def test_of_a_loss_nothing_is_taken():
    frame = fund({"sum": 100}, 50, [-10], 1)
    assert frame[["profit", "taken", "left"]].round(9).values.tolist() == [[-10, 0, -10]]


@pytest.mark.parametrize(
    ("share", "rates", "years", "message"),
    [
        (101, [1], 1, "share 101 is not a percentage"),
        (-1, [1], 1, "share -1 is not a percentage"),
        (50, [1], 0, "years 0 is less than one"),
        (50, [3, -101], 1, "rate -101 loses more than everything"),
    ],
)
def test_fund_refuses_what_makes_no_sense(share, rates, years, message):
    with pytest.raises(ValueError) as caught:
        fund({"sum": 1}, share, rates, years)
    assert str(caught.value) == message


def test_fund_takes_rates_from_a_generator():
    assert fund({"sum": 100}, 50, (rate for rate in (1, 2)), 1)["rate"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1e8, "usd", "USD 100m"),
        (2.5e9, "eur", "EUR 2.5bn"),
        (950, "usd", "USD 950"),
        (50, "percent", "50%"),
        (157, "people", "157"),
        (1e6, "", "1,000,000"),
    ],
)
def test_numbers_are_spelt_with_their_unit(value, unit, said):
    assert spell(value, unit) == said
