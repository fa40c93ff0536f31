"""Draw the charts: frames in, Axes out.

Every chart takes ``ax=None`` and returns the Axes; the caller shows it with ``notebook.figure``.
Colours are Okabe and Ito's, which readers with colour blindness can tell apart; no chart relies on
colour alone.
"""

from __future__ import annotations

import textwrap
from typing import Any

import matplotlib.dates as mdates
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

__all__ = ["COLOURS", "bars", "links", "matrix", "stacked", "tiles", "timeline"]

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
_SEQUENCE = [
    COLOURS[name] for name in ("blue", "sky", "orange", "vermilion", "grey", "pale", "pink", "green")
]
_STYLE: Any = {"axes.edgecolor": "#8C8C8C", "axes.grid": False, "font.size": 9.5, "figure.dpi": 150}
_WIDTH = 6.6  # inches: the width of a report's column, so that text keeps its size


def stacked(counts: pd.DataFrame, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Draw one horizontal bar per row of ``counts``, cut into its columns, with the numbers on it.

    Columns take their colours in order, from firm (blue) to weak (grey); at most eight.
    """
    colours = dict(zip(counts.columns, _SEQUENCE[: len(counts.columns)], strict=True))
    ax = _axes(ax, height=0.9 + 0.27 * len(counts))
    left, widest = pd.Series(0.0, index=counts.index), counts.sum(axis=1).max()
    for column in counts.columns:
        ax.barh(counts.index, counts[column], left=left, color=colours[column], label=column, height=0.72)
        for at, (start, value) in enumerate(zip(left, counts[column], strict=True)):
            # A segment too thin for its number goes without; the data behind the chart has it.
            if value >= widest / 50:
                ink = _ink(colours[column])
                ax.text(
                    start + value / 2, at, f"{value:g}", ha="center", va="center", color=ink, fontsize=8.5
                )
        left += counts[column]
    ax.set_ylim(len(counts) - 0.4, -0.6)
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    _legend(ax, [Patch(color=colours[name], label=name) for name in counts.columns])
    return _title(ax, title)


def matrix(counts: pd.DataFrame, title: str, xlabel: str, ylabel: str, ax: Axes | None = None) -> Axes:
    """Draw a matrix of counts as shaded cells with the numbers in them; zeros stay empty."""
    ax = _axes(ax, height=1.6 + 0.3 * len(counts))
    numbers = counts.astype(float)
    labels = counts.map(lambda value: f"{value:g}" if value else "")
    sns.heatmap(
        numbers.where(numbers > 0),
        ax=ax,
        cmap="Blues",
        vmin=0,
        vmax=max(1.0, 1.25 * numbers.to_numpy().max()),
        annot=labels.to_numpy(),
        fmt="",
        cbar=False,
        linewidths=1,
        linecolor="#FFFFFF",
        annot_kws={"fontsize": 9},
    )
    ax.set_facecolor("#F4F5F6")
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    ax.xaxis.set_label_position("top")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xticklabels([textwrap.fill(name, 20) for name in counts.columns], rotation=90, linespacing=0.9)
    ax.set_yticklabels(list(counts.index), rotation=0)
    return _title(ax, title)


def tiles(
    points: pd.DataFrame,
    value: str,
    title: str,
    labels: dict[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw one numbered tile per point of a plan, coloured and lettered by ``value``.

    ``points`` has ``point`` and the column named by ``value``; ``labels`` names each value, best first.
    """
    # The last value, that nothing is there, is pale.
    shades = [*_SEQUENCE[: len(labels) - 1], COLOURS["pale"]]
    colours = dict(zip(labels, shades, strict=True))
    columns = 7
    rows = -(-len(points) // columns)
    ax = _axes(ax, height=0.6 + 0.62 * rows)
    # Two letters of the label tell tiles apart without colour.
    letters = {name: labels[name][:2] for name in colours}
    for at, (point, name) in enumerate(zip(points["point"], points[value].astype(str), strict=True)):
        x, y = at % columns, at // columns
        ax.add_patch(Rectangle((x, y), 0.94, 0.9, color=colours[name]))
        ink = _ink(colours[name])
        ax.text(x + 0.1, y + 0.45, f"{point}", ha="left", va="center", color=ink, fontsize=12, weight="bold")
        ax.text(x + 0.85, y + 0.45, letters[name], ha="right", va="center", color=ink, fontsize=8.5)
    ax.set_xlim(0, columns)
    ax.set_ylim(rows, 0)
    ax.axis("off")
    present = [name for name in colours if (points[value].astype(str) == name).any()]
    _legend(ax, [Patch(color=colours[name], label=f"{letters[name]}  {labels[name]}") for name in present])
    return _title(ax, title)


def bars(
    values: pd.Series,
    title: str,
    xlabel: str,
    highlight: str | None = None,
    unit: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw one horizontal bar per item with its value; ``highlight`` names the one to set apart."""
    ax = _axes(ax, height=0.9 + 0.42 * len(values))
    colours = [COLOURS["vermilion"] if name == highlight else COLOURS["blue"] for name in values.index]
    names = [textwrap.fill(str(name), 34) for name in values.index]
    drawn = ax.barh(names, values, color=colours, height=0.66)
    ax.bar_label(drawn, labels=[f"{value:.0f}{unit}" for value in values], padding=4)
    ax.set_ylim(len(values) - 0.4, -0.6)
    ax.set_xlim(0, 1.15 * max(values.max(), 1))
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    return _title(ax, title)


_KINDS = {
    # occurrence: colour, marker, whether the marker is filled, hatch of an interval
    "occurred": ("blue", "o", True),
    "planned": ("orange", "s", False),
    "called-off": ("vermilion", "X", True),
    "threatened": ("pink", "^", True),
    "alleged": ("grey", "D", False),
}


def timeline(
    events: pd.DataFrame, title: str, labels: dict[str, str], since: str, until: str, ax: Axes | None = None
) -> Axes:
    """Draw events in time: a mark for a day, a bar for an interval, an arrow for an end not known.

    ``events`` are :func:`events.intervals` of the window with a ``label`` each; where a row has
    ``rival`` set, its mark is hollow and its label slanted. ``labels`` names each ``occurrence``.
    """
    ax = _axes(ax, height=0.9 + 0.25 * len(events))
    low, high = pd.Timestamp(since), pd.Timestamp(until) + pd.Timedelta(days=1)
    for at, row in enumerate(events.to_dict("records")):
        colour, marker, filled = _KINDS[str(row["occurrence"])]
        shade, rival = COLOURS[colour], bool(row.get("rival", False))
        start, end = row["start"], row["end"]
        style: dict[str, Any] = {
            "color": shade,
            "markerfacecolor": shade if filled and not rival else "white",
        }
        if row["exact"]:
            ax.plot(
                [start + (end - start) / 2], [at], marker=marker, markersize=6.5, linestyle="none", **style
            )
        else:
            edge: dict[str, Any] = {
                "facecolor": "white" if rival else shade,
                "edgecolor": shade,
                "alpha": 1 if rival else 0.55,
            }
            ax.barh(at, end - start, left=start, height=0.5, linewidth=1.2, **edge)
            ax.plot(
                [start + (end - start) / 2], [at], marker=marker, markersize=4.5, linestyle="none", **style
            )
        for known, edge_at, arrow in ((not row["open_start"], start, "<"), (not row["open_end"], end, ">")):
            if not known:
                ax.plot(
                    [edge_at], [at], marker=arrow, color=shade, markersize=6, linestyle="none", clip_on=False
                )
    ax.set_yticks(range(len(events)))
    ax.set_yticklabels(list(events["label"]), fontsize=8.5)
    for tick, rival in zip(
        ax.get_yticklabels(), events.get("rival", pd.Series(False, index=events.index)), strict=True
    ):
        tick.set_fontstyle("italic" if rival else "normal")
    ax.set_ylim(len(events) - 0.4, -0.6)
    ax.set_xlim(mdates.date2num(low), mdates.date2num(high))
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=7))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.grid(axis="x", color="#E3E6E8", linewidth=0.8)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    handles: list[Any] = []
    for name in [name for name in _KINDS if (events["occurrence"].astype(str) == name).any()]:
        colour, marker, filled = _KINDS[name]
        face = COLOURS[colour] if filled else "white"
        handles.append(
            Line2D(
                [],
                [],
                marker=marker,
                color=COLOURS[colour],
                markerfacecolor=face,
                linestyle="none",
                label=labels[name],
            )
        )
    if not events["exact"].all():
        handles.append(Patch(facecolor="#B8C4CC", label="Interval or approximate"))
    if "rival" in events.columns and events["rival"].any():
        handles.append(Patch(facecolor="white", edgecolor="#555555", label="Rival account (hollow, slanted)"))
    _legend(ax, handles)
    return _title(ax, title)


def links(joins: pd.DataFrame, title: str, ax: Axes | None = None) -> Axes:
    """Draw how tables join: a line from each table on the left to each it refers to on the right.

    ``joins`` is :func:`codebook.joins`: ``table``, ``field``, ``refers to``. Each target has a colour.
    """
    left, right = list(joins["table"].unique()), list(joins["refers to"].unique())
    ax = _axes(ax, height=1.0 + 0.34 * len(left))
    shades = dict(zip(right, ["blue", "orange", "green", "vermilion", "pink", "grey"], strict=False))
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
    return _title(ax, title)


def _axes(ax: Axes | None, height: float) -> Axes:
    if ax is not None:
        return ax
    with sns.axes_style("white", rc=_STYLE), plt.rc_context(_STYLE):
        return plt.subplots(figsize=(_WIDTH, height), layout="constrained")[1]


def _title(ax: Axes, title: str) -> Axes:
    # Anchored to the figure, not the axes: long row labels would push it off the page.
    ax.figure.suptitle(_plain(textwrap.fill(title, 74)), x=0.01, ha="left", fontsize=11, weight="bold")
    for text in [*ax.get_xticklabels(), *ax.get_yticklabels()]:
        text.set_parse_math(False)
    return ax


def _legend(ax: Axes, handles: list[Any]) -> None:
    columns = 2 if len(handles) > 3 else max(1, len(handles))
    ax.figure.legend(handles=handles, loc="outside lower left", ncols=columns, frameon=False, fontsize=8.5)


def _plain(text: str) -> str:
    # A dollar sign would start a formula.
    return text.replace("$", r"\$")


def _ink(colour: str) -> str:
    red, green, blue = to_rgb(colour)
    return "#111111" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "#FFFFFF"
