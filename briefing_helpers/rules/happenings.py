"""Rules on actors, events, relations, positions and means of pressure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_helpers.checks import Fault, show
from briefing_helpers.rules.tools import Sheets, date, ordered


def role_dates(sheets: Sheets) -> Iterator[Fault]:
    """Require that a role does not start after it ends."""
    yield from ordered(sheets["actors"], "actors", "role_from", "role_to", "the role starts after it ends")


def called_off(sheets: Sheets) -> Iterator[Fault]:
    """Require that an event called off has no outcome."""
    for row, occurrence, outcome in sheets["events"].walk("occurrence", "outcome"):
        if occurrence == "called-off" and outcome:
            yield Fault("events", row, "outcome", outcome, "must be blank: the event was called off")


def event_order(sheets: Sheets) -> Iterator[Fault]:
    """Require that an event does not end before the one that sources put ahead of it began."""
    date_of = sheets["events"].lookup("date")
    for row, after, text in sheets["events"].walk("after", "date"):
        own, earlier = date(text), date(date_of.get(after, ""))
        if own and earlier and own.latest and earlier.earliest and own.latest < earlier.earliest:
            message = f"{text} is before {after!r} ({earlier.text}), which it came after"
            yield Fault("events", row, "after", after, message)


def rivals(sheets: Sheets) -> Iterator[Fault]:
    """Require that a rival account names another event that is no rival itself, and what it differs on."""
    rival_of = sheets["events"].lookup("rival_of")
    for row, own, rival, on in sheets["events"].walk("id", "rival_of", "rival_on"):
        if bool(rival) != bool(on):
            yield Fault("events", row, "rival_on", on, "rival_of and rival_on stand together or not at all")
        elif rival and (rival == own or rival_of.get(rival, "")):
            message = f"{show(rival)} is the row itself or a rival account; name the main event"
            yield Fault("events", row, "rival_of", rival, message)


def two_ends(sheets: Sheets) -> Iterator[Fault]:
    """Require that a relation, or a means of pressure, ties two different actors."""
    for table, start, end in (("relations", "from_actor", "to_actor"), ("levers", "by_actor", "on_actor")):
        for row, one, other in sheets[table].walk(start, end):
            if one and one == other:
                yield Fault(table, row, end, other, "needs two different actors")


def position_points(sheets: Sheets) -> Iterator[Fault]:
    """Require that a position's point is a point of its draft."""
    known = set(sheets["clauses"].cells("draft", "point"))
    for row, draft, point in sheets["positions"].walk("draft", "point"):
        if point and (draft, point) not in known:
            yield Fault("positions", row, "point", point, f"draft {draft!r} has no point {point} in clauses")


def not_itself(sheets: Sheets) -> Iterator[Fault]:
    """Require that an event does not come after itself and an actor is not a part of itself."""
    for table, field in (("events", "after"), ("actors", "part_of")):
        for row, own, named in sheets[table].walk("id", field):
            if named and named == own:
                yield Fault(table, row, field, named, "names the row itself")
