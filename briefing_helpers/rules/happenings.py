"""Rules on actors, events, relations, positions and means of pressure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_helpers.checks import Fault, show
from briefing_helpers.rules.tools import Frames, date, lookup, ordered, rows


def role_dates(frames: Frames) -> Iterator[Fault]:
    """Require that a role does not start after it ends."""
    yield from ordered(frames["actors"], "actors", "role_from", "role_to", "the role starts after it ends")


def called_off(frames: Frames) -> Iterator[Fault]:
    """Require that an event called off has no outcome."""
    events = frames["events"]
    for row, cells in rows(events[(events["occurrence"] == "called-off") & (events["outcome"] != "")]):
        yield Fault("events", row, "outcome", cells["outcome"], "must be blank: the event was called off")


def event_order(frames: Frames) -> Iterator[Fault]:
    """Require that an event does not end before the one that sources put ahead of it began."""
    events = frames["events"]
    date_of = lookup(events, "date")
    for row, event in rows(events[events["after"] != ""]):
        own, earlier = date(event["date"]), date(date_of.get(event["after"], ""))
        if own and earlier and own.latest and earlier.earliest and own.latest < earlier.earliest:
            message = f"{event['date']} is before {event['after']!r} ({earlier.text}), which it came after"
            yield Fault("events", row, "after", event["after"], message)


def rivals(frames: Frames) -> Iterator[Fault]:
    """Require that a rival account names another event that is no rival itself, and what it differs on."""
    events = frames["events"]
    rival_of = lookup(events, "rival_of")
    for row, event in rows(events[(events["rival_of"] != "") | (events["rival_on"] != "")]):
        if event["rival_of"] == "" or event["rival_on"] == "":
            message = "rival_of and rival_on stand together or not at all"
            yield Fault("events", row, "rival_on", event["rival_on"], message)
        elif event["rival_of"] == event["id"] or rival_of.get(event["rival_of"], ""):
            message = f"{show(event['rival_of'])} is the row itself or a rival account; name the main event"
            yield Fault("events", row, "rival_of", event["rival_of"], message)


def two_ends(frames: Frames) -> Iterator[Fault]:
    """Require that a relation, or a means of pressure, ties two different actors."""
    for table, start, end in (("relations", "from_actor", "to_actor"), ("levers", "by_actor", "on_actor")):
        frame = frames[table]
        for row, cells in rows(frame[(frame[start] == frame[end]) & (frame[start] != "")]):
            yield Fault(table, row, end, cells[end], "needs two different actors")


def position_points(frames: Frames) -> Iterator[Fault]:
    """Require that a position's point is a point of its draft."""
    clauses = frames["clauses"]
    known = set(zip(clauses["draft"].tolist(), clauses["point"].tolist(), strict=True))
    for row, position in rows(frames["positions"]):
        draft, point = position["draft"], position["point"]
        if point and (draft, point) not in known:
            yield Fault("positions", row, "point", point, f"draft {draft!r} has no point {point} in clauses")


def not_itself(frames: Frames) -> Iterator[Fault]:
    """Require that an event does not come after itself and an actor is not a part of itself."""
    for table, field in (("events", "after"), ("actors", "part_of")):
        frame = frames[table]
        for row, cells in rows(frame[(frame[field] != "") & (frame[field] == frame["id"])]):
            yield Fault(table, row, field, cells[field], "names the row itself")
