"""Rival accounts of one number."""

from __future__ import annotations

import textwrap

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from briefing_helpers.charts.style import STATUSES, legend, new_axes, titled

__all__ = ["accounts"]


def accounts(
    rows: pd.DataFrame,
    title: str,
    xlabel: str,
    mark: float,
    mark_label: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw what rival accounts give for one number, one below the other in the order given.

    ``rows`` is :func:`accounts.reported_cuts` or has its columns: ``as_of`` and ``account`` (the label),
    ``said`` (written beside the mark), ``low``, ``high``, ``status`` and ``own`` (whether it is the figure of
    the text: its label is bold). A range is a bar, a single value a narrow one; colour and hatch are
    those of the status. A line stands at ``mark``.
    """
    present = [name for name in STATUSES if (rows["status"].astype(str) == name).any()]
    names = [textwrap.fill(name, 34) for name in rows["as_of"].fillna("not dated") + ": " + rows["account"]]
    ax = new_axes(ax, 0.9 + 0.42 * len(rows), keys=len(present))
    widest = max([mark, *rows["high"]])
    ax.axvline(mark, color="#555555", linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    ax.text(mark, -0.72, mark_label, ha="center", va="bottom", fontsize=8.5, color="#555555")
    for at, row in enumerate(rows.to_dict("records")):
        look = STATUSES[str(row["status"])]
        # A single value has no width; it is drawn as a narrow bar around its place.
        width = max(row["high"] - row["low"], widest / 80)
        middle = (row["high"] + row["low"]) / 2
        ax.barh(
            at,
            width,
            left=middle - width / 2,
            height=0.56,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="#333333",
            linewidth=0.6,
        )
        # A ground of its own, since the line of the mark may run behind the words.
        ground = {"boxstyle": "square,pad=0.1", "facecolor": "#FFFFFF", "edgecolor": "none"}
        beside = middle + width / 2 + widest / 60
        ax.text(beside, at, row["said"], ha="left", va="center", fontsize=8.5, bbox=ground)
    ax.set_yticks(range(len(rows)), names)
    for tick, own in zip(ax.get_yticklabels(), rows["own"], strict=True):
        tick.set_fontweight("bold" if own else "normal")
    ax.set_ylim(len(rows) - 0.4, -0.6)
    # Room at the right for what is said beside the last mark.
    ax.set_xlim(0, 1.7 * widest)
    ax.set_xticks([at for at in range(0, 101, 10) if at <= widest + 5])
    ax.set_xlabel(xlabel)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    legend(
        ax,
        [
            Patch(
                facecolor=STATUSES[name].colour,
                hatch=STATUSES[name].hatch,
                edgecolor="#333333",
                label=name,
            )
            for name in present
        ],
    )
    return titled(ax, title)
