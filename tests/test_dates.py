from datetime import date

import pandas as pd
import pytest

from briefing_helpers.dates import FORMS, expand, parse


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-11-19", date(2025, 11, 19), date(2025, 11, 19)),
        ("2025-11", date(2025, 11, 1), date(2025, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-11~", date(2025, 11, 1), date(2025, 11, 30)),
        ("2025-11-19/2025-11-21", date(2025, 11, 19), date(2025, 11, 21)),
        ("2025/2025-11", date(2025, 1, 1), date(2025, 11, 30)),
        ("../2025-11-17", None, date(2025, 11, 17)),
        ("2025-11/..", date(2025, 11, 1), None),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
    ],
)
def test_covers_the_days_it_may_mean(text, earliest, latest):
    found = parse(text)
    assert (found.text, found.earliest, found.latest) == (text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025-11-19", False, False),
        ("2025-11-19~", True, False),
        ("2025-11-19?", False, True),
        ("2025-11-19%", True, True),
        ("2025-11", False, False),
        ("2025~/2025-12?", True, True),
        ("../2025-11-19?", False, True),
        ("2025-11-19/2025-11-19", False, False),
    ],
)
def test_keeps_reserves(text, approximate, uncertain):
    found = parse(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-13", ": there is no month 13"),
        ("2025-00", ": there is no month 00"),
        ("2025-02-30", ": there is no day 30 in 2025-02"),
        ("2025-02-29", ": there is no day 29 in 2025-02"),
        ("2025-11-00~", ": there is no day 00 in 2025-11"),
        ("2025/2025-11-31", ": there is no day 31 in 2025-11"),
        ("0000", ": there is no year 0000"),
        ("2025-12-01/2025-11-01", ": it ends before it starts"),
        ("../..", f" ({FORMS})"),
        ("..", f" ({FORMS})"),
        ("2025-11-19/", f" ({FORMS})"),
        ("/2025-11-19", f" ({FORMS})"),
        ("2025/2026/2027", f" ({FORMS})"),
        ("2025-11-XX", f" ({FORMS})"),
        ("2025-1-5", f" ({FORMS})"),
        ("2025-11-19 ", f" ({FORMS})"),
        ("2025-11-19\n", f" ({FORMS})"),
        ("19 November 2025", f" ({FORMS})"),
        ("٢٠٢٥", f" ({FORMS})"),
        ("-2025", f" ({FORMS})"),
        ("", f" ({FORMS})"),
    ],
)
def test_refuses_with_the_reason(text, why):
    with pytest.raises(ValueError) as caught:
        parse(text)
    assert str(caught.value) == f"{text!r} is not an EDTF date{why}"


def test_expand_gives_two_timestamps_per_text():
    frame = expand(pd.Series(["2025-11", "../2025-11-17", "2025/..", "", None], index=[3, 4, 5, 6, 7]))
    nat = pd.NaT
    expected = pd.DataFrame(
        {
            "earliest": ["2025-11-01", nat, "2025-01-01", nat, nat],
            "latest": ["2025-11-30", "2025-11-17", nat, nat, nat],
        },
        index=[3, 4, 5, 6, 7],
        dtype="datetime64[s]",
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_expand_refuses_what_is_no_date():
    with pytest.raises(ValueError, match=r"^'soon' is not an EDTF date"):
        expand(pd.Series(["2025", "soon"]))
