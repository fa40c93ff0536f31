"""Make a page for each draft, on which every clause can be linked and leads to its evidence.

The record is turned into plain rows once, and each page takes its own: frames of a few rows would cost
more than all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from briefing_helpers.citing import Sources
from briefing_helpers.evidence import independence
from briefing_helpers.loading import Briefing
from briefing_helpers.report.shell import Heading, shell, template
from briefing_helpers.tables import cut

__all__ = ["address", "amount", "draft_pages", "named", "point_id", "rows"]

Row = dict[str, Any]

_TABLES = ("drafts", "clauses", "obligations", "renderings", "figures", "lineage", "positions")
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def draft_pages(briefing: Briefing) -> Iterator[tuple[str, str, str]]:
    """Yield file name, title and page of each draft, in the order of the table.

    A page holds the draft's points, and for each clause who owes what, its fate and its evidence.
    """
    tables = _plain(briefing)
    names, titles = named(briefing.actors, "name"), named(briefing.drafts, "title")
    sources = Sources(briefing)
    for draft in tables["drafts"]:
        view = _View(tables, names, titles, sources.anew(), draft["id"])
        main = template("draft.html.j2").render(view=view, amount=amount)
        contents = [Heading(point["id"], point["title"]) for point in view.points]
        contents += [Heading("positions", "Positions on the whole")] if view.positions else []
        contents += [Heading("sources", "Sources used on this page")]
        title = f"{draft['title']}, clause by clause"
        page = shell(main, title, briefing.version, briefing.digest, contents, kind="record")
        yield f"draft-{draft['id']}.html", draft["title"], page


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


def rows(frame: pd.DataFrame) -> list[Row]:
    """Return a frame as plain dicts, with "" for blanks and endless text cut."""
    columns = []
    for name in frame.columns:
        cells = zip(frame[name].astype(object).tolist(), frame[name].isna().tolist(), strict=True)
        columns.append(
            ["" if blank else cut(cell) if isinstance(cell, str) else cell for cell, blank in cells]
        )
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(briefing: Briefing) -> dict[str, list[Row]]:
    """Return the rows that drafts are made of, with labels for codes and how many origins bear them out."""
    counts = independence(briefing)
    counted = (counts[name].tolist() for name in ("table", "record", "supports", "contradicts"))
    sides = {(table, record): number for table, record, *number in zip(*counted, strict=True)}
    tables = {}
    for table in _TABLES:
        found, frame = rows(briefing.labelled(table)), briefing[table]
        codes = frame["status"].astype(str).tolist() if "status" in frame else [""] * len(found)
        for row, code in zip(found, codes, strict=True):
            row["status_code"], row["origins"] = code, _origins(sides.get((table, row["id"])))
        tables[table] = found
    return tables


def _origins(sides: list[int] | None) -> str:
    if sides is None:
        return ""
    said = []
    for number, verb in zip(sides, ("support", "contradict"), strict=True):
        if number:
            said.append(f"{number} independent origin{'s' * (number != 1)} {verb}{'s' * (number == 1)}")
    return " and ".join(said) or "no origin rated A to C supports it"


class _View:
    """What the template of a draft asks for: its rows, and marks on them."""

    def __init__(
        self,
        tables: Mapping[str, list[Row]],
        names: Mapping[str, str],
        titles: Mapping[str, str],
        sources: Sources,
        draft: str,
    ) -> None:
        self.names, self.titles, self.sources = names, titles, sources
        self._tables = tables
        [self.draft] = self._marked("drafts", lambda row: row["id"] == draft)
        clauses = [row for row in tables["clauses"] if row["draft"] == draft]
        ids = {row["id"] for row in clauses}
        sources.refs("clauses", [row["id"] for row in clauses])  # numbers run through the clauses first
        points = {row["point"] for row in tables["positions"] if row["draft"] == draft} - {""}
        self._obligations = self._group("obligations", "clause", ids)
        self._renderings = self._group("renderings", "clause", ids)
        self._figures = self._group("figures", "clause", ids)
        self._later = self._group("lineage", "from_clause", ids)
        self._earlier = self._group("lineage", "to_clause", ids)
        self._positions = self._group("positions", "point", points, draft)
        self.points = self._points(self._marked("clauses", lambda row: row["draft"] == draft))
        self.positions = self._marked("positions", lambda row: row["draft"] == draft and row["point"] == "")
        # Clauses of an earlier draft that this one leaves out stand on no clause of this page.
        self.dropped = self._marked(
            "lineage", lambda row: row["to_draft"] == draft and row["to_clause"] == ""
        )

    def _points(self, clauses: list[Row]) -> list[Row]:
        points: dict[str, Row] = {}
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
        self, table: str, field: str, wanted: Collection[Any], draft: str = ""
    ) -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = {}
        for row in self._marked(table, lambda row: row[field] in wanted and draft in ("", row.get("draft"))):
            found.setdefault(row[field], []).append(row)
        return found

    def _marked(self, table: str, wanted: Callable[[Row], bool]) -> list[Row]:
        """Return rows of a table with the marks of what they rest on."""
        found = [row for row in self._tables[table] if wanted(row)]
        marks = self.sources.refs(table, [row["id"] for row in found])
        return [{**row, "marks": mark} for row, mark in zip(found, marks, strict=True)]

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
