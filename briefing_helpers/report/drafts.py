"""Make a page for each draft, on which every clause can be linked and leads to its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from briefing_helpers.citing import Sources
from briefing_helpers.evidence import independence
from briefing_helpers.loading import Briefing
from briefing_helpers.report.shell import Heading, shell, template
from briefing_helpers.tables import cut

__all__ = ["address", "amount", "draft_page", "named", "point_id", "rows"]

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def draft_page(briefing: Briefing, draft: str, counts: pd.DataFrame | None = None) -> str:
    """Return the page of a draft: its points, and for each clause who owes what, its fate and evidence.

    ``counts`` is what :func:`independence` returns, where it is known already.
    """
    view = _View(briefing, draft, independence(briefing) if counts is None else counts)
    main = template("draft.html.j2").render(view=view, amount=amount)
    contents = [Heading(point["id"], point["title"]) for point in view.points]
    contents += [Heading("positions", "Positions on the whole")] if view.positions else []
    contents += [Heading("sources", "Sources used on this page")]
    title = f"{view.draft['title']}, clause by clause"
    return shell(main, title, briefing.version, briefing.digest, contents, kind="record")


def address(clause: str, draft: str) -> str:
    """Return where a clause stands among the pages."""
    return f"draft-{draft}.html#{clause}"


def point_id(clause: Mapping[str, Any]) -> str:
    """Return the id of the point a clause belongs to: its own without the letter of its part."""
    return str(clause["id"]).removesuffix(str(clause["part"])) if clause["part"] else str(clause["id"])


def amount(number: float, unit: str) -> str:
    """Say a number with its unit.

    >>> amount(100e9, "US dollars"), amount(50, "Per cent"), amount(600000, "People")
    ('100 billion US dollars', '50 per cent', '600,000 people')
    """
    for size, word in _SCALES:
        if abs(number) >= size:
            said = f"{number / size:,.6g} {word}"
            break
    else:
        said = f"{number:,.6g}" if number % 1 else f"{number:,.0f}"
    unit = unit if unit.startswith("US") else unit.lower()
    return f"{said} {unit}".strip()


def named(frame: pd.DataFrame, field: str) -> dict[str, str]:
    """Return what the records of a frame are called, by id."""
    return {row["id"]: str(row[field]) for row in rows(frame[["id", field]])}


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as plain dicts, with "" for blanks and endless text cut."""
    columns = []
    for name in frame.columns:
        cells = zip(frame[name].astype(object).tolist(), frame[name].isna().tolist(), strict=True)
        columns.append(
            ["" if blank else cut(cell) if isinstance(cell, str) else cell for cell, blank in cells]
        )
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


class _View:
    """What the template of a draft asks for: dicts with labels in place of codes, and marks."""

    def __init__(self, briefing: Briefing, draft: str, counts: pd.DataFrame) -> None:
        self.briefing = briefing
        self.sources = Sources(briefing)
        self.names = named(briefing.actors, "name")
        self.titles = named(briefing.drafts, "title")
        counted = (counts[name].tolist() for name in ("table", "record", "supports", "contradicts"))
        self._counts = {(table, record): sides for table, record, *sides in zip(*counted, strict=True)}
        [self.draft] = self._rows("drafts", briefing.drafts[briefing.drafts["id"] == draft])
        clauses = briefing.clauses[briefing.clauses["draft"] == draft]
        ids = set(clauses["id"])
        self.sources.refs("clauses", clauses["id"])  # numbers run through the clauses first
        positions = briefing.positions[briefing.positions["draft"] == draft]
        lineage = briefing.lineage
        self._obligations = self._group("obligations", "clause", ids)
        self._renderings = self._group("renderings", "clause", ids)
        self._figures = self._group("figures", "clause", ids)
        self._later = self._group("lineage", "from_clause", ids)
        self._earlier = self._group("lineage", "to_clause", ids)
        self._positions = self._group("positions", "point", set(positions["point"].dropna()), positions)
        self.points = self._points(self._rows("clauses", clauses))
        self.positions = self._rows("positions", positions[positions["point"].isna()])
        # Clauses of an earlier draft that this one leaves out stand on no clause of this page.
        self.dropped = self._rows(
            "lineage", lineage[(lineage["to_draft"] == draft) & lineage["to_clause"].isna()]
        )

    def _points(self, clauses: list[dict[str, Any]]) -> list[dict[str, Any]]:
        points: dict[str, dict[str, Any]] = {}
        for clause in clauses:
            name = point_id(clause)
            point = points.setdefault(
                name,
                {
                    "id": name,
                    "title": f"Point {clause['point']}: {clause['topic']}",
                    "number": clause["point"],
                    "clauses": [],
                    "own_id": False,
                    "positions": self._positions.get(clause["point"], []),
                },
            )
            clause["name"] = f"{clause['point']}{clause['part']}"
            clause["obligations"] = self._obligations.get(clause["id"], [])
            clause["renderings"] = self._renderings.get(clause["id"], [])
            clause["figures"] = self._figures.get(clause["id"], [])
            clause["later"] = self._later.get(clause["id"], [])
            clause["earlier"] = self._earlier.get(clause["id"], [])
            point["clauses"].append(clause)
            # A clause without parts carries the id of its point itself.
            point["own_id"] = point["own_id"] or clause["id"] == name
        for point in points.values():
            owed = (each["obligor"] for clause in point["clauses"] for each in clause["obligations"])
            point["obligors"] = list(dict.fromkeys(owed))
        return list(points.values())

    def _group(
        self, table: str, field: str, wanted: Iterable[Any], frame: pd.DataFrame | None = None
    ) -> dict[Any, list[dict[str, Any]]]:
        frame = self.briefing[table] if frame is None else frame
        found: dict[Any, list[dict[str, Any]]] = {}
        for row in self._rows(table, frame[frame[field].isin(list(wanted))]):
            found.setdefault(row[field], []).append(row)
        return found

    def _rows(self, table: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
        """Return rows with labels for codes, and with what the record rests on: marks and counts."""
        found = rows(self.briefing.labelled(table, frame))
        codes = frame["status"].astype(str) if "status" in frame else [""] * len(found)
        for row, marks, code in zip(found, self.sources.refs(table, frame["id"]), codes, strict=True):
            row["marks"] = marks
            row["status_code"] = code
            row["origins"] = self._origins(table, row["id"])
        return found

    def _origins(self, table: str, record: str) -> str:
        count = self._counts.get((table, record))
        if count is None:
            return ""
        said = []
        for number, verb in zip(count, ("support", "contradict"), strict=True):
            if number:
                said.append(f"{number} independent origin{'s' * (number != 1)} {verb}{'s' * (number == 1)}")
        return " and ".join(said) or "no origin rated A to C supports it"

    def actor(self, name: str) -> Markup:
        """Link an actor to the register."""
        return Markup('<a href="actors.html#{}">{}</a>').format(name, self.names.get(name, name))

    def clause(self, clause: str, draft: str) -> Markup:
        """Link a clause of another draft, named by its point."""
        point = clause.removeprefix(f"{draft}-").lstrip("0")
        return Markup('<a href="{}">{}, {}</a>').format(address(clause, draft), self.titles[draft], point)

    def other(self, draft: str) -> Markup:
        """Link another draft as a whole."""
        return Markup('<a href="draft-{}.html">{}</a>').format(draft, self.titles[draft])
