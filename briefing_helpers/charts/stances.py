"""Who stands where, and how that changed."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from briefing_helpers.charts.cells import EMPTY, cell, row_of_cells
from briefing_helpers.charts.style import COLOURS, Shade, legend, new_axes, titled

__all__ = ["STANCES", "stance_map", "stance_steps"]

# In grey print those in favour are dark, those with conditions light, those against between; letters and
# a hatch tell the rest.
STANCES = {
    "endorse": Shade("#1F4E79"),
    "support": Shade(COLOURS["blue"]),
    "conditional": Shade("#F2E6A0"),
    "neutral": Shade(COLOURS["pale"]),
    "critical": Shade(COLOURS["orange"]),
    "reject": Shade(COLOURS["vermilion"], "///"),
    "not-assessable": Shade("#FFFFFF"),
}
_FRAMES: dict[str, dict[str, Any]] = {
    "confirmed": {"edgecolor": "#111111", "linewidth": 1.8},
    "weak": {"edgecolor": "#111111", "linewidth": 1.2, "linestyle": (0, (2, 2))},
}


def stance_map(
    cells: pd.DataFrame,
    title: str,
    issues: Mapping[str, str],
    labels: Mapping[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw sides by issues: each cell coloured and lettered by the latest stance, empty where none is known.

    ``cells`` are :func:`positions.latest_stances`; ``issues`` names every issue, in order: those on which
    somebody has spoken are the columns, the others share a last, empty one. ``labels`` names each stance.
    Stances other than the latest stand below it, with a question mark where weak statements alone carry
    them. A frame shows that the latest is confirmed (firm line) or weak (broken line), a triangle that a
    red line was put.
    """
    camps = list(dict.fromkeys(cells["camp"]))
    names = [issue for issue in issues if issue in set(cells["issue"])]
    heads = [issues[name] for name in names]
    if mute := len(issues) - len(names):
        heads.append(f"{mute} other {'topic' if mute == 1 else 'topics'}")
    columns = len(heads)
    ax = new_axes(ax, 1.7 + 0.47 * len(camps), keys=len(labels) + 4)
    for y in range(len(camps)):
        for x in range(columns):
            ax.add_patch(
                Rectangle((x + 0.03, y + 0.04), 0.94, 0.92, facecolor=EMPTY.colour, edgecolor="none")
            )
    for row in cells.to_dict("records"):
        left, top = names.index(row["issue"]) + 0.03, camps.index(row["camp"]) + 0.04
        deep = 0.52 if row["other"] else 0.92
        size = 9 if len(row["latest"]) == 1 else 8
        row_of_cells(
            ax, (left, top, 0.94, deep), [_part(name, labels) for name in row["latest"]], size, bold=True
        )
        if row["other"]:
            below = [_part(name, labels, "?" * (name in row["leads"])) for name in row["other"]]
            row_of_cells(ax, (left, top + deep, 0.94, 0.92 - deep), below, 8)
        if frame := _FRAMES.get(row["status"]):
            ax.add_patch(
                Rectangle((left + 0.01, top + 0.01), 0.92, deep - 0.02, facecolor="none", zorder=3, **frame)
            )
        if row["red_line"]:
            ax.plot([left + 0.86], [top + 0.1], marker="v", color="#111111", markersize=4, zorder=4)
    ax.set_xlim(0, columns)
    ax.set_ylim(max(len(camps), 1), 0)
    heads = [textwrap.fill(name, 18) for name in heads]
    ax.set_xticks([at + 0.5 for at in range(columns)], heads, rotation=90, fontsize=9, linespacing=0.9)
    ax.set_yticks(
        [at + 0.5 for at in range(len(camps))], [textwrap.fill(name, 24) for name in camps], fontsize=9
    )
    ax.xaxis.tick_top()
    _bare(ax)
    legend(ax, _keys(cells, labels))
    return titled(ax, title)


def stance_steps(
    steps: pd.DataFrame,
    title: str,
    issues: Mapping[str, str],
    labels: Mapping[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw the statements of each voice on each issue one after the other, with stance, day and speaker.

    ``steps`` are :func:`positions.steps`; ``issues`` and ``labels`` name issues and stances. Each tile
    is one statement, in order of time but not to its scale; a frame shows its status as in the map.
    """
    rows = list(dict.fromkeys(zip(steps["voice"], steps["issue"], strict=True)))
    most = int(steps["step"].max()) if len(steps) else 1
    ax = new_axes(ax, 0.9 + 0.56 * len(rows), keys=len(labels) + 2)
    for row in steps.to_dict("records"):
        x, y = row["step"] - 1, rows.index((row["voice"], row["issue"]))
        look, letters = _part(str(row["stance"]), labels)
        cell(ax, (x + 0.03, y + 0.05, 0.94, 0.38), look, letters, 9, bold=True)
        ax.text(
            x + 0.5, y + 0.66, f"{short_date(row['date'])}\n{row['speaker']}",
            ha="center", va="center", fontsize=8, linespacing=1.1,
        )  # fmt: skip
        if frame := _FRAMES.get(str(row["status"])):
            ax.add_patch(Rectangle((x + 0.045, y + 0.06), 0.91, 0.36, facecolor="none", zorder=3, **frame))
    ax.set_xlim(0, max(most, 4))
    ax.set_ylim(max(len(rows), 1), 0)
    ax.set_xticks([])
    names = [textwrap.fill(f"{voice.split(' (')[0]}: {issues[issue]}", 20) for voice, issue in rows]
    ax.set_yticks([at + 0.35 for at in range(len(rows))], names, fontsize=9)
    _bare(ax)
    present = [name for name in labels if (steps["stance"].astype(str) == name).any()]
    legend(ax, [*_stance_keys(present, labels), *_status_keys(set(steps["status"].astype(str)))])
    return titled(ax, title)


def short_date(text: str) -> str:
    """Shorten an EDTF date for a label: ``2025-11-21/2025-11-22`` to ``21–22 Nov 25``.

    >>> short_date("2025-12-30/2026-01-02~"), short_date("2026-02")
    ('~30 Dec–2 Jan 26', 'Feb 26')
    """
    ends = [end.strip("~?%") for end in text.split("/")]
    about = "~" if set(text) & set("~?%") else ""
    shown = [_words(end) for end in ends if end not in ("", "..")]
    if len(shown) == 2 and ends[0][:7] == ends[1][:7]:
        shown[0] = shown[0].split()[0]
    elif len(shown) == 2:
        shown[0] = " ".join(shown[0].split()[:-1]) or shown[0]
    return about + "–".join(shown)


def _words(day: str) -> str:
    year, *rest = day.split("-")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([months[int(rest[0]) - 1]] if rest else []), year[2:] if rest else year])


def _part(stance: str, labels: Mapping[str, str], mark: str = "") -> tuple[Shade, str]:
    return STANCES[stance], _letters(stance, labels) + mark


def _letters(stance: str, labels: Mapping[str, str]) -> str:
    # Two letters of the label tell stances apart without colour; "No" would say the wrong thing.
    return "–" if stance == "not-assessable" else labels[stance][:2]


def _bare(ax: Axes) -> None:
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)


def _keys(cells: pd.DataFrame, labels: Mapping[str, str]) -> list[Any]:
    shown = {name for names in [*cells["latest"], *cells["other"]] for name in names}
    keys = _stance_keys([name for name in labels if name in shown], labels)
    keys += _status_keys(set(cells["status"]))
    if cells["red_line"].any():
        keys.append(
            Line2D([], [], marker="v", color="#111111", markersize=5, linestyle="none", label="Red line put")
        )
    if cells["other"].map(len).any():
        keys.append(Patch(facecolor="none", label="Below: other stances; ? weak statements only"))
    return [*keys, Patch(facecolor=EMPTY.colour, edgecolor="#B8C4CC", label="No statement on record")]


def _stance_keys(names: list[str], labels: Mapping[str, str]) -> list[Any]:
    looks = {name: STANCES[name] for name in names}
    return [
        Patch(
            facecolor=look.colour,
            hatch=look.hatch,
            edgecolor="#FFFFFF",
            label=f"{_letters(name, labels)}  {labels[name]}",
        )
        for name, look in looks.items()
    ]


def _status_keys(found: set[str]) -> list[Any]:
    names = {"confirmed": "Firm frame: confirmed", "weak": "Broken frame: weak"}
    return [Patch(facecolor="none", label=names[name], **_FRAMES[name]) for name in names if name in found]
