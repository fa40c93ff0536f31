from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from briefing_helpers import charts, find
from briefing_helpers.charts.style import PRECISION, luminance, shades

pytestmark = pytest.mark.usefixtures("figures")

ORDER = ["Specific", "Partial", "Open", "Not known"]
CLAUSES = pd.DataFrame(
    {
        "point": [2, 2, 2, 1, 4],
        "part": [None, "a", "b", None, "a"],
        "topic": ["Forces", "Energy", "Forces", "Ceasefire", "Elections"],
        "precision": pd.Categorical(
            ["Open", "Specific", "Partial", "Specific", "Not known"], ORDER, ordered=True
        ),
        "condition": [None, "If asked", "If paid", None, None],
        "quantity": [None, 5.0, None, None, 0.0],
        "deadline": [None, None, None, "at once", None],
        "duration": [None] * 5,
    }
)


def squares(ax):
    """Return the squares, as row, place and colour."""
    own = [box for box in ax.patches if isinstance(box, Rectangle) and box.get_width() == 0.88]
    return [(round(box.get_y() + 0.4), box.get_x(), to_hex(box.get_facecolor()).upper()) for box in own]


def colour(value):
    return PRECISION[value].colour.upper()


def dots(ax):
    """Return what each dot tells: its row, the column whose name is nearest, and the letters beside it."""
    ticks = dict(zip(ax.get_xticks(), [text.get_text() for text in ax.get_xticklabels()], strict=True))
    beside = {
        (round(text.get_position()[0] - 0.25, 2), text.get_position()[1]): text.get_text()
        for text in ax.texts
        if text.get_ha() == "left"
    }
    found = []
    for line in ax.lines:
        x, y = line.get_xdata()[0], line.get_ydata()[0]
        found.append((y, ticks[min(ticks, key=lambda tick: abs(tick - x))], beside[round(x, 2), y]))
    return found


def test_a_square_is_a_clause_in_the_row_of_its_point_shaded_by_precision():
    ax = charts.outline(CLAUSES, "Title")
    assert squares(ax) == [
        (0, 0, colour("specific")),
        (1, 0, colour("open")),
        (1, 1, colour("specific")),
        (1, 2, colour("partial")),
        (2, 0, colour("not-known")),
    ]


def test_squares_carry_the_letter_of_their_part():
    ax = charts.outline(CLAUSES, "Title")
    letters = [(*text.get_position(), text.get_text()) for text in ax.texts if text.get_ha() == "center"]
    assert letters == [(0.44, 0, ""), (0.44, 1, ""), (1.44, 1, "a"), (2.44, 1, "b"), (0.44, 2, "a")]


def test_a_dot_tells_what_a_point_states_and_in_which_part():
    ax = charts.outline(CLAUSES, "Title")
    assert dots(ax) == [
        (0, "Deadline", ""),
        (1, "Condition", "a b"),
        (1, "Figure", "a"),
        (2, "Figure", "a"),
    ]


def test_rows_are_points_in_order_named_by_the_first_topic():
    ax = charts.outline(CLAUSES, "Title")
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == ["Ceasefire  1", "Forces  2", "Elections  4"]
    heads = [text.get_text() for text in ax.get_xticklabels()]
    assert heads == ["Clauses", "Condition", "Figure", "Deadline", "Duration"]
    assert ax.yaxis_inverted()


def test_legend_names_what_occurs_from_exact_to_open():
    ax = charts.outline(CLAUSES[CLAUSES["precision"] != "Partial"], "Title")
    [key] = ax.figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["Specific", "Open", "Not known"]
    found = {
        text.get_text(): to_hex(patch.get_facecolor()).upper()
        for text, patch in zip(key.get_texts(), key.get_patches(), strict=True)
    }
    assert found == {
        "Specific": colour("specific"),
        "Open": colour("open"),
        "Not known": colour("not-known"),
    }


def test_precision_has_shades_of_its_own_even_where_a_value_is_absent():
    assert shades(["Partial", "Open"]) == {"Partial": PRECISION["partial"], "Open": PRECISION["open"]}
    assert shades(["Not known"]) == {"Not known": PRECISION["not-known"]}
    assert shades(["partial", "match"])["partial"] != PRECISION["partial"], "another field's value"


def test_shades_of_precision_darken_with_it_and_print_apart_in_grey():
    grey = [luminance(shade.colour) for shade in PRECISION.values()]
    assert grey == sorted(grey)
    assert min(after - before for before, after in pairwise(grey)) > 0.12
    assert len({shade.hatch for shade in PRECISION.values()}) == 3


def test_the_shipped_plan_has_a_row_per_point_and_a_square_per_clause(shipped):
    clauses = find(shipped.clauses, "us28")
    ax = charts.outline(shipped.labelled("clauses", clauses), "Title")
    assert len(ax.get_yticks()) == 28
    assert len(squares(ax)) == len(clauses)
    stated = clauses.assign(stated=clauses["condition"].notna()).groupby("point")["stated"].any()
    assert sum(column == "Condition" for _, column, _ in dots(ax)) == stated.sum()


def test_no_two_texts_of_the_shipped_plan_overlap(shipped):
    ax = charts.outline(shipped.labelled("clauses", find(shipped.clauses, "us28")), "Title")
    ax.figure.canvas.draw()
    shown = [text for text in [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels()] if text.get_text()]
    boxes = [text.get_window_extent() for text in shown]
    assert [
        (shown[at].get_text(), shown[at + 1 + to].get_text())
        for at, one in enumerate(boxes)
        for to, other in enumerate(boxes[at + 1 :])
        if one.overlaps(other)
    ] == []
    assert min(text.get_fontsize() for text in shown) >= 8


def test_chart_draws_into_the_axes_given_and_carries_its_title():
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert charts.outline(CLAUSES.replace("Forces", "Costs $x^^ and $"), "Of $5 and $6", right) is right
    fig.canvas.draw()
    assert plt.get_fignums() == [fig.number]
    assert not left.has_data()
    assert fig.get_suptitle() == "Of $5 and $6"


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_chart_of_no_clauses_has_its_title_and_no_marks():
    ax = charts.outline(CLAUSES.head(0), "None")
    ax.figure.canvas.draw()
    assert (ax.figure.get_suptitle(), list(ax.patches), list(ax.lines), list(ax.texts)) == (
        "None",
        [],
        [],
        [],
    )


def test_frame_is_left_as_it_was():
    before = CLAUSES.copy(deep=True)
    charts.outline(CLAUSES, "Title")
    pd.testing.assert_frame_equal(CLAUSES, before)
