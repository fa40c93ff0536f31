"""Charts of how the record is borne out."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_hex
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from briefing_helpers.charts.style import Shade, ink_on, legend, new_axes, number_on, titled

__all__ = ["losses", "origins", "reading"]

# More origins, darker; none is hatched, since it is no small number but an absence.
_ORIGINS = [Shade("#1F4E79"), Shade("#5C93C2"), Shade("#B9D3E8"), Shade("#FFFFFF", "////")]
# Grave losses dark; each neighbour differs in brightness or by a hatch, so that grey print keeps them apart.
_LOSSES = [Shade("#A23B00"), Shade("#E69F00"), Shade("#E3E6E8", "...."), Shade("#56B4E9", "xxxx")]
_EDGE = "#6B6B6B"


def origins(counts: pd.DataFrame, title: str, ax: Axes | None = None) -> Axes:
    """Draw the records of each table by how many independent origins bear them out, as shares.

    ``counts`` is :func:`sourcing.by_origins`: a row per table, four columns from most to none. Bars are
    shares, so that small and large tables compare; the numbers on them are records.
    """
    looks = dict(zip(counts.columns, _ORIGINS, strict=True))
    ax = new_axes(ax, 0.8 + 0.29 * len(counts), keys=len(looks))
    total = counts.sum(axis=1)
    _stack(ax, 100 * counts.div(total.where(total > 0, 1), axis=0), counts, looks, least=4)
    ax.set_yticks(range(len(counts)), [f"{name} ({number:,})" for name, number in total.items()])
    ax.set_xlim(0, 100)
    ax.set_xlabel("per cent of the table; numbers are records")
    legend(ax, _keys(looks))
    return titled(ax, title)


def losses(leaning: pd.DataFrame, effects: dict[str, str], title: str, ax: Axes | None = None) -> Axes:
    """Draw for each origin how many records would change status without it, by what would become of them.

    ``leaning`` is :func:`sourcing.lean_on`, or its first rows; ``effects`` labels its columns of effects.
    """
    counts = leaning.set_index("origin")[list(effects)]
    looks = dict(zip(effects, _LOSSES, strict=True))
    ax = new_axes(ax, 0.9 + 0.29 * len(counts), keys=len(looks))
    widest = max([1, *counts.sum(axis=1)])
    _stack(ax, counts, counts, looks, least=widest / 28)
    for at, number in enumerate(counts.sum(axis=1)):
        ax.text(number + widest / 90, at, f"{number}", ha="left", va="center", fontsize=9, weight="bold")
    ax.set_yticks(range(len(counts)), list(counts.index))
    ax.set_xlim(0, 1.08 * widest)
    ax.set_xlabel("records whose status would change")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    legend(ax, _keys({effects[name]: look for name, look in looks.items()}))
    return titled(ax, title)


def reading(
    pairs: pd.DataFrame, labels: dict[str, dict[str, str]], title: str, ax: Axes | None = None
) -> Axes:
    """Draw how much of each source was read against how reliable it is, as a matrix.

    ``pairs`` is :func:`sourcing.read_and_rated`; ``labels`` names the values of ``read_depth`` and of
    ``reliability``. Shade and large number are citations, the small number sources; empty cells stay blank.
    """
    depths, grades = list(labels["read_depth"]), list(labels["reliability"])
    ax = new_axes(ax, 0.9 + 0.62 * len(depths))
    tint = LinearSegmentedColormap.from_list("tint", ["#EAF1F7", "#1F4E79"])
    scale = Normalize(0, max(1, pairs["citations"].max()))
    for row in pairs[pairs["sources"] > 0].to_dict("records"):
        x, y = grades.index(str(row["reliability"])), depths.index(str(row["read_depth"]))
        shade = to_hex(tint(scale(row["citations"])))
        ax.add_patch(Rectangle((x + 0.03, y + 0.04), 0.94, 0.92, facecolor=shade, edgecolor="#8C8C8C"))
        ink, pages = ink_on(shade), "source" if row["sources"] == 1 else "sources"
        ax.text(x + 0.5, y + 0.38, f"{row['citations']:,}", ha="center", va="center", color=ink, fontsize=11)
        ax.text(
            x + 0.5, y + 0.74, f"{row['sources']} {pages}", ha="center", va="center", color=ink, fontsize=8
        )
    ax.set_xlim(0, len(grades))
    ax.set_ylim(len(depths), 0)
    names = [f"{grade}\n{labels['reliability'][grade].lower()}".replace(" ", "\n", 1) for grade in grades]
    ax.set_xticks([at + 0.5 for at in range(len(grades))], names, fontsize=8.5, linespacing=0.95)
    ax.set_yticks([at + 0.5 for at in range(len(depths))], [labels["read_depth"][name] for name in depths])
    ax.xaxis.tick_top()
    ax.set_ylabel("how much was read")
    ax.tick_params(length=0)
    sns.despine(ax=ax, left=True, bottom=True)
    return titled(ax, title)


def _stack(
    ax: Axes, widths: pd.DataFrame, numbers: pd.DataFrame, looks: dict[str, Shade], least: float
) -> None:
    """Draw bars end to end; a segment narrower than ``least`` goes without its number."""
    left = pd.Series(0.0, index=widths.index)
    rows = range(len(widths))
    for name, look in looks.items():
        ax.barh(
            rows,
            widths[name],
            left=left,
            height=0.74,
            color=look.colour,
            hatch=look.hatch,
            edgecolor=_EDGE,
            linewidth=0.5,
        )
        for at, start, width, number in zip(rows, left, widths[name], numbers[name], strict=True):
            if number and width >= least:
                number_on(ax, start + width / 2, at, f"{number}", look)
        left += widths[name]
    ax.set_ylim(len(widths) - 0.4, -0.6)
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)


def _keys(looks: dict[str, Shade]) -> list[Patch]:
    return [
        Patch(facecolor=look.colour, hatch=look.hatch, edgecolor=_EDGE, linewidth=0.5, label=name)
        for name, look in looks.items()
    ]
