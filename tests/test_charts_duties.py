import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from briefing_helpers import charts
from briefing_helpers.charts.style import COLOURS, luminance

pytestmark = pytest.mark.usefixtures("figures")

PAIRS = pd.DataFrame(
    [
        ("North", "South", 6, 4, 3, 7),
        ("South", "North", 3, 3, 3, 3),
        ("North", "All parties to the text", 1, 0, 0, 1),
        ("South", "All parties to the text", 0, 2, 0, 2),
    ],
    columns=["owed_by", "owed_to", "first", "second", "low", "high"],
)
WAYS = pd.DataFrame(
    {
        "pair": ["north and south", "north and south", "north and valley"],
        "way": ["north to south", "south to north", "north to valley"],
        "first": [4, 2, 2],
        "second": [4, 5, 1],
        "low": [4, 2, 0],
        "high": [4, 5, 3],
    }
)


def labels(ticks):
    return [tick.get_text().replace("\n", " ") for tick in ticks]


def cells(ax):
    """Return the texts of each cell of a matrix, by column and row."""
    found = {}
    for text in ax.texts:
        x, y = text.get_position()
        found.setdefault((int(x), int(y)), []).append(text.get_text())
    return found


def grounds(ax):
    return {
        (int(box.get_x()), int(box.get_y())): to_hex(box.get_facecolor())
        for box in ax.patches
        if isinstance(box, Rectangle)
    }


# Matrix of who owes whom


def test_matrix_shows_each_count_and_below_it_its_range():
    ax = charts.owed(PAIRS, "Title", "gains", "owes")
    assert cells(ax) == {
        (0, 0): ["6", "3–7"],
        (1, 1): ["3"],
        (2, 0): ["1", "0–1"],
        (2, 1): ["0", "0–2"],
        (0, 2): ["6", "3–7"],
        (1, 2): ["3"],
        (2, 2): ["1", "0–3"],
        (3, 0): ["7"],
        (3, 1): ["3"],
        (3, 2): ["10"],
    }


def test_matrix_is_labelled_in_order_of_size_with_totals():
    ax = charts.owed(PAIRS, "Title", "gains", "owes")
    assert labels(ax.get_xticklabels()) == ["South", "North", "All parties to the text", "Total"]
    assert labels(ax.get_yticklabels()) == ["North", "South", "Total"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("gains", "owes")
    assert ax.yaxis_inverted()


def test_matrix_orders_by_the_first_coder_whatever_the_order_of_rows():
    turned = charts.owed(PAIRS.iloc[::-1], "Title", "gains", "owes")
    assert labels(turned.get_xticklabels())[0] == "South"
    assert cells(turned) == cells(charts.owed(PAIRS, "Title", "gains", "owes"))


def test_larger_counts_are_darker_and_a_count_of_zero_is_pale():
    ground = grounds(charts.owed(PAIRS, "Title", "gains", "owes"))
    assert set(ground) == {(0, 0), (1, 1), (2, 0), (2, 1)}
    brightness = [luminance(ground[at]) for at in [(0, 0), (1, 1), (2, 0), (2, 1)]]
    assert brightness == sorted(brightness)
    assert ground[2, 1].upper() == "#F4F5F6"


def test_numbers_can_be_read_on_their_ground():
    ax = charts.owed(PAIRS, "Title", "gains", "owes")
    ground = grounds(ax)
    for text in ax.texts:
        x, y = text.get_position()
        shade = ground.get((int(x), int(y)), "#FFFFFF")
        assert abs(luminance(shade) - luminance(to_hex(to_rgb(text.get_color())))) > 0.4


def test_no_text_of_the_matrix_is_smaller_than_eight_points():
    ax = charts.owed(PAIRS, "Title", "gains", "owes")
    ax.figure.canvas.draw()
    sizes = [text.get_fontsize() for text in [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels()]]
    assert min(sizes) >= 8


def test_no_two_texts_of_the_shipped_matrix_overlap(shipped):
    from briefing_helpers import duties, find, pairs

    own = duties(shipped.obligations, find(shipped.clauses, "us28"), shipped.labelled("actors"), ["nato"])
    ax = charts.owed(pairs(own), "Title", "main beneficiary", "who owes")
    ax.figure.canvas.draw()
    names = [text for text in ax.get_xticklabels() if text.get_text()]
    boxes = [text.get_window_extent() for text in [*ax.texts, *names, ax.xaxis.label]]
    assert [
        (one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :] if one.overlaps(other)
    ] == []


# Ranges


def marks(ax, marker):
    """Return where the marks of this shape stand: x and y."""
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if line.get_marker() == marker]


def test_each_coder_has_a_mark_of_its_own():
    ax = charts.ranges(WAYS, "Title", "duties")
    assert marks(ax, "o") == [(4, 0), (2, 1), (2, 2.5)]
    assert marks(ax, "s") == [(4, 0), (5, 1), (1, 2.5)]


def test_bars_run_from_the_lowest_to_the_highest_count():
    ax = charts.ranges(WAYS, "Title", "duties")
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(4, 0), (2, 3), (0, 3)]


def test_numbers_stand_at_the_end_and_give_a_range_where_there_is_one():
    ax = charts.ranges(WAYS, "Title", "duties")
    assert [(text.get_text(), text.xy) for text in ax.texts] == [
        ("4", (4, 0)),
        ("2, range 2 to 5", (5, 1)),
        ("2, range 0 to 3", (3, 2.5)),
    ]


def test_ranges_are_labelled_and_pairs_set_apart():
    ax = charts.ranges(WAYS, "Title", "duties")
    assert labels(ax.get_yticklabels()) == list(WAYS["way"])
    assert list(ax.get_yticks()) == [0, 1, 2.5]
    assert ax.get_xlabel() == "duties"
    assert ax.yaxis_inverted()
    keys = [text.get_text() for each in ax.figure.legends for text in each.get_texts()]
    assert keys == ["First coder", "Second coder", "Range over contested codings"]


def test_ranges_need_no_pairs_and_may_be_named_by_another_column():
    ax = charts.ranges(WAYS.drop(columns="pair").rename(columns={"way": "case"}), "Title", "x", "case")
    assert list(ax.get_yticks()) == [0, 1, 2]
    assert labels(ax.get_yticklabels()) == list(WAYS["way"])


def test_coders_are_told_apart_without_colour():
    ax = charts.ranges(WAYS, "Title", "duties")
    faces = {line.get_marker(): line.get_markerfacecolor() for line in ax.lines}
    assert faces == {"o": COLOURS["blue"], "s": "none"}


@pytest.mark.parametrize(
    "draw",
    [
        lambda title, ax: charts.owed(PAIRS, title, "gains", "owes", ax=ax),
        lambda title, ax: charts.ranges(WAYS, title, "duties", ax=ax),
    ],
    ids=["owed", "ranges"],
)
def test_charts_draw_into_the_axes_given_and_carry_their_title(draw):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert draw("Gains of $5 and $6", right) is right
    assert plt.get_fignums() == [fig.number]
    assert not left.has_data()
    assert fig.get_suptitle() == "Gains of $5 and $6"
    assert isinstance(draw("Own", None), Axes)


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
@pytest.mark.parametrize(
    ("draw", "texts"),
    [
        (lambda: charts.owed(PAIRS.head(0), "None", "x", "y"), ["0"]),
        (lambda: charts.ranges(WAYS.head(0), "None", "x"), []),
    ],
    ids=["owed", "ranges"],
)
def test_charts_of_no_rows_have_their_title(draw, texts):
    ax = draw()
    ax.figure.canvas.draw()
    assert ax.figure.get_suptitle() == "None"
    assert [text.get_text() for text in ax.texts] == texts


def test_frames_are_left_as_they_were():
    before = [PAIRS.copy(deep=True), WAYS.copy(deep=True)]
    charts.owed(PAIRS, "Title", "x", "y")
    charts.ranges(WAYS, "Title", "x")
    pd.testing.assert_frame_equal(PAIRS, before[0])
    pd.testing.assert_frame_equal(WAYS, before[1])
