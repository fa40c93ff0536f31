"""The points of a plan at a glance."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from briefing_helpers.charts.style import ink_on, legend, new_axes, shades, titled

__all__ = ["outline"]

_STATED = {"condition": "Condition", "quantity": "Figure", "deadline": "Deadline", "duration": "Duration"}


def outline(clauses: pd.DataFrame, title: str, ax: Axes | None = None) -> Axes:
    """Draw one row per point of a draft: its clauses, shaded by precision, and what they state.

    ``clauses`` are those of one draft, labelled (``point``, ``part``, ``topic``, ``precision``,
    ``condition``, ``quantity``, ``deadline``, ``duration``). A square is a clause and carries the letter of
    its part. A dot tells that the point states a condition, figure, deadline or duration, and for a
    point with parts in which of them. The row is named after the topic of the first clause.
    """
    present = clauses["precision"].drop_duplicates().sort_values()
    looks = shades(present.astype(str))
    points = list(clauses.groupby("point", sort=True))
    ax = new_axes(ax, 0.9 + 0.215 * len(points), keys=len(looks))
    first = 1.3 + max((len(own) for _, own in points), default=1)
    columns = {field: first + 2.1 * at for at, field in enumerate(_STATED)}
    names = []
    for row, (point, own) in enumerate(points):
        if row % 2:
            ax.axhspan(row - 0.5, row + 0.5, color="#F4F5F6", linewidth=0, zorder=0)
        names.append(f"{own['topic'].iloc[0]}  {point}")
        parts = list(own["part"].astype(object).where(own["part"].notna(), ""))
        for at, (part, precision) in enumerate(zip(parts, own["precision"].astype(str), strict=True)):
            look = looks[precision]
            box = Rectangle(
                (at, row - 0.4), 0.88, 0.8, facecolor=look.colour, hatch=look.hatch, edgecolor="#FFFFFF"
            )
            ax.add_patch(box)
            letter = ax.text(at + 0.44, row, part, ha="center", va="center", fontsize=8)
            letter.set_color(ink_on(look.colour))
            if look.hatch and part:
                # On a hatch a letter needs a ground of its own.
                letter.set_bbox({"boxstyle": "round,pad=0.15", "facecolor": look.colour, "edgecolor": "none"})
        for field, x in columns.items():
            stated = [part for part, value in zip(parts, own[field], strict=True) if pd.notna(value)]
            if stated:
                ax.plot([x], [row], marker="o", markersize=5.5, color="#1B1B1B", linestyle="none")
                ax.text(x + 0.25, row, " ".join(stated), ha="left", va="center", fontsize=8)
    ax.set_yticks(range(len(names)), names, fontsize=8.5)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(-0.2, first + 2.1 * len(columns) - 0.6)
    ax.xaxis.tick_top()
    ticks = {"Clauses": 0.0, **{_STATED[field]: x - 0.15 for field, x in columns.items()}}
    ax.set_xticks(list(ticks.values()), list(ticks), fontsize=8.5, ha="left")
    ax.tick_params(length=0)
    sns.despine(ax=ax, left=True, bottom=True)
    keys = [
        Patch(facecolor=look.colour, hatch=look.hatch, edgecolor="#FFFFFF", label=name)
        for name, look in looks.items()
    ]
    legend(ax, keys)
    return titled(ax, title)
