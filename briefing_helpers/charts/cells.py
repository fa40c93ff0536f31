"""Lettered and coloured cells, from which matrices of judgements are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from briefing_helpers.charts.style import Shade, ink_on

__all__ = ["EMPTY", "cell", "row_of_cells"]

EMPTY = Shade("#F4F5F6")  # nothing on record


def cell(
    ax: Axes,
    box: tuple[float, float, float, float],
    look: Shade,
    text: str,
    size: float = 9,
    bold: bool = False,
) -> None:
    """Draw one cell: ``box`` is left, top, width and height in data units, ``text`` its letters."""
    left, top, width, height = box
    style: dict[str, Any] = {"facecolor": look.colour, "edgecolor": "#FFFFFF", "linewidth": 0.8}
    ax.add_patch(Rectangle((left, top), width, height, hatch=look.hatch or None, **style))
    # On a hatch letters need a ground of their own.
    ground = {
        "boxstyle": f"round,pad={0.4 if size > 8 else 0.05}",
        "facecolor": look.colour,
        "edgecolor": "none",
    }
    ax.text(
        left + width / 2,
        top + height / 2,
        text,
        ha="center",
        va="center",
        fontsize=size,
        weight="bold" if bold else "normal",
        linespacing=1.15,
        color=ink_on(look.colour),
        bbox=ground if look.hatch else None,
    )


def row_of_cells(
    ax: Axes,
    box: tuple[float, float, float, float],
    parts: Sequence[tuple[Shade, str]],
    size: float = 9,
    bold: bool = False,
) -> None:
    """Share a box between cells side by side, each with its look and letters."""
    left, top, width, height = box
    for at, (look, text) in enumerate(parts):
        share = width / len(parts)
        cell(ax, (left + at * share, top, share, height), look, text, size, bold)
