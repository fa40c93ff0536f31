"""The bottom line on forecasts follows the data, recounted here in plain Python."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest


def expected(briefing):
    rows = briefing.forecasts.astype(object).to_dict("records")
    number = dict.fromkeys(("came-true", "partly", "did-not", "open", "not-testable"), 0)
    best, worst, true = [], [], 0
    for row in rows:
        number[row["outcome"]] += 1
        if row["outcome"] in ("came-true", "did-not") and pd.notna(row["p_low"]):
            came = row["outcome"] == "came-true"
            misses = sorted(abs(came - row[end]) ** 2 for end in ("p_low", "p_high"))
            true += came
            best.append(misses[0])
            worst.append(misses[1])
    reach = max(day.date() for day in briefing.sources["published_latest"].dropna())
    late = [
        row
        for row in rows
        if row["outcome"] == "open" and pd.notna(row["resolves_by"]) and last_day(row["resolves_by"]) < reach
    ]
    low, high = sum(best) / len(best), sum(worst) / len(worst)
    word = "worse" if low > 0.25 else "better" if high < 0.25 else "not clearly better or worse"
    span = f"{low:.2f} to {high:.2f}" if f"{low:.2f}" != f"{high:.2f}" else f"{low:.2f}"
    return (
        f"Of {len(rows)} expectations on record, {number['came-true']} came true, {number['partly']} came "
        f"true in part and {number['did-not']} did not; {number['open']} are open and "
        f"{number['not-testable']} cannot be tested. Only {len(best)} both turned out plainly and were "
        f"worded so that a probability can be read from them, by our coding: {true} came true, and the "
        f"average score is {span} on a scale from 0 (sure and right) to 1 (sure and wrong), {word} than the "
        "0.25 of always saying fifty-fifty. That hangs on how firmly we take the words to be meant, and so "
        "few cases do not show how well anybody foresees. Open and past their date without an outcome on "
        f"record: {len(late)}."
    )


def last_day(text):
    """Return the last day of a month or a day, as the column resolves_by gives them."""
    year, month, *day = (int(part) for part in text.removesuffix("~").split("-"))
    end = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, *day) if day else date.fromordinal(end.toordinal() - 1)


def changed(shipped, **cells):
    """Set cells of forecasts: an id with dots and hyphens as underscores, to a dict of cells."""
    rows = shipped.forecasts.copy()
    keys = rows["id"].str.replace(r"[.-]", "_", regex=True)
    for key, values in cells.items():
        assert (keys == key).sum() == 1, key
        for field, value in values.items():
            rows.loc[keys == key, field] = value
    return replace(shipped, forecasts=rows)


def every_number(shipped):
    """Settle one, open others, take one range away and one row out."""
    other = changed(
        shipped,
        donald_trump_24_hours={"outcome": "came-true"},
        donald_trump_budapest_summit={"outcome": "came-true", "p_low": 0.55, "p_high": 0.80},
        rolling_stone_delay={"outcome": "partly"},
        rolling_stone_maximalist_aims={"outcome": "came-true"},
        united_states_vote_by_summer={"outcome": "open"},
        united_states_war_over_by_june={"outcome": "open"},
        rolling_stone_kellogg_exit={"outcome": "did-not"},
    )
    rows = other.forecasts[other.forecasts["id"] != "roger-wicker.peace"]
    return replace(other, forecasts=rows.reset_index(drop=True))


def better(shipped):
    rows = shipped.forecasts.copy()
    failed = rows["outcome"].eq("did-not") & rows["p_low"].notna()
    rows.loc[failed, ["p_low", "p_high"]] = [0.01, 0.05]
    return replace(shipped, forecasts=rows)


def undecided(shipped):
    rows = shipped.forecasts.copy()
    rows.loc[rows["p_low"].notna(), ["p_low", "p_high"]] = [0.45, 0.55]
    return replace(shipped, forecasts=rows)


def earlier(shipped):
    """Let the record reach only to the end of January 2026."""
    rows = shipped.sources.copy()
    rows["published_latest"] = rows["published_latest"].clip(upper=pd.Timestamp("2026-01-31"))
    return replace(shipped, sources=rows)


@pytest.mark.parametrize(
    "change",
    [lambda shipped: shipped, every_number, better, undecided, earlier],
    ids=["shipped", "every number", "better", "undecided", "earlier"],
)
def test_bottom_line_follows_the_data(bottom_line, shipped, change):
    briefing = change(shipped)
    assert bottom_line("10_forecasts", briefing) == expected(briefing)


def test_the_changed_record_changes_every_number(shipped):
    found = [re.findall(r"\d+(?:\.\d+)?", expected(one)) for one in (shipped, every_number(shipped))]
    # The ends of the scale and the score of fifty-fifty are no results.
    before, after = ([*numbers[:10], *numbers[13:]] for numbers in found)
    assert [numbers[10:13] for numbers in found] == [["0", "1", "0.25"]] * 2
    assert len(before) == len(after) == 11
    assert [old for old, new in zip(before, after, strict=True) if old == new] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (better, " better than the 0.25"),
        (undecided, "not clearly better or worse than the 0.25"),
        (earlier, "on record: 0."),
    ],
)
def test_words_follow_the_scores(bottom_line, shipped, change, words):
    line = bottom_line("10_forecasts", change(shipped))
    assert words in line and words not in bottom_line("10_forecasts", shipped)
