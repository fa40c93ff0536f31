"""Put sentences, tables, charts and sources into a notebook, the same way each time.

Everything here displays HTML or an image that the report template keeps: tables with a caption,
charts with alt text and their data. Text is escaped; only Markup, such as the marks that
:class:`citing.Sources` makes, goes through as it is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup, escape

from briefing_helpers.tables import captioned, html, slug, spoken, words

__all__ = ["bottom_line", "figure", "heading", "listing", "say", "table"]


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

    Text is escaped; only cells made by :class:`citing.Sources` carry links. On a narrow screen each
    row becomes a card. ``folded`` puts a long table behind its caption, to be opened by a click.
    """
    display(HTML(captioned(frame, caption, folded)))


def figure(ax: Any, source: str, data: pd.DataFrame, alt: str | None = None) -> None:
    """Show the figure of a chart with its source line and alt text, and its data behind a disclosure.

    ``data`` is what the chart draws, a row per mark. Without ``alt``, the alt text is the chart's title
    and the values of the first rows of ``data``.
    """
    import matplotlib.pyplot as plt

    fig = ax.figure
    fig.draw_without_rendering()
    # Saving makes the figure grow to hold the source line. Legends would follow its lower edge down
    # onto that line, so everything is fixed where the layout has put it.
    fig.set_layout_engine("none")
    for legend in fig.legends:
        legend.set_bbox_to_anchor((0, 0, 1, 1), fig.transFigure)
    bottom = fig.get_tightbbox().y0 / fig.get_figheight() - 0.06 / fig.get_figheight()
    line = textwrap.fill(f"Source: {source}", 110)
    fig.text(0.01, bottom, line, ha="left", va="top", fontsize=7.5, color="#555555", parse_math=False)
    told = alt if alt and alt.strip() else f"{fig.get_suptitle()}. {spoken(data)}"
    alt = " ".join(told.split())
    display(fig, metadata={"image/png": {"alt": alt}})
    plt.close(fig)
    body = html(data, "Data of the chart above")
    display(HTML(f'<details class="data"><summary>Data of this chart</summary>{body}</details>'))


def _join(sentences: Iterable[str]) -> Markup:
    return Markup(" ").join(sentences)


def _see(captions: Iterable[str]) -> str:
    links = [f'<a href="#{slug(caption)}">{escape(words(caption))}</a>' for caption in captions]
    return f'<p class="see">How do we know? {"; ".join(links)}.</p>' if links else ""
