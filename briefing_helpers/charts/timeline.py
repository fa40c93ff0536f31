"""Events in time, with their doubts."""

from __future__ import annotations

from typing import Any

import matplotlib.dates as mdates
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from briefing_helpers.charts.style import COLOURS, legend, new_axes, titled

__all__ = ["timeline"]

_KINDS = {
    # occurrence: colour, marker, whether the marker is filled, hatch of an interval
    "occurred": ("blue", "o", True),
    "planned": ("orange", "s", False),
    "called-off": ("vermilion", "X", True),
    "threatened": ("pink", "^", True),
    "alleged": ("grey", "D", False),
}


def timeline(
    events: pd.DataFrame,
    title: str,
    labels: dict[str, str],
    since: str | pd.Timestamp,
    until: str | pd.Timestamp,
    ax: Axes | None = None,
    statuses: dict[str, str] | None = None,
) -> Axes:
    """Draw events in time: a mark for a day, a bar for an interval, an arrow for an end not known.

    ``events`` are :func:`events.intervals` of the window with a ``label`` each; where a row has
    ``rival`` set, its mark is hollow and its label slanted. ``labels`` names each ``occurrence``. With
    ``statuses``, which names each ``status``, whatever is not confirmed says so at the right.
    """
    ax = new_axes(ax, 0.7 + 0.25 * len(events), keys=len(_KINDS) + 2)
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
        if statuses and str(row["status"]) != "confirmed":
            place: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "va": "center", "fontsize": 8}
            ax.text(1.02, at, statuses[str(row["status"])].lower(), color="#444444", **place)
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
    legend(ax, handles)
    return titled(ax, title)
