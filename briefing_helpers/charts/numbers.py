"""Numbers with their bounds."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from briefing_helpers.charts.style import STATUSES, legend, new_axes, titled

__all__ = ["numbers"]

_INK = "#333333"
_HOLLOW = ("weak", "unsupported")


def numbers(
    spans: pd.DataFrame,
    title: str,
    xlabel: str,
    log: bool = False,
    reference: tuple[float, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw numbers with their bounds, a row each, those of one group under its name.

    ``spans`` has ``label``, ``low``, ``best``, ``high`` and ``said`` (written beside the mark), and may
    have ``group`` and ``status``: disputed numbers have a diamond, weak and unsupported ones are hollow.
    A mark is the number given, a bar its bounds, an arrow an end left open. ``reference`` is a value to
    compare with and its name; on a ``log`` scale all numbers must be above 0. Raises ValueError for a
    row without any number.
    """
    ends = spans[["low", "best", "high"]].astype(float)
    if (empty := ends.isna().all(axis=1)).any():
        raise ValueError(f"no number to draw for {', '.join(spans.loc[empty, 'label'])}")
    group = spans["group"] if "group" in spans else pd.Series("", index=spans.index)
    status = spans["status"].astype(str) if "status" in spans else pd.Series("confirmed", index=spans.index)
    heads = [name for name in group.unique() if name]
    keys = _keys(ends, status)
    ax = new_axes(ax, 0.9 + 0.26 * (len(spans) + len(heads)), keys=len(keys))
    if log:
        ax.set_xscale("log")
    at, places = 0, []
    for name in group.unique():
        if name:
            ax.text(
                0.006, at, name, transform=ax.get_yaxis_transform(), va="center", weight="bold", fontsize=9
            )
            at += 1
        for index in spans.index[group == name]:
            _span(ax, at, ends.loc[index], str(spans.at[index, "said"]), status[index])
            places.append(at)
            at += 1
    names = [name for head in group.unique() for name in spans.loc[group == head, "label"]]
    ax.set_yticks(places, [textwrap.fill(name, 48) for name in names], fontsize=8.5)
    ax.set_ylim(at - 0.4, -1.1 if reference else -0.6)
    # Room on the right for the words beside the last mark.
    known = ends.to_numpy(dtype=float)
    low, high = (np.nanmin(known), np.nanmax(known)) if len(known) else (1.0, 1.0)
    ax.set_xlim(*((low / 2, 30 * high) if log else (0, 1.45 * high)))
    if reference:
        ax.axvline(reference[0], color=_INK, linestyle="--", linewidth=1, ymax=0.94)
        ax.text(
            reference[0], -0.75, reference[1], ha="center", va="center", fontsize=8.5, backgroundcolor="white"
        )
    ax.xaxis.set_major_formatter(lambda value, _: _tick(value, log))
    ax.set_xlabel(xlabel)
    _plain(ax)
    legend(ax, keys)
    return titled(ax, title)


def _span(ax: Axes, at: int, ends: pd.Series, said: str, status: str) -> None:
    low, best, high = ends
    marker, colour, face = _look(status)
    right = ends.max()
    if pd.notna(low) and pd.notna(high):
        ax.plot([low, high], [at, at], color=colour, linewidth=5, alpha=0.5, solid_capstyle="butt")
        ax.plot([low, high], [at, at], "|", color=colour, markersize=8, markeredgewidth=1.5)
    elif pd.isna(best):
        # One bound only: a tick where it stands, an arrow to the side on which the number lies.
        if marker == "D":
            ax.plot([right], [at], marker, color=colour, markersize=7)
        else:
            ax.plot([right], [at], marker="|", color=colour, markersize=11, markeredgewidth=2.2)
        way = 1 if pd.notna(low) else -1
        style = {"arrowstyle": "<|-", "color": colour, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        style["linestyle"] = "--" if face == "white" else "-"
        ax.annotate("", (right, at), xytext=(22 * way, 0), textcoords="offset points", arrowprops=style)
    if pd.notna(best):
        ax.plot([best], [at], marker, color=colour, markerfacecolor=face, markersize=7)
    gap = 28 if pd.isna(best) and pd.isna(high) else 9
    ax.annotate(said, (right, at), xytext=(gap, 0), textcoords="offset points", va="center", fontsize=8.5)


def _tick(value: float, short: bool) -> str:
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if short and value >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.0f}" if value >= 10 else f"{value:g}"


def _look(status: str) -> tuple[str, str, str]:
    if status in _HOLLOW:
        return "o", "#555555", "white"
    if status in ("disputed", "contradicted"):
        return "D", STATUSES["contradicted"].colour, STATUSES["contradicted"].colour
    return "o", STATUSES["confirmed"].colour, STATUSES["confirmed"].colour


def _keys(ends: pd.DataFrame, status: pd.Series) -> list[Any]:
    """Explain the marks that occur."""
    keys: list[Any] = []
    looks = {_look(name) for name in status[ends["best"].notna() | (ends.count(axis=1) == 1)]}
    words = {"o": "Number given", "D": "Disputed or contradicted"}
    for marker, colour, face in sorted(looks, key=lambda look: (look[2] == "white", look[0] == "D")):
        label = "Weak or no source" if face == "white" else words[marker]
        keys.append(_mark(marker, colour, face, label))
    if (ends["low"].notna() & ends["high"].notna()).any():
        keys.append(Line2D([], [], color=STATUSES["confirmed"].colour, linewidth=5, alpha=0.5, label="Range"))
    if (ends["best"].isna() & (ends["low"].isna() | ends["high"].isna())).any():
        keys.append(_mark(r"$\rightarrow$", _INK, _INK, "At least (right) or up to (left)"))
    return keys


def _mark(marker: str, colour: str, face: str, label: str) -> Line2D:
    return Line2D(
        [], [], marker=marker, color=colour, markerfacecolor=face, markersize=7, linestyle="none", label=label
    )


def _plain(ax: Axes) -> None:
    ax.grid(axis="x", color="#E3E6E8", linewidth=0.8)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
