"""Make the registers: a page each of all actors, all events and all sources, every entry linkable."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from briefing_helpers.loading import Briefing
from briefing_helpers.notebook import Sources
from briefing_helpers.report.drafts import address, named, rows
from briefing_helpers.report.shell import Heading, shell, template

__all__ = ["month", "registers"]

_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?!\d))?")

Row = dict[str, Any]


def registers(briefing: Briefing) -> dict[str, str]:
    """Return the pages of the registers by file name."""
    return {
        "actors.html": _page(briefing, "Actors", _actors),
        "events.html": _page(briefing, "Events", _events),
        "sources.html": _page(briefing, "Sources", _sources),
    }


def _page(briefing: Briefing, title: str, fill: Callable[[Briefing, Sources], tuple[list[Row], Row]]) -> str:
    sources = Sources(briefing)
    groups, more = fill(briefing, sources)
    for group in groups:
        group["id"] = "group-" + "-".join(re.findall(r"[a-z0-9]+", group["title"].lower()))
    main = template(f"{title.lower()}.html.j2").render(title=title, groups=groups, sources=sources, **more)
    contents = [Heading(group["id"], group["title"]) for group in groups]
    if title != "Sources":
        contents.append(Heading("sources", "Sources used on this page"))
    return shell(main, title, briefing.version, briefing.digest, contents, kind="record")


def _actors(briefing: Briefing, sources: Sources) -> tuple[list[Row], Row]:
    actors = _marked(briefing, sources, "actors")
    draft_of = briefing.clauses.set_index("id")["draft"]
    owed = rows(briefing.obligations)
    for row in owed:
        row["address"] = address(row["clause"], draft_of[row["clause"]])
    positions = rows(briefing.labelled("positions"))
    relations = rows(briefing.labelled("relations"))
    parts = rows(briefing.labelled("event_actors"))
    more = {
        "names": named(briefing.actors, "name"),
        "titles": named(briefing.drafts, "title"),
        "events": named(briefing.events, "title"),
        "owed": _by(owed, "obligor"),
        "positions": _by(positions, "actor"),
        "ties": _by(relations, "from_actor"),
        "parts": _by(parts, "actor"),
    }
    return _grouped(actors, "side"), more


def _events(briefing: Briefing, sources: Sources) -> tuple[list[Row], Row]:
    frame = briefing.events.sort_values("date_earliest", kind="stable", na_position="last")
    events = _marked(briefing, sources, "events", frame)
    for row in events:
        row["month"] = month(row["date"])
    rivals = [row for row in events if row["rival_of"]]
    more = {
        "names": named(briefing.actors, "name"),
        "events": {row["id"]: row for row in events},
        "parts": _by(rows(briefing.labelled("event_actors")), "event"),
        "rivals": _by(rivals, "rival_of"),
    }
    return _grouped(events, "month"), more


def month(date: str) -> str:
    """Say in which month an EDTF date lies or begins, as exactly as it says so itself.

    >>> month("2025-11-21/2025-11-23~"), month("2025"), month("../2025-11-17")
    ('November 2025', '2025, month not given', 'Not dated')
    """
    found = _MONTH.match(date)
    year, number = found.groups() if found else ("", None)
    if number:
        return f"{calendar.month_name[int(number)]} {year}"
    return f"{year}, month not given" if year else "Not dated"


def _sources(briefing: Briefing, sources: Sources) -> tuple[list[Row], Row]:
    found = rows(briefing.labelled("sources").sort_values(["kind", "publisher", "id"], kind="stable"))
    grade = briefing.sources.set_index("id")["reliability"].astype(str)
    uses: dict[str, dict[str, int]] = {}
    for source, table in zip(briefing.citations["source"], briefing.citations["table"], strict=True):
        own = uses.setdefault(source, {})
        own[table] = own.get(table, 0) + 1
    for row in found:
        row["grade"] = grade[row["id"]]
        row["uses"] = [(name.replace("_", " "), count) for name, count in uses.get(row["id"], {}).items()]
    return _grouped(found, "kind"), {"sharing": _by(found, "origin")}


def _marked(briefing: Briefing, sources: Sources, table: str, frame: pd.DataFrame | None = None) -> list[Row]:
    frame = briefing[table] if frame is None else frame
    found = rows(briefing.labelled(table, frame))
    for row, marks in zip(found, sources.refs(table, frame["id"]), strict=True):
        row["marks"] = marks
    return found


def _by(found: Iterable[Row], field: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in found:
        groups.setdefault(row[field], []).append(row)
    return groups


def _grouped(found: list[Row], field: str) -> list[Row]:
    return [{"title": str(title), "rows": own} for title, own in _by(found, field).items()]
