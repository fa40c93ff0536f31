"""Evidence held against hypotheses, and how firm the ranking is."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from briefing_helpers.charts.cells import row_of_cells
from briefing_helpers.charts.style import COLOURS, Shade, legend, new_axes, titled

__all__ = ["CONSISTENCY", "evidence_matrix", "score_ranges"]

CONSISTENCY = {
    "very-consistent": (Shade("#1F4E79"), "CC"),
    "consistent": (Shade(COLOURS["sky"]), "C"),
    "neutral": (Shade("#EEF0F2"), "N"),
    "inconsistent": (Shade(COLOURS["orange"], "///"), "I"),
    "very-inconsistent": (Shade(COLOURS["vermilion"], "xxx"), "II"),
}


def evidence_matrix(
    first: pd.DataFrame,
    second: pd.DataFrame,
    title: str,
    hypotheses: Mapping[str, str],
    items: Mapping[str, str],
    labels: Mapping[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw items by hypotheses, each cell lettered and coloured by how well the item fits.

    ``first`` and ``second`` are :func:`hypotheses.consistency_matrix` of two coders, with rows and
    columns alike; where they differ the cell is shared, the first coder's choice on the left.
    ``hypotheses``, ``items`` and ``labels`` name columns, rows and values. Raises ValueError where the
    two do not match.
    """
    if not (first.index.equals(second.index) and first.columns.equals(second.columns)):
        raise ValueError("the two codings must have the same items and hypotheses, in the same order")
    ax = new_axes(ax, 1.1 + 0.3 * len(first), keys=len(CONSISTENCY) + 1)
    for y, item in enumerate(first.index):
        for x, name in enumerate(first.columns):
            chosen = dict.fromkeys([str(first.at[item, name]), str(second.at[item, name])])
            parts = [CONSISTENCY[value] for value in chosen]
            row_of_cells(ax, (x + 0.03, y + 0.05, 0.94, 0.9), parts, 9, bold=True)
    ax.set_xlim(0, len(first.columns))
    ax.set_ylim(len(first), 0)
    heads = [textwrap.fill(hypotheses[name], 15) for name in first.columns]
    ax.set_xticks([at + 0.5 for at in range(len(heads))], heads, fontsize=8.5, linespacing=1.0)
    ax.set_yticks([at + 0.5 for at in range(len(first))], [items[item] for item in first.index], fontsize=9)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    sns.despine(ax=ax, left=True, bottom=True)
    present = {*first.to_numpy().ravel(), *second.to_numpy().ravel()}
    keys = [
        Patch(
            facecolor=look.colour, hatch=look.hatch, edgecolor="#FFFFFF", label=f"{letters}  {labels[name]}"
        )
        for name, (look, letters) in CONSISTENCY.items()
        if name in present
    ]
    if not first.equals(second):
        keys.append(Patch(facecolor="none", label="Shared cell: first coder | second coder"))
    legend(ax, keys)
    return titled(ax, title)


def score_ranges(
    scores: pd.DataFrame,
    title: str,
    xlabel: str,
    hypotheses: Mapping[str, str],
    questions: Mapping[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw each hypothesis's points against it: both coders, and the range as single items drop out.

    ``scores`` are :func:`hypotheses.standing`; each question is headed by its name. ``hypotheses`` and
    ``questions`` name both.
    """
    groups = list(dict.fromkeys(scores["question"]))
    ax = new_axes(ax, 0.9 + 0.34 * (len(scores) + len(groups)), keys=3)
    at, ticks, names = 0.0, [], []
    for group in groups:
        ax.text(
            0,
            at,
            questions[group],
            transform=ax.get_yaxis_transform(),
            ha="left",
            va="center",
            weight="bold",
            fontsize=9,
        )
        for row in scores[scores["question"] == group].to_dict("records"):
            at += 1
            ax.barh(at, row["high"] - row["low"], left=row["low"], height=0.42, color=COLOURS["pale"])
            ax.vlines([row["low"], row["high"]], at - 0.21, at + 0.21, color=COLOURS["grey"], linewidth=1)
            ax.plot(
                [row["first"]], [at - 0.06], marker="o", color=COLOURS["blue"], markersize=7, linestyle="none"
            )
            ax.plot(
                [row["second"]], [at + 0.06], marker="D", markeredgecolor=COLOURS["vermilion"],
                markerfacecolor="none", markeredgewidth=1.6, markersize=9, linestyle="none",
            )  # fmt: skip
            ax.annotate(
                f"{row['first']:g} | {row['second']:g}", (row["high"], at), xytext=(10, 0),
                textcoords="offset points", va="center", fontsize=8.5,
            )  # fmt: skip
            ticks.append(at)
            names.append(textwrap.fill(hypotheses[row["hypothesis"]], 40))
        at += 1.2
    ax.set_yticks(ticks, names, fontsize=9)
    ax.set_ylim(at - 0.6, -0.7)
    ax.set_xlim(-0.25, 1.12 * max(scores["high"].max(), 1) + 0.4)
    ax.set_xlabel(xlabel)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)
    legend(
        ax,
        [
            Line2D([], [], marker="o", color=COLOURS["blue"], linestyle="none", label="First coder"),
            Line2D(
                [],
                [],
                marker="D",
                markeredgecolor=COLOURS["vermilion"],
                markerfacecolor="none",
                linestyle="none",
                label="Second coder",
            ),
            Patch(facecolor=COLOURS["pale"], label="Either coder, any one item left out"),
        ],
    )
    return titled(ax, title)
