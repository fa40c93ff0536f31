"""Whom changes favour, with the range that two codings leave."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from briefing_helpers.charts.style import SIDES, legend, new_axes, shades, titled

__all__ = ["favours"]

_OWN = {"russia", "ukraine", "united states", "united-states", "europe"}
_NOBODY = SIDES["other"].colour  # several sides, no side, not assessable: grey, so that sides stand out


def favours(ranges: pd.DataFrame, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Draw, by pair of drafts, the changes that favour each side: solid what is agreed, hatched the rest.

    ``ranges`` is :func:`favours.favoured`, with labels where wanted: a row per pair of drafts and
    side, with ``older``, ``newer``, ``favours``, ``low`` (the solid part) and ``high`` (the whole
    bar). A side that no coder names has no bar.
    """
    ranges = ranges[ranges["high"] > 0]
    ranges = ranges.assign(
        group=ranges["older"] + " → " + ranges["newer"], side=ranges["favours"].astype(str)
    )
    groups = list(ranges["group"].unique())
    ax = new_axes(ax, 0.9 + 0.25 * len(ranges) + 0.36 * len(groups), keys=2)
    looks = {name: shades([name])[name].colour for name in ranges["side"].unique() if name.lower() in _OWN}
    at, ticks = -0.4, []
    for group in groups:
        ax.text(0, at + 0.25, group, ha="left", va="center", fontsize=9.5, weight="bold")
        at += 1.2
        for row in ranges[ranges["group"] == group].to_dict("records"):
            colour, low, high = looks.get(row["side"], _NOBODY), row["low"], row["high"]
            ax.barh(at, low, height=0.7, color=colour, edgecolor=colour)
            ax.barh(at, high - low, left=low, height=0.7, color="#FFFFFF", edgecolor=colour, hatch="////")
            span = f"{low} to {high}" if low < high else f"{high}"
            ax.annotate(span, (high, at), (4, 0), textcoords="offset points", va="center", fontsize=9)
            ticks.append((at, row["side"]))
            at += 1
        at += 0.25
    ax.set_yticks([y for y, _ in ticks], [side for _, side in ticks])
    ax.set_ylim(at - 0.2, -0.7)
    ax.set_xlim(0, 1.12 * max([*ranges["high"], 1]))
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    ax.tick_params(axis="y", length=0)
    for name in ("top", "right", "left"):
        ax.spines[name].set_visible(False)
    keys = [
        Patch(facecolor="#555555", label="Both coders say so"),
        Patch(
            facecolor="#FFFFFF", edgecolor="#555555", hatch="////", label="One coder only, or reports differ"
        ),
    ]
    legend(ax, keys)
    return titled(ax, title)
