import pandas as pd
import pytest

from briefing_helpers import (
    by_month,
    chronology,
    in_stretches,
    intervals,
    rival_accounts,
    stretches,
    with_rivals,
)


@pytest.mark.parametrize(
    ("since", "until", "ids"),
    [
        (None, None, ["valley-war", "ford-talks", "bridge-strike", "river-summit"]),
        ("2031-05-01", None, ["ford-talks", "bridge-strike", "river-summit"]),
        (None, "2031-05-02", ["valley-war", "ford-talks"]),
        ("2031-06-30", "2031-07-31", ["river-summit"]),
        ("2031-05-02", "2031-05-02", ["ford-talks"]),
        ("2032-01-01", None, []),
    ],
)
def test_chronology_keeps_main_accounts_that_may_fall_between(valley, since, until, ids):
    assert chronology(valley.events, since, until)["id"].tolist() == ids


def test_chronology_keeps_the_columns_and_a_fresh_index(valley):
    frame = chronology(valley.events, "2031-05-01")
    assert frame.columns.tolist() == valley.events.columns.tolist()
    assert frame.index.tolist() == [0, 1, 2]


def test_by_month_counts_main_accounts_with_empty_months_between(valley):
    events = pd.concat(
        [valley.events, valley.events.tail(1).assign(date_earliest=pd.Timestamp("2031-08-01"))]
    )
    counts = by_month(events, "track")
    assert counts.index.tolist() == ["2031-05", "2031-06", "2031-07", "2031-08"]
    assert counts.columns.tolist() == ["diplomacy", "military"]
    assert counts.values.tolist() == [[1, 1], [1, 0], [0, 0], [0, 1]]


@pytest.mark.parametrize("date", ["2031", "2031~", "2031/2031-07"])
def test_by_month_leaves_out_events_dated_to_a_year(valley, date):
    early = valley.events.tail(1).assign(date=date, date_earliest=pd.Timestamp("2031-01-01"))
    assert by_month(pd.concat([valley.events, early]), "track").index.tolist() == ["2031-05", "2031-06"]


def test_with_rivals_puts_rivals_below_their_event(valley):
    chosen = chronology(valley.events).iloc[[3, 1]]
    frame = with_rivals(chosen, valley.events)
    assert frame[["id", "rival", "label"]].values.tolist() == [
        ["river-summit", False, "Summit on the river"],
        ["ford-talks", False, "Talks at the ford"],
        ["ford-talks-late", True, "Talks at the ford"],
    ]


@pytest.mark.parametrize(
    ("event", "start", "end", "open_start", "open_end", "exact"),
    [
        ("ford-talks", "2031-05-02", "2031-05-03", False, False, True),
        ("ford-talks-late", "2031-05-03", "2031-05-04", False, False, False),
        ("valley-war", "2031-04-20", "2031-05-01", True, False, False),
        ("bridge-strike", "2031-05-05", "2031-06-11", False, True, False),
        ("river-summit", "2031-06-01", "2031-06-11", False, True, False),
    ],
)
def test_intervals_are_cut_to_the_window(valley, event, start, end, open_start, open_end, exact):
    row = intervals(valley.events, "2031-04-20", "2031-06-10").set_index("id").loc[event]
    assert [row["start"], row["end"]] == [pd.Timestamp(start), pd.Timestamp(end)]
    assert [row["open_start"], row["open_end"], row["exact"]] == [open_start, open_end, exact]


def test_interval_that_fills_the_window_is_not_open(valley):
    row = intervals(valley.events, "2031-06-01", "2031-06-30").set_index("id").loc["river-summit"]
    assert [row["open_start"], row["open_end"]] == [False, False]


def test_rival_accounts_are_paired_with_the_main_one(valley):
    assert rival_accounts(valley.events).astype(object).to_dict("records") == [
        {
            "event": "ford-talks",
            "rival": "ford-talks-late",
            "differs_on": "date",
            "main_date": "2031-05-02",
            "main_account": "The two met.",
            "main_status": "confirmed",
            "rival_date": "2031-05-03~",
            "rival_account": "They met a day later.",
            "rival_status": "single",
        }
    ]


def test_intervals_are_labelled_with_the_title_unless_a_label_is_there(valley):
    assert intervals(valley.events, "2031-04-20", "2031-06-10")["label"].equals(valley.events["title"])
    named = valley.events.assign(label="x")
    assert set(intervals(named, "2031-04-20", "2031-06-10")["label"]) == {"x"}


def test_intervals_take_timestamps_as_well_as_days(valley):
    ends = pd.Timestamp("2031-04-20"), pd.Timestamp("2031-06-10")
    assert intervals(valley.events, *ends).equals(intervals(valley.events, "2031-04-20", "2031-06-10"))


STARTS = {
    "war": pd.Timestamp("2031-01-01"),
    "talks": pd.Timestamp("2031-05-02"),
    "lull": pd.Timestamp("2031-05-20"),
    "summit": pd.Timestamp("2031-06-01"),
}


def test_events_stand_in_the_stretch_in_which_they_begin(valley):
    staged = in_stretches(chronology(valley.events), STARTS)
    assert staged.set_index("id")["stretch"].to_dict() == {
        "valley-war": "war",  # open at its start: placed by its end
        "ford-talks": "talks",
        "bridge-strike": "talks",
        "river-summit": "summit",
    }
    assert staged["stretch"].cat.categories.tolist() == list(STARTS)


def test_event_before_the_first_stretch_is_in_none(valley):
    late = {"summit": pd.Timestamp("2031-06-01")}
    staged = in_stretches(chronology(valley.events), late).set_index("id")
    assert staged["stretch"].isna().to_dict() == {
        "valley-war": True,
        "ford-talks": True,
        "bridge-strike": True,
        "river-summit": False,
    }


def test_stretches_out_of_order_are_refused(valley):
    with pytest.raises(ValueError, match="the stretches are not in order of time"):
        in_stretches(valley.events, dict(reversed(STARTS.items())))


def test_stretches_count_events_and_their_doubts(valley):
    staged = in_stretches(chronology(valley.events), STARTS)
    counts = stretches(staged, rival_accounts(valley.events), STARTS)
    assert counts.to_dict("list") == {
        "stretch": ["war", "talks", "lull", "summit"],
        "from": ["2031-01-01", "2031-05-02", "2031-05-20", "2031-06-01"],
        "events": [1, 2, 0, 1],
        "planned": [0, 0, 0, 0],
        "called off": [0, 0, 0, 1],
        "threatened": [0, 0, 0, 0],
        "alleged": [0, 1, 0, 0],
        "no exact day": [1, 1, 0, 1],
        "with rivals": [0, 1, 0, 0],
        "weak": [1, 0, 0, 0],
    }
