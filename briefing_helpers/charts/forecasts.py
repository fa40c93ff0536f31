"""Expectations beside what came, and their scores."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from briefing_helpers.charts.style import COLOURS, Shade, new_axes, titled
from briefing_helpers.forecasts import FIFTY, score_text

__all__ = ["OUTCOMES", "expected_and_came", "term_scores"]

OUTCOMES = {
    "came-true": Shade("#1F4E79", marker="o"),
    "partly": Shade(COLOURS["orange"], marker="D"),
    "did-not": Shade(COLOURS["vermilion"], marker="X"),
}
# How scores stand beside that of always saying fifty-fifty: look and word; hatched cannot be told.
_BESIDE = {
    "worse": (Shade(COLOURS["vermilion"]), "worse"),
    "not clearly better or worse": (Shade(COLOURS["pale"], "////"), "not clear"),
    "better": (Shade(COLOURS["sky"]), "better"),
}


def expected_and_came(
    scores: pd.DataFrame,
    title: str,
    makers: Mapping[str, str],
    labels: Mapping[str, Mapping[str, str]],
    ax: Axes | None = None,
) -> Axes:
    """Draw the range of probability of each scored forecast, and below it what came.

    ``scores`` are :func:`forecasts.scored`, drawn in their order; ``makers`` names who made them,
    ``labels`` the values of ``term`` and of ``outcome``. The outcome stands at 100 where it happened, at 0
    where not; one that came true in part spans both. The score is written at the right.
    """
    ax = new_axes(ax, 0.9 + 0.72 * max(len(scores), 1))
    rows: list[dict[Any, Any]] = scores.to_dict("records")
    names = [textwrap.fill(f"{makers[row['made_by']]}: {row['summary'].rstrip('.')}", 34) for row in rows]
    for at, row in enumerate(rows):
        low, high = 100 * row["p_low"], 100 * row["p_high"]
        ax.barh(at - 0.18, high - low, left=low, height=0.26, color="#555555")
        term = f"{labels['term'][row['term']].lower()}, {low:.0f} to {high:.0f} %"
        left = low > 50
        ax.text(
            low - 2 if left else high + 2, at - 0.18, term, ha="right" if left else "left", va="center",
            fontsize=8.5, color="#333333",
        )  # fmt: skip
        look, word = OUTCOMES[str(row["outcome"])], labels["outcome"][row["outcome"]].lower()
        came = {"came-true": [100.0], "did-not": [0.0]}.get(str(row["outcome"]), [0.0, 100.0])
        ax.plot(
            came, [at + 0.2] * len(came), marker=look.marker, color=look.colour, markersize=8.5,
            linewidth=1.2, linestyle=(0, (3, 3)), clip_on=False,
        )  # fmt: skip
        ground = {"boxstyle": "square,pad=0.15", "facecolor": "#FFFFFF", "edgecolor": "none"}
        where = {"came-true": (96, "right"), "did-not": (4, "left")}.get(str(row["outcome"]), (50, "center"))
        ax.text(where[0], at + 0.2, word, ha=where[1], va="center", fontsize=8.5, weight="bold", bbox=ground)
        ax.text(
            107, at, score_text(row["best"], row["worst"]), ha="left", va="center", fontsize=9, clip_on=False
        )
        if at:
            ax.axhline(at - 0.5, color=COLOURS["pale"], linewidth=0.8, zorder=0)
    ax.text(107, -0.62, "Brier score", ha="left", va="bottom", fontsize=8.5, weight="bold")
    ax.set_yticks(range(len(names)), names, fontsize=9)
    ax.set_ylim(max(len(scores), 1) - 0.5, -0.6)
    ax.set_xlim(-3, 138)
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.set_xlabel("bar: probability as coded, per cent\nmark: 0 did not happen, 100 happened", fontsize=9)
    ax.xaxis.set_label_coords(50, -0.09, transform=ax.get_xaxis_transform())
    ax.tick_params(axis="y", length=0)
    sns.despine(ax=ax, left=True)
    ax.spines["bottom"].set_bounds(0, 100)
    return titled(ax, title)


def term_scores(
    supposed: pd.DataFrame,
    title: str,
    labels: Mapping[str, str],
    coded: Collection[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean scores the same outcomes would give under each term, beside that of fifty-fifty.

    ``supposed`` is :func:`forecasts.suppose`, or rows of it; ``labels`` names the terms, and those in
    ``coded``, the ones that the record has, stand in bold. Each bar runs from the best to
    the worst score within the term's range; colour, hatch and words say how it stands beside fifty-fifty.
    """
    ax = new_axes(ax, 0.9 + 0.36 * max(len(supposed), 1))
    ax.axvline(FIFTY, color="#333333", linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    ax.text(
        FIFTY,
        -0.68,
        f"always fifty-fifty: {FIFTY:g}",
        ha="center",
        va="bottom",
        fontsize=8.5,
        color="#333333",
    )
    for at, row in enumerate(supposed.to_dict("records")):
        look, word = _BESIDE[row["beside"]]
        ax.barh(
            at, row["worst"] - row["best"], left=row["best"], height=0.56, color=look.colour,
            hatch=look.hatch, edgecolor="#555555", linewidth=0.6,
        )  # fmt: skip
        said = f"{score_text(row['best'], row['worst'])}: {word}"
        # A ground of its own, since the line of fifty-fifty may run behind the words.
        ground = {"boxstyle": "square,pad=0.1", "facecolor": "#FFFFFF", "edgecolor": "none"}
        ax.text(row["worst"] + 0.012, at, said, ha="left", va="center", fontsize=8.5, bbox=ground)
    names = [
        f"{labels[row['term']]} ({100 * row['low']:.0f} to {100 * row['high']:.0f} %)"
        for row in supposed.to_dict("records")
    ]
    ax.set_yticks(range(len(names)), names, fontsize=9)
    ax.set_ylim(max(len(supposed), 1) - 0.5, -0.6)
    for tick, term in zip(ax.get_yticklabels(), supposed["term"], strict=True):
        tick.set_fontweight("bold" if term in coded else "normal")
    worst = max([2 * FIFTY, *supposed["worst"]])
    # Room at the right for the words beside the longest bar.
    ax.set_xlim(0, 1.55 * worst)
    ax.set_xticks([at for at in (0, 0.25, 0.5, 0.75, 1) if at <= worst])
    ax.set_xlabel("average Brier score: 0 best, 1 worst", fontsize=9)
    ax.tick_params(axis="y", length=0)
    sns.despine(ax=ax, left=True)
    return titled(ax, title)
