"""What all charts share: colours, axes, title and legend."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any, NamedTuple

import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from briefing_helpers.charts.canvas import Canvas

__all__ = [
    "COLOURS",
    "PRECISION",
    "SEQUENCE",
    "SIDES",
    "STATUSES",
    "Shade",
    "ink_on",
    "legend",
    "luminance",
    "new_axes",
    "number_on",
    "shades",
    "titled",
]

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


class Shade(NamedTuple):
    """How one value looks in every chart: a colour, and a hatch and a marker for print in grey."""

    colour: str
    hatch: str = ""
    marker: str = "o"


# One look for each side and each status, in every notebook. The four main sides also differ in
# brightness by steps that print in grey keeps apart; statuses with a quarrel behind them are hatched.
SIDES = {
    "us": Shade("#1F4E79", marker="o"),
    "russia": Shade(COLOURS["vermilion"], marker="s"),
    "europe": Shade(COLOURS["sky"], marker="^"),
    "ukraine": Shade("#F2C80F", marker="D"),
    "international": Shade(COLOURS["pink"], "..", "P"),
    "other": Shade(COLOURS["grey"], "", "X"),
    "media": Shade("#B8C4CC", "", "v"),
    "none": Shade(COLOURS["pale"], "", "."),
}
STATUSES = {
    "confirmed": Shade("#1F4E79"),
    "single": Shade(COLOURS["sky"]),
    "disputed": Shade(COLOURS["orange"], "///"),
    "contradicted": Shade(COLOURS["vermilion"], "xxx"),
    "weak": Shade("#B8C4CC"),
    "unsupported": Shade(COLOURS["pale"]),
    "unconfirmed": Shade(COLOURS["pale"]),
}
# Precision is an order, so its shades are one: the more exact, the darker.
PRECISION = {
    "specific": Shade("#0B3C6F"),
    "partial": Shade("#6BA3D6"),
    "open": Shade("#CBD5DE", "///"),
    "not-known": Shade("#FFFFFF", "..."),
}
# A column of a report is 752 pixels wide: 224 dots per inch are two for each.
_STYLE: Any = {"axes.edgecolor": "#8C8C8C", "axes.grid": False, "font.size": 9.5, "figure.dpi": 224}
_WIDTH = 6.6  # inches: the width of a report's column, so that text keeps its size


def new_axes(ax: Axes | None, height: float, keys: int = 0) -> Axes:
    """Return the axes given, or new ones of a report's width and this height in inches.

    ``keys`` is the number of entries of a legend to come; the figure is that much higher.
    """
    if ax is not None:
        return ax
    height += 0.22 * -(-keys // _columns(keys))
    with sns.axes_style("white", rc=_STYLE), plt.rc_context(_STYLE):
        figure, made = plt.subplots(figsize=(_WIDTH, height), layout="constrained")
    Canvas(figure)
    return made


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


def shades(values: Iterable[str]) -> dict[str, Shade]:
    """Return the look of each value: that of its side, status or precision, else the next of the sequence.

    Values may be ids or labels of these (``russia``, ``Russia``).
    """
    own = {**SIDES, **STATUSES, **PRECISION, "not known": PRECISION["not-known"]}
    own |= {"united states": SIDES["us"], "united-states": SIDES["us"]}
    names = list(values)
    if all(name.lower() in own for name in names):
        return {name: own[name.lower()] for name in names}
    return {name: Shade(colour) for name, colour in zip(names, SEQUENCE[: len(names)], strict=True)}


def number_on(ax: Axes, x: float, y: float, number: str, look: Shade) -> None:
    """Write a number on a bar; on a hatch it gets a ground of its own."""
    ground = {"boxstyle": "round,pad=0.15", "facecolor": look.colour, "edgecolor": "none"}
    ink = ink_on(look.colour)
    box = ground if look.hatch else None
    ax.text(x, y, number, ha="center", va="center", color=ink, fontsize=8.5, bbox=box)


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour."""
    return "#111111" if luminance(colour) > 0.5 else "#FFFFFF"


def luminance(colour: str) -> float:
    """Return the brightness of a colour in grey, from 0 (black) to 1 (ITU-R BT.601 weights)."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
