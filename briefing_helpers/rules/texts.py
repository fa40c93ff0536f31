"""Rules on drafts, their clauses and how one answers another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from briefing_helpers.checks import Fault, show
from briefing_helpers.rules.tools import Frames, lookup, rows


def clause_ids(frames: Frames) -> Iterator[Fault]:
    """Require that a clause's id says its draft, point and part, so a part belongs to its point."""
    clauses = frames["clauses"]
    for row, cells in rows(clauses[clauses["point"].str.fullmatch("[0-9]{1,3}")]):
        expected = f"{cells['draft']}-{int(cells['point']):02d}{cells['part']}"
        if cells["id"] != expected:
            message = f"{show(cells['id'])} does not fit its draft, point and part ({expected})"
            yield Fault("clauses", row, "id", cells["id"], message)


def units(frames: Frames) -> Iterator[Fault]:
    """Require that a quantity has a unit, and a unit a quantity."""
    clauses = frames["clauses"]
    for row, cells in rows(clauses[(clauses["quantity"] == "") != (clauses["unit"] == "")]):
        yield Fault("clauses", row, "unit", cells["unit"], "quantity and unit stand together or not at all")


def lineage_ends(frames: Frames) -> Iterator[Fault]:
    """Require that lineage stays between two drafts, and has the ends its change calls for."""
    lineage, draft_of = frames["lineage"], lookup(frames["clauses"], "draft")
    for row, line in rows(lineage):
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
    pairs: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for _, line in rows(lineage):
        known = pairs.setdefault((line["from_draft"], line["to_draft"]), (set(), set()))
        known[0].add(line["from_clause"])
        known[1].add(line["to_clause"])
    of_draft: dict[str, list[tuple[int, str]]] = {}
    for row, name, draft in zip(
        clauses.index.tolist(), *(clauses[each].tolist() for each in ("id", "draft")), strict=True
    ):
        of_draft.setdefault(draft, []).append((row, name))
    for (older, newer), known in sorted(pairs.items()):
        for draft, other, named, word in (
            (older, newer, known[0], "fate in"),
            (newer, older, known[1], "origin in"),
        ):
            for row, name in of_draft.get(draft, []):
                if name not in named:
                    message = f"{show(name)} has no {word} {other!r} (table lineage)"
                    yield Fault("clauses", row, "id", name, message)


def bounds(frames: Frames) -> Iterator[Fault]:
    """Require low ≤ best ≤ high, with at least one of them; the same for probabilities."""
    for table, names in (("figures", ["low", "best", "high"]), ("forecasts", ["p_low", "p_high"])):
        frame = frames[table]
        for row, cells in rows(frame):
            numbers = {name: _number(cells[name]) for name in names}
            if table == "figures" and not any(cells[name] for name in names):
                yield Fault(table, row, "best", "", "a figure needs low, best or high")
            for lower, upper in combinations(names, 2):
                if numbers[lower] > numbers[upper]:
                    message = f"{lower} {cells[lower]} is above {upper} {cells[upper]}"
                    yield Fault(table, row, lower, cells[lower], message)


def key_issues(frames: Frames) -> Iterator[Fault]:
    """Require that a clause on a key issue says in a few words what it provides, and no other does."""
    clauses = frames["clauses"]
    for row, cells in rows(clauses[(clauses["issue"] == "") != (clauses["gist"] == "")]):
        yield Fault("clauses", row, "gist", cells["gist"], "issue and gist stand together or not at all")


def favours(frames: Frames) -> Iterator[Fault]:
    """Require that an unchanged clause favours no side, and that one of unknown fate is not assessed."""
    lineage = frames["lineage"]
    wanted = lineage["change"].map({"same": "neither", "not-known": "not-assessable"})
    for field in ("favours", "favours_second"):
        wrong = wanted.notna() & (lineage[field] != wanted) & (lineage[field] != "")
        for row, cells in rows(lineage[wrong]):
            message = f"must be {wanted[row]!r} where the change is {cells['change']!r}"
            yield Fault("lineage", row, field, cells[field], message)


def _number(text: str) -> float:
    """Read a number; what is blank or none, which ``checks`` faults, compares with nothing."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
