"""What became of clauses: part by part, and how fates in two drafts go together."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path

from briefing_helpers.charts.style import COLOURS, Shade, ink_on, legend, new_axes, titled

__all__ = ["FATE_LOOKS", "flow", "parts"]

# Apart from the colours of sides and statuses, and from dark (gone) to pale (not known) in grey print.
FATE_LOOKS = {
    "unchanged": Shade(COLOURS["green"]),
    "changed": Shade(COLOURS["pink"]),
    "dropped": Shade("#3D4449"),
    "contested": Shade("#FFFFFF", "xxx"),
    "not-known": Shade(COLOURS["pale"], "///"),
}
_SIGNS = {
    "same": "=",
    "edited": "E",
    "softened": "−",
    "tightened": "+",
    "replaced": "R",
    "dropped": "D",
    "contested": "!",
    "not-known": "?",
}
_WORDS = {"contested": "reports differ", "not-known": "not known"}
_LINE = "#8C8C8C"


def parts(fates: pd.DataFrame, title: str, ax: Axes | None = None) -> Axes:
    """Draw what became of each clause: a row per point, a column per newer draft, a cell per clause.

    ``fates`` is :func:`drafts.by_point`: a row per clause and draft, in the order wanted, with ``point``,
    ``topic``, ``title`` (of the draft), ``change``, ``fate`` and ``weak``. A sign says the change, a
    colour the fate; a weak cell is hollow.
    """
    fates = fates.assign(row=fates["point"].astype(str) + "  " + fates["topic"].astype(str))
    rows, columns = list(fates["row"].unique()), list(fates["title"].unique())
    keys = _keys(fates)
    ax = new_axes(ax, 0.8 + 0.27 * len(rows), keys=len(keys) + 1)
    for (row, title_of), cell in fates.groupby(["row", "title"], sort=False):
        y, x, width = rows.index(row), columns.index(title_of), 0.96 / len(cell)
        for at, part in enumerate(cell.to_dict("records")):
            _cell(ax, x + at * width, y, width, part, alone=len(cell) == 1)
    ax.set_xlim(0, max(len(columns), 1))
    ax.set_ylim(len(rows) - 0.4, -0.55)
    ax.set_xticks([at + 0.48 for at in range(len(columns))], columns, fontsize=9.5, weight="bold")
    ax.set_yticks(range(len(rows)), rows, fontsize=9)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    legend(ax, keys)
    return titled(ax, title)


def flow(
    counts: pd.DataFrame, title: str, left: str, right: str, labels: dict[str, str], ax: Axes | None = None
) -> Axes:
    """Draw how fates in one draft go together with fates of the same clauses in another.

    ``counts`` is :func:`drafts.flow`: clauses by fate in the draft named ``left`` (rows) and in the one
    named ``right`` (columns). A band is as thick as the number of its clauses, which stands on it.
    """
    total = int(counts.to_numpy().sum())
    gap = 0.05 * total
    ax = new_axes(ax, 4.6)
    starts, ends = counts.sum(axis=1).astype(int), counts.sum().astype(int)
    tops = _stacked(starts, gap), _stacked(ends, gap)
    for name, thick in starts.items():
        _node(ax, -0.03, tops[0][str(name)], thick, str(name))
        middle = tops[0][str(name)] + thick / 2
        ax.text(-0.05, middle, f"{labels[str(name)]}  {thick}", ha="right", va="center", fontsize=10)
    for name, thick in ends.items():
        _node(ax, 1, tops[1][str(name)], thick, str(name))
        middle = tops[1][str(name)] + thick / 2
        ax.text(1.05, middle, f"{thick}  {labels[str(name)]}", ha="left", va="center", fontsize=10)
    down = dict(tops[0]), dict(tops[1])
    for source, of_source in zip(map(str, counts.index), counts.to_numpy().astype(int), strict=True):
        for target, clauses in zip(map(str, counts.columns), of_source, strict=True):
            if clauses:
                _band(ax, down[0][source], down[1][target], clauses, FATE_LOOKS[source])
                down[0][source] += clauses
                down[1][target] += clauses
    lowest = total + gap * (max(len(starts), len(ends), 1) - 0.6)
    ax.set_ylim(max(lowest, 1), -0.06 * max(total, 1))
    ax.set_xlim(-0.42, 1.42)
    ax.text(-0.05, -0.03 * total, left, ha="right", va="bottom", fontsize=10, weight="bold")
    ax.text(1.05, -0.03 * total, right, ha="left", va="bottom", fontsize=10, weight="bold")
    ax.axis("off")
    return titled(ax, title)


def _cell(ax: Axes, x: float, y: float, width: float, part: dict[Any, Any], alone: bool) -> None:
    look, sign = FATE_LOOKS[str(part["fate"])], _SIGNS[str(part["change"])]
    hollow = bool(part["weak"]) and part["fate"] != "not-known"
    face = "#FFFFFF" if hollow else look.colour
    box = Rectangle((x + 0.008, y - 0.42), width - 0.016, 0.84, facecolor=face, edgecolor=look.colour)
    if look.hatch:
        box.set(hatch=look.hatch, edgecolor="#B4BBC0", linewidth=0)
    elif hollow:
        box.set(linewidth=1.4)
    ax.add_patch(box)
    text = f"{sign}  {_WORDS.get(str(part['change']), part['change'])}" if alone else sign
    # On a hatch, words need a ground of their own.
    ground = {"boxstyle": "round,pad=0.12", "facecolor": "#FFFFFF", "edgecolor": "none"}
    ax.text(
        x + width / 2,
        y,
        text,
        ha="center",
        va="center",
        fontsize=9,
        color=ink_on(face),
        bbox=ground if look.hatch else None,
    )


def _keys(fates: pd.DataFrame) -> list[Patch]:
    words = {
        "unchanged": "Unchanged  =",
        "changed": "Changed: E edited, R replaced,\n− softened, + tightened",
        "dropped": "Dropped  D",
        "contested": "Reports differ  !",
        "not-known": "Not known  ?",
    }
    keys = []
    for name in [name for name in words if (fates["fate"] == name).any()]:
        look = FATE_LOOKS[name]
        edge = "#B4BBC0" if look.hatch else look.colour
        keys.append(Patch(facecolor=look.colour, hatch=look.hatch, edgecolor=edge, label=words[name]))
    if (fates["weak"] & (fates["fate"] != "not-known")).any():
        keys.append(Patch(facecolor="#FFFFFF", edgecolor="#3D4449", label="Hollow: weak sources only"))
    return keys


def _stacked(sums: pd.Series, gap: float) -> dict[str, float]:
    """Return the top of each node, one below the other."""
    tops = sums.cumsum() - sums + [gap * at for at in range(len(sums))]
    return dict(zip(map(str, sums.index), tops.astype(float), strict=True))


def _node(ax: Axes, x: float, top: float, thick: int, fate: str) -> None:
    look = FATE_LOOKS[fate]
    box = Rectangle((x, top), 0.03, thick, facecolor=look.colour, edgecolor=_LINE, linewidth=0.6)
    box.set_hatch(look.hatch)
    ax.add_patch(box)


def _band(ax: Axes, start: float, end: float, thick: int, look: Shade) -> None:
    curve = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    points = [(0, start), (0.5, start), (0.5, end), (1, end)]
    points += [(1, end + thick), (0.5, end + thick), (0.5, start + thick), (0, start + thick), (0, start)]
    band = PathPatch(Path(points, curve), facecolor=look.colour, alpha=0.45, linewidth=0)
    if look.hatch:
        band.set(hatch=look.hatch, edgecolor="#B4BBC0")
    ax.add_patch(band)
    ax.text(0.04, start + thick / 2, f"{thick}", ha="left", va="center", fontsize=9)
