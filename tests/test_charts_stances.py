from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.text import Text

from briefing_helpers import charts, latest_stances, plan_issues, stances, steps
from briefing_helpers.charts.stances import STANCES, short_date
from briefing_helpers.charts.style import luminance

pytestmark = pytest.mark.usefixtures("figures")

ISSUES = {"whole": "The plan", "peace": "Peace", "army": "The army", "vote": "Elections"}
LABELS = {
    "support": "Supports",
    "conditional": "Conditional",
    "critical": "Critical",
    "reject": "Rejects",
    "neutral": "Neutral",
    "not-assessable": "Not assessable",
}


def cell(camp, issue, latest, other=(), leads=(), status="single", red_line=False):
    return {
        "camp": camp, "issue": issue, "latest": list(latest), "other": list(other), "leads": list(leads),
        "status": status, "red_line": red_line,
    }  # fmt: skip


CELLS = pd.DataFrame(
    [
        cell("North", "whole", ["support"], status="confirmed"),
        cell("North", "army", ["conditional"], ["reject", "support"], ["support"], red_line=True),
        cell("South", "whole", ["critical", "reject"], status="weak"),
    ]
)
STEPS = pd.DataFrame(
    [
        ("North", "army", 1, "2031-05-01", "Ann", "reject", "confirmed"),
        ("North", "army", 2, "2031-05-30/2031-06-01", "Bo", "conditional", "single"),
        ("South (all)", "whole", 1, "2031-05", "jointly", "critical", "weak"),
        ("South (all)", "whole", 2, "2031-06~", "jointly", "critical", "weak"),
    ],
    columns=["voice", "issue", "step", "date", "speaker", "stance", "status"],
)
CHARTS = {
    "map": lambda title="t", cells=CELLS, ax=None: charts.stance_map(cells, title, ISSUES, LABELS, ax=ax),
    "steps": lambda title="t", rows=STEPS, ax=None: charts.stance_steps(rows, title, ISSUES, LABELS, ax=ax),
}
each_chart = pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)


@pytest.fixture
def ax(request):
    """Draw the chart whose argument is given."""
    return CHARTS["map" if "cells" in request.param else "steps"](**request.param)


def rows(ax):
    return [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()]


def heads(ax):
    return [text.get_text().replace("\n", " ") for text in ax.get_xticklabels()]


def letters(ax):
    """Return the texts in the cells by the row and column that their centre falls in."""
    found = {}
    for text in ax.texts:
        x, y = text.get_position()
        found.setdefault((rows(ax)[int(y)], int(x)), []).append(text.get_text())
    return found


def filled(ax):
    """Return the coloured cells: (left, top, width, height, colour)."""
    looks = {look.colour.upper() for look in STANCES.values()}
    return [
        (*patch.get_xy(), patch.get_width(), patch.get_height(), to_hex(patch.get_facecolor()).upper())
        for patch in ax.patches
        if to_hex(patch.get_facecolor()).upper() in looks and to_hex(patch.get_edgecolor()) == "#ffffff"
    ]


def frames(ax):
    return [patch for patch in ax.patches if patch.get_facecolor()[3] == 0]


def legend(ax):
    return [text.get_text() for each in ax.figure.legends for text in each.get_texts()]


# Both charts


@each_chart
def test_chart_returns_the_axes_of_one_figure(draw):
    ax = draw()
    assert isinstance(ax, Axes)
    assert [plt.figure(number) for number in plt.get_fignums()] == [ax.figure]


@each_chart
def test_chart_draws_into_the_axes_given(draw):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert draw(ax=right) is right
    assert plt.get_fignums() == [fig.number] and not left.patches


@each_chart
def test_title_is_the_one_given_and_money_is_no_formula(draw):
    ax = draw("costs $x^^ and $")
    assert ax.figure.get_suptitle() == "costs $x^^ and $"
    ax.figure.canvas.draw()
    assert not any(
        text.get_parse_math() and is_math_text(text.get_text()) for text in ax.figure.findobj(Text)
    )


@each_chart
def test_no_text_is_smaller_than_eight_points(draw):
    ax = draw()
    assert min(text.get_fontsize() for text in [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels()]) >= 8


@pytest.mark.parametrize(
    "ax", [{"cells": CELLS.iloc[:0]}, {"rows": STEPS.iloc[:0]}], ids=["map", "steps"], indirect=True
)
def test_an_empty_frame_draws_no_cell(ax):
    assert rows(ax) == [] and filled(ax) == []


def test_stances_differ_by_letters_and_neighbours_on_the_scale_in_grey(shipped):
    labels = shipped.labels("positions", "stance")
    assert set(labels) == set(STANCES)
    assert len({name[:2] for name in labels.values()}) == len(labels)
    greys = [luminance(STANCES[name].colour) for name in ("support", "conditional", "critical", "reject")]
    assert min(abs(one - two) for one, two in pairwise(greys)) > 0.15
    assert greys[2] - greys[0] > 0.15  # for and against must not look alike


def test_not_assessable_is_not_lettered_as_a_no():
    ax = CHARTS["map"](cells=CELLS.iloc[[0]].assign(latest=[["not-assessable"]]))
    assert letters(ax) == {("North", 0): ["–"]}
    assert legend(ax)[0] == "–  Not assessable"


# The map


def test_map_has_a_row_per_side_and_a_column_per_issue_spoken_on():
    ax = CHARTS["map"]()
    assert rows(ax) == ["North", "South"]
    assert heads(ax) == ["The plan", "The army", "2 other topics"]


def test_map_without_silent_issues_has_no_rest():
    spoken = pd.concat(
        [CELLS, pd.DataFrame([cell("South", name, ["support"]) for name in ("peace", "vote")])]
    )
    assert heads(CHARTS["map"](cells=spoken)) == list(ISSUES.values())


def test_map_letters_each_cell_and_leaves_the_others_empty():
    assert letters(CHARTS["map"]()) == {
        ("North", 0): ["Su"],
        ("North", 1): ["Co", "Re", "Su?"],
        ("South", 0): ["Cr", "Re"],
    }


def test_map_puts_latest_above_other_stances_and_shares_a_cell_between_voices():
    drawn = filled(CHARTS["map"]())
    colours = {name: look.colour.upper() for name, look in STANCES.items()}
    north = [box for box in drawn if int(box[0]) == 1 and int(box[1]) == 0]
    assert [box[4] for box in north] == [colours[name] for name in ("conditional", "reject", "support")]
    assert north[0][1] < north[1][1] == north[2][1]
    assert north[0][2] == pytest.approx(north[1][2] + north[2][2])
    south = [box for box in drawn if int(box[1]) == 1]
    assert [box[4] for box in south] == [colours["critical"], colours["reject"]]
    assert south[0][2] == south[1][2] and south[0][0] < south[1][0]


def test_map_frames_confirmed_and_weak_cells():
    found = frames(CHARTS["map"]())
    assert [(int(patch.get_x()), int(patch.get_y())) for patch in found] == [(0, 0), (0, 1)]
    firm, weak = found
    assert firm.get_linestyle() == "solid" and weak.get_linestyle() != "solid"


def test_map_marks_red_lines():
    [line] = CHARTS["map"]().lines
    assert line.get_marker() == "v"
    assert (int(line.get_xdata()[0]), int(line.get_ydata()[0])) == (1, 0)


def test_map_legend_explains_only_what_is_drawn():
    assert legend(CHARTS["map"]()) == [
        "Su  Supports", "Co  Conditional", "Cr  Critical", "Re  Rejects", "Firm frame: confirmed",
        "Broken frame: weak", "Red line put", "Below: other stances; ? weak statements only",
        "No statement on record",
    ]  # fmt: skip
    plain = CELLS.iloc[[2]].assign(status="single")
    assert legend(CHARTS["map"](cells=plain)) == ["Cr  Critical", "Re  Rejects", "No statement on record"]


# The steps


def test_steps_has_a_row_per_voice_and_issue():
    assert rows(CHARTS["steps"]()) == ["North: The army", "South: The plan"]


def test_steps_are_tiles_in_order_with_day_and_speaker():
    assert letters(CHARTS["steps"]()) == {
        ("North: The army", 0): ["Re", "1 May 31\nAnn"],
        ("North: The army", 1): ["Co", "30 May–1 Jun 31\nBo"],
        ("South: The plan", 0): ["Cr", "May 31\njointly"],
        ("South: The plan", 1): ["Cr", "~Jun 31\njointly"],
    }
    colours = [STANCES[name].colour.upper() for name in ("reject", "conditional", "critical", "critical")]
    assert [box[4] for box in filled(CHARTS["steps"]())] == colours
    assert len(frames(CHARTS["steps"]())) == 3


def test_steps_keep_their_width_however_few_there_are():
    assert CHARTS["steps"](rows=STEPS).get_xlim() == (0, 4)
    longer = pd.concat([STEPS, STEPS.iloc[[0]].assign(step=6)])
    assert CHARTS["steps"](rows=longer).get_xlim() == (0, 6)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2031-05-07", "7 May 31"),
        ("2031-05", "May 31"),
        ("2031", "2031"),
        ("2031-05-07~", "~7 May 31"),
        ("2031-05-07/2031-05-09", "7–9 May 31"),
        ("2031-05-30/2031-06-01", "30 May–1 Jun 31"),
        ("2031-05-30/..", "30 May 31"),
        ("2031-11-19/2031-11-23~", "~19–23 Nov 31"),
    ],
)
def test_short_date(text, short):
    assert short_date(text) == short


# The data shipped


@pytest.fixture
def said(shipped):
    found = stances(shipped.positions, shipped.clauses, shipped.actors, shipped.relations)
    return found[found["camp"] != "Commentators"]


def test_no_labels_overlap_in_the_charts_shipped(shipped, said):
    issues = plan_issues(shipped.clauses, shipped.labels("clauses", "topic"))
    labels = shipped.labels("positions", "stance")
    moves = steps(said)
    for ax in (
        charts.stance_map(latest_stances(said), "A title", issues, labels),
        charts.stance_steps(moves[moves["varied"]], "A title", issues, labels),
    ):
        ax.figure.canvas.draw()
        names = [text.get_window_extent() for text in ax.get_yticklabels()]
        assert not any(one.overlaps(two) for one, two in pairwise(names))
        boxes = [text.get_window_extent() for text in ax.texts]
        assert not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[at + 1 :])
        assert all(box.x1 <= ax.figure.bbox.width for box in boxes)
