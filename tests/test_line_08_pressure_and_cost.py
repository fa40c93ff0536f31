"""The bottom line on pressure and cost follows the data, recounted here row by row."""

import re
from dataclasses import replace

import pandas as pd
import pytest

# Assumed on the page, not data.
RATES, YEARS = (2, 6), 10
SIGNED, APPROVED = "2026-12-15", "2026-12-01"


def reports(briefing, on):
    """Count US reports on a side: of pressure, of pressure by our reading alone, of gains held out."""
    side = dict(zip(briefing.actors["id"], briefing.actors["side"].astype(str), strict=True))
    rows = [
        row
        for row in briefing.levers.astype(str).to_dict("records")
        if (side[row["by_actor"]], side[row["on_actor"]]) == ("us", on)
    ]
    pressure = [row for row in rows if row["use"] in ("applied", "threatened")]
    ours = [row for row in pressure if re.search("our (coding|reading)", row["summary"])]
    return len(pressure), len(ours), sum(row["use"] == "offered" for row in rows)


def casualties(briefing):
    rows = briefing.figures[briefing.figures["subject"] == "casualties-both-sides"]
    short = {"csis": "CSIS", "rolling-stone": "Rolling Stone", "al-jazeera": "Al Jazeera"}
    said = []
    for row in rows.sort_values("as_of_earliest", kind="stable").to_dict("records"):
        low, best, high = row["low"], row["best"], row["high"]
        number = (
            f"{best:,.0f}"
            if pd.notna(best)
            else f"{low:,.0f} to {high:,.0f}"
            if pd.notna(low) and pd.notna(high)
            else f"at least {low:,.0f}"
            if pd.notna(low)
            else f"up to {high:,.0f}"
        )
        said.append(f"{short[row['attributed_to']]} gives {number}")
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]


def us_share(briefing):
    """Let the frozen assets grow year by year, and take the share of what came on top."""
    clauses = briefing.clauses.set_index("id")["quantity"]
    shares = []
    for rate in RATES:
        sum_now = clauses["us28-14a"] / 1e9
        for _ in range(YEARS):
            sum_now += sum_now * rate / 100
        shares.append((sum_now - clauses["us28-14a"] / 1e9) * clauses["us28-14b"] / 100)
    return shares


def limits(briefing):
    """Count the clauses that name a time, and those whose time has a length and an end."""
    rows = briefing.clauses.astype(object).to_dict("records")
    ends = [row for row in rows if pd.notna(row["deadline"]) or pd.notna(row["duration"])]
    lengths = [row for row in rows if row["unit"] in ("days", "years")]
    timed = {row["id"] for row in ends} | {row["id"] for row in lengths}
    return len(timed), len({row["id"] for row in ends} & {row["id"] for row in lengths})


def expected(briefing):
    pressed, ours, gains = reports(briefing, "ukraine")
    also, _, more = reports(briefing, "russia")
    low, high = us_share(briefing)
    timed, dated = limits(briefing)
    return (
        f"By our coding, {pressed} reports have the United States press Ukraine ({ours} of them by our "
        f"reading alone) and {also} Russia; {gains} and {more} have it hold out gains to them. For "
        f"casualties of both sides together, in round numbers, {casualties(briefing)}. If the frozen assets "
        "that the leaked text names earned 2 to 6 per cent a year for 10 years, the US share of the profit "
        f"would be USD {low:.0f}bn to {high:.0f}bn, by our arithmetic; of {timed} limits or lengths of time "
        f"in the texts, {dated} turn into a date once a signing on {SIGNED} or an approval on {APPROVED} is "
        "assumed."
    )


def numbers(line):
    return re.findall(r"\d[\d,]*", line)


@pytest.fixture
def changed(shipped):
    """Give a record in which every number of the sentence that rests on data differs."""
    levers = shipped.levers.copy()
    us = levers["by_actor"].isin(["united-states", "donald-trump"])
    on_ukraine = us & (levers["on_actor"] == "ukraine")
    applied = levers.index[on_ukraine & (levers["use"] == "applied")]
    levers.loc[applied[:2], "use"] = "offered"
    levers.loc[applied[2], "summary"] = "Nobody calls it pressure; that it is one is our coding."
    levers.loc[applied[3], "summary"] = "Nobody calls it pressure; that it is one is our reading."
    levers.loc[
        levers.index[us & (levers["on_actor"] == "russia") & (levers["use"] == "offered")][:2], "use"
    ] = "threatened"
    figures = shipped.figures.copy()
    both = figures["subject"] == "casualties-both-sides"
    figures.loc[both & figures["low"].notna(), "low"] = 700_000.0
    figures.loc[both & figures["best"].notna(), "best"] = 2_100_000.0
    clauses = shipped.clauses.set_index("id", drop=False)
    clauses.loc["us28-14a", "quantity"] = 250e9
    clauses.loc["us28-14b", "quantity"] = 40.0
    clauses.loc["us28-28", ["deadline", "quantity", "unit"]] = ["30 days after signing", 30.0, "days"]
    clauses.loc["us28-14c", "duration"] = "while it lasts"
    clauses = clauses.reset_index(drop=True)
    return replace(shipped, levers=levers, figures=figures, clauses=clauses)


def test_bottom_line_follows_the_record(bottom_line, shipped):
    assert bottom_line("08_pressure_and_cost", shipped) == expected(shipped)


def test_bottom_line_follows_a_changed_record(bottom_line, changed):
    assert bottom_line("08_pressure_and_cost", changed) == expected(changed)


def test_every_number_that_rests_on_data_differs_between_the_two(shipped, changed):
    pairs = list(zip(numbers(expected(shipped)), numbers(expected(changed)), strict=True))
    alike = [one for one, other in pairs if one == other]
    days = f"{SIGNED}-{APPROVED}".split("-")
    assert alike == ["2", "6", "10", *days], "rates, years and days are assumed; all else must change"


def test_bottom_line_does_without_levers_and_with_one_figure(bottom_line, shipped):
    bare = replace(
        shipped,
        levers=shipped.levers[shipped.levers["by_actor"] == "eu"],
        figures=shipped.figures[shipped.figures["id"] != "casualties-both-sides.csis.2026-01"],
    )
    line = bottom_line("08_pressure_and_cost", bare)
    assert line == expected(bare)
    assert "0 reports" in line and "Rolling Stone gives 1,000,000. If" in line
