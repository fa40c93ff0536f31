"""Cite the sources that records rest on: marks beside a record, and the list that they lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from operator import itemgetter
from typing import Any

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup, escape

from briefing_helpers.loading import Briefing
from briefing_helpers.notebook import listing
from briefing_helpers.tables import captioned, cut

__all__ = ["Sources"]

_Line = tuple[str, str, str, str]  # reliability, source, relation, place


class Sources:
    """Number the sources a notebook uses, in order of use, and list them at its end.

    One per notebook. ``refs`` gives the numbers that stand beside a record, ``show`` the list.
    """

    def __init__(self, briefing: Briefing) -> None:
        """Start with no source used."""
        self._briefing = briefing
        self._sources = briefing.sources.set_index("id")
        self._cited = self._by_record(briefing.citations)
        self._labels = {name: briefing.labels("sources", name) for name in ("read_depth", "reliability")}
        self._numbers: dict[str, int] = {}

    def anew(self) -> Sources:
        """Return a list of sources on the same record with none used yet; cheaper than a new one."""
        fresh = copy(self)
        fresh._numbers = {}
        return fresh

    def refs(self, table: str, records: Iterable[str]) -> list[Markup]:
        """Return, for each record, marks that lead to its sources; those against it are marked so.

        A mark is a link to the numbered source in the list that ``show`` makes. It carries the place in
        that source and what the source does for the record, which a report shows beside the mark.
        """
        return self.together([(table, record)] for record in records)

    def together(self, groups: Iterable[Iterable[tuple[str, str]]]) -> list[Markup]:
        """Return, for each group of records (table and id), marks as :meth:`refs` makes them.

        Each source of a group is marked once; its place is left out where the group has several records.
        """
        marks = []
        for group in map(list, groups):
            cited: dict[str, dict[str, list[str]]] = {}  # relation, source: places
            lines = (line for pair in group for line in self._cited.get(pair, []))
            for _, source, relation, place in sorted(lines, key=itemgetter(0, 1)):  # stable: places stay
                places = cited.setdefault(relation, {}).setdefault(source, [])
                if place and place not in places and len(group) == 1:
                    places.append(place)
            marks.append(self._refs(cited))
        return marks

    def cite(self, text: str, table: str, *records: str) -> Markup:
        """Return a sentence or caption followed by the marks of the records it rests on."""
        marks = Markup("; ").join(filter(None, self.refs(table, records)))
        return Markup('{} <span class="refs">[{}]</span>').format(text, marks) if marks else escape(text)

    def table(
        self, table: str, records: pd.DataFrame, columns: list[str], caption: str, folded: bool = False
    ) -> None:
        """Show records of a table with labels for codes and, in a last column, their sources."""
        shown = self._briefing.labelled(table, records)
        shown = shown.assign(sources=self.refs(table, shown["id"]))[[*columns, "sources"]]
        shown = shown.rename(columns=lambda name: name.replace("_", " "))
        display(HTML(captioned(shown, caption, folded)))

    def _by_record(self, citations: pd.DataFrame) -> dict[tuple[str, str], list[_Line]]:
        """Collect reliability, source, relation and place of what is cited for each record."""
        sources = citations["source"]
        columns = (
            sources.map(self._sources["reliability"].astype(str)),
            sources,
            citations["relation"].astype(str),
            citations["locator"].fillna(""),
        )
        cited: defaultdict[tuple[str, str], list[_Line]] = defaultdict(list)
        # Lists: walking over a column of pandas takes ten times as long.
        pairs = zip(citations["table"].astype(str).tolist(), citations["record"].tolist(), strict=True)
        lines = zip(*(column.tolist() for column in columns), strict=True)
        for pair, line in zip(pairs, lines, strict=True):
            cited[pair].append(line)
        return cited

    def _refs(self, cited: dict[str, dict[str, list[str]]]) -> Markup:
        parts: list[str] = []
        for relation, word in (("supports", ""), ("contradicts", "against: "), ("context", "see: ")):
            # Context is worth a number only where nothing else is cited.
            if relation in cited and not (relation == "context" and parts):
                links = (
                    self._link(source, relation, ", ".join(at)) for source, at in cited[relation].items()
                )
                parts.append(word + ", ".join(links))
        return Markup("; ".join(parts))

    def _link(self, source: str, relation: str, place: str) -> str:
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        # What is the rule is left out: a page holds thousands of marks.
        does = f' data-relation="{relation}"' if relation != "supports" else ""
        at = f' data-at="{escape(place)}"' if place else ""
        return f'<a href="#source-{number}"{at}{does}>{number}</a>'

    def show(self) -> None:
        """List the sources used: publisher, title, date, reliability, how much was read, origin, link."""
        display(HTML(self.listed()))

    def listed(self) -> Markup:
        """Return the list of the sources used so far, as ``show`` displays it."""
        used = self._sources.loc[list(self._numbers)].astype(object)
        sharing: dict[str, list[int]] = {}
        for number, origin in enumerate(used["origin"], 1):
            sharing.setdefault(str(origin), []).append(number)
        items = [
            self._item(number, row, [each for each in sharing[str(row["origin"])] if each != number])
            for number, row in enumerate(used.where(used.notna(), "").to_dict("records"), 1)
        ]
        scale = "; ".join(f"{value} {label.lower()}" for value, label in self._labels["reliability"].items())
        note = f"Reliability is our judgement of the source on the Admiralty scale: {scale}."
        if len(sharing) < len(used):
            note += f" These {len(used)} sources go back to {len(sharing)} origins; each origin counts once."
        return Markup('<p>{}</p><ol class="sources">{}</ol>').format(note, Markup("").join(items))

    def _item(self, number: int, row: dict[Any, Any], same: list[int]) -> Markup:
        published = f", {row['published']}" if row["published"] else ""
        grade = self._labels["reliability"][row["reliability"]].lower()
        depth = self._labels["read_depth"][row["read_depth"]].lower()
        once = f" Same origin as {listing(map(str, same))}: they count once." if same else ""
        return Markup(
            '<li id="source-{}"><strong>{}</strong>, {}{}. Reliability {} ({}), read: {}.{}{}</li>'
        ).format(
            number,
            cut(row["publisher"]),
            cut(row["title"]),
            published,
            row["reliability"],
            grade,
            depth,
            once,
            _web(row["url"]),
        )


def _web(url: str) -> Markup:
    """Link an address on the web; leave out whatever else stands in its field."""
    address = re.match(r"https?://(?:www\.)?([^/?#\s]+)\S*$", str(url))
    return Markup(' <a href="{}">{}</a>.').format(url, address[1]) if address else Markup("")
