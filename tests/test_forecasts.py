import re

import numpy as np
import pandas as pd
import pytest

from briefing_helpers import (
    FIFTY,
    averages,
    beside_fifty,
    outcomes,
    pending,
    score_text,
    scored,
    suppose,
    term_table,
    verdict,
)
from briefing_helpers.forecasts import ICD_203

OUTCOMES = ["came-true", "partly", "did-not", "open", "not-testable"]


def made(*rows):
    """Make forecasts: id, range of probability or None, outcome."""
    frame = pd.DataFrame(
        [(name, *(spread or (None, None)), outcome) for name, spread, outcome in rows],
        columns=["id", "p_low", "p_high", "outcome"],
    )
    frame["outcome"] = pd.Categorical(frame["outcome"], OUTCOMES)
    days = pd.date_range("2031-05-01", periods=len(frame))
    return frame.astype({"p_low": float, "p_high": float}).assign(made_on_earliest=days)


LIKELY = (0.6, 0.8)
FORECASTS = made(
    ("truce", LIKELY, "came-true"),
    ("summit", LIKELY, "did-not"),
    ("vote", LIKELY, "partly"),
    ("trade", LIKELY, "open"),
    ("glory", LIKELY, "not-testable"),
    ("thaw", None, "came-true"),
)


# Outcomes


def test_outcomes_are_counted_in_vocabulary_order_with_a_total():
    counts = outcomes(FORECASTS)
    assert counts.columns.tolist() == ["outcome", "probability", "none", "all"]
    assert counts.to_numpy().tolist() == [
        ["came-true", 1, 1, 2],
        ["partly", 1, 0, 1],
        ["did-not", 1, 0, 1],
        ["open", 1, 0, 1],
        ["not-testable", 1, 0, 1],
        ["all", 5, 1, 6],
    ]


def test_outcomes_of_nothing_are_noughts():
    assert outcomes(FORECASTS.iloc[:0]).set_index("outcome").to_numpy().sum() == 0


# Scores


def test_only_settled_ones_with_a_range_are_scored_and_the_worst_stand_first_and_those_in_part_last():
    assert scored(FORECASTS)["id"].tolist() == ["summit", "truce", "vote"]


def test_score_is_the_squared_distance_at_both_ends_and_the_middle():
    scores = scored(FORECASTS).set_index("id")[["at_low", "at_mid", "at_high", "best", "worst"]]
    assert scores.loc["truce"].tolist() == pytest.approx([0.16, 0.09, 0.04, 0.04, 0.16])
    assert scores.loc["summit"].tolist() == pytest.approx([0.36, 0.49, 0.64, 0.36, 0.64])


def test_one_in_part_is_bounded_by_both_outcomes_and_has_no_score_of_its_own():
    row = scored(FORECASTS).set_index("id").loc["vote"]
    assert row[["happened", "at_low", "at_mid", "at_high"]].isna().all()
    assert row[["best", "worst"]].tolist() == pytest.approx([0.04, 0.64])


def test_one_with_half_a_range_is_not_scored():
    assert scored(FORECASTS.assign(p_high=np.nan)).empty


def test_scoring_changes_no_frame():
    before = FORECASTS.copy()
    scored(FORECASTS)
    pd.testing.assert_frame_equal(FORECASTS, before)


def test_the_sample_package_has_nothing_to_score(valley):
    assert scored(valley.forecasts).empty
    assert verdict(scored(valley.forecasts)).startswith("None both turned out plainly")


# Averages


def test_averages_leave_those_in_part_out_and_then_bound_them():
    table = averages(scored(FORECASTS)).set_index("counted")
    assert table.index.tolist() == ["came true or did not", "with those in part", "always fifty-fifty"]
    assert table["n"].tolist() == [2, 3, pd.NA]
    assert table.iloc[0, 1:].tolist() == pytest.approx([0.2, 0.29, 0.4])
    assert table.iloc[1, 1:].tolist() == pytest.approx([0.44 / 3, np.nan, 1.44 / 3], nan_ok=True)
    assert table.iloc[2, 1:].tolist() == [FIFTY] * 3


def test_averages_are_means_not_medians():
    sure = (1.0, 1.0)
    rows = made(("a", sure, "came-true"), ("b", sure, "came-true"), ("c", sure, "did-not"))
    assert averages(scored(rows)).iloc[0, 2:].tolist() == pytest.approx([1 / 3] * 3)


def test_averages_of_nothing_are_missing():
    table = averages(scored(FORECASTS.iloc[:0])).iloc[:2]
    assert table["n"].tolist() == [0, 0] and table[["best", "middle", "worst"]].isna().all(axis=None)


def test_always_fifty_fifty_scores_the_constant_whatever_comes():
    even = scored(made(("a", (0.5, 0.5), "came-true"), ("b", (0.5, 0.5), "did-not")))
    assert FIFTY == 0.25 and (even[["best", "worst"]] == FIFTY).all(axis=None)


@pytest.mark.parametrize(
    ("best", "worst", "word"),
    [
        (0.26, 0.9, "worse"),
        (0.25, 0.9, "not clearly better or worse"),
        (0.1, 0.25, "not clearly better or worse"),
        (0.0, 0.24, "better"),
    ],
)
def test_only_a_whole_range_beyond_fifty_fifty_is_called_better_or_worse(best, worst, word):
    assert beside_fifty(best, worst) == word


def test_verdict_names_number_share_and_scores():
    said = verdict(scored(FORECASTS))
    assert said.startswith("Only 2 both turned out plainly") and ": 1 came true" in said
    assert "0.20 to 0.40 on a scale" in said
    assert said.endswith("not clearly better or worse than the 0.25 of always saying fifty-fifty.")


@pytest.mark.parametrize(("ends", "text"), [((0.2, 0.4), "0.20 to 0.40"), ((0.001, 0.004), "0.00")])
def test_scores_that_round_alike_are_written_once(ends, text):
    assert score_text(*ends) == text


# What hangs on the terms


def test_supposing_the_term_that_was_coded_gives_the_average_itself():
    scores = scored(FORECASTS)
    row = suppose(scores, {"own": LIKELY}).iloc[0]
    assert row[["best", "worst"]].tolist() == pytest.approx(averages(scores).loc[0, ["best", "worst"]])


def test_supposing_firmer_terms_spreads_the_scores():
    table = suppose(scored(FORECASTS), {"even": (0.5, 0.5), "sure": (0.9, 1.0)})
    assert table[["term", "low", "high"]].to_numpy().tolist() == [["even", 0.5, 0.5], ["sure", 0.9, 1.0]]
    assert table["best"].tolist() == pytest.approx([0.25, 0.405])
    assert table["worst"].tolist() == pytest.approx([0.25, 0.505])
    assert table["beside"].tolist() == ["not clearly better or worse", "worse"]


def test_all_terms_are_supposed_in_order_unless_others_are_given():
    assert suppose(scored(FORECASTS))["term"].tolist() == list(ICD_203)


def test_supposing_with_nothing_scored_gives_missing_scores():
    assert suppose(scored(FORECASTS.iloc[:0]))[["best", "worst"]].isna().all(axis=None)


# Terms


def test_ranges_are_those_of_the_descriptor(shipped):
    values = {value["value"]: value["definition"] for value in shipped.schema["forecasts"]["term"].categories}
    told = {name: re.findall(r"\d+", text) for name, text in values.items()}
    assert {name: [f"{100 * p:.0f}" for p in ends] for name, ends in ICD_203.items()} == {
        name: ends for name, ends in told.items() if name != "not-assessable"
    }
    assert list(ICD_203) == [name for name in values if name != "not-assessable"]


def test_ranges_in_the_record_are_those_of_its_terms(shipped):
    for row in shipped.forecasts.itertuples():
        coded = () if pd.isna(row.p_low) else (row.p_low, row.p_high)
        assert coded == ICD_203.get(row.term, ()), row.id


def test_terms_are_listed_with_range_number_and_words():
    frame = pd.DataFrame({"term": ["likely", "not-assessable", "likely"], "stated_term": ["b", "may", "a"]})
    table = term_table(frame, {"likely": "Likely", "unlikely": "Unlikely", "not-assessable": "No term"})
    assert table.columns.tolist() == ["term", "range, per cent", "coded", "words used"]
    assert table.to_numpy().tolist() == [
        ["Likely", "55 to 80", 2, "a; b"],
        ["Unlikely", "20 to 45", 0, ""],
        ["No term", "", 1, "may"],
    ]


# Open ones


def waiting(as_of):
    frame = made(*[(name, None, "open") for name in ("never", "soon", "late")], ("done", None, "did-not"))
    frame["resolves_by_latest"] = pd.to_datetime([None, "2031-07-01", "2031-06-01", "2031-06-01"])
    return pending(frame, as_of)


def test_open_ones_stand_overdue_first_and_undated_last():
    table = waiting("2031-06-02")
    assert table["id"].tolist() == ["late", "soon", "never"]
    assert table["due"].tolist() == ["overdue", "not yet due", "no date"]


def test_nothing_is_overdue_on_its_last_day():
    assert waiting("2031-06-01")["due"].tolist() == ["not yet due", "not yet due", "no date"]


def test_everything_dated_is_overdue_later():
    assert waiting(pd.Timestamp("2032-01-01"))["due"].tolist() == ["overdue", "overdue", "no date"]


def test_the_sample_package_has_one_open(valley):
    assert pending(valley.forecasts, "2031-06-05")[["id", "due"]].to_numpy().tolist() == [
        ["herald.summit", "overdue"]
    ]
