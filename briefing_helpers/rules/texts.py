"""Rules on drafts, their clauses and how one answers another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from briefing_helpers.checks import Fault, show
from briefing_helpers.rules.tools import Sheets

_POINT = re.compile("[0-9]{1,3}")


def clause_ids(sheets: Sheets) -> Iterator[Fault]:
    """Require that a clause's id says its draft, point and part, so a part belongs to its point."""
    for row, own, draft, point, part in sheets["clauses"].walk("id", "draft", "point", "part"):
        expected = f"{draft}-{int(point):02d}{part}" if _POINT.fullmatch(point) else own
        if own != expected:
            message = f"{show(own)} does not fit its draft, point and part ({expected})"
            yield Fault("clauses", row, "id", own, message)


def units(sheets: Sheets) -> Iterator[Fault]:
    """Require that a quantity has a unit, and a unit a quantity."""
    for row, quantity, unit in sheets["clauses"].walk("quantity", "unit"):
        if bool(quantity) != bool(unit):
            yield Fault("clauses", row, "unit", unit, "quantity and unit stand together or not at all")


def lineage_ends(sheets: Sheets) -> Iterator[Fault]:
    """Require that lineage stays between two drafts, and has the ends its change calls for."""
    draft_of = sheets["clauses"].lookup("draft")
    lines = sheets["lineage"].walk("change", "from_draft", "to_draft", "from_clause", "to_clause")
    for row, change, from_draft, to_draft, from_clause, to_clause in lines:
        ends = (("from_clause", from_clause, from_draft), ("to_clause", to_clause, to_draft))
        if from_draft == to_draft:
            yield Fault("lineage", row, "to_draft", to_draft, "a draft cannot answer itself")
        for end, clause, draft in ends:
            if clause in draft_of and draft_of[clause] != draft:
                message = f"{show(clause)} belongs to draft {draft_of[clause]!r}, not {draft!r}"
                yield Fault("lineage", row, end, clause, message)
        blank = {"added": "from_clause", "dropped": "to_clause"}.get(change)
        for end, clause, _ in ends:
            if change == "not-known" and end == "to_clause":
                continue
            if (clause == "") != (end == blank):
                wanted = "must be blank" if end == blank else "must name a clause"
                yield Fault("lineage", row, end, clause, f"{wanted} where the change is {change!r}")


def lineage_complete(sheets: Sheets) -> Iterator[Fault]:
    """Require, between drafts held side by side, a fate for each older clause, an origin for each newer."""
    pairs: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    ends = sheets["lineage"].cells("from_draft", "to_draft", "from_clause", "to_clause")
    for older, newer, from_clause, to_clause in ends:
        known = pairs.setdefault((older, newer), (set(), set()))
        known[0].add(from_clause)
        known[1].add(to_clause)
    of_draft: dict[str, list[tuple[int, str]]] = {}
    for row, name, draft in sheets["clauses"].walk("id", "draft"):
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


def bounds(sheets: Sheets) -> Iterator[Fault]:
    """Require low ≤ best ≤ high, with at least one of them; the same for probabilities."""
    for table, names in (("figures", ["low", "best", "high"]), ("forecasts", ["p_low", "p_high"])):
        for row, *texts in sheets[table].walk(*names):
            if table == "figures" and not any(texts):
                yield Fault(table, row, "best", "", "a figure needs low, best or high")
            cells = [(name, text, _number(text)) for name, text in zip(names, texts, strict=True)]
            for (lower, least, low), (upper, most, high) in combinations(cells, 2):
                if low > high:
                    yield Fault(table, row, lower, least, f"{lower} {least} is above {upper} {most}")


def key_issues(sheets: Sheets) -> Iterator[Fault]:
    """Require that a clause on a key issue says in a few words what it provides, and no other does."""
    for row, issue, gist in sheets["clauses"].walk("issue", "gist"):
        if bool(issue) != bool(gist):
            yield Fault("clauses", row, "gist", gist, "issue and gist stand together or not at all")


def favours(sheets: Sheets) -> Iterator[Fault]:
    """Require that an unchanged clause favours no side, and that one of unknown fate is not assessed."""
    wanted = {"same": "neither", "not-known": "not-assessable"}
    for field in ("favours", "favours_second"):
        for row, change, found in sheets["lineage"].walk("change", field):
            if found and found != wanted.get(change, found):
                message = f"must be {wanted[change]!r} where the change is {change!r}"
                yield Fault("lineage", row, field, found, message)


def _number(text: str) -> float:
    """Read a number; what is blank or none, which ``checks`` faults, compares with nothing."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
