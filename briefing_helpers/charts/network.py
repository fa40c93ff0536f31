"""Who is tied to whom, laid out by side.

The layout follows from the data alone: a column for each side, no forces and no chance, so that the same
ties give the same picture and two periods can be compared.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from briefing_helpers.charts.style import SIDES, STATUSES, legend, new_axes, titled

__all__ = ["DOUBTS", "doubt", "network", "places", "status_key"]

# Inches: three columns of boxes, with room between them for lines and beside them for arcs.
_BOX, _HIGH, _STEP, _HEAD, _GAP, _MARGIN = 1.42, 0.3, 0.42, 0.26, 0.84, 0.34
_COLUMNS = (("russia",), ("us",), ("ukraine", "europe", "international", "other", "media", "none"))
_X = [_MARGIN + _BOX / 2 + number * (_BOX + _GAP) for number in range(3)]
DOUBTS = {"single": "1", "disputed": "?", "contradicted": "x", "weak": "w", "unsupported": "0"}


class _Line(NamedTuple):
    """How one kind of tie is drawn: width, dashes, and what stands at its far end."""

    width: float
    dashes: Any = "solid"
    end: str = ""


_LINES = {
    "negotiated-with": _Line(3.2),
    "met": _Line(1.4),
    "called": _Line(1.4, (0, (4, 1.8))),
    "sent-to": _Line(1.4, (0, (6, 1.5, 1, 1.5)), "arrow"),
    "envoy-of": _Line(0.8, "solid", "arrow"),
    "left-out": _Line(2.0, (0, (0.9, 1.3)), "bar"),
}
_OTHER = _Line(1.0, (0, (2, 1, 1, 1)), "arrow")

_Points = list[tuple[float, float]]


def places(ties: pd.DataFrame, labels: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Return the centre of each actor's box, in inches from the upper left; y grows downwards.

    Russia stands left, the United States in the middle, all others right, side below side in the order
    of the palette; ``labels`` names them. Within a side an actor moves up or down as long as that shortens
    the lines or makes fewer of them cross.
    """
    ends = list(zip(ties["from_name"], ties["to_name"], strict=True))
    side = _sides(ties, labels)
    count = pd.Series([name for pair in ends for name in pair], dtype=object).value_counts()
    rows = {key: sorted((n for n in side if side[n] == key), key=lambda n: (-count[n], n)) for key in SIDES}
    best = _cost(rows, ends)
    for _ in range(20):
        before = best
        for key, names in rows.items():
            for name in list(names):
                for at in range(len(names)):
                    others = [each for each in rows[key] if each != name]
                    tried = {**rows, key: [*others[:at], name, *others[at:]]}
                    cost = _cost(tried, ends)
                    if cost < best - 1e-9:
                        best, rows = cost, tried
        if best == before:
            break
    return _place(rows)


def network(ties: pd.DataFrame, title: str, labels: dict[str, str], ax: Axes | None = None) -> Axes:
    """Draw ties between actors: one line each, its style the kind, its colour and mark the status.

    ``ties`` is :func:`actors.ties`; ``labels`` names the sides, kinds and statuses that occur. A tie that
    two independent origins or an official text bear out has a plain line; every other line carries a
    mark that says why. Left out is dotted and ends in a bar at whoever was left out.
    """
    at, side, rows = places(ties, labels), _sides(ties, labels), ties.to_dict("records")
    kinds = [*_LINES, *sorted(set(ties["kind"].astype(str)) - set(_LINES))]
    kinds = [kind for kind in kinds if (ties["kind"].astype(str) == kind).any()]
    statuses = [status for status in STATUSES if (ties["status"].astype(str) == status).any()]
    high = max([y for _, y in at.values()], default=0) + _HIGH / 2 + 0.08
    ax = new_axes(ax, high + 0.25, keys=len(kinds) + len(statuses))
    marked: _Points = []
    for row, points in zip(rows, _routes(rows, at), strict=True):
        _draw(ax, row, points, marked)
    for name, (x, y) in at.items():
        look, corner = SIDES[side[name]], (x - _BOX / 2, y - _HIGH / 2)
        ax.add_patch(Rectangle(corner, _BOX, _HIGH, facecolor="#FFFFFF", edgecolor="#555555", zorder=3))
        ax.add_patch(Rectangle(corner, 0.07, _HIGH, facecolor=look.colour, hatch=look.hatch, zorder=3.1))
        text = textwrap.fill(name.split(" (")[0], 22, max_lines=2, placeholder=" …")
        ax.text(x + 0.035, y, text, ha="center", va="center", fontsize=8, linespacing=0.9, zorder=4)
    for key in dict.fromkeys(side[name] for name in at):
        x, y = min((at[name] for name in at if side[name] == key), key=lambda place: place[1])
        ax.text(x - _BOX / 2, y - _HIGH / 2 - 0.05, labels[key], weight="bold", fontsize=8.5, va="bottom")
    ax.set_xlim(0, _X[2] + _BOX / 2 + _MARGIN)
    ax.set_ylim(high, 0)
    ax.axis("off")
    keys = [_kind_key(kind, labels[kind]) for kind in kinds]
    legend(ax, [*keys, *(status_key(status, labels[status]) for status in statuses)])
    return titled(ax, title)


def _sides(ties: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    keys: dict[str, str] = {labels.get(key, key): key for key in SIDES}
    sides: dict[str, str] = dict(zip(ties["from_name"], ties["from_side"], strict=True))
    sides |= dict(zip(ties["to_name"], ties["to_side"], strict=True))
    return {name: keys.get(side, side) for name, side in sides.items()}


def _place(rows: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    heights = [sum(len(rows[key]) * _STEP + _HEAD for key in column if rows[key]) for column in _COLUMNS]
    for x, height, column in zip(_X, heights, _COLUMNS, strict=True):
        y = (max(heights) - height) / 2
        for key in column:
            y += _HEAD if rows[key] else 0
            for name in rows[key]:
                found[name] = x, y + _HIGH / 2
                y += _STEP
    return found


def _cost(rows: dict[str, list[str]], ends: Sequence[tuple[str, str]]) -> float:
    at = _place(rows)
    lines = [sorted((at[one], at[other])) for one, other in ends]
    # Squared, so that one long line costs more than two short ones; a crossing costs as much as a step.
    long = sum((start[1] - end[1]) ** 2 for start, end in lines) / _STEP**2
    crossed = sum(
        (a[1] - c[1]) * (b[1] - d[1]) < -1e-9
        for (a, b), (c, d) in itertools.combinations(lines, 2)
        if a[0] == c[0] != b[0] == d[0]
    )
    return long + 2 * crossed


def _routes(rows: list[dict[Any, Any]], at: dict[str, tuple[float, float]]) -> list[_Points]:
    """Return the four points of each line's curve; lines at one edge of a box are spread over it."""
    ends = [(at[row["from_name"]], at[row["to_name"]]) for row in rows]
    ports: dict[tuple[float, float, int], list[tuple[int, float, int]]] = {}
    ways = []
    for number, (start, end) in enumerate(ends):
        # Within a column a line bows out: to the left from the left column, to the right from the others.
        way = int(np.sign(end[0] - start[0])) or (-1 if start[0] == _X[0] else 1)
        ways.append((way, way if start[0] == end[0] else -way))
        for here, there, edge in ((start, end, ways[-1][0]), (end, start, ways[-1][1])):
            # Arcs lie inside one another: those that go up leave at the top, the farthest outermost.
            bows = int(np.sign(there[1] - here[1])) if here[0] == there[0] else 0
            ports.setdefault((*here, edge), []).append((bows, -there[1] if bows else there[1], number))
    far = max([abs(start[1] - end[1]) for start, end in ends if start[0] == end[0]], default=1)
    routes = []
    for number, ((start, end), (way, back)) in enumerate(zip(ends, ways, strict=True)):
        (x0, y0), (x1, y1) = _port(ports, start, way, number), _port(ports, end, back, number)
        reach = 0.45 * _GAP if x0 != x1 else 0.14 + 0.3 * abs(start[1] - end[1]) / far
        routes.append([(x0, y0), (x0 + way * reach, y0), (x1 + back * reach, y1), (x1, y1)])
    return routes


def _port(
    ports: dict[tuple[float, float, int], list[tuple[int, float, int]]],
    box: tuple[float, float],
    way: int,
    number: int,
) -> tuple[float, float]:
    here = sorted(ports[(*box, way)])
    step = min(0.075, 0.22 / max(len(here) - 1, 1))
    rank = [each for *_, each in here].index(number)
    return box[0] + way * _BOX / 2, box[1] + (rank - (len(here) - 1) / 2) * step


def _draw(ax: Axes, row: dict[Any, Any], points: _Points, marked: _Points) -> None:
    line, status = _LINES.get(str(row["kind"]), _OTHER), str(row["status"])
    colour = STATUSES[status].colour
    path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    style: dict[str, Any] = {"linewidth": line.width, "linestyle": line.dashes, "capstyle": "butt"}
    ax.add_patch(PathPatch(path, fill=False, edgecolor=colour, zorder=2, gid=str(row["id"]), **style))
    if line.end:
        (x, y), right = points[-1], points[-1][0] > points[-2][0]
        mark = "|" if line.end == "bar" else ">" if right else "<"
        edge = 2.4 if mark == "|" else 0.5
        x -= 0.03 if right else -0.03
        ax.plot(
            [x], [y], mark, color=colour, markersize=9 if mark == "|" else 5, markeredgewidth=edge, zorder=2.1
        )
    if status in DOUBTS:
        tried = []
        for t in (0.5, 0.4, 0.6, 0.3, 0.7):
            weights = np.array([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
            x, y = weights @ np.array(points)
            tried.append((min([np.hypot(x - i, y - j) for i, j in marked], default=9.0), x, y))
        # The first place that keeps clear of other marks, else the one that keeps clearest.
        _, x, y = next((place for place in tried if place[0] > 0.2), max(tried))
        marked.append((x, y))
        doubt(ax, x, y, status)


def doubt(ax: Axes, x: float, y: float, status: str) -> None:
    """Mark a line or bar with why it is not borne out in full; nothing where it is."""
    if status in DOUBTS:
        edge = STATUSES[status].colour
        ground = {"boxstyle": "circle,pad=0.12", "facecolor": "#FFFFFF", "edgecolor": edge, "linewidth": 1.2}
        style: dict[str, Any] = {"fontsize": 8, "weight": "bold", "bbox": ground, "zorder": 2.5}
        ax.text(x, y, DOUBTS[status], ha="center", va="center", **style)


def _kind_key(kind: str, label: str) -> Line2D:
    line = _LINES.get(kind, _OTHER)
    mark = {"": "", "arrow": ">", "bar": "|"}[line.end]
    style: dict[str, Any] = {"linewidth": line.width, "linestyle": line.dashes, "marker": mark}
    return Line2D([], [], color="#555555", markersize=6, label=label, **style)


def status_key(status: str, label: str) -> Line2D:
    """Return the legend entry of a status: its colour and, where it has one, its mark."""
    mark = DOUBTS.get(status)
    style: dict[str, Any] = {"color": STATUSES[status].colour, "linewidth": 2}
    if mark is None:
        return Line2D([], [], label=label, **style)
    shape: dict[str, Any] = {"marker": f"$\\mathsf{{{mark}}}$", "markersize": 7, "markeredgewidth": 0}
    return Line2D([], [], label=f"{label} ({mark})", markerfacecolor="#111111", **shape, **style)
