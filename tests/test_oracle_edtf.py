"""The reference parser of EDTF agrees with ours, on what ours accepts and on what it refuses.

The package ``edtf`` lets two faults through on its own, so ``oracle`` refuses them after it: day 29 of
a February without one (only the conversion to a date fails) and an interval that ends before it starts.
"""

import pytest
from edtf import EDTFParseException, parse_edtf, struct_time_to_date
from hypothesis import example, given, settings, strategies as st

from briefing_helpers.dates import parse


def oracle(text):
    """Give strict bounds and reserves of a date, or None where it is none."""
    try:
        value = parse_edtf(text)
        # An end is open where it comes as a float, minus or plus infinity.
        ends = [
            None if isinstance(end, float) else struct_time_to_date(end)
            for end in (value.lower_strict(), value.upper_strict())
        ]
    except (EDTFParseException, ValueError):
        return None
    low, high = ends
    if low and high and low > high:
        return None
    both = value.is_uncertain_and_approximate
    return low, high, bool(value.is_approximate or both), bool(value.is_uncertain or both)


def ours(text):
    try:
        found = parse(text)
    except ValueError:
        return None
    return found.earliest, found.latest, found.approximate, found.uncertain


# From 21 on a "month" is a season or a quarter in EDTF; the record uses neither.
months = st.integers(0, 20).map("{:02d}".format)
days = st.integers(0, 40).map("{:02d}".format)
years = st.integers(1000, 2999).map(str)
plain = st.one_of(
    years,
    st.builds("{}-{}".format, years, months),
    st.builds("{}-{}-{}".format, years, months, days),
    # Days that exist, mostly: at random few would.
    st.dates().filter(lambda day: day.year >= 1000).map(str),
)
marked = st.builds("{}{}".format, plain, st.sampled_from(["", "", "~", "?", "%"]))
intervals = st.builds("{}/{}".format, marked, marked)
half_open = st.one_of(marked.map("{}/..".format), marked.map("../{}".format))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(marked, intervals, half_open))
@example("2024-02-29")
@example("2025-02-29")
@example("1900-02-29~")
@example("2000-02-29/..")
@example("2025-11/2025-11-15")
@example("2025-11-15/2025-11")
def test_same_bounds_and_reserves_or_both_refuse(text):
    assert ours(text) == oracle(text)


@pytest.mark.parametrize(
    "text",
    ["2025-02-30", "2025-11-31", "2025-13", "2025-00", "2025-11-00", "2025-1-5", "..", "2025/11", "open"],
)
def test_both_refuse_what_is_impossible(text):
    assert (ours(text), oracle(text)) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["../..", " 2025-11 ", "2025-11-19 / 2025-11-20", "2025-11-XX", "2025-21", "2025-11-10/", "Y20250"],
)
def test_ours_refuses_forms_of_edtf_the_record_does_not_use(text):
    assert parse_edtf(text)
    assert ours(text) is None
