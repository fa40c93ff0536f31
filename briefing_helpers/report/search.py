"""Make the index that the front page searches: a line per point, clause, actor, event and source."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup

from briefing_helpers.loading import Briefing
from briefing_helpers.report.drafts import address, named, point_id, rows
from briefing_helpers.report.page import Page
from briefing_helpers.tables import cut

__all__ = ["entries", "index"]

_MOST = 600  # characters of an entry; more would be no line of a list

Entry = tuple[str, str, str, str, int]


def index(briefing: Briefing, pages: Sequence[Page]) -> Markup:
    """Return the index as JSON that may stand in a script element.

    ``words`` holds what entries of one draft share, so that it stands there once.
    """
    found, words = entries(briefing, pages)
    found = [(kind, cut(label, _MOST), cut(said, _MOST), href, at) for kind, label, said, href, at in found]
    words = [cut(each, _MOST) for each in words]
    text = json.dumps({"entries": found, "words": words}, ensure_ascii=False, separators=(",", ":"))
    # No sequence of characters may end the element that holds it.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def entries(briefing: Briefing, pages: Sequence[Page]) -> tuple[list[Entry], list[str]]:
    """List what can be found: kind, label, text, where it leads, and the number of shared words.

    Drafts with more clauses come first, so that a point asked for by number alone is that of the
    draft most is known of.
    """
    drafts = briefing.drafts.set_index("id")
    sizes = briefing.clauses["draft"].value_counts(sort=True)
    order = [*sizes.index, *(each for each in drafts.index if each not in sizes.index)]
    words = ["", *(f"{drafts.loc[each, 'authors']} {drafts.loc[each, 'summary']}" for each in order)]
    number = {draft: place for place, draft in enumerate(order, 1)}
    found: list[Entry] = []
    owed = _owed(briefing)
    for draft in order:
        found += _of_draft(briefing, draft, number[draft], owed)
    found += [("Report", page.title, f"{page.question} {page.bottom_line}", page.name, 0) for page in pages]
    for row in rows(briefing.actors):
        found.append(("Actor", row["name"], row["role"], f"actors.html#{row['id']}", 0))
    for row in rows(briefing.events):
        label = f"{row['title']}, {row['date']}" if row["date"] else row["title"]
        found.append(("Event", label, row["summary"], f"events.html#{row['id']}", 0))
    for row in rows(briefing.sources):
        text = f"{row['title']} {row['published']}, reliability {row['reliability']}"
        found.append(("Source", row["publisher"], text, f"sources.html#{row['id']}", 0))
    return found, words


def _owed(briefing: Briefing) -> dict[str, list[str]]:
    """Return the names of those who owe something under each clause."""
    names = named(briefing.actors, "name")
    owed: dict[str, list[str]] = {}
    for row in rows(briefing.obligations[["clause", "obligor"]]):
        owed.setdefault(row["clause"], []).append(names.get(row["obligor"], str(row["obligor"])))
    return owed


def _of_draft(briefing: Briefing, draft: str, number: int, owed: dict[str, list[str]]) -> list[Entry]:
    title = named(briefing.drafts, "title")[draft]
    clauses = rows(briefing.labelled("clauses", briefing.clauses[briefing.clauses["draft"] == draft]))
    found: list[Entry] = [("Draft", title, "", f"draft-{draft}.html", number)]
    points: dict[str, list[dict[str, object]]] = {}
    for clause in clauses:
        points.setdefault(point_id(clause), []).append(clause)
    for point, own in points.items():
        if len(own) > 1:
            who = dict.fromkeys(name for clause in own for name in owed.get(str(clause["id"]), []))
            text = f"{own[0]['topic']}, {len(own)} clauses. Who owes: {', '.join(who) or 'nobody'}."
            found.append(("Point", f"Point {own[0]['point']}, {title}", text, address(point, draft), number))
        for clause in own:
            label = f"Point {clause['point']}{clause['part']}, {title}"
            who = dict.fromkeys(owed.get(str(clause["id"]), []))
            text = f"{clause['summary']} Who owes: {', '.join(who) or 'nobody'}. {clause['topic']}."
            found.append(("Clause", label, text, address(str(clause["id"]), draft), number))
    return found
