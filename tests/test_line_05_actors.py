"""The bottom line of 05_actors follows the data: its numbers are counted again here, another way."""

import dataclasses
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

STEM = "05_actors"
PRESENT = {"participant", "initiator", "host", "mediator", "speaker", "addressee"}
OUT = {side: f"united-states.left-out.{side}.2025-10" for side in ("europe", "ukraine")}


def sides_of(record, event):
    """Collect the sides present at an event, row by row."""
    sides = {row.id: row.side for row in record.actors.itertuples()}
    parts = record.event_actors
    return {sides[row.actor] for row in parts[parts["event"] == event].itertuples() if row.role in PRESENT}


def count(record, since, until):
    """Count meetings and calls of the US with Russia, Ukraine and Europe between two days."""
    counts = dict.fromkeys(("russia", "ukraine", "europe"), 0)
    for row in record.events.itertuples():
        if row.kind not in ("meeting", "call") or row.occurrence != "occurred" or pd.notna(row.rival_of):
            continue
        if not (row.date_earliest >= since and row.date_latest <= until):
            continue
        here = sides_of(record, row.id)
        for side in counts:
            counts[side] += {"us", side} <= here
    return list(counts.values())


def origins(record, relation, tie):
    """Count the origins rated A to C that support or contradict a tie."""
    cited = record.citations
    cited = cited[
        (cited["table"] == "relations") & (cited["record"] == tie) & (cited["relation"] == relation)
    ]
    known = record.sources.set_index("id").loc[cited["source"]]
    return len(set(known.loc[known["reliability"].astype(str) <= "C", "origin"]))


def words(numbers):
    return [str(number) if number else "none" for number in numbers]


def expected(record):
    day = record.events.set_index("id")
    work = day.loc["plan-drafting-2025"]
    leak = day.at["axios-report-2025-11-19", "date_earliest"]
    week = day.at["trump-drops-deadline-2025-11-25", "date_latest"]
    weighed = [origins(record, how, OUT[side]) for side in OUT for how in ("supports", "contradicts")]
    return [
        f"{work['date_earliest']:%B %Y}",
        *words(count(record, work["date_earliest"], work["date_latest"])),
        *words(count(record, leak, week)),
        *words(weighed),
    ]


def found(line):
    """Read the numbers out of the bottom line."""
    number = r"(\d+|none)"
    three = rf"{number} with Russia, {number} with Ukraine and {number} with Europe"
    match = re.fullmatch(
        rf"From (\w+ \d+) to the eve of the leak, .*: {three}\. In the week after the leak: {three}\. "
        rf"On whether Europe was left out, independent origins stand {number} for, {number} against; "
        rf"on whether Ukraine was, {number} for, {number} against\.",
        line,
    )
    assert match, line
    return list(match.groups())


@pytest.fixture
def changed(shipped):
    """Change the record so that every number of the bottom line is another."""
    events = shipped.events.set_index("id")
    events.loc["plan-drafting-2025", "date_earliest"] = pd.Timestamp("2025-08-01")
    events.loc[["rubio-lavrov-call-2025-10-20", "abu-dhabi-driscoll-2025-11"], "occurrence"] = "alleged"
    parts = shipped.event_actors
    gone = (parts["event"] == "geneva-talks-2025-11-23") & (parts["actor"] == "e3-advisers")
    parts = parts[~gone]
    cited, origin = shipped.citations, shipped.sources.set_index("id")["origin"]
    ties = cited[(cited["table"] == "relations") & cited["record"].isin(OUT.values())]
    by = ties["source"].map(origin)
    drop = ties[by.isin(["bbc", "afp", "rolling-stone"])].index
    against = ties[ties["relation"] == "contradicts"].iloc[:1].assign(record=OUT["europe"], id="new")
    cited = pd.concat([cited.drop(drop), against], ignore_index=True)
    return dataclasses.replace(shipped, events=events.reset_index(), event_actors=parts, citations=cited)


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
    assert [table.count("<tr") - 1 for table in re.findall(r"<table.*?</table>", visible, re.DOTALL)] == [
        7,
        6,
        9,
        10,
    ]


# What the page says in words


@pytest.mark.parametrize("side", ["russia", "ukraine"])
def test_contacts_with_moscow_and_kyiv_are_on_record_before_during_and_after_the_work(shipped, side):
    day = shipped.events.set_index("id")
    start, eve = day.loc["plan-drafting-2025", ["date_earliest", "date_latest"]]
    one = pd.Timedelta(days=1)
    spans = [(pd.Timestamp("2025-01-01"), start - one), (start, eve), (eve + one, pd.Timestamp("2026-10-31"))]
    at = ["russia", "ukraine"].index(side)
    assert all(count(shipped, *span)[at] > 0 for span in spans)


def test_no_contact_with_europe_lies_between_the_day_in_the_title_and_the_leak(shipped):
    leak = shipped.events.set_index("id").at["axios-report-2025-11-19", "date_earliest"]
    eve = leak - pd.Timedelta(days=1)
    assert count(shipped, pd.Timestamp("2025-08-19"), eve)[2] == 0
    assert count(shipped, pd.Timestamp("2025-08-18"), pd.Timestamp("2025-08-18"))[2] > 0


def test_what_counts_against_the_account_on_ukraine_comes_from_us_officials_and_rubio_speaks_by_name(shipped):
    said = shipped.events.set_index("id")["summary"]
    assert said["umerov-witkoff-miami-2025-11-rival-us-account"].startswith("Per US officials, Umerov")
    assert said["umerov-witkoff-miami-2025-11-rival-umerov-account"].startswith("Per Umerov")
    rubio = said["plan-drafting-2025-rival-us-authored"]
    assert rubio.startswith("Per Rubio") and "input from both sides" in rubio


def test_the_ambassadors_in_kyiv_are_told_apart_from_europe(shipped):
    assert sides_of(shipped, "driscoll-ambassadors-2025-11-21") == {"us", "international"}
