"""What all charts share: colours, axes, title and legend."""

from __future__ import annotations

import textwrap
from typing import Any

import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

__all__ = ["COLOURS", "SEQUENCE", "ink_on", "legend", "new_axes", "titled"]

# Okabe and Ito's colours, which readers with colour blindness can tell apart.
COLOURS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "sky": "#56B4E9",
    "pink": "#CC79A7",
    "grey": "#8C8C8C",
    "pale": "#E3E6E8",
}
SEQUENCE = [COLOURS[name] for name in ("blue", "sky", "orange", "vermilion", "grey", "pale", "pink", "green")]
_STYLE: Any = {
    "axes.edgecolor": "#8C8C8C",
    "axes.grid": False,
    "font.size": 9.5,
    "figure.dpi": 224,
}  # 2x: a column is 752 px
_WIDTH = 6.6  # inches: the width of a report's column, so that text keeps its size


def new_axes(ax: Axes | None, height: float, keys: int = 0) -> Axes:
    """Return the axes given, or new ones of a report's width and this height in inches.

    ``keys`` is the number of entries of a legend to come; the figure is that much higher.
    """
    if ax is not None:
        return ax
    height += 0.22 * -(-keys // _columns(keys))
    with sns.axes_style("white", rc=_STYLE), plt.rc_context(_STYLE):
        return plt.subplots(figsize=(_WIDTH, height), layout="constrained")[1]


def titled(ax: Axes, title: str) -> Axes:
    """Put the finding over the chart and return its axes."""
    # Anchored to the figure, not the axes: long row labels would push it off the page.
    ax.figure.suptitle(textwrap.fill(title, 74), x=0.01, ha="left", fontsize=11, weight="bold")
    # Names come from data, where a dollar sign is money and starts no formula.
    for text in [*ax.get_xticklabels(), *ax.get_yticklabels(), *ax.figure.findobj(Text)]:
        text.set_parse_math(False)
    return ax


def legend(ax: Axes, handles: list[Any]) -> None:
    """Put the legend below the chart."""
    columns = _columns(len(handles))
    ax.figure.legend(handles=handles, loc="outside lower left", ncols=columns, frameon=False, fontsize=8.5)


def _columns(keys: int) -> int:
    return 2 if keys > 3 else max(1, keys)


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour."""
    red, green, blue = to_rgb(colour)
    return "#111111" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "#FFFFFF"
