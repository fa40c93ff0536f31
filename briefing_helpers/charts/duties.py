"""Who owes whom, with the range that two coders leave."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from briefing_helpers.charts.style import COLOURS, ink_on, legend, new_axes, titled

__all__ = ["owed", "ranges"]

_INK = "#1B1B1B"
_FIRST: Any = {"marker": "o", "markersize": 5.5, "color": COLOURS["blue"], "linestyle": "none"}
_SECOND: Any = {
    "marker": "s",
    "markersize": 10,
    "color": _INK,
    "markerfacecolor": "none",
    "linestyle": "none",
}


def owed(pairs: pd.DataFrame, title: str, xlabel: str, ylabel: str, ax: Axes | None = None) -> Axes:
    """Draw a matrix of duties by who owes and who gains: the first coder's count, below it its range.

    ``pairs`` are :func:`obligations.pairs`. Rows and columns stand in order of size, with their totals
    in a last column and row. A range is given where the coders differ; a cell that no coder fills is empty.
    """
    columns = ["first", "low", "high"]
    rows, gains = (pairs.groupby(name, sort=False)[columns].sum() for name in ("owed_by", "owed_to"))
    rows, gains = (frame.sort_values("first", ascending=False, kind="stable") for frame in (rows, gains))
    ax = new_axes(ax, 1.7 + 0.37 * (len(rows) + 1))
    blues = sns.color_palette("Blues", as_cmap=True)
    most = max([*pairs["first"], 1])
    for by, to, *counts in pairs[["owed_by", "owed_to", *columns]].itertuples(index=False, name=None):
        ground = to_hex(blues(0.72 * counts[0] / most + 0.08)) if counts[0] else "#F4F5F6"
        _cell(ax, list(gains.index).index(to), list(rows.index).index(by), counts, ground)
    for at, counts in enumerate(gains.to_numpy().tolist()):
        _cell(ax, at, len(rows), counts, None)
    for at, row in enumerate(rows["first"]):
        # Who owes is not contested: a row's total has no range.
        _cell(ax, len(gains), at, [row, row, row], None)
    total = int(rows["first"].sum())
    _cell(ax, len(gains), len(rows), [total, total, total], None)
    ax.set_xlim(0, len(gains) + 1)
    ax.set_ylim(len(rows) + 1, 0)
    names = [textwrap.fill(name, 9) for name in [*gains.index, "Total"]]
    ax.set_xticks([at + 0.5 for at in range(len(names))], names, fontsize=8, linespacing=0.95)
    ax.set_yticks([at + 0.5 for at in range(len(rows) + 1)], [*rows.index, "Total"])
    ax.xaxis.set_label_position("top")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlabel(xlabel, labelpad=7)
    ax.set_ylabel(ylabel)
    sns.despine(ax=ax, left=True, bottom=True)
    return titled(ax, title)


def _cell(ax: Axes, x: int, y: int, counts: list[int], ground: str | None) -> None:
    first, low, high = counts
    if ground:
        ax.add_patch(Rectangle((x, y), 0.95, 0.93, facecolor=ground, edgecolor="none"))
    ink, weight = (ink_on(ground), "normal") if ground else (_INK, "bold")
    wide = low != high
    ax.text(
        x + 0.47, y + (0.3 if wide else 0.47), f"{first}", ha="center", va="center", color=ink, weight=weight
    )
    if wide:
        ax.text(x + 0.47, y + 0.73, f"{low}–{high}", ha="center", va="center", color=ink, fontsize=8)


def ranges(counts: pd.DataFrame, title: str, xlabel: str, name: str = "way", ax: Axes | None = None) -> Axes:
    """Draw counts with the range that contested codings leave: a bar, and a mark for each coder.

    ``counts`` has ``name``, ``first``, ``second``, ``low`` and ``high`` a row; a ``pair``, where there is
    one, sets rows apart. The first coder's mark is a filled dot, the second's a hollow square around or
    beside it; the numbers stand at the end.
    """
    group = counts["pair"] if "pair" in counts else pd.Series("", index=counts.index)
    # Half a row of space where a pair ends.
    at = [row + 0.5 * gap for row, gap in enumerate((group != group.shift()).cumsum() - 1)]
    ax = new_axes(ax, 0.9 + 0.27 * (max(at, default=0) + 1), keys=3)
    for y, row in zip(at, counts.to_dict("records"), strict=True):
        width = row["high"] - row["low"]
        ax.barh(y, width, left=row["low"], height=0.42, color="#B8C4CC", linewidth=0)
        ax.plot([row["second"]], [y], **_SECOND)
        ax.plot([row["first"]], [y], **_FIRST)
        label = f"{row['first']}" if not width else f"{row['first']}, range {row['low']} to {row['high']}"
        ax.annotate(label, (row["high"], y), (11, 0), textcoords="offset points", va="center", fontsize=8.5)
    ax.set_yticks(at, list(counts[name]))
    ax.set_ylim(max(at, default=0) + 0.6, -0.6)
    ax.set_xlim(-0.25, 1.3 * max([*counts["high"], 1]))
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    ax.grid(axis="x", color="#E3E6E8", linewidth=0.8)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    legend(
        ax,
        [
            Line2D([], [], **_FIRST, label="First coder"),
            Line2D([], [], **_SECOND, label="Second coder"),
            Patch(facecolor="#B8C4CC", label="Range over contested codings"),
        ],
    )
    return titled(ax, title)
