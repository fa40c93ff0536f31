"""Who held which office, and how surely its dates are known."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import matplotlib.dates as mdates
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from briefing_helpers.charts.network import DOUBTS, doubt, status_key
from briefing_helpers.charts.style import COLOURS, SIDES, STATUSES, legend, new_axes, titled

__all__ = ["terms"]

_MARKS = {"appointed": "^", "dismissed": "v", "departure": "X"}
_WORDS = {"appointed": "Appointed", "dismissed": "Removed, or brief cut", "departure": "Leaves office"}
_GROUND: Any = {"boxstyle": "square,pad=0.05", "facecolor": "#FFFFFF", "edgecolor": "none"}
_DAY, _WIDE, _LETTER = pd.Timedelta(days=1), 4.5, 0.062  # inches: the plot, a letter at 8 points


def terms(
    tenures: pd.DataFrame,
    title: str,
    labels: Mapping[str, str],
    days: Mapping[str, str],
    since: str,
    until: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw a row for each person: a bar for a term of office, a mark for each change on record.

    ``tenures`` is :func:`actors.tenures`, or rows of it; ``labels`` names the sides and statuses;
    ``days`` names the days (ISO) at which a line is drawn. A bar is full where its dates leave no doubt
    and hatched where it may have begun or ended; an arrow says that no start or end is on record by the
    edge of the window, a dashed line that the dates are not stated, a circle why the term is not
    confirmed. A change is hollow where it was only planned or rests on weak sources. Rows go by side,
    then by the first day on record.
    """
    # Any: matplotlib takes timestamps once pandas is imported, but its types do not say so.
    low: Any = pd.Timestamp(since)
    high: Any = pd.Timestamp(until) + _DAY
    people = _order(tenures)
    lanes = {person: _lanes(tenures[tenures["person"] == person], low, high) for person in people}
    names = {person: _name(tenures[tenures["person"] == person]) for person in people}
    tall = {
        person: max(
            0.34 + 0.2 * (1 + max(lanes[person].values(), default=-1)),
            0.14 * names[person].count("\n") + 0.22,
        )
        for person in people
    }
    ax = new_axes(ax, 0.55 + sum(tall.values()), keys=6)
    top, middles, drawn = 0.2, [], set[str]()
    for person in people:
        own = tenures[tenures["person"] == person].sort_values(["sure_from", "id"])
        bar = top + tall[person] - 0.17
        look = SIDES[str(own["side"].iloc[0])]
        for row in own[own["kind"] == "term"].to_dict("records"):
            drawn |= _term(ax, row, bar, look.colour, low, high)
        for row in own[own["id"].isin(lanes[person])].to_dict("records"):
            _change(ax, row, bar - 0.22 - 0.2 * lanes[person][row["id"]], low, high)
        middles.append(top + tall[person] / 2)
        top += tall[person]
        ax.axhline(top, color=COLOURS["pale"], linewidth=0.8, zorder=0)
    for day, word in days.items():
        at = mdates.date2num(pd.Timestamp(day))
        ax.axvline(at, color="#111111", linewidth=1, linestyle=(0, (5, 2)), zorder=1)
        ax.text(at, 0.08, f"{word} ", ha="right", va="center", fontsize=8.5)
    ax.set_yticks(middles, list(names.values()), fontsize=8.2, linespacing=1)
    ax.set_ylim(max(top, 0.3), 0)
    ax.set_xlim(mdates.date2num(low), mdates.date2num(high))
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=7))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    legend(ax, _keys(tenures, labels, drawn))
    return titled(ax, title)


def _name(own: pd.DataFrame) -> str:
    offices = own.loc[own["kind"] == "term", "office"]
    return "\n".join([own["person"].iloc[0], *(textwrap.fill(office, 27) for office in offices)])


def _order(tenures: pd.DataFrame) -> list[str]:
    sides = list(SIDES)
    first = tenures.assign(
        rank=tenures["side"].astype(str).map(sides.index),
        day=tenures[["maybe_from", "sure_from", "sure_to"]].min(axis=1),
    )
    first = first.groupby("person", sort=False).agg(rank=("rank", "first"), day=("day", "min"))
    return list(first.reset_index().sort_values(["rank", "day", "person"])["person"])


def _lanes(own: pd.DataFrame, low: pd.Timestamp, high: pd.Timestamp) -> dict[str, int]:
    """Give each change inside the window a lane, so that no words run into others."""
    changes = own[own["kind"] != "term"]
    changes = changes.assign(day=_day(changes))
    changes = changes[(changes["day"] >= low) & (changes["day"] < high)].sort_values(["day", "id"])
    taken: list[list[tuple[float, float]]] = []
    found = {}
    for row in changes.to_dict("records"):
        at = _WIDE * ((row["day"] - low) / (high - low))
        wide = 0.2 + _LETTER * len(row["office"])
        start, end = (at - 0.1, at + wide) if at + wide < _WIDE else (at - wide, at + 0.1)
        free = (n for n, spans in enumerate(taken) if all(end < a or start > b for a, b in spans))
        lane = next(free, len(taken))
        taken[lane:] = [*taken[lane:], *([[]] if lane == len(taken) else [])]
        taken[lane].append((start, end))
        found[row["id"]] = lane
    return found


def _day(rows: pd.DataFrame) -> pd.Series:
    return rows["sure_from"].fillna(rows["maybe_to"])


def _term(ax: Axes, row: dict[Any, Any], y: float, colour: str, low: Any, high: Any) -> set[str]:
    maybe_from, sure_from, sure_to, maybe_to = (
        row[name] for name in ("maybe_from", "sure_from", "sure_to", "maybe_to")
    )
    held = pd.isna(maybe_from) and pd.notna(sure_from)  # on record at one time only
    drawn = set()
    if held or (pd.isna(sure_from) and pd.isna(sure_to)):
        ax.plot(
            [low, high], [y, y], color=colour, linewidth=1.4, linestyle=(0, (3, 2)), zorder=1.5, gid=row["id"]
        )
        drawn.add("dashed")
        if not held:
            doubt(ax, mdates.date2num(low + 12 * _DAY), y, str(row["status"]))
            return drawn
    # Sure to a day, and whether it went on after that is not on record.
    loose = pd.isna(maybe_to) and pd.notna(sure_to) and not held
    start = low if pd.isna(sure_from) else max(low, sure_from)
    end = high if pd.isna(sure_to) else min(high, sure_to + _DAY)
    if end > start:
        ax.barh(y, end - start, left=start, height=0.15, color=colour, zorder=2, gid=row["id"])
    hatched: dict[str, Any] = {
        "height": 0.15,
        "facecolor": "#FFFFFF",
        "edgecolor": colour,
        "hatch": "////",
        "linewidth": 0.8,
    }
    for left, right in (
        (maybe_from, sure_from),
        (sure_to + _DAY if pd.notna(sure_to) else sure_to, high if loose else maybe_to),
    ):
        if pd.notna(left) and pd.notna(right) and right > left:
            left, right = max(left, low), min(right, high)
            ax.barh(y, right - left, left=left, zorder=2, **hatched)
            drawn.add("hatched")
    if "~" in str(row["date"]).split("/")[0]:
        ax.text(
            mdates.date2num(start - 3 * _DAY), y, "about", ha="right", va="center", fontsize=8, bbox=_GROUND
        )
    # Where no status is kept (a role in actors) there is no mark.
    doubt(ax, mdates.date2num(start + 12 * _DAY), y, str(row["status"]))
    for missing, edge, arrow in ((pd.isna(sure_from), low, "<"), (pd.isna(sure_to) or loose, high, ">")):
        if missing:
            ax.plot([edge], [y], arrow, color=colour, markersize=7, clip_on=False, zorder=3)
            drawn.add("arrow")
    return drawn


def _change(ax: Axes, row: dict[Any, Any], y: float, low: Any, high: Any) -> None:
    first, last = row["sure_from"], row["maybe_to"]
    first = last if pd.isna(first) else first
    last = row["sure_to"] if pd.isna(last) else last
    middle = first + (last + _DAY - first) / 2
    if last > first:
        ax.plot([first, last + _DAY], [y, y], color="#111111", linewidth=1.2, zorder=2)
    firm = row["occurrence"] == "occurred" and row["status"] in ("confirmed", "single")
    face = "#111111" if firm else "#FFFFFF"
    ax.plot(
        [middle],
        [y],
        _MARKS[row["kind"]],
        color="#111111",
        markerfacecolor=face,
        markersize=6.5,
        zorder=3,
        gid=row["id"],
    )
    late = _WIDE * ((middle - low) / (high - low)) + 0.2 + _LETTER * len(row["office"]) >= _WIDE
    ax.annotate(
        row["office"],
        (mdates.date2num(middle), y),
        (-7 if late else 7, 0),
        textcoords="offset points",
        ha="right" if late else "left",
        va="center",
        fontsize=8,
        bbox=_GROUND,
    )


def _keys(tenures: pd.DataFrame, labels: Mapping[str, str], drawn: set[str]) -> list[Any]:
    sides = [side for side in SIDES if (tenures["side"].astype(str) == side).any()]
    keys: list[Any] = [
        Patch(facecolor=SIDES[side].colour, label=f"In office, {labels[side]}") for side in sides
    ]
    grey: dict[str, Any] = {"color": "#555555"}
    words = {
        "hatched": Patch(
            facecolor="#FFFFFF", edgecolor="#555555", hatch="////", label="May have begun or ended"
        ),
        "arrow": Line2D([], [], marker=">", label="No start or end on record", **grey),
        "dashed": Line2D([], [], linestyle=(0, (3, 2)), label="Dates not stated", **grey),
    }
    keys += [key for name, key in words.items() if name in drawn]
    doubted = [
        s for s in STATUSES if s in DOUBTS and (tenures.loc[tenures["kind"] == "term", "status"] == s).any()
    ]
    keys += [status_key(status, labels[status]) for status in doubted]
    for kind in [kind for kind in _MARKS if (tenures["kind"] == kind).any()]:
        keys.append(
            Line2D([], [], linestyle="none", marker=_MARKS[kind], color="#111111", label=_WORDS[kind])
        )
    doubt = Line2D([], [], linestyle="none", marker="o", color="#111111", markerfacecolor="#FFFFFF")
    doubt.set_label("Hollow: planned, or weakly sourced")
    return [*keys, doubt]
