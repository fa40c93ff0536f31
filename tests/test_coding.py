import math

import pandas as pd
import pytest

from briefing_helpers import agreement, agreement_by

SCALE = ["low", "middle", "high"]


def coded(*values):
    return pd.Series(pd.Categorical(values, SCALE))


def test_codings_that_are_alike_agree_fully():
    assert agreement(coded("low", "high"), coded("low", "high")) == (2, 1.0, 1.0)


def test_kappa_takes_off_what_chance_would_give():
    # Cohen's kappa by hand: 2/3 alike; by chance 2/3 * 1/3 + 1/3 * 2/3 = 4/9; (6/9 - 4/9) / (5/9) = 2/5.
    found = agreement(pd.Series(["yes", "no", "yes"]), pd.Series(["yes", "no", "no"]))
    assert found.exact == pytest.approx(2 / 3)
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_negative_where_coders_agree_less_than_by_chance():
    assert agreement(pd.Series(["a", "b"]), pd.Series(["b", "a"])).kappa == pytest.approx(-1)


def test_ordered_counts_a_difference_by_its_steps():
    first = coded("low", "low", "high", "middle")
    near = coded("low", "middle", "high", "middle")
    far = coded("low", "high", "high", "middle")
    assert agreement(first, near).exact == agreement(first, far).exact == 0.75
    # Observed 1 step in 4 cells; expected (weights low 2/4, middle 1/4, high 1/4 by 1/4, 2/4, 1/4): 14/16.
    assert agreement(first, near, ordered=True).kappa == pytest.approx(1 - (1 / 4) / (14 / 16))
    assert agreement(first, far, ordered=True).kappa < agreement(first, near, ordered=True).kappa
    assert agreement(first, far).kappa == pytest.approx(1 - (1 / 4) / (11 / 16))


def test_numbers_may_be_ordered_too():
    assert agreement(pd.Series([0, 2]), pd.Series([0, 1]), ordered=True).kappa == pytest.approx(0.5)


def test_rows_are_paired_by_position_and_blanks_left_out():
    first = pd.Series(["a", None, "b"], index=[5, 6, 7])
    assert agreement(first, pd.Series(["a", "a", "b"])) == (2, 1.0, 1.0)


@pytest.mark.parametrize("ordered", [True, False])
def test_kappa_is_not_a_number_where_nothing_could_differ(ordered):
    found = agreement(coded("low", "low"), coded("low", "low"), ordered=ordered)
    assert found[:2] == (2, 1.0) and math.isnan(found.kappa)


def test_nothing_to_compare():
    found = agreement(pd.Series([], dtype=str), pd.Series([], dtype=str))
    assert found.rows == 0 and math.isnan(found.exact) and math.isnan(found.kappa)


def test_codings_of_different_length_are_refused():
    with pytest.raises(ValueError, match="codings of 1 and 2 rows cannot be paired"):
        agreement(pd.Series(["a"]), pd.Series(["a", "b"]))


def test_ordered_text_is_refused():
    with pytest.raises(ValueError, match="numbers or categoricals of one vocabulary"):
        agreement(pd.Series(["a"]), pd.Series(["b"]), ordered=True)


def test_ordered_vocabularies_must_be_one():
    with pytest.raises(ValueError, match="different vocabularies"):
        agreement(coded("low"), pd.Series(pd.Categorical(["low"], SCALE[::-1])), ordered=True)


def test_agreement_by_group_ends_with_all():
    frame = pd.DataFrame({"of": ["x", "x", "y", "y"], "a": ["p", "q", "p", "q"], "b": ["p", "q", "q", "q"]})
    found = agreement_by(frame, "a", "b", "of")
    assert found.columns.tolist() == ["of", "rows", "exact", "kappa"]
    assert found[["of", "rows", "exact"]].values.tolist() == [["x", 2, 1.0], ["y", 2, 0.5], ["all", 4, 0.75]]
    assert found["kappa"].tolist() == pytest.approx([1, 0, 0.5])
