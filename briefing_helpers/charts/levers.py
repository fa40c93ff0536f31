"""Pressure and inducement: how much of each, and when."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping
from typing import Any

import matplotlib.dates as mdates
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from briefing_helpers.charts.style import Shade, ink_on, legend, new_axes, titled

__all__ = ["USES", "lanes", "pushes"]

# Pressure is grey and stands on the left, relief and offers are green and stand on the right; the
# colours of sides and statuses are kept out. Denials are hollow, as rival accounts are elsewhere.
USES = {
    "threatened": Shade("#8C8C8C", "///", "^"),
    "applied": Shade("#333333", "", "s"),
    "eased": Shade("#8FD3BD", "", "v"),
    "offered": Shade("#009E73", "", "o"),
    "denied": Shade("#FFFFFF", "", "X"),
}
_LEFT = ("applied", "threatened", "denied")  # outwards from the middle
_RIGHT = ("offered", "eased")
_EDGE = "#333333"
# Confirmed goes without a sign.
_SIGNS = {
    "single": ("1", "single origin"),
    "weak": ("?", "weak sources only"),
    "unsupported": ("?", "weak sources only"),
    "disputed": ("≠", "sources disagree"),
    "contradicted": ("≠", "sources disagree"),
}


def pushes(counts: pd.DataFrame, title: str, ax: Axes | None = None) -> Axes:
    """Draw pressure to the left and inducement to the right of a middle line, a row per pair.

    ``counts`` are :func:`levers.by_pair`: rows are pairs, columns the uses (ids or labels). Denials
    stand hollow at the far left, beside the pressure that they deny.
    """
    labels = {str(name).lower(): str(name) for name in counts}
    counts = counts.rename(columns=lambda name: str(name).lower())
    ax = new_axes(ax, 0.9 + 0.3 * len(counts), keys=len(USES))
    widest = 1
    for names, way in ((_LEFT, -1), (_RIGHT, 1)):
        reach = pd.Series(0, index=counts.index)
        for name in names:
            look, edge = USES[name], _EDGE if name == "denied" else "#FFFFFF"
            ax.barh(
                range(len(counts)),
                way * counts[name],
                left=way * reach,
                color=look.colour,
                hatch=look.hatch,
                edgecolor=edge,
                linewidth=0.8,
                height=0.68,
            )
            for at, (start, value) in enumerate(zip(reach, counts[name], strict=True)):
                if value:
                    ground = {"boxstyle": "round,pad=0.15", "facecolor": look.colour, "edgecolor": "none"}
                    ax.text(
                        way * (start + value / 2),
                        at,
                        f"{value:g}",
                        ha="center",
                        va="center",
                        fontsize=8.5,
                        color=ink_on(look.colour),
                        bbox=ground if look.hatch else None,
                    )
            reach = reach + counts[name]
        widest = max([widest, *reach])
    ax.axvline(0, color=_EDGE, linewidth=1)
    ax.set_yticks(range(len(counts)), list(counts.index))
    ax.set_ylim(len(counts) - 0.4, -0.6)
    ax.set_xlim(-widest - 0.5, widest + 0.5)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    ax.set_xlabel("rows coded: pressure to the left, inducement and relief to the right")
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    keys = [
        Patch(facecolor=USES[name].colour, hatch=USES[name].hatch, label=labels[name])
        for name in (*_LEFT, *_RIGHT)
    ]
    for key, name in zip(keys, (*_LEFT, *_RIGHT), strict=True):
        key.set_edgecolor(_EDGE if name == "denied" else "#FFFFFF")
    legend(ax, keys)
    return titled(ax, title)


def lanes(levers: pd.DataFrame, title: str, since: str, until: str, ax: Axes | None = None) -> Axes:
    """Draw levers in time, a lane for each ``lane`` of the frame, a mark for each lever.

    ``levers`` need ``lane``, ``use`` (ids or labels), ``date_earliest`` and ``date_latest``.
    Drawn are those that begin inside the window (ISO dates), the mark on the first day, a line to the
    last. Of levers that share a day in one lane, the later row stands below. Where there is a ``status``
    (id or label), a sign beside the mark tells of each that is not confirmed.
    """
    low, high = pd.Timestamp(since), pd.Timestamp(until)
    first = levers["date_earliest"]
    last = levers["date_latest"].mask(lambda day: day.isna() | (day > high), high)
    inside = levers.assign(first=first, last=last)[first.between(low, high)]
    inside = inside.sort_values("first", kind="stable")
    names = list(dict.fromkeys(inside["lane"]))
    rows, tops, depth = [], [], 0
    for name in names:
        taken: list[pd.Timestamp] = []  # the last day used in each row of this lane
        for lever in inside[inside["lane"] == name].to_dict("records"):
            free = next((at for at, day in enumerate(taken) if day < lever["first"]), len(taken))
            taken[free : free + 1] = [lever["last"]]
            rows.append((depth + free, lever))
        tops.append((depth, len(taken)))
        depth += len(taken)
    ax = new_axes(ax, 0.8 + 0.25 * depth, keys=len(USES) + 3)
    for at, lever in rows:
        look = USES[str(lever["use"]).lower()]
        if lever["first"] < lever["last"]:
            ends = [mdates.date2num(lever["first"]), mdates.date2num(lever["last"])]
            ax.plot(ends, [at, at], color="#8C8C8C", linewidth=2, solid_capstyle="butt")
        style: dict[str, Any] = {
            "color": _EDGE,
            "markerfacecolor": look.colour,
            "markersize": 7.5,
            "markeredgewidth": 0.9,
        }
        ax.plot([mdates.date2num(lever["first"])], [at], look.marker, **style)
        if sign := _SIGNS.get(_status(lever)):
            ax.annotate(
                sign[0], (mdates.date2num(lever["first"]), at), xytext=(0.7, 0.6),
                textcoords="offset fontsize", fontsize=8, va="center",
            )  # fmt: skip
    for band, (top, size) in enumerate(tops):
        if band % 2 == 0:
            ax.axhspan(top - 0.5, top + size - 0.5, color="#F4F5F6", zorder=0)
    places = [top + (size - 1) / 2 for top, size in tops]
    ax.set_yticks(places, [textwrap.fill(name, 52) for name in names], fontsize=8.5, linespacing=0.95)
    ax.set_ylim(depth - 0.4, -0.6)
    day = pd.Timedelta(hours=12)
    ax.set_xlim(mdates.date2num(low - day), mdates.date2num(high + day))
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=12))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.grid(axis="x", color="#E3E6E8", linewidth=0.8)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    used = {str(use).lower(): str(use) for use in inside["use"]}
    keys = [
        Line2D(
            [],
            [],
            marker=look.marker,
            color=_EDGE,
            markerfacecolor=look.colour,
            linestyle="none",
            label=used[name],
        )
        for name, look in USES.items()
        if name in used
    ]
    found = {_status(lever) for _, lever in rows}
    for mark, word in dict.fromkeys(look for status, look in _SIGNS.items() if status in found):
        keys.append(Line2D([], [], marker=f"${mark}$", color=_EDGE, linestyle="none", label=word))
    legend(ax, keys)
    return titled(ax, title)


def _status(lever: Mapping[Hashable, Any]) -> str:
    return str(lever.get("status", "confirmed")).lower().split()[0]
