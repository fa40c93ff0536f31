import math

import pandas as pd
import pytest

from briefing_helpers import agreement


def coded(text):
    return pd.Series(list(text))


@pytest.mark.parametrize(
    ("first", "second", "agreed", "chance", "kappa"),
    [
        ("aabb", "aabb", 4, 0.5, 1.0),
        ("aabb", "aaba", 3, 0.5, 0.5),
        ("aabb", "abab", 2, 0.5, 0.0),
        ("aabb", "bbaa", 0, 0.5, -1.0),
        ("abcd", "abce", 3, 3 / 16, (3 - 0.75) / (4 - 0.75)),
    ],
)
def test_kappa_takes_chance_out_of_the_agreement(first, second, agreed, chance, kappa):
    found = agreement(coded(first), coded(second))
    assert found == {"n": 4, "agreed": agreed, "share": agreed / 4, "chance": chance, "kappa": kappa}


def test_worked_example_of_fifty_proposals_has_kappa_of_four_tenths():
    """Two readers say yes or no to 50 proposals: 20 times both yes, 15 times both no, 5 and 10 apart."""
    first, second = coded("y" * 25 + "n" * 25), coded("y" * 20 + "n" * 5 + "y" * 10 + "n" * 15)
    found = agreement(first, second)
    assert (found["share"], found["chance"]) == (0.7, 0.5)
    assert found["kappa"] == pytest.approx(0.4)


def test_kappa_is_undefined_where_both_use_one_value_only():
    found = agreement(coded("aaa"), coded("aaa"))
    assert (found["share"], found["chance"]) == (1.0, 1.0)
    assert math.isnan(found["kappa"])


def test_categories_and_index_do_not_matter():
    first = pd.Series(["a", "b"], index=[7, 9], dtype="category")
    assert agreement(first, coded("ab"))["kappa"] == 1.0


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (coded("ab"), coded("a"), "the first coder has 2 records, the second 1"),
        (coded(""), coded(""), "there are no records to compare"),
        (pd.Series(["a", None, "b"]), pd.Series(["a", "b", None]), "2 records lack a coding"),
    ],
)
def test_what_cannot_be_compared_is_refused(first, second, message):
    with pytest.raises(ValueError) as caught:
        agreement(first, second)
    assert str(caught.value) == message
