import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text

from briefing_helpers import FATES, charts
from briefing_helpers.charts import COLOURS, FATE_LOOKS, SIDES, STATUSES
from briefing_helpers.charts.style import luminance

pytestmark = pytest.mark.usefixtures("figures")

KINDS = {"same": "unchanged", "dropped": "dropped", "contested": "contested", "not-known": "not-known"}
DARK, WHITE = "#3d4449", "#ffffff"


def fates(*rows):
    """Make fates: point, topic, title of the draft, change, weak."""
    frame = pd.DataFrame(rows, columns=["point", "topic", "title", "change", "weak"])
    return frame.assign(fate=[KINDS.get(change, "changed") for change in frame["change"]])


FATES_OF_THREE = fates(
    (1, "Ceasefire", "Plan B", "same", False),
    (1, "Ceasefire", "Plan C", "not-known", False),
    (2, "Forces", "Plan B", "softened", False),
    (2, "Forces", "Plan B", "dropped", True),
    (2, "Forces", "Plan C", "contested", False),
    (2, "Forces", "Plan C", "replaced", False),
    (3, "Bridges", "Plan B", "tightened", True),
    (3, "Bridges", "Plan C", "edited", False),
)
FLOW = pd.DataFrame([[6, 2], [0, 3]], index=["unchanged", "dropped"], columns=["unchanged", "not-known"])


def flow(counts=FLOW, title="A title", **options):
    return charts.flow(counts, title, "In plan B", "In plan C", FATES, **options)


def boxes(ax):
    return [patch for patch in ax.patches if type(patch) is Rectangle]


def legend(ax):
    return [text.get_text() for each in ax.figure.legends for text in each.get_texts()]


# Both charts


@pytest.mark.parametrize("draw", [lambda ax: charts.parts(FATES_OF_THREE, "t", ax), lambda ax: flow(ax=ax)])
def test_chart_draws_into_the_axes_given(draw):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert draw(right) is right
    assert plt.get_fignums() == [fig.number]
    assert not left.patches


@pytest.mark.parametrize("draw", [lambda title: charts.parts(FATES_OF_THREE, title), lambda t: flow(title=t)])
def test_title_is_the_one_given_and_stays_inside(draw):
    title = "A title that is as long as titles of findings are, so that it runs over two lines"
    ax = draw(title)
    ax.figure.canvas.draw()
    assert ax.figure.get_suptitle().split() == title.split()
    extent = ax.figure._suptitle.get_window_extent()
    assert extent.x0 >= 0 and extent.x1 <= ax.figure.bbox.width


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.parts(
            FATES_OF_THREE.replace({"Forces": "costs $x^^ and $", "Plan B": "$^^$"}), "$^^$"
        ),
        lambda: charts.flow(FLOW, "$^^$", "$^^$", "$^^$", dict.fromkeys(FATES, "costs $x^^ and $")),
    ],
)
def test_dollar_signs_start_no_formula(draw):
    ax = draw()
    ax.figure.canvas.draw()
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible()]
    assert [text for text in texts if text.get_parse_math() and is_math_text(text.get_text())] == []


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
@pytest.mark.parametrize(
    "draw", [lambda: charts.parts(FATES_OF_THREE.head(0), "None"), lambda: flow(FLOW.iloc[:0, :0], "None")]
)
def test_chart_of_nothing_has_its_title_and_no_marks(draw):
    ax = draw()
    ax.figure.canvas.draw()
    assert isinstance(ax, Axes)
    assert ax.figure.get_suptitle() == "None"
    assert list(ax.patches) == []


@pytest.mark.parametrize("draw", [lambda: charts.parts(FATES_OF_THREE, "t"), flow])
def test_no_text_is_smaller_than_eight_points(draw):
    assert [text for text in draw().figure.findobj(Text) if text.get_text() and text.get_fontsize() < 8] == []


def test_frames_are_left_as_they_were():
    before = FATES_OF_THREE.copy(deep=True), FLOW.copy(deep=True)
    charts.parts(FATES_OF_THREE, "t")
    flow()
    pd.testing.assert_frame_equal(FATES_OF_THREE, before[0])
    pd.testing.assert_frame_equal(FLOW, before[1])


# Looks


def test_every_fate_has_a_look_of_its_own():
    assert list(FATE_LOOKS) == list(FATES)
    assert len({look[:2] for look in FATE_LOOKS.values()}) == len(FATES)


def test_the_colours_of_fates_are_no_sides():
    main = {SIDES[name].colour for name in ("us", "russia", "europe", "ukraine")}
    assert main.isdisjoint({look.colour for look in FATE_LOOKS.values()})
    assert FATE_LOOKS["dropped"].colour not in {look.colour for look in STATUSES.values()}


def test_gone_is_darker_in_grey_than_what_stays_and_that_than_what_is_not_known():
    grey = {name: luminance(look.colour) for name, look in FATE_LOOKS.items()}
    assert grey["dropped"] + 0.15 < grey["unchanged"] and grey["changed"] + 0.15 < grey["not-known"]
    assert FATE_LOOKS["contested"].hatch and FATE_LOOKS["not-known"].hatch


# Parts


def test_rows_are_points_and_columns_are_drafts():
    ax = charts.parts(FATES_OF_THREE, "t")
    ax.figure.canvas.draw()
    assert [text.get_text() for text in ax.get_yticklabels()] == ["1  Ceasefire", "2  Forces", "3  Bridges"]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["Plan B", "Plan C"]
    assert ax.yaxis_inverted()


def test_a_cell_stands_in_its_row_and_column_and_is_cut_into_its_clauses():
    found = [(box.get_x(), box.get_y(), box.get_width()) for box in boxes(charts.parts(FATES_OF_THREE, "t"))]
    whole, half = 0.96 - 0.016, 0.48 - 0.016
    assert [pytest.approx(box) for box in found] == [
        (0.008, -0.42, whole),
        (1.008, -0.42, whole),
        (0.008, 0.58, half),
        (0.488, 0.58, half),
        (1.008, 0.58, half),
        (1.488, 0.58, half),
        (0.008, 1.58, whole),
        (1.008, 1.58, whole),
    ]


def test_a_lone_clause_says_its_change_in_words_and_several_by_sign():
    words = [text.get_text() for text in charts.parts(FATES_OF_THREE, "t").texts]
    assert words == ["=  same", "?  not known", "−", "D", "!", "R", "+  tightened", "E  edited"]


def test_colour_tells_the_fate_and_a_weak_cell_is_hollow():
    ax = charts.parts(FATES_OF_THREE, "t")
    faces = [to_hex(box.get_facecolor()) for box in boxes(ax)]
    green, pink, pale = (COLOURS[name].lower() for name in ("green", "pink", "pale"))
    assert faces == [green, pale, pink, WHITE, WHITE, pink, WHITE, pink]
    edges = [to_hex(box.get_edgecolor()) for box in boxes(ax)]
    assert (edges[3], edges[6]) == (DARK, pink)


def test_doubt_is_hatched():
    hatches = [box.get_hatch() or "" for box in boxes(charts.parts(FATES_OF_THREE, "t"))]
    assert hatches == ["", "///", "", "", "xxx", "", "", ""]


def test_an_unknown_fate_is_not_hollow_for_lack_of_sources():
    [box] = boxes(charts.parts(fates((1, "Ceasefire", "Plan B", "not-known", True)), "t"))
    assert to_hex(box.get_facecolor()) == COLOURS["pale"].lower()
    assert box.get_hatch() == "///"


def test_legend_names_what_is_drawn_only():
    assert legend(charts.parts(FATES_OF_THREE, "t")) == [
        "Unchanged  =",
        "Changed: E edited, R replaced,\n− softened, + tightened",
        "Dropped  D",
        "Reports differ  !",
        "Not known  ?",
        "Hollow: weak sources only",
    ]
    assert legend(charts.parts(fates((1, "Forces", "Plan B", "dropped", False)), "t")) == ["Dropped  D"]


def test_words_stay_inside_their_cells():
    ax = charts.parts(FATES_OF_THREE, "t")
    ax.figure.canvas.draw()
    for box, text in zip(boxes(ax), ax.texts, strict=True):
        outer, inner = box.get_window_extent(), text.get_window_extent()
        assert outer.x0 < inner.x0 and inner.x1 < outer.x1


def test_two_points_on_one_topic_are_two_rows():
    ax = charts.parts(
        fates((1, "Forces", "Plan B", "same", False), (2, "Forces", "Plan B", "same", False)), "t"
    )
    assert [text.get_text() for text in ax.get_yticklabels()] == ["1  Forces", "2  Forces"]


# Flow


def bands(ax):
    """Give each band's height at its left and right end, and where these ends begin."""
    found = []
    for patch in ax.patches:
        if isinstance(patch, PathPatch):
            points = patch.get_path().vertices
            found.append((points[0][1], points[3][1], points[7][1] - points[0][1]))
    return found


def test_nodes_are_as_high_as_the_sums_and_stand_below_each_other():
    nodes = [(box.get_x(), box.get_y(), box.get_height()) for box in boxes(flow())]
    gap = 0.05 * 11
    assert [pytest.approx(node) for node in nodes] == [
        (-0.03, 0, 8),
        (-0.03, 8 + gap, 3),
        (1, 0, 6),
        (1, 6 + gap, 5),
    ]


def test_bands_are_as_thick_as_the_counts_and_leave_no_gap_in_their_nodes():
    gap = 0.05 * 11
    assert [pytest.approx(band) for band in bands(flow())] == [
        (0, 0, 6),
        (6, 6 + gap, 2),
        (8 + gap, 8 + gap, 3),
    ]


def test_bands_keep_their_thickness_on_the_way():
    drawn = [patch for patch in flow().patches if isinstance(patch, PathPatch)]
    for (_, _, thick), band in zip(bands(flow()), drawn, strict=True):
        upper, lower = band.get_path().vertices[:4, 1], band.get_path().vertices[4:8, 1][::-1]
        assert list(lower - upper) == pytest.approx([thick] * 4)


def test_labels_name_fates_with_their_sums_and_bands_their_number():
    words = [text.get_text() for text in flow().texts]
    assert words == [
        "Unchanged  8",
        "Dropped  3",
        "6  Unchanged",
        "5  Not known",
        *("6", "2", "3"),
        "In plan B",
        "In plan C",
    ]


def test_bands_have_the_colour_and_hatch_of_the_fate_they_come_from():
    counts = pd.DataFrame([[1], [2]], index=["dropped", "not-known"], columns=["unchanged"])
    made = [patch for patch in flow(counts).patches if isinstance(patch, PathPatch)]
    assert [to_hex(band.get_facecolor()) for band in made] == [DARK, COLOURS["pale"].lower()]
    assert [band.get_hatch() or "" for band in made] == ["", "///"]


def test_labels_do_not_overlap_and_stay_inside_the_figure():
    ax = flow()
    ax.figure.canvas.draw()
    extents = [text.get_window_extent() for text in ax.texts]
    assert all(each.x0 >= 0 and each.x1 <= ax.figure.bbox.width for each in extents)
    clashes = [(a, b) for at, a in enumerate(extents) for b in extents[at + 1 :] if a.overlaps(b)]
    assert clashes == []
