"""Put sentences, tables, charts and sources into a notebook, the same way each time.

Everything here displays HTML or an image that the report template keeps: tables with a caption,
charts with alt text and their data, and sources numbered in the order in which they are used. Text is
escaped; only Markup, such as the marks that :class:`Sources` makes, goes through as it is.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup, escape

from briefing_helpers.loading import Briefing

__all__ = ["Sources", "bottom_line", "figure", "heading", "listing", "say", "table"]

_LONGEST = 20_000  # characters of a cell; a page with more in one cell is of no use to a reader
_MARKS = re.compile(r'\s*<span class="refs">.*?</span>')
_CODE = re.compile(r"[a-z0-9~?./]+(?:-[a-z0-9~?./]+)+")


def bottom_line(*sentences: str, see: Iterable[str] = ()) -> None:
    """Show the bottom line: two or three sentences, formatted from data.

    ``see`` lists the captions of the tables that its numbers come from; they become links.
    """
    display(HTML(f'<div class="bottom-line"><p>{_join(sentences)}</p>{_see(see)}</div>'))


def say(*sentences: str, see: Iterable[str] = ()) -> None:
    """Show a paragraph whose numbers are formatted from data; ``see`` as for :func:`bottom_line`."""
    display(HTML(f"<p>{_join(sentences)}</p>{_see(see)}"))


def heading(text: str) -> None:
    """Show a third-level heading made from data."""
    display(HTML(f"<h3>{escape(text)}</h3>"))


def listing(items: Iterable[str], limit: int = 30) -> str:
    """Join items as a sentence does.

    >>> listing(["force caps", "amnesty", "elections"])
    'force caps, amnesty and elections'
    """
    words = [str(item) for item in items]
    if len(words) > limit:
        words = [*words[:limit], f"{len(words) - limit} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def table(frame: pd.DataFrame, caption: str, folded: bool = False) -> None:
    """Show a frame as a captioned table without its index; blank cells stay empty.

    Text is escaped; only cells made by :class:`Sources` carry links. On a narrow screen each
    row becomes a card. ``folded`` puts a long table behind its caption, to be opened by a click.
    """
    _table(frame, caption, folded)


def figure(ax: Any, source: str, data: pd.DataFrame, alt: str | None = None) -> None:
    """Show the figure of a chart with its source line and alt text, and its data behind a disclosure.

    ``data`` is what the chart draws, a row per mark. Without ``alt``, the alt text is the chart's title
    and the values of the first rows of ``data``.
    """
    import matplotlib.pyplot as plt

    fig = ax.figure
    fig.canvas.draw()
    # Saving makes the figure grow to hold the source line. Legends would follow its lower edge down
    # onto that line, so everything is fixed where the layout has put it.
    fig.set_layout_engine("none")
    for legend in fig.legends:
        legend.set_bbox_to_anchor((0, 0, 1, 1), fig.transFigure)
    bottom = fig.get_tightbbox().y0 / fig.get_figheight() - 0.06 / fig.get_figheight()
    line = textwrap.fill(f"Source: {source}", 110)
    fig.text(0.01, bottom, line, ha="left", va="top", fontsize=7.5, color="#555555", parse_math=False)
    spoken = alt if alt and alt.strip() else f"{fig.get_suptitle()}. {_spoken(data)}"
    alt = " ".join(spoken.split())
    display(fig, metadata={"image/png": {"alt": alt}})
    plt.close(fig)
    body = _html(data, "Data of the chart above")
    display(HTML(f'<details class="data"><summary>Data of this chart</summary>{body}</details>'))


class Sources:
    """Number the sources a notebook uses, in order of use, and list them at its end.

    One per notebook. ``refs`` gives the numbers that stand beside a record, ``show`` the list.
    """

    def __init__(self, briefing: Briefing) -> None:
        """Start with no source used."""
        self._briefing = briefing
        self._citations = briefing.citations
        self._sources = briefing.sources.set_index("id")
        self._labels = {name: briefing.labels("sources", name) for name in ("read_depth", "reliability")}
        self._numbers: dict[str, int] = {}

    def refs(self, table: str, records: Iterable[str]) -> list[Markup]:
        """Return, for each record, marks that lead to its sources; those against it are marked so.

        A mark is a link to the numbered source in the list that ``show`` makes. It carries the place in
        that source and what the source does for the record, which a report shows beside the mark.
        """
        wanted = list(records)
        own = self._citations[self._citations["table"] == table]
        own = own[own["record"].isin(wanted)]
        order = self._sources["reliability"].astype(str)
        own = own.assign(rank=own["source"].map(order)).sort_values(["rank", "source"], kind="stable")
        cited: dict[str, dict[str, dict[str, list[str]]]] = {}  # record, relation, source: places
        for record, relation, source, place in zip(
            own["record"], own["relation"].astype(str), own["source"], own["locator"].fillna(""), strict=True
        ):
            places = cited.setdefault(record, {}).setdefault(relation, {}).setdefault(source, [])
            if place and place not in places:
                places.append(place)
        return [self._refs(cited.get(record, {})) for record in wanted]

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
        _table(shown.rename(columns=lambda name: name.replace("_", " ")), caption, folded)

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


def _table(frame: pd.DataFrame, caption: str, folded: bool) -> None:
    body = _html(frame, caption).replace("<thead>", f"<caption>{escape(caption)}</caption>\n<thead>", 1)
    if folded:
        # Marks stay in the caption: a link inside a summary cannot be told from its click.
        summary = f"{escape(_words(caption))} ({len(frame)} rows)"
        display(
            HTML(f'<details class="data" id="{slug(caption)}"><summary>{summary}</summary>{body}</details>')
        )
    else:
        display(HTML(body.replace("<div ", f'<div id="{slug(caption)}" ', 1)))


def slug(caption: str) -> str:
    """Return the id under which a table with this caption can be linked.

    >>> slug("What Ukraine would owe, clause by clause")
    't-what-ukraine-would-owe-clause-by-clause'
    """
    return "t-" + "-".join(re.findall(r"[a-z0-9]+", _words(caption).lower()))


def cut(text: str, most: int = _LONGEST) -> str:
    """Cut a text that no reader would read to its end, and say so.

    >>> cut("a long word", 6)
    'a long … (cut here; 11 characters in all)'
    """
    return text if len(text) <= most else f"{text[:most]} … (cut here; {len(text):,} characters in all)"


def _see(captions: Iterable[str]) -> str:
    links = [f'<a href="#{slug(caption)}">{escape(_words(caption))}</a>' for caption in captions]
    return f'<p class="see">How do we know? {"; ".join(links)}.</p>' if links else ""


def _spoken(data: pd.DataFrame, most: int = 8) -> str:
    """Say the first rows of a chart's data: ``Territory: specific 4, partial 1; NATO: ...``."""
    rows: list[str] = []
    for first, *rest in data.head(most).astype(object).itertuples(index=False):
        named = zip(data.columns[1:], rest, strict=True)
        values = [
            f"{name} {_plain(value)}"
            for name, value in named
            if not isinstance(value, Markup) and pd.notna(value) and value != 0
        ]
        rows.append(f"{_plain(first)}: {', '.join(values)}" if values else _plain(first))
    more = f"; and {len(data) - most} more in the table below" if len(data) > most else ""
    return "; ".join(rows) + more + "." if rows else ""


def _html(frame: pd.DataFrame, label: str) -> str:
    raw = frame.astype(object).where(frame.notna(), "")
    cells = raw.map(_cell)
    # pandas cuts long text in HTML too unless told not to.
    cells.columns = [escape(str(name)) for name in frame.columns]
    with pd.option_context("display.max_colwidth", None):
        body = cells.to_html(index=False, escape=False, border=0)
    body = body.replace("<th>", '<th scope="col">').replace(' style="text-align: right;"', "")
    # On a narrow screen a row becomes a card, and each cell says which column it is.
    names = itertools.cycle(str(name) for name in frame.columns)
    values = iter(raw.to_numpy().ravel())
    body = re.sub("<td>", lambda _: f'<td data-label="{escape(next(names))}"{_exact(next(values))}>', body)
    return f'<div class="table" role="region" tabindex="0" aria-label="{escape(_words(label))}">{body}</div>'


def _exact(value: Any) -> str:
    """Keep a number that is shown grouped or rounded, so that a download of the table has it as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    exact = f"{value:.15g}" if isinstance(value, float) else str(value)
    return f' data-value="{exact}"' if exact != _plain(value) else ""


def _join(sentences: Iterable[str]) -> Markup:
    return Markup(" ").join(sentences)


def _words(caption: str) -> str:
    """Return the words of a caption without the marks in it."""
    marked = isinstance(caption, Markup)
    return Markup(_MARKS.sub("", caption)).striptags() if marked else caption


def _web(url: str) -> Markup:
    """Link an address on the web; leave out whatever else stands in its field."""
    address = re.match(r"https?://(?:www\.)?([^/?#\s]+)\S*$", str(url))
    return Markup(' <a href="{}">{}</a>.').format(url, address[1]) if address else Markup("")


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, Markup):
        return str(value)
    text = str(escape(cut(_plain(value))))
    # Ids and dates must not break at their hyphens.
    return f'<span class="id">{text}</span>' if _CODE.fullmatch(text) else text
