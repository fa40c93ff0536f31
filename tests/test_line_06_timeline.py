"""The bottom line of 06_timeline follows the data: its numbers are counted again here, another way."""

import dataclasses
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

STEM = "06_timeline"
UNREAL = ("planned", "called-off", "threatened", "alleged")


def expected(record):
    """Count row by row."""
    rows = {row.id: row for row in record.events.itertuples()}
    main = [row for row in rows.values() if pd.isna(row.rival_of)]
    rivals = [row for row in rows.values() if pd.notna(row.rival_of)]
    start = rows["plan-drafting-2025"].date_earliest
    leak = rows["axios-report-2025-11-19"].date_latest
    deadline = rows["thanksgiving-deadline-2025-11-27"].date_latest
    later = rows["yermak-resigns-2025-11-28"].date_earliest
    firsts = [row.date_latest if pd.isna(row.date_earliest) else row.date_earliest for row in main]
    days = [row for row in main if re.fullmatch(r"\d{4}-\d\d-\d\d", row.date)]
    return [
        len(main),
        sum(first < start for first in firsts),
        sum(start <= first < leak for first in firsts),
        sum(leak <= first < later for first in firsts),
        (deadline - leak).days + 1,
        sum(first >= later for first in firsts),
        len(main) - len(days),
        *(sum(row.status == status for row in main) for status in ("confirmed", "single", "weak")),
        *(sum(row.occurrence == kind for row in main) for kind in UNREAL),
        len({row.rival_of for row in rivals}),
        len(rivals),
        *(sum(row.rival_on == on for row in rivals) for on in ("date", "cause", "account")),
    ]


def found(line):
    """Read the numbers out of the bottom line."""
    match = re.fullmatch(
        r"Of (\d+) events on record (\d+) begin before the weeks .* made, (\d+) in them, (\d+) in the (\d+) "
        r"days from its leak to the date set for an answer, and (\d+) after that; "
        r"(\d+) have no exact day\. "
        r"Independent origins or an official text confirm (\d+); (\d+) rest on one origin, (\d+) on weak "
        r"sources alone\. "
        r"Only planned are (\d+), called off (\d+), threatened (\d+) and alleged (\d+)\. "
        r"For (\d+) events there are (\d+) rival accounts: (\d+) differ on the day, (\d+) on the reason or "
        r"the doer, (\d+) on what happened\.",
        line,
    )
    assert match, line
    return [int(number) for number in match.groups()]


@pytest.fixture
def changed(shipped):
    """Change the record so that every number of the bottom line is another."""
    events = shipped.events.set_index("id")
    gone = [
        "dmitriev-ushakov-call-2025-10-29",
        "tusk-post-2025-11-21",
        "kramatorsk-bus-strike-2026-10-08",
        "istanbul-round-2025-05-16",
        "plan-drafting-2025-rival-us-authored",
    ]
    events = events.drop(index=gone)
    for end in ("date_earliest", "date_latest"):
        events.loc["thanksgiving-deadline-2025-11-27", end] = pd.Timestamp("2025-11-26")
    events.loc["us-june-target-2026-06", "occurrence"] = "threatened"
    events.loc["ankara-witkoff-meeting-2025-11-19", "occurrence"] = "alleged"
    events.loc["yermak-resigns-2025-11-28", "date"] = "2025-11-28~"
    events.loc["witkoff-moscow-2025-08-06-rival-third-trip", "rival_on"] = "date"
    events.loc["ankara-witkoff-meeting-2025-11-19-rival-yermak-affair", "rival_on"] = "account"
    return dataclasses.replace(shipped, events=events.reset_index())


def test_bottom_line_says_what_the_record_holds(bottom_line, shipped):
    assert found(bottom_line(STEM, shipped)) == expected(shipped)


def test_bottom_line_follows_a_change_of_the_record(bottom_line, changed):
    assert found(bottom_line(STEM, changed)) == expected(changed)


def test_the_change_moves_every_number(shipped, changed):
    pairs = list(zip(expected(shipped), expected(changed), strict=True))
    assert [(before, after) for before, after in pairs if before == after] == []


def test_its_tables_are_on_the_page_and_short():
    notebook = nbformat.read(Path(__file__).parent.parent / "notebooks" / f"{STEM}.ipynb", as_version=4)
    html = "".join(
        output.get("data", {}).get("text/html", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    linked = re.findall(r'href="#(t-[^"]+)"', html)
    assert len(linked) == 4
    assert [target for target in linked if f'id="{target}"' not in html] == []
    visible = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    rows = [table.count("<tr") - 1 for table in re.findall(r"<table.*?</table>", visible, re.DOTALL)]
    assert len(rows) == 5 and min(rows) > 0 and max(rows) <= 10


# What the page says in words


def test_one_promise_of_the_campaign_lies_before_2025(shipped):
    early = shipped.events[shipped.events["date_latest"] < "2025-01-01"]
    assert early["id"].tolist() == ["trump-24-hours-pledge-2024"]
    assert early["kind"].tolist() == ["statement"]


def test_most_events_from_spring_2026_on_rest_on_digests_alone(shipped):
    grade = shipped.sources.set_index("id")["reliability"].astype(str)
    late = shipped.events[shipped.events["date_earliest"] >= "2026-03-20"]
    cited = shipped.citations[
        (shipped.citations["table"] == "events") & (shipped.citations["relation"] != "context")
    ]
    best = cited.assign(grade=cited["source"].map(grade)).groupby("record")["grade"].min()
    assert (late["id"].map(best) == "E").mean() > 0.5
    assert (late["status"] == "weak").mean() > 0.5


def test_both_meetings_in_miami_have_approximate_days_and_the_second_is_disputed(shipped):
    rows = shipped.events.set_index("id")
    assert all("~" in rows.at[event, "date"] for event in ("miami-drafting-2025-10", "plan-drafting-2025"))
    assert "~" in rows.at["umerov-witkoff-miami-2025-11", "date"]
    assert (rows["rival_of"] == "umerov-witkoff-miami-2025-11").sum() > 1
