import pandas as pd
import pytest

from briefing_helpers import conclusion, points_each, points_table

LABELS = {"a": "North wrote it", "b": "South wrote it", "c": "Both did"}


def said(*rows):
    columns = ["hypothesis", "first", "second", "leads", "behind"]
    return conclusion(pd.DataFrame(rows, columns=columns), "Who wrote it", LABELS)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("a", 1.0, 0.0, False, False), ("b", 2.0, 1.0, False, False), ("c", 3.0, 1.0, False, False)],
            "Who wrote it is not settled: this evidence hardly separates the 3 accounts, and none leads or "
            "falls clearly behind under every reading (1 to 3 points against by the first coder, 0 to 1 by "
            "the second).",
        ),
        (
            [("a", 1.0, 1.0, False, False), ("b", 1.0, 0.0, False, False), ("c", 8.0, 7.0, False, True)],
            "Who wrote it is not settled: no account leads under every reading, and only “Both did” fits "
            "clearly worse (8 and 7 points against by the first and the second coder; the fewest of any: "
            "1 and 0).",
        ),
        (
            [("a", 1.0, 1.0, False, False), ("b", 9.0, 5.0, False, True), ("c", 8.0, 7.0, False, True)],
            "Who wrote it is not settled: no account leads under every reading, and only “South wrote it” "
            "and “Both did” fit clearly worse (at least 8 and 5 points against by the first and the second "
            "coder; the fewest of any: 1 and 1).",
        ),
        (
            [("a", 0.0, 0.5, True, False), ("b", 1.0, 1.0, False, False), ("c", 2.0, 2.0, False, False)],
            "Who wrote it: “North wrote it” fits best under every reading (0 and 0.5 points against it by "
            "the first and the second coder), but no rival fits clearly worse.",
        ),
        (
            [("a", 0.0, 0.0, True, False), ("b", 1.0, 1.0, False, False), ("c", 5.0, 6.0, False, True)],
            "Who wrote it: “North wrote it” fits best under every reading (0 and 0 points against it by the "
            "first and the second coder); “Both did” fits clearly worse (5 and 6 points against).",
        ),
    ],
    ids=["hardly separates", "one worse", "two worse", "one leads", "one leads, one worse"],
)
def test_conclusion_says_no_more_than_the_standings(rows, sentence):
    assert said(*rows) == sentence


def test_a_tie_at_the_top_is_never_a_finding():
    sentence = said(
        ("a", 0.0, 0.0, False, False), ("b", 0.0, 0.0, False, False), ("c", 9.0, 9.0, False, False)
    )
    assert "fits best" not in sentence and "not settled" in sentence


def test_points_are_told_for_each_account_in_the_order_given_zeros_too():
    rows = pd.DataFrame({"hypothesis": ["b", "a"], "first": [0.0, 2.5], "second": [1.0, 0.0]})
    assert points_each(rows, LABELS) == (
        "Points against by the first and the second coder: South wrote it 0 and 1; North wrote it 2.5 and 0."
    )


def test_table_of_points_has_both_coders_in_one_cell_under_each_reading():
    rows = pd.DataFrame(
        [("b", 3.0, 2.0, 1.5, 1.0, 0.0, 1.0, 4, 2), ("a", 1.0, 0.0, 0.25, 0.0, 1.0, 0.0, 1, 0)],
        columns=[
            "hypothesis", "first", "second", "first_weighted", "second_weighted", "first_no_statements",
            "second_no_statements", "items_against", "confirmed_against",
        ],
        index=[7, 3],
    )  # fmt: skip
    table = points_table(rows, LABELS)
    assert table.columns.tolist() == [
        "account", "all items", "weighted", "no statements", "items against", "confirmed against",
    ]  # fmt: skip
    assert table.to_numpy().tolist() == [
        ["South wrote it", "3 | 2", "1.5 | 1", "0 | 1", 4, 2],
        ["North wrote it", "1 | 0", "0.25 | 0", "1 | 0", 1, 0],
    ]  # fmt: skip
