import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.cbook import is_math_text
from matplotlib.text import Text

from briefing_helpers import charts

pytestmark = pytest.mark.usefixtures("figures")

NAN = float("nan")
SPANS = pd.DataFrame(
    {
        "group": ["Army", "Army", "Dead", "Dead", "Dead"],
        "label": ["Northland; 2031", "Southland; 2031", "Herald", "Agency", "Digest"],
        "low": [90.0, NAN, 300.0, NAN, NAN],
        "best": [100.0, 80.0, NAN, NAN, 250.0],
        "high": [110.0, NAN, NAN, 400.0, NAN],
        "said": ["100 (90 to 110)", "80", "at least 300", "up to 400", "250"],
        "status": ["confirmed", "single", "disputed", "confirmed", "weak"],
    }
)


def rows(ax):
    """Return the height of each row by its label."""
    ax.figure.canvas.draw()
    return {text.get_text(): at for text, at in zip(ax.get_yticklabels(), ax.get_yticks(), strict=True)}


def marks(ax, marker, at):
    """Return where a marker stands in a row."""
    lines = [line for line in ax.lines if line.get_marker() == marker and set(line.get_ydata()) == {at}]
    return [x for line in lines for x in line.get_xdata()]


def legend(ax):
    return [text.get_text() for each in ax.figure.legends for text in each.get_texts()]


def said(ax):
    return {text.get_text(): text.xy for text in ax.texts if hasattr(text, "xy") and text.get_text()}


# Ranges


def test_rows_stand_under_the_name_of_their_group():
    ax = charts.numbers(SPANS, "Title", "people")
    heads = {text.get_text(): text.get_position()[1] for text in ax.texts if text.get_weight() == "bold"}
    assert heads == {"Army": 0, "Dead": 3}
    assert rows(ax) == {"Northland; 2031": 1, "Southland; 2031": 2, "Herald": 4, "Agency": 5, "Digest": 6}
    assert ax.yaxis_inverted()
    assert (ax.get_xlabel(), ax.figure.get_suptitle()) == ("people", "Title")


def test_rows_without_groups_have_no_names_above_them():
    ax = charts.numbers(SPANS.drop(columns="group"), "Title", "x")
    assert list(rows(ax).values()) == [0, 1, 2, 3, 4]
    assert [text for text in ax.texts if text.get_weight() == "bold"] == []


def test_a_number_is_a_mark_a_range_a_bar_and_a_bound_an_arrow():
    ax = charts.numbers(SPANS, "Title", "x")
    at = rows(ax)
    assert marks(ax, "o", at["Northland; 2031"]) == [100]
    assert marks(ax, "o", at["Southland; 2031"]) == [80]
    [bar] = [line for line in ax.lines if line.get_linewidth() == 5]
    assert (list(bar.get_xdata()), set(bar.get_ydata())) == ([90, 110], {at["Northland; 2031"]})
    arrows = {text.xy: text.xyann[0] for text in ax.texts if getattr(text, "arrow_patch", None)}
    assert arrows == {(300, at["Herald"]): 22, (400, at["Agency"]): -22}


def test_the_number_is_written_beside_its_mark():
    ax = charts.numbers(SPANS, "Title", "x")
    at = rows(ax)
    assert said(ax) == {
        "100 (90 to 110)": (110, at["Northland; 2031"]),
        "80": (80, at["Southland; 2031"]),
        "at least 300": (300, at["Herald"]),
        "up to 400": (400, at["Agency"]),
        "250": (250, at["Digest"]),
    }


def test_weak_numbers_are_hollow_and_disputed_ones_diamonds():
    both = SPANS.assign(best=[100.0, 80.0, 300.0, 400.0, 250.0])
    ax = charts.numbers(both, "Title", "x")
    at = rows(ax)
    assert marks(ax, "D", at["Herald"]) == [300]
    [weak] = [
        line for line in ax.lines if set(line.get_ydata()) == {at["Digest"]} and line.get_marker() == "o"
    ]
    assert weak.get_markerfacecolor() == "white"


def test_a_disputed_bound_is_a_diamond_with_its_arrow():
    ax = charts.numbers(SPANS, "Title", "x")
    at = rows(ax)
    assert marks(ax, "D", at["Herald"]) == [300]
    assert (marks(ax, "|", at["Herald"]), marks(ax, "|", at["Agency"])) == ([], [400])


def test_the_key_explains_the_marks_that_occur_and_no_others():
    assert legend(charts.numbers(SPANS, "Title", "x")) == [
        "Number given",
        "Disputed or contradicted",
        "Weak or no source",
        "Range",
        "At least (right) or up to (left)",
    ]
    assert legend(charts.numbers(SPANS.iloc[[1]], "Title", "x")) == ["Number given"]


def test_the_words_beside_the_largest_number_stay_inside():
    ax = charts.numbers(SPANS, "Title", "x")
    ax.figure.canvas.draw()
    ends = [text.get_window_extent().x1 for text in ax.texts if text.get_text()]
    assert max(ends) <= ax.figure.bbox.width


def test_a_log_scale_holds_small_and_large_sums_with_short_ticks():
    sums = SPANS.iloc[[1, 4]].assign(best=[1e8, 8e11], said=["USD 100m", "USD 800bn"])
    ax = charts.numbers(sums, "Title", "x", log=True)
    ax.figure.canvas.draw()
    assert ax.get_xscale() == "log"
    ticks = {text.get_text() for text in ax.get_xticklabels()}
    assert {"1bn", "100bn"} <= ticks or {"100m", "10bn"} <= ticks
    assert max(text.get_window_extent().x1 for text in ax.texts) <= ax.figure.bbox.width


def test_a_reference_is_a_dashed_line_with_its_name():
    ax = charts.numbers(SPANS, "Title", "x", reference=(250, "last year"))
    [line] = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert list(line.get_xdata()) == [250, 250]
    assert [text.get_position()[0] for text in ax.texts if text.get_text() == "last year"] == [250]


def test_a_row_without_a_number_is_refused():
    with pytest.raises(ValueError) as caught:
        charts.numbers(SPANS.assign(best=NAN, low=NAN), "Title", "x")
    assert str(caught.value) == "no number to draw for Southland; 2031, Herald, Digest"


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_ranges_of_no_rows_has_its_title_and_no_marks():
    ax = charts.numbers(SPANS.head(0), "None", "x")
    assert (ax.figure.get_suptitle(), list(ax.lines), list(ax.texts)) == ("None", [], [])


# The chart as a whole


def test_ranges_draws_into_the_axes_given_and_leaves_the_frame_alone():
    before, (fig, ax) = SPANS.copy(deep=True), plt.subplots(layout="constrained")
    assert charts.numbers(SPANS, "Title", "x", ax=ax) is ax
    assert plt.get_fignums() == [fig.number]
    pd.testing.assert_frame_equal(SPANS, before)


def test_dollar_signs_start_no_formula():
    ax = charts.numbers(SPANS.assign(label="costs $x^^ and $", group="$a$"), "$t^^$", "$x^^$")
    ax.figure.canvas.draw()
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible() and "$" in text.get_text()]
    assert len(texts) > 3
    assert [text for text in texts if text.get_parse_math() and is_math_text(text.get_text())] == []


def test_no_text_is_smaller_than_eight_points():
    ax = charts.numbers(SPANS, "Title", "x")
    assert min(text.get_fontsize() for text in ax.figure.findobj(Text) if text.get_text()) >= 8
