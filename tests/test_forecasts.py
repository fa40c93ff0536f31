import pandas as pd
import pytest

from briefing_helpers import FIFTY, ICD_203, brier, overdue, scored, suppose


def forecast(name, low, high, outcome, due=None, made="2031-05-01"):
    return {
        "id": name,
        "p_low": low,
        "p_high": high,
        "outcome": outcome,
        "resolves_by_latest": pd.Timestamp(due) if due else pd.NaT,
        "made_on_earliest": pd.Timestamp(made),
    }


FORECASTS = pd.DataFrame(
    [
        forecast("true", 0.8, 0.9, "came-true"),
        forecast("false", 0.8, 0.9, "did-not"),
        forecast("half", 0.2, 0.4, "partly"),
        forecast("open", 0.2, 0.4, "open", "2031-06-30"),
        forecast("late", None, None, "open", "2031-05-31"),
        forecast("some-day", None, None, "open"),
        forecast("vague", 0.2, 0.4, "not-testable"),
        forecast("no-range", None, None, "came-true"),
    ]
)


def test_scored_keeps_what_has_a_range_and_an_outcome():
    assert scored(FORECASTS)["id"].tolist() == ["true", "false", "half"]


def test_scores_are_squared_distances_at_the_ends_and_the_middle_of_the_range():
    found = scored(FORECASTS).set_index("id")
    ends = ["p_mid", "happened", "at_low", "at_mid", "at_high", "best", "worst"]
    assert found.loc["true", ends].tolist() == pytest.approx([0.85, 1, 0.04, 0.0225, 0.01, 0.01, 0.04])
    assert found.loc["false", ends].tolist() == pytest.approx([0.85, 0, 0.64, 0.7225, 0.81, 0.64, 0.81])


def test_what_came_true_in_part_is_bounded_and_has_no_single_score():
    half = scored(FORECASTS).set_index("id").loc["half"]
    assert half[["happened", "at_low", "at_mid", "at_high"]].isna().all()
    assert (half["best"], half["worst"]) == (pytest.approx(0.04), pytest.approx(0.64))


def test_ranges_and_scores_are_said():
    found = scored(FORECASTS)
    assert found["range"].tolist() == ["80 to 90%", "80 to 90%", "20 to 40%"]
    assert found["score"].tolist() == ["0.0100 to 0.0400", "0.6400 to 0.8100", "0.0400 to 0.6400"]


def test_brier_leaves_out_outcomes_in_part():
    assert brier(scored(FORECASTS)).tolist() == pytest.approx([2, 0.325, 0.3725, 0.425])


def test_brier_bounds_outcomes_in_part_when_asked():
    assert brier(scored(FORECASTS), partly=True).tolist() == pytest.approx([3, 0.23, 0.3725, 1.49 / 3])


def test_brier_of_nothing_is_missing():
    means = brier(scored(FORECASTS.head(0)))
    assert means["n"] == 0
    assert means[["best", "middle", "worst"]].isna().all()


def test_always_fifty_fifty_scores_a_quarter():
    even = FORECASTS.head(2).assign(p_low=0.5, p_high=0.5)
    assert brier(scored(even)).tolist() == [2, FIFTY, FIFTY, FIFTY]


def test_suppose_scores_the_outcomes_with_one_term_for_all():
    found = suppose(
        scored(FORECASTS), {"likely": "Likely", "even": "Even"}, {"likely": (0.6, 0.8), "even": (0.4, 0.7)}
    )
    assert found["label"].tolist() == ["Likely, 60 to 80%", "Even, 40 to 70%"]
    # One came true and one did not: the mean is ((1 - p) squared + p squared) / 2.
    assert found[["low", "high"]].values.tolist() == [
        pytest.approx([0.26, 0.34]),
        pytest.approx([0.25, 0.29]),
    ]
    assert found["best"].isna().all()
    assert found["said"].tolist() == ["0.26 to 0.34", "0.25 to 0.29"]


def test_suppose_finds_the_best_probability_where_it_suits_the_outcomes():
    true = scored(FORECASTS.head(1))
    assert suppose(true, {"x": "X"}, {"x": (0.2, 0.9)})[["low", "high"]].values.tolist() == [
        pytest.approx([0.01, 0.64])
    ]


def test_ranges_of_terms_are_those_of_the_vocabulary(shipped):
    terms = shipped.schema.vocabulary("forecasts", "term").set_index("value")["definition"]
    said = {term: f"{100 * low:.0f} to {100 * high:.0f} per cent." for term, (low, high) in ICD_203.items()}
    assert said == terms.drop("not-assessable").to_dict()


def test_ranges_on_record_are_those_of_their_terms(shipped):
    rows = shipped.forecasts[shipped.forecasts["p_low"].notna()]
    assert [ICD_203[term] for term in rows["term"]] == list(zip(rows["p_low"], rows["p_high"], strict=True))


# Open ones


def test_overdue_sorts_the_open_ones_by_what_is_due():
    found = overdue(FORECASTS, "2031-06-15")
    assert found[["id", "due"]].astype(str).values.tolist() == [
        ["late", "overdue"],
        ["open", "not yet due"],
        ["some-day", "no date"],
    ]


@pytest.mark.parametrize(("as_of", "late"), [("2031-05-31", 0), ("2031-06-01", 1), ("2031-07-01", 2)])
def test_a_forecast_is_overdue_when_its_last_day_has_passed(as_of, late):
    assert (overdue(FORECASTS, as_of)["due"] == "overdue").sum() == late
    assert (overdue(FORECASTS, pd.Timestamp(as_of))["due"] == "overdue").sum() == late


def test_the_valley_is_scored(valley):
    assert scored(valley.forecasts).empty
    assert overdue(valley.forecasts, "2032-01-01")["due"].tolist() == ["overdue"]
