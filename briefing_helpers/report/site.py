"""Join all pages: reports with their neighbours, drafts, registers and the front page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing_helpers.loading import Briefing
from briefing_helpers.report import search
from briefing_helpers.report.changes import newest
from briefing_helpers.report.drafts import draft_pages, rows
from briefing_helpers.report.page import Page
from briefing_helpers.report.registers import registers
from briefing_helpers.report.shell import Neighbour, link_neighbours, shell, template

__all__ = ["front_page", "record_pages", "site"]

_EXAMPLES = ("point 14", "frozen assets", "Witkoff", "Geneva")


def site(
    pages: Sequence[Page],
    briefing: Briefing,
    changelog: Path | None = None,
    record: dict[str, str] | None = None,
) -> dict[str, str]:
    """Return every file of the reports by name.

    ``changelog`` says what changed; without it, the one beside the data is taken where there is one.
    ``record`` is what :func:`record_pages` returns, where that is made already.
    """
    changelog = changelog or briefing.schema.folder.parent / "CHANGELOG.md"
    texts = _chain([(page.name, page.title, page.html) for page in pages])
    record = record_pages(briefing) if record is None else record
    return {**texts, **record, "index.html": front_page(pages, briefing, changelog)}


def record_pages(briefing: Briefing) -> dict[str, str]:
    """Return the pages made from the data alone: a page per draft, and the registers."""
    return {**_chain(list(draft_pages(briefing))), **registers(briefing)}


def front_page(pages: Sequence[Page], briefing: Briefing, changelog: Path) -> str:
    """Return the front page: search, drafts, reports with their bottom lines, and what changed."""
    counts = briefing.clauses["draft"].value_counts().to_dict()
    most = max(counts, key=lambda draft: counts[draft], default=None)
    drafts = [
        {
            **row,
            "clauses": f"{counts[row['id']]} clauses coded" if row["id"] in counts else "Wording not public",
            "first": row["id"] == most,
        }
        for row in rows(briefing.drafts)
    ]
    main = template("front.html.j2").render(
        title=briefing.schema.title,
        version=briefing.version,
        pages=pages,
        drafts=sorted(drafts, key=lambda draft: not draft["first"]),
        changes=newest(changelog),
        examples=_EXAMPLES,
        index=search.index(briefing, pages),
    )
    return shell(
        main,
        briefing.schema.title,
        briefing.version,
        briefing.digest,
        scripts=["search.js"],
        kind="front",
    )


def _chain(made: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Link each page to the one before and the one after it."""
    neighbours = [None, *(Neighbour(name, title) for name, title, _ in made), None]
    return {
        name: link_neighbours(html, before, after)
        for (name, _, html), before, after in zip(made, neighbours, neighbours[2:], strict=False)
    }
