"""Turn frames into the HTML of tables, and into words."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

__all__ = ["captioned", "cut", "html", "slug", "spoken", "words"]

_LONGEST = 20_000  # characters of a cell; a page with more in one cell is of no use to a reader
_MARKS = re.compile(r'\s*<span class="refs">.*?</span>')
_CODE = re.compile(r"[a-z0-9~?./]+(?:-[a-z0-9~?./]+)+")


def captioned(frame: pd.DataFrame, caption: str, folded: bool = False) -> str:
    """Return a table with its caption, under an id of its own; folded, it opens by a click."""
    body = html(frame, caption).replace("<thead>", f"<caption>{escape(caption)}</caption>\n<thead>", 1)
    if not folded:
        return body.replace("<div ", f'<div id="{slug(caption)}" ', 1)
    # Marks stay in the caption: a link inside a summary cannot be told from its click.
    summary = f"{escape(words(caption))} ({len(frame)} rows)"
    return f'<details class="data" id="{slug(caption)}"><summary>{summary}</summary>{body}</details>'


def html(frame: pd.DataFrame, label: str) -> str:
    """Return a frame as a table without its index; ``label`` names its region to a screen reader."""
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
    return f'<div class="table" role="region" tabindex="0" aria-label="{escape(words(label))}">{body}</div>'


def _exact(value: Any) -> str:
    """Keep a number that is shown grouped or rounded, so that a download of the table has it as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    exact = f"{value:.15g}" if isinstance(value, float) else str(value)
    return f' data-value="{exact}"' if exact != _plain(value) else ""


def spoken(data: pd.DataFrame, most: int = 8) -> str:
    """Say the first rows of a chart's data: ``Territory: specific 4, partial 1; NATO: ...``."""
    rows: list[str] = []
    for first, *rest in data.head(most).astype(object).itertuples(index=False):
        named = zip(data.columns[1:], rest, strict=True)
        values = [
            f"{str(name).replace('_', ' ')} {_plain(value)}"
            for name, value in named
            if not isinstance(value, Markup) and pd.notna(value) and value != 0
        ]
        rows.append(f"{_plain(first)}: {', '.join(values)}" if values else _plain(first))
    more = f"; and {len(data) - most} more in the table below" if len(data) > most else ""
    return "; ".join(rows) + more + "." if rows else ""


def slug(caption: str) -> str:
    """Return the id under which a table with this caption can be linked.

    >>> slug("What Ukraine would owe, clause by clause")
    't-what-ukraine-would-owe-clause-by-clause'
    """
    return "t-" + "-".join(re.findall(r"[a-z0-9]+", words(caption).lower()))


def cut(text: str, most: int = _LONGEST) -> str:
    """Cut a text that no reader would read to its end, and say so.

    >>> cut("a long word", 6)
    'a long … (cut here; 11 characters in all)'
    """
    return text if len(text) <= most else f"{text[:most]} … (cut here; {len(text):,} characters in all)"


def words(caption: str) -> str:
    """Return the words of a caption without the marks in it."""
    marked = isinstance(caption, Markup)
    return Markup(_MARKS.sub("", caption)).striptags() if marked else caption


def _plain(value: Any) -> str:
    if isinstance(value, float):
        # One decimal of a share or a kappa would hide the difference that it is there to show.
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.{1 if abs(value) >= 1 else 2}f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, Markup):
        return str(value)
    text = str(escape(cut(_plain(value))))
    # Ids and dates must not break at their hyphens.
    return f'<span class="id">{text}</span>' if _CODE.fullmatch(text) else text
