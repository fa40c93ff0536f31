"""Put sentences, tables, charts and sources into a notebook, the same way each time.

Everything here displays HTML or an image that the report template keeps: tables with a caption,
charts with alt text and their data, and sources numbered in the order in which they are used.
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

_CODE = re.compile(r"[a-z0-9~?./]+(?:-[a-z0-9~?./]+)+")


def bottom_line(*sentences: str, see: Iterable[str] = ()) -> None:
    """Show the bottom line: two or three sentences, formatted from data.

    ``see`` lists the captions of the tables that its numbers come from; they become links.
    """
    display(HTML(f'<div class="bottom-line"><p>{escape(" ".join(sentences))}</p>{_see(see)}</div>'))


def say(*sentences: str, see: Iterable[str] = ()) -> None:
    """Show a paragraph whose numbers are formatted from data; ``see`` as for :func:`bottom_line`."""
    display(HTML(f"<p>{escape(' '.join(sentences))}</p>{_see(see)}"))


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
        """Return, for each record, links to its supporting sources and, marked so, those against it."""
        own = self._citations[self._citations["table"] == table]
        order = self._sources["reliability"].astype(str)
        own = own.assign(rank=own["source"].map(order)).sort_values(["rank", "source"], kind="stable")
        by_record = dict(list(own.groupby("record", sort=False)))
        return [self._refs(by_record.get(record)) for record in records]

    def table(
        self, table: str, records: pd.DataFrame, columns: list[str], caption: str, folded: bool = False
    ) -> None:
        """Show records of a table with labels for codes and, in a last column, their sources."""
        shown = self._briefing.labelled(table, records)
        shown = shown.assign(sources=self.refs(table, shown["id"]))[[*columns, "sources"]]
        _table(shown.rename(columns=lambda name: name.replace("_", " ")), caption, folded)

    def _refs(self, cited: pd.DataFrame | None) -> Markup:
        if cited is None:
            return Markup("")
        parts: list[str] = []
        for relation, word in (("supports", ""), ("contradicts", "against: "), ("context", "see: ")):
            ids = cited.loc[cited["relation"] == relation, "source"].drop_duplicates()
            # Context is worth a number only where nothing else is cited.
            if len(ids) and not (relation == "context" and parts):
                parts.append(word + ", ".join(self._link(source) for source in ids))
        return Markup("; ".join(parts))

    def _link(self, source: str) -> str:
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        return f'<a href="#source-{number}">{number}</a>'

    def show(self) -> None:
        """List the sources used: publisher, title, date, reliability, how much was read, link."""
        items = []
        used = self._sources.loc[list(self._numbers)].astype(object)
        for number, row in enumerate(used.where(used.notna(), "").to_dict("records"), 1):
            published = f", {escape(row['published'])}" if row["published"] else ""
            link = f' <a href="{escape(row["url"])}">{escape(_host(row["url"]))}</a>.' if row["url"] else ""
            depth = self._labels["read_depth"][row["read_depth"]].lower()
            items.append(
                f'<li id="source-{number}"><strong>{escape(row["publisher"])}</strong>, '
                f"{escape(row['title'])}{published}. "
                f"Reliability {row['reliability']}, read: {depth}.{link}</li>"
            )
        scale = "; ".join(f"{value} {label.lower()}" for value, label in self._labels["reliability"].items())
        note = f"Reliability is our judgement of the source on the Admiralty scale: {scale}."
        display(HTML(f'<p>{escape(note)}</p><ol class="sources">{"".join(items)}</ol>'))


def _table(frame: pd.DataFrame, caption: str, folded: bool) -> None:
    body = _html(frame, caption).replace("<thead>", f"<caption>{escape(caption)}</caption>\n<thead>", 1)
    if folded:
        summary = f"{escape(caption)} ({len(frame)} rows)"
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
    return "t-" + "-".join(re.findall(r"[a-z0-9]+", caption.lower()))


def _see(captions: Iterable[str]) -> str:
    links = [f'<a href="#{slug(caption)}">{escape(caption)}</a>' for caption in captions]
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
    cells = frame.astype(object).where(frame.notna(), "").map(_cell)
    # pandas cuts long text in HTML too unless told not to.
    cells.columns = [escape(str(name)) for name in frame.columns]
    with pd.option_context("display.max_colwidth", None):
        body = cells.to_html(index=False, escape=False, border=0)
    body = body.replace("<th>", '<th scope="col">').replace(' style="text-align: right;"', "")
    # On a narrow screen a row becomes a card, and each cell says which column it is.
    names = itertools.cycle(str(name) for name in frame.columns)
    body = re.sub("<td>", lambda _: f'<td data-label="{escape(next(names))}">', body)
    return f'<div class="table" role="region" tabindex="0" aria-label="{escape(label)}">{body}</div>'


def _host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.")


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, Markup):
        return str(value)
    text = str(escape(_plain(value)))
    # Ids and dates must not break at their hyphens.
    return f'<span class="id">{text}</span>' if _CODE.fullmatch(text) else text
