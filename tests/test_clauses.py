import pandas as pd
import pytest

from briefing_helpers import count_by, find, glance


def test_find_returns_a_draft_or_one_of_its_points(valley):
    assert find(valley.clauses, "plan-b")["id"].tolist() == ["plan-b-01", "plan-b-02", "plan-b-03"]
    assert find(valley.clauses, "plan-a", 2)["id"].tolist() == ["plan-a-02a", "plan-a-02b"]


@pytest.mark.parametrize(
    ("draft", "point", "message"),
    [
        ("plan-z", None, "no clause of draft 'plan-z'; drafts with clauses: plan-a, plan-b"),
        ("plan-a", 9, "draft 'plan-a' has no point 9"),
    ],
)
def test_find_names_what_there_is_not(valley, draft, point, message):
    with pytest.raises(KeyError) as caught:
        find(valley.clauses, draft, point)
    assert caught.value.args == (message,)


def test_count_by_puts_the_largest_first_and_keeps_vocabulary_order(valley):
    counts = count_by(valley.clauses, "topic", "precision")
    assert counts.index.tolist() == ["forces", "ceasefire", "reconstruction", "elections"]
    assert counts.columns.tolist() == ["specific", "partial", "open"]
    assert counts.values.tolist() == [[1, 1, 1], [2, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_glance_sums_up_each_point(valley):
    frame = glance(find(valley.clauses, "plan-a"))
    expected = pd.DataFrame(
        [
            (1, 1, "ceasefire", "specific", False, False, True, False),
            (2, 2, "forces", "partial", True, True, False, True),
            (3, 1, "reconstruction", "open", False, False, False, False),
        ],
        columns=[
            *("point", "clauses", "topic", "least_precise", "condition", "figure", "deadline", "duration")
        ],
    )
    pd.testing.assert_frame_equal(
        frame.astype({"topic": object, "least_precise": object}),
        expected.astype({"point": "Int64", "topic": object, "least_precise": object}),
    )
