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
