"""Which sides met or spoke, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.dates as mdates
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from briefing_helpers.charts.style import COLOURS, STATUSES, legend, new_axes, titled

__all__ = ["contacts"]

_MARKS = {"meeting": "o", "call": "^"}
_SIZE, _LANE = 6.5, 0.155


def contacts(
    pairs: pd.DataFrame,
    title: str,
    labels: Mapping[str, str],
    days: Mapping[str, str],
    since: str,
    until: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw a row for each pair of sides and a mark for each contact between them, in order of time.

    ``pairs`` is :func:`actors.contact_pairs`; ``labels`` names each ``kind`` and ``status`` that occurs;
    ``days`` names the days (ISO) at which a line is drawn. A mark is filled where two independent origins or
    an official text bear the contact out, half filled for one, hollow for anything less; it stands in
    the middle of its days, with a bar over them where there are several. Marks too close for one line
    are stacked. What does not fall between ``since`` and ``until`` is left out.
    """
    # Any: matplotlib takes timestamps once pandas is imported, but its types do not say so.
    low: Any = pd.Timestamp(since)
    high: Any = pd.Timestamp(until) + pd.Timedelta(days=1)
    shown = pairs[(pairs["date_earliest"] >= low) & (pairs["date_latest"] < high)]
    names = list(pairs["pair"].cat.categories)
    kinds = [kind for kind in _MARKS if (shown["kind"].astype(str) == kind).any()]
    statuses = [status for status in STATUSES if (shown["status"].astype(str) == status).any()]
    ax = new_axes(ax, 0.9 + 0.52 * len(names), keys=len(kinds) + len(statuses))
    # A mark needs about a fortieth of the width to itself.
    room = (high - low) / 40
    for row, name in enumerate(names):
        lanes: list[pd.Timestamp] = []
        own = shown[shown["pair"] == name].sort_values(["date_earliest", "id"])
        for contact in own.to_dict("records"):
            start, end = contact["date_earliest"], contact["date_latest"] + pd.Timedelta(days=1)
            middle = start + (end - start) / 2
            lane = next((at for at, last in enumerate(lanes) if middle - last >= room), len(lanes))
            lanes[lane : lane + 1] = [middle]
            y = row + 0.3 - lane * _LANE
            status = str(contact["status"])
            colour = STATUSES[status].colour
            if end - start > pd.Timedelta(days=1):
                ax.plot([start, end], [y, y], color=colour, linewidth=2.4, solid_capstyle="butt", zorder=2)
            ax.plot(
                [middle], [y], linestyle="none", zorder=3, gid=contact["id"], **_look(status, contact["kind"])
            )
        if own.empty:
            ax.text(
                low + 0.01 * (high - low), row, "none on record", va="center", fontsize=8.5, style="italic"
            )
    for day, word in days.items():
        at = mdates.date2num(pd.Timestamp(day))
        ax.axvline(at, color="#111111", linewidth=1, linestyle=(0, (5, 2)), zorder=1)
        ax.annotate(
            word,
            (at, -0.62),
            (-3, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=8.5,
        )
    for row in range(1, len(names)):
        ax.axhline(row - 0.5, color=COLOURS["pale"], linewidth=0.8, zorder=0)
    ax.set_yticks(range(len(names)), [name.replace(" and ", "\nand ") for name in names], fontsize=8.5)
    ax.set_ylim(len(names) - 0.5, -0.8)
    ax.set_xlim(mdates.date2num(low), mdates.date2num(high))
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=4, maxticks=9))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    # Kinds in grey: a filled dark circle is the key of a confirmed contact.
    keys = [
        Line2D([], [], linestyle="none", marker=_MARKS[kind], color="#8C8C8C", label=labels[kind])
        for kind in kinds
    ]
    keys += [
        Line2D([], [], linestyle="none", label=labels[name], **_look(name, "meeting")) for name in statuses
    ]
    legend(ax, keys)
    return titled(ax, title)


def _look(status: str, kind: object) -> dict[str, Any]:
    colour = STATUSES[status].colour
    look: dict[str, Any] = {"marker": _MARKS[str(kind)], "markersize": _SIZE, "markeredgecolor": colour}
    if status == "confirmed":
        return look | {"markerfacecolor": colour}
    if status == "single":
        half = {"fillstyle": "bottom", "markerfacecolor": colour, "markerfacecoloralt": "#FFFFFF"}
        return look | half | {"markeredgecolor": STATUSES["confirmed"].colour}
    return look | {"markerfacecolor": "#FFFFFF"}
