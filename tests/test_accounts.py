from dataclasses import replace

import pandas as pd
import pytest

from briefing_helpers import earlier_pages, figure_checks, reported_cuts
from briefing_helpers.accounts import timing

CAP, OUT = "plan-a-02a", "ford-talks"  # a cap of 50,000; talks of 2 May 2031


def with_figures(valley, *rows):
    """Give the sample figures on an army of 100,000 and one of 80,000, and accounts of a cut."""
    columns = ["id", "subject", "low", "best", "high", "as_of", "attributed_to", "clause", "status"]
    base = [
        ("big", "army-baseline", None, 100_000, None, "2031-01-01", "northland", None, "confirmed"),
        ("small", "army-baseline", None, 80_000, None, "2031-01-01", "southland", None, "single"),
        ("rumour", "army-baseline", None, 50_000, None, "2031-01-01", "southland", None, "unsupported"),
    ]
    frame = pd.DataFrame([*base, *rows], columns=columns).astype(
        {"low": float, "best": float, "high": float, "as_of": "str"}
    )
    days = pd.to_datetime(frame["as_of"])
    return replace(valley, figures=frame.assign(as_of_earliest=days, as_of_latest=days))


ACCOUNTS = [
    ("late", "army-cut-share", None, 50, None, "2031-05-09", "border-herald-paper", CAP, "contradicted"),
    ("text", "force-cap", None, 50_000, None, "2031-05-02", "northland", CAP, "confirmed"),
    ("range", "force-cap", 40_000, None, 50_000, "2031-05-01", "unspecified", CAP, "weak"),
    ("other", "force-cap", None, 10_000, None, "2031-05-01", "southland", "plan-b-02", "single"),
]


def test_cuts_are_worked_out_against_the_lowest_and_the_highest_baseline_borne_out(valley):
    cuts = reported_cuts(with_figures(valley, *ACCOUNTS), CAP, OUT)
    assert cuts[["id", "low", "high"]].values.tolist() == [
        ["range", 37.5, 60.0],
        ["text", 37.5, 50.0],
        ["late", 50.0, 50.0],
    ]


def test_accounts_say_who_said_what_and_when_against_the_text(valley):
    cuts = reported_cuts(with_figures(valley, *ACCOUNTS), CAP, OUT)
    assert cuts[["account", "said", "timing", "own", "status"]].values.tolist() == [
        ["author not named", "a cap of 40,000 to 50,000", "before", False, "weak"],
        ["the leaked text", "a cap of 50,000", "in the same days", True, "confirmed"],
        ["Border Herald", "a cut of 50 per cent", "after", False, "contradicted"],
    ]


def test_accounts_name_the_origins_they_rest_on(valley):
    briefing = with_figures(valley, *ACCOUNTS)
    cited = pd.DataFrame(
        {
            "table": "figures",
            "record": ["late", "text"],
            "source": ["wire-copy", "valley-forum"],
            "relation": "supports",
        }
    )
    cuts = reported_cuts(replace(briefing, citations=cited), CAP, OUT).set_index("id")["rests_on"]
    assert (cuts["late"], cuts["text"]) == ("Wire One", "Valley Forum (rated D to F)")


@pytest.mark.parametrize(
    ("clause", "event", "message"),
    [
        ("plan-a-02aa", OUT, "no clause 'plan-a-02aa'; did you mean 'plan-a-02a'?"),
        (CAP, "ford-talk", "no event 'ford-talk'; did you mean 'ford-talks'?"),
    ],
)
def test_unknown_clauses_and_events_are_named(valley, clause, event, message):
    with pytest.raises(KeyError) as caught:
        reported_cuts(with_figures(valley, *ACCOUNTS), clause, event)
    assert caught.value.args == (message,)


def test_cuts_need_a_baseline(valley):
    with pytest.raises(ValueError) as caught:
        reported_cuts(valley, CAP, OUT)
    assert str(caught.value) == "no figure with subject 'army-baseline' that a source bears out"


@pytest.mark.parametrize(
    ("earliest", "latest", "word"),
    [
        ("2025-11-19", "2025-11-19", "before"),
        ("2025-11-20", "2025-11-20", "in the same days"),
        ("2025-11-19", "2025-11-21", "in the same days"),
        ("2025-11-21", "2025-11-23", "then or later"),
        ("2025-11-22", "2025-11-22", "after"),
        ("2025-09-01", "2026-03-31", "in a longer span"),
        (None, None, "not dated"),
    ],
)
def test_dates_are_placed_against_the_days_of_the_text(earliest, latest, word):
    out = pd.Series({"date_earliest": pd.Timestamp("2025-11-20"), "date_latest": pd.Timestamp("2025-11-21")})
    days = pd.to_datetime(pd.Series([earliest])), pd.to_datetime(pd.Series([latest]))
    assert timing(*days, out).tolist() == [word]


def test_earlier_pages_are_context_of_others_not_later_than_the_text(valley):
    rows = [
        ("renderings", "bh-army.02a", "north-ministry", "context"),  # 1 May, before
        ("renderings", "bh-army.02a", "wire-one", "context"),  # 3 May, after
        ("renderings", "bh-army.02a", "border-herald", "context"),  # the account itself
        ("renderings", "bh-army.02a", "daily-south", "supports"),
        ("renderings", "bh-ceasefire.01", "valley-forum", "context"),  # no date
        ("events", "bh-army.02a", "north-ministry", "context"),
    ]
    citations = pd.DataFrame(rows, columns=["table", "record", "source", "relation"])
    found = earlier_pages(replace(valley, citations=citations), valley.renderings, OUT)
    assert found[["term", "page", "timing", "origin", "id"]].values.tolist() == [
        [
            *("army", '<a href="https://example.org/ministry">Ministry of Northland</a>', "before"),
            *("north-ministry", "bh-army.02a"),
        ],
        ["ceasefire", "Valley Forum", "not dated", "valley-forum", "bh-ceasefire.01"],
    ]


def test_figures_of_a_source_stand_beside_others_on_the_same_subject(valley):
    checks = figure_checks(valley, "north-ministry")
    assert checks.columns.tolist() == ["id", "figure", "source_says", "others_say", "note", "status"]
    assert checks[["id", "source_says", "others_say"]].values.tolist() == [
        ["army.northland", "100,000 people", "80,000 people (Southland, 2031-04)"]
    ]


@pytest.mark.parametrize(
    ("low", "best", "high", "unit", "said"),
    [
        (None, 31, None, "deaths", "31 deaths"),
        (300, None, None, "deaths", "at least 300 deaths"),
        (None, None, 9, "days", "at most 9 days"),
        (4e5, None, 6e5, "people", "400,000 to 600,000 people"),
        (None, 1e11, None, "usd", "100 billion US dollars"),
        (None, 2.5, None, "percent", "2.5 per cent"),
    ],
)
def test_figures_are_said_with_their_bounds_and_unit(valley, low, best, high, unit, said):
    figures = valley.figures.tail(1).assign(low=low, best=best, high=high, unit=unit)
    assert figure_checks(replace(valley, figures=figures), "valley-forum")["source_says"].tolist() == [said]


def test_a_source_without_figures_has_no_rows_and_an_unknown_one_is_named(valley):
    assert figure_checks(valley, "border-herald").empty
    with pytest.raises(KeyError) as caught:
        figure_checks(valley, "border-heralds")
    assert caught.value.args == ("no source 'border-heralds'; did you mean 'border-herald'?",)
