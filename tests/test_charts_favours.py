import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.text import Text

from briefing_helpers import charts, favoured
from briefing_helpers.charts import COLOURS, SIDES

pytestmark = pytest.mark.usefixtures("figures")

RANGES = pd.DataFrame(
    [
        ("Plan A", "Plan B", "Russia", 2, 2),
        ("Plan A", "Plan B", "Ukraine", 3, 5),
        ("Plan A", "Plan B", "Europe", 0, 0),
        ("Plan A", "Plan C", "United States", 0, 1),
        ("Plan A", "Plan C", "Several sides", 4, 6),
    ],
    columns=["older", "newer", "favours", "low", "high"],
)


def draw(ranges=RANGES, title="A title", ax=None):
    return charts.favours(ranges, title, "changes", ax)


def bars(ax):
    """Give each bar as (left, width), from top to bottom; agreed and doubtful parts in turn."""
    return [(bar.get_x(), bar.get_width()) for bar in ax.patches]


def labels(ax):
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.get_yticklabels()]


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_sides_stand_below_the_heading_of_their_pair():
    ax = draw()
    assert labels(ax) == ["Russia", "Ukraine", "United States", "Several sides"]
    headings = [(text.get_text(), text.get_position()[1]) for text in ax.texts if "→" in text.get_text()]
    assert [name for name, _ in headings] == ["Plan A → Plan B", "Plan A → Plan C"]
    rows = ax.get_yticks()
    assert headings[0][1] < rows[0] < rows[1] < headings[1][1] < rows[2] < rows[3]
    assert ax.yaxis_inverted()


def test_solid_is_what_is_agreed_and_hatched_the_rest():
    ax = draw()
    assert bars(ax) == [(0, 2), (2, 0), (0, 3), (3, 2), (0, 0), (0, 1), (0, 4), (4, 2)]
    assert [bar.get_hatch() or "" for bar in ax.patches] == ["", "////"] * 4
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches[1::2]} == {"#ffffff"}


def test_sides_have_their_colours_and_whatever_is_no_side_is_grey():
    ax = draw()
    colours = [SIDES[name].colour.lower() for name in ("russia", "ukraine", "us")]
    assert [to_hex(bar.get_facecolor()) for bar in ax.patches[::2]] == [*colours, COLOURS["grey"].lower()]
    assert [to_hex(bar.get_edgecolor()) for bar in ax.patches[1::2]] == [*colours, COLOURS["grey"].lower()]


def test_ranges_stand_beside_the_bars_and_one_number_where_there_is_no_range():
    assert words(draw()) == ["Plan A → Plan B", "2", "3 to 5", "Plan A → Plan C", "0 to 1", "4 to 6"]


def test_a_side_that_nobody_names_has_no_bar():
    assert "Europe" not in labels(draw())


def test_values_may_be_ids(valley):
    counts = favoured(valley.lineage)
    ax = draw(counts)
    assert labels(ax) == ["several"]
    assert words(ax) == ["plan-a → plan-b", "3"]


def test_legend_tells_solid_from_hatched():
    [legend] = draw().figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "Both coders say so",
        "One coder only, or reports differ",
    ]


def test_chart_draws_into_the_axes_given():
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert draw(ax=right) is right
    assert plt.get_fignums() == [fig.number]
    assert not left.patches


def test_title_is_the_one_given_and_frames_are_left_as_they_were():
    before = RANGES.copy(deep=True)
    assert (
        draw(title="A title of some length " * 5).figure.get_suptitle().split()
        == ("A title of some length " * 5).split()
    )
    pd.testing.assert_frame_equal(RANGES, before)


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
@pytest.mark.parametrize("ranges", [RANGES.head(0), RANGES[RANGES["high"] == 0]], ids=["none", "zero"])
def test_chart_of_nothing_has_its_title_and_no_marks(ranges):
    ax = draw(ranges, "None")
    ax.figure.canvas.draw()
    assert (ax.figure.get_suptitle(), list(ax.patches), list(ax.texts)) == ("None", [], [])


def test_dollar_signs_start_no_formula():
    ax = draw(RANGES.replace({"Plan A": "costs $x^^ and $", "Russia": "$^^$"}), "$^^$")
    ax.figure.canvas.draw()
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible()]
    assert [text for text in texts if text.get_parse_math() and is_math_text(text.get_text())] == []


def test_texts_are_large_enough_and_stay_inside_the_figure():
    ax = draw()
    ax.figure.canvas.draw()
    texts = [text for text in ax.figure.findobj(Text) if text.get_text() and text.get_visible()]
    assert [text for text in texts if text.get_fontsize() < 8] == []
    extents = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()]]
    assert all(each.x0 >= 0 and each.x1 <= ax.figure.bbox.width for each in extents)
