"""Charts of counts and shares."""

from __future__ import annotations

import textwrap

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from briefing_helpers.charts.style import (
    COLOURS,
    SEQUENCE,
    ink_on,
    legend,
    new_axes,
    number_on,
    shades,
    titled,
)

__all__ = ["bars", "matrix", "stacked", "tiles"]


def stacked(counts: pd.DataFrame, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Draw one horizontal bar per row of ``counts``, cut into its columns, with the numbers on it.

    Columns that are sides or statuses have their own colours; others take theirs in order, from firm
    (blue) to weak (grey), at most eight.
    """
    looks = shades(counts.columns)
    ax = new_axes(ax, 0.7 + 0.27 * len(counts), keys=len(counts.columns))
    left, widest = pd.Series(0.0, index=counts.index), counts.sum(axis=1).max()
    for column in counts.columns:
        look = looks[column]
        ax.barh(
            counts.index,
            counts[column],
            left=left,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="#FFFFFF",
            linewidth=0.6,
            label=column,
            height=0.72,
        )
        for at, (start, value) in enumerate(zip(left, counts[column], strict=True)):
            # A segment too thin for its number goes without; the data behind the chart has it.
            if value >= widest / 50:
                number_on(ax, start + value / 2, at, f"{value:g}", look)
        left += counts[column]
    ax.set_ylim(len(counts) - 0.4, -0.6)
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    keys = [
        Patch(facecolor=looks[name].colour, hatch=looks[name].hatch, edgecolor="#FFFFFF", label=name)
        for name in counts.columns
    ]
    legend(ax, keys)
    return titled(ax, title)


def bars(
    values: pd.Series,
    title: str,
    xlabel: str,
    highlight: str | None = None,
    unit: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw one horizontal bar per item with its value; ``highlight`` names the one to set apart."""
    ax = new_axes(ax, height=0.9 + 0.42 * len(values))
    colours = [COLOURS["vermilion"] if name == highlight else COLOURS["blue"] for name in values.index]
    names = [textwrap.fill(str(name), 34) for name in values.index]
    drawn = ax.barh(range(len(values)), values, color=colours, height=0.66)
    ax.set_yticks(range(len(values)), names)
    ax.bar_label(drawn, labels=[f"{value:.0f}{unit}" for value in values], padding=4)
    ax.set_ylim(len(values) - 0.4, -0.6)
    ax.set_xlim(0, 1.15 * max([*values, 1]))
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    return titled(ax, title)


def matrix(counts: pd.DataFrame, title: str, xlabel: str, ylabel: str, ax: Axes | None = None) -> Axes:
    """Draw a matrix of counts as shaded cells with the numbers in them; zeros stay empty."""
    ax = new_axes(ax, height=1.6 + 0.3 * len(counts))
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
        xticklabels=False,
        yticklabels=False,
    )
    ax.set_facecolor("#F4F5F6")
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    ax.xaxis.set_label_position("top")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    names = [textwrap.fill(name, 20) for name in counts.columns]
    # Set here, not by seaborn: it would draw the names before they are marked as plain text.
    ax.set_xticks([at + 0.5 for at in range(len(names))], names, rotation=90, linespacing=0.9)
    ax.set_yticks([at + 0.5 for at in range(len(counts))], list(counts.index), rotation=0)
    return titled(ax, title)


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
    firm = [shade for shade in SEQUENCE if shade != COLOURS["pale"]]
    shades = [*firm[: len(labels) - 1], COLOURS["pale"]]
    colours = dict(zip(labels, shades, strict=True))
    columns = 7
    rows = -(-len(points) // columns)
    ax = new_axes(ax, 0.4 + 0.62 * rows, keys=len(labels))
    # Two letters of the label tell tiles apart without colour.
    letters = {name: labels[name][:2] for name in colours}
    for at, (point, name) in enumerate(zip(points["point"], points[value].astype(str), strict=True)):
        x, y = at % columns, at // columns
        ax.add_patch(Rectangle((x, y), 0.94, 0.9, color=colours[name]))
        ink = ink_on(colours[name])
        ax.text(x + 0.1, y + 0.45, f"{point}", ha="left", va="center", color=ink, fontsize=12, weight="bold")
        ax.text(x + 0.85, y + 0.45, letters[name], ha="right", va="center", color=ink, fontsize=8.5)
    ax.set_xlim(0, columns)
    ax.set_ylim(rows, 0)
    ax.axis("off")
    present = [name for name in colours if (points[value].astype(str) == name).any()]
    legend(ax, [Patch(color=colours[name], label=f"{letters[name]}  {labels[name]}") for name in present])
    return titled(ax, title)
