from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from briefing_helpers import charts
from briefing_helpers.charts.style import luminance
from briefing_helpers.sourcing import EFFECTS

pytestmark = pytest.mark.usefixtures("figures")

COUNTS = pd.DataFrame(
    {"three or more": [6, 0], "two": [2, 0], "one": [2, 30], "none": [0, 10]}, index=["drafts", "events"]
)
LEANING = pd.DataFrame(
    {
        "origin": ["Wire One", "The $5 Paper $"],
        "pages": [3, 1],
        "records": [40, 9],
        "bare": [30, 1],
        "thinner": [20, 2],
        "gone": [0, 0],
        "quarrel": [1, 0],
        "changes": [51, 3],
    }
)
LABELS = {
    "read_depth": {"full": "Full", "opening": "Opening"},
    "reliability": {"A": "Reliable", "B": "Usually reliable", "D": "Not usually reliable"},
}
PAIRS = pd.DataFrame(
    [("full", "A", 1, 1200), ("full", "B", 0, 0), ("opening", "B", 4, 30), ("opening", "D", 2, 0)],
    columns=["read_depth", "reliability", "sources", "citations"],
)


def rows(ax):
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.get_yticklabels()]


def keys(ax):
    [legend] = ax.figure.legends
    faces = [(to_hex(patch.get_facecolor()), patch.get_hatch()) for patch in legend.get_patches()]
    return dict(zip([text.get_text() for text in legend.get_texts()], faces, strict=True))


def words(ax):
    return [text.get_text() for text in ax.texts]


def inside(ax):
    """Tell whether numbers, labels, legend and title lie within the width of the figure."""
    ax.figure.canvas.draw()
    texts = [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label, ax.figure._suptitle]
    texts += [text for legend in ax.figure.legends for text in legend.get_texts()]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    return all(box.x0 >= -1 and box.x1 <= ax.figure.bbox.width + 1 for box in boxes)


# Origins


def test_origins_are_drawn_as_shares_of_each_table():
    ax = charts.origins(COUNTS, "Title")
    assert [bar.get_width() for bar in ax.patches] == [60, 0, 20, 0, 20, 75, 0, 25]
    assert [bar.get_x() for bar in ax.patches] == [0, 0, 60, 0, 80, 0, 100, 75]
    assert ax.get_xlim() == (0, 100)


def test_origins_name_tables_with_their_size_and_carry_numbers_of_records():
    ax = charts.origins(COUNTS, "Title")
    assert rows(ax) == ["drafts (10)", "events (40)"]
    assert words(ax) == ["6", "2", "2", "30", "10"]
    assert ax.figure.get_suptitle() == "Title"


def test_a_thin_segment_goes_without_its_number():
    counts = pd.DataFrame({"three or more": [97], "two": [3], "one": [0], "none": [0]}, index=["events"])
    assert words(charts.origins(counts, "Title")) == ["97"]


def test_more_origins_are_darker_and_none_is_hatched():
    looks = keys(charts.origins(COUNTS, "Title"))
    assert list(looks) == ["three or more", "two", "one", "none"]
    brightness = [luminance(face) for face, _ in looks.values()]
    assert brightness == sorted(brightness) and min(b - a for a, b in pairwise(brightness)) > 0.1
    assert [bool(hatch) for _, hatch in looks.values()] == [False, False, False, True]


def test_a_table_without_records_has_an_empty_bar():
    ax = charts.origins(COUNTS.mul([0, 1], axis=0), "Title")
    assert rows(ax) == ["drafts (0)", "events (40)"]
    assert [bar.get_width() for bar in ax.patches][::2] == [0, 0, 0, 0]


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_charts_of_nothing_are_empty_but_titled():
    for ax in (
        charts.origins(COUNTS.head(0), "None"),
        charts.losses(LEANING.head(0), EFFECTS, "None"),
        charts.reading(PAIRS.head(0), LABELS, "None"),
    ):
        ax.figure.canvas.draw()
        assert ax.figure.get_suptitle() == "None"
        assert (list(ax.patches), list(ax.texts)) == ([], [])


# Losses


def test_losses_stack_the_effects_and_end_in_their_sum():
    ax = charts.losses(LEANING, EFFECTS, "Title")
    assert [bar.get_width() for bar in ax.patches] == [30, 1, 20, 2, 0, 0, 1, 0]
    assert [bar.get_x() for bar in ax.patches] == [0, 0, 30, 1, 50, 3, 50, 3]
    assert words(ax) == ["30", "20", "2", "51", "3"]
    assert [text.get_text() for text in ax.texts if text.get_weight() == "bold"] == ["51", "3"]


def test_losses_label_origins_and_effects():
    ax = charts.losses(LEANING, EFFECTS, "Title")
    assert rows(ax) == ["Wire One", "The $5 Paper $"]
    assert list(keys(ax)) == list(EFFECTS.values())
    assert ax.get_xlabel() == "records whose status would change"


def test_effects_differ_by_hatch_where_grey_print_would_not_tell_them_apart():
    looks = list(keys(charts.losses(LEANING, EFFECTS, "Title")).values())
    assert len(set(looks)) == len(EFFECTS)
    for (face, hatch), (other, crossed) in pairwise(looks):
        assert abs(luminance(face) - luminance(other)) > 0.15 or hatch != crossed


# Reading


def test_reading_shows_citations_and_sources_where_there_are_sources():
    ax = charts.reading(PAIRS, LABELS, "Title")
    assert words(ax) == ["1,200", "1 source", "30", "4 sources", "0", "2 sources"]
    corners = [(round(cell.get_x()), round(cell.get_y())) for cell in ax.patches]
    assert corners == [(0, 0), (1, 1), (2, 1)]


def test_reading_is_labelled_and_shaded_by_citations():
    ax = charts.reading(PAIRS, LABELS, "Title")
    assert rows(ax) == ["Full", "Opening"]
    assert [" ".join(text.get_text().split()) for text in ax.get_xticklabels()] == [
        *("A reliable", "B usually reliable", "D not usually reliable")
    ]
    brightness = [luminance(to_hex(cell.get_facecolor())) for cell in ax.patches]
    assert brightness[0] < brightness[1] < brightness[2]


@pytest.mark.parametrize("sides", [2, 30])
def test_nothing_is_cut_off(sides):
    names = [f"a table with a rather long name {number}" for number in range(sides)]
    many = pd.concat([COUNTS.head(1)] * sides).set_axis(names)
    assert inside(charts.origins(many, "A title that is as long as the titles of findings are, on two lines"))
    assert inside(charts.losses(pd.concat([LEANING.head(1)] * sides), EFFECTS, "Title"))
    assert inside(charts.reading(PAIRS, LABELS, "Title"))


def test_charts_draw_into_the_axes_given_and_leave_frames_as_they_were():
    before = [COUNTS.copy(), LEANING.copy(), PAIRS.copy()]
    fig, axes = plt.subplots(1, 3, layout="constrained")
    assert charts.origins(COUNTS, "Title", ax=axes[0]) is axes[0]
    assert charts.losses(LEANING, EFFECTS, "Title", ax=axes[1]) is axes[1]
    assert charts.reading(PAIRS, LABELS, "Title", ax=axes[2]) is axes[2]
    assert plt.get_fignums() == [fig.number]
    for frame, copy in zip([COUNTS, LEANING, PAIRS], before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
