import pandas as pd
import pytest

from briefing_helpers import conclusion

LABELS = {"a": "North wrote it", "b": "South wrote it", "c": "Both did"}


def said(*rows):
    columns = ["hypothesis", "first", "second", "leads", "behind"]
    return conclusion(pd.DataFrame(rows, columns=columns), "Who wrote it", LABELS)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("a", 1.0, 0.0, False, False), ("b", 2.0, 1.0, False, False), ("c", 3.0, 1.0, False, False)],
            "Who wrote it is not settled: no account leads or falls clearly behind under every reading. "
            "Points against the 3 accounts run from 1 to 3 by the first coder and from 0 to 1 by the second, "
            "so this evidence hardly separates them.",
        ),
        (
            [("a", 1.0, 1.0, False, False), ("b", 1.0, 0.0, False, False), ("c", 8.0, 7.0, False, True)],
            "Who wrote it is not settled: no account leads under every reading, and only “Both did” fits "
            "clearly worse (points against by the first and the second coder: 8 and 7; the fewest: 1 and 0).",
        ),
        (
            [("a", 1.0, 1.0, False, False), ("b", 9.0, 5.0, False, True), ("c", 8.0, 7.0, False, True)],
            "Who wrote it is not settled: no account leads under every reading, and only “South wrote it” "
            "and “Both did” fit clearly worse (points against by the first and the second coder: at least "
            "8 and 5; the fewest: 1 and 1).",
        ),
        (
            [("a", 0.0, 0.5, True, False), ("b", 1.0, 1.0, False, False), ("c", 2.0, 2.0, False, False)],
            "Who wrote it: “North wrote it” fits best under every reading (points against by the first and "
            "the second coder: 0 and 0.5), but no rival fits clearly worse.",
        ),
        (
            [("a", 0.0, 0.0, True, False), ("b", 1.0, 1.0, False, False), ("c", 5.0, 6.0, False, True)],
            "Who wrote it: “North wrote it” fits best under every reading (points against by the first and "
            "the second coder: 0 and 0); “Both did” fits clearly worse (points against by the first and the "
            "second coder: 5 and 6).",
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
