"""Check what no schema can state: rules that take two cells, two rows or two tables.

Each rule is a function that takes the tables as text (see ``checks.read_tables``) and yields faults.
``loading`` drops what a rule says of a cell that ``checks`` already faults: one slip makes one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pandas as pd

from briefing_helpers.checks import Fault, no_such_id, show
from briefing_helpers.dates import Edtf, parse
from briefing_helpers.evidence import statuses

__all__ = ["RULES", "check_rules"]

Frames = dict[str, pd.DataFrame]


def check_rules(frames: Frames) -> list[Fault]:
    """Apply every rule; returns all faults found."""
    return [fault for rule in RULES for fault in rule(frames)]


def citations_and_records(frames: Frames) -> Iterator[Fault]:
    """Require that a citation's record exists, and every record of every other table is cited."""
    citations = frames["citations"]
    for name, cited in citations.groupby("table"):
        name = str(name)
        if name not in frames or name in ("sources", "crosswalks", "citations"):
            continue
        known = set(frames[name]["id"])
        yield from no_such_id("citations", cited["record"][~cited["record"].isin(known)], name, known)
    for name, frame in frames.items():
        # Sources are what is cited; a crosswalk names its own basis; a table of one's own may lack ids.
        if name in ("sources", "crosswalks", "citations") or "id" not in frame.columns:
            continue
        known = set(citations["record"][citations["table"] == name])
        for row, cells in _rows(frame[~frame["id"].isin(known)]):
            yield Fault(name, row, "id", cells["id"], f"{show(cells['id'])} has no citation")


def anchors_whole(frames: Frames) -> Iterator[Fault]:
    """Require that start, length and digest of an anchor stand together or not at all."""
    citations = frames["citations"]
    anchor = citations[["start", "length", "sha256"]] != ""
    for row, cells in _rows(citations[anchor.any(axis=1) & ~anchor.all(axis=1)]):
        message = "an anchor needs start, length and sha256, or none of them"
        yield Fault("citations", row, "start", cells["start"], message)


def clause_ids(frames: Frames) -> Iterator[Fault]:
    """Require that a clause's id says its draft, point and part, so a part belongs to its point."""
    clauses = frames["clauses"]
    for row, cells in _rows(clauses[clauses["point"].str.fullmatch("[0-9]{1,3}")]):
        expected = f"{cells['draft']}-{int(cells['point']):02d}{cells['part']}"
        if cells["id"] != expected:
            message = f"{show(cells['id'])} does not fit its draft, point and part ({expected})"
            yield Fault("clauses", row, "id", cells["id"], message)


def units(frames: Frames) -> Iterator[Fault]:
    """Require that a quantity has a unit, and a unit a quantity."""
    clauses = frames["clauses"]
    for row, cells in _rows(clauses[(clauses["quantity"] == "") != (clauses["unit"] == "")]):
        yield Fault("clauses", row, "unit", cells["unit"], "quantity and unit stand together or not at all")


def lineage_ends(frames: Frames) -> Iterator[Fault]:
    """Require that lineage stays between two drafts, and has the ends its change calls for."""
    lineage, draft_of = frames["lineage"], _lookup(frames["clauses"], "draft")
    for row, line in _rows(lineage):
        if line["from_draft"] == line["to_draft"]:
            yield Fault("lineage", row, "to_draft", line["to_draft"], "a draft cannot answer itself")
        for end in ("from", "to"):
            clause, draft = line[f"{end}_clause"], line[f"{end}_draft"]
            if clause in draft_of and draft_of[clause] != draft:
                message = f"{show(clause)} belongs to draft {draft_of[clause]!r}, not {draft!r}"
                yield Fault("lineage", row, f"{end}_clause", clause, message)
        blank = {"added": "from_clause", "dropped": "to_clause"}.get(line["change"])
        for end in ("from_clause", "to_clause"):
            if line["change"] == "not-known" and end == "to_clause":
                continue
            if (line[end] == "") != (end == blank):
                wanted = "must be blank" if end == blank else "must name a clause"
                yield Fault(
                    "lineage", row, end, line[end], f"{wanted} where the change is {line['change']!r}"
                )


def lineage_complete(frames: Frames) -> Iterator[Fault]:
    """Require, between drafts held side by side, a fate for each older clause, an origin for each newer."""
    lineage, clauses = frames["lineage"], frames["clauses"]
    for (older, newer), pair in lineage.groupby(["from_draft", "to_draft"]):
        for draft, end, word in ((older, "from_clause", "fate in"), (newer, "to_clause", "origin in")):
            other = newer if draft == older else older
            missing = clauses[(clauses["draft"] == draft) & ~clauses["id"].isin(pair[end])]
            for row, cells in _rows(missing):
                message = f"{show(cells['id'])} has no {word} {other!r} (table lineage)"
                yield Fault("clauses", row, "id", cells["id"], message)


def bounds(frames: Frames) -> Iterator[Fault]:
    """Require low ≤ best ≤ high, with at least one of them; the same for probabilities."""
    for table, names in (("figures", ["low", "best", "high"]), ("forecasts", ["p_low", "p_high"])):
        frame = frames[table]
        numbers = frame[names].apply(pd.to_numeric, errors="coerce")
        if table == "figures":
            for row, _ in _rows(frame[(frame[names] == "").all(axis=1)]):
                yield Fault(table, row, "best", "", "a figure needs low, best or high")
        for lower, upper in combinations(names, 2):
            for row, cells in _rows(frame[numbers[lower] > numbers[upper]]):
                message = f"{lower} {cells[lower]} is above {upper} {cells[upper]}"
                yield Fault(table, row, lower, cells[lower], message)


def role_dates(frames: Frames) -> Iterator[Fault]:
    """Require that a role does not start after it ends."""
    yield from _ordered(frames["actors"], "actors", "role_from", "role_to", "the role starts after it ends")


def forecast_dates(frames: Frames) -> Iterator[Fault]:
    """Require that a forecast is settled after it is made, and that an open one has no day of settling."""
    forecasts = frames["forecasts"]
    yield from _ordered(forecasts, "forecasts", "made_on", "resolved_on", "settled before it was made")
    for row, cells in _rows(forecasts[(forecasts["outcome"] == "open") & (forecasts["resolved_on"] != "")]):
        message = "must be blank while the outcome is 'open'"
        yield Fault("forecasts", row, "resolved_on", cells["resolved_on"], message)


def called_off(frames: Frames) -> Iterator[Fault]:
    """Require that an event called off has no outcome."""
    events = frames["events"]
    for row, cells in _rows(events[(events["occurrence"] == "called-off") & (events["outcome"] != "")]):
        yield Fault("events", row, "outcome", cells["outcome"], "must be blank: the event was called off")


def event_order(frames: Frames) -> Iterator[Fault]:
    """Require that an event does not end before the one that sources put ahead of it began."""
    events = frames["events"]
    date_of = _lookup(events, "date")
    for row, event in _rows(events[events["after"] != ""]):
        own, earlier = _date(event["date"]), _date(date_of.get(event["after"], ""))
        if own and earlier and own.latest and earlier.earliest and own.latest < earlier.earliest:
            message = f"{event['date']} is before {event['after']!r} ({earlier.text}), which it came after"
            yield Fault("events", row, "after", event["after"], message)


def rivals(frames: Frames) -> Iterator[Fault]:
    """Require that a rival account names another event that is no rival itself, and what it differs on."""
    events = frames["events"]
    rival_of = _lookup(events, "rival_of")
    for row, event in _rows(events[(events["rival_of"] != "") | (events["rival_on"] != "")]):
        if event["rival_of"] == "" or event["rival_on"] == "":
            message = "rival_of and rival_on stand together or not at all"
            yield Fault("events", row, "rival_on", event["rival_on"], message)
        elif event["rival_of"] == event["id"] or rival_of.get(event["rival_of"], ""):
            message = f"{show(event['rival_of'])} is the row itself or a rival account; name the main event"
            yield Fault("events", row, "rival_of", event["rival_of"], message)


def two_ends(frames: Frames) -> Iterator[Fault]:
    """Require that a relation ties two different actors."""
    relations = frames["relations"]
    for row, cells in _rows(relations[relations["from_actor"] == relations["to_actor"]]):
        yield Fault("relations", row, "to_actor", cells["to_actor"], "a relation needs two different actors")


def position_points(frames: Frames) -> Iterator[Fault]:
    """Require that a position's point is a point of its draft."""
    clauses = frames["clauses"]
    known = set(zip(clauses["draft"], clauses["point"], strict=True))
    for row, position in _rows(frames["positions"]):
        draft, point = position["draft"], position["point"]
        if point and (draft, point) not in known:
            yield Fault("positions", row, "point", point, f"draft {draft!r} has no point {point} in clauses")


def status_derived(frames: Frames) -> Iterator[Fault]:
    """Require that status and verdict are what the citations yield."""
    sources, claims = (frames[name].drop_duplicates("id") for name in ("sources", "claims"))
    derived = statuses(frames["citations"], sources, claims)
    for name, records in derived.groupby("table"):
        field = "verdict" if name == "claims" else "status"
        if name not in frames or field not in frames[str(name)].columns:
            continue
        frame, by_id = frames[str(name)], records.set_index("record")
        wanted = frame["id"].map(by_id["derived"])
        for row, cells in _rows(frame[wanted.notna() & (frame[field] != "") & (frame[field] != wanted)]):
            counts = by_id.loc[cells["id"]]
            message = (
                f"{show(cells[field])} does not follow from the citations; it is {counts['derived']!r}: "
                f"{counts['supports']} origins rated A to C support, {counts['contradicts']} contradict"
            )
            yield Fault(str(name), row, field, cells[field], message)


RULES: tuple[Callable[[Frames], Iterator[Fault]], ...] = (
    citations_and_records,
    anchors_whole,
    clause_ids,
    units,
    lineage_ends,
    lineage_complete,
    bounds,
    role_dates,
    forecast_dates,
    called_off,
    event_order,
    rivals,
    two_ends,
    position_points,
    status_derived,
)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    yield from zip(frame.index.tolist(), frame.to_dict("records"), strict=True)


def _lookup(frame: pd.DataFrame, field: str) -> dict[str, str]:
    return dict(zip(frame["id"], frame[field], strict=True))


def _date(text: str) -> Edtf | None:
    try:
        return parse(text) if text else None
    except ValueError:
        return None


def _ordered(frame: pd.DataFrame, table: str, first: str, last: str, message: str) -> Iterator[Fault]:
    for row, cells in _rows(frame):
        start, end = _date(cells[first]), _date(cells[last])
        if start and end and start.earliest and end.latest and start.earliest > end.latest:
            value = cells[first]
            yield Fault(table, row, first, value, f"{value} is after {cells[last]}: {message}")
