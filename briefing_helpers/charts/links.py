"""How tables join."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from briefing_helpers.charts.style import COLOURS, new_axes, titled

__all__ = ["links"]


def links(joins: pd.DataFrame, title: str, ax: Axes | None = None) -> Axes:
    """Draw how tables join: a line from each table on the left to each it refers to on the right.

    ``joins`` is :func:`codebook.joins`: ``table``, ``field``, ``refers to``. Each target has a colour.
    """
    left, right = list(joins["table"].unique()), list(joins["refers to"].unique())
    ax = new_axes(ax, height=1.0 + 0.34 * len(left))
    shades = dict(zip(right, ["blue", "orange", "green", "vermilion", "pink", "sky"], strict=False))
    box = {"boxstyle": "round,pad=0.35", "facecolor": "#F4F5F6", "edgecolor": "#8C8C8C"}
    step = (len(left) - 1) / max(len(right) - 1, 1)
    for table, target in joins[["table", "refers to"]].drop_duplicates().itertuples(index=False):
        ends = (0.3, left.index(table)), (0.7, step * right.index(target))
        shade = COLOURS[shades.get(target, "grey")]
        ax.annotate("", ends[1], ends[0], arrowprops={"arrowstyle": "-|>", "color": shade, "linewidth": 1.3})
    for at, name in enumerate(left):
        ax.text(0.28, at, name, ha="right", va="center", bbox=box)
    for at, name in enumerate(right):
        edge = COLOURS[shades.get(name, "grey")]
        ax.text(
            0.72, step * at, name, ha="left", va="center", bbox={**box, "edgecolor": edge, "linewidth": 2}
        )
    ax.set_xlim(0, 1)
    ax.set_ylim(len(left) - 0.4, -0.6)
    ax.axis("off")
    return titled(ax, title)
