import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.dates import num2date
from matplotlib.text import Text

from briefing_helpers import charts

pytestmark = pytest.mark.usefixtures("figures")

USES = ["Threatened", "Applied", "Eased", "Offered", "Denied"]
COUNTS = pd.DataFrame(
    [[2, 7, 3, 5, 1], [0, 1, 0, 0, 0]], index=["North on South", "South at home"], columns=USES
)


def lever(lane, use, first, last=None):
    return {
        "lane": lane,
        "use": use,
        "date_earliest": pd.Timestamp(first),
        "date_latest": pd.Timestamp(last or first),
    }


LEVERS = pd.DataFrame(
    [
        lever("North on South: money", "Offered", "2031-05-03"),
        lever("North on South: energy", "Applied", "2031-05-02", "2031-05-04"),
        lever("North on South: energy", "Denied", "2031-05-03"),
        lever("North on South: energy", "Eased", "2031-05-05"),
        lever("South at home: domestic", "Threatened", "2031-04-01", "2031-05-30"),
        lever("South at home: domestic", "Threatened", "2031-05-06", "2031-06-30"),
    ]
)
SINCE, UNTIL = "2031-05-01", "2031-05-08"


def labels(ax):
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.get_yticklabels()]


def legend(ax):
    return [text.get_text() for each in ax.figure.legends for text in each.get_texts()]


def days(ax):
    """Return row, first and last day, and marker of what is drawn; none for a line of several days."""
    found = []
    for line in ax.lines:
        first, last = (num2date(line.get_xdata()[end]).strftime("%m-%d") for end in (0, -1))
        found.append((line.get_ydata()[0], first, last, line.get_marker()))
    return sorted(found)


# Pressure and inducement


def test_pressure_stands_on_the_left_and_inducement_on_the_right():
    ax = charts.pushes(COUNTS, "Title")
    north = [(bar.get_x() + bar.get_width(), bar.get_x()) for bar in ax.patches][::2]
    # applied, threatened and denied outwards to the left, then offered and eased to the right
    assert north == [(-7, 0), (-9, -7), (-10, -9), (5, 0), (8, 5)]


def test_each_count_is_written_in_its_bar_and_a_zero_is_not():
    ax = charts.pushes(COUNTS, "Title")
    words = {(text.get_text(), *text.get_position()) for text in ax.texts}
    north = {("7", -3.5, 0), ("2", -8, 0), ("1", -9.5, 0), ("5", 2.5, 0), ("3", 6.5, 0)}
    assert words == {*north, ("1", -0.5, 1)}


def test_pushes_are_labelled_with_pairs_and_uses():
    ax = charts.pushes(COUNTS, "Title")
    assert (labels(ax), ax.yaxis_inverted()) == (["North on South", "South at home"], True)
    assert legend(ax) == ["Applied", "Threatened", "Denied", "Offered", "Eased"]
    assert {text.get_text().lstrip("−-") for text in ax.get_xticklabels()} == {
        text.get_text() for text in ax.get_xticklabels()
    }


def test_ids_of_uses_serve_as_well_as_labels():
    ax = charts.pushes(COUNTS.rename(columns=str.lower), "Title")
    assert legend(ax) == ["applied", "threatened", "denied", "offered", "eased"]


def test_uses_are_told_apart_without_colour():
    looks = charts.USES.values()
    assert len({look.marker for look in looks}) == len(charts.USES)
    assert len({(to_hex(look.colour), look.hatch) for look in looks}) == len(charts.USES)
    ax = charts.pushes(COUNTS, "Title")
    assert [bar.get_hatch() for bar in ax.patches[2:4]] == ["///", "///"]


# Lanes


def test_a_lane_holds_its_levers_from_the_first_on():
    ax = charts.lanes(LEVERS, "Title", SINCE, UNTIL)
    assert labels(ax) == ["North on South: energy", "North on South: money", "South at home: domestic"]
    assert days(ax) == [
        (0, "05-02", "05-02", "s"),
        (0, "05-02", "05-04", "None"),
        (0, "05-05", "05-05", "v"),
        (1, "05-03", "05-03", "X"),  # below the lever that is still going on
        (2, "05-03", "05-03", "o"),
        (3, "05-06", "05-06", "^"),
        (3, "05-06", "05-08", "None"),  # cut at the window
    ]


def test_lanes_leave_out_what_begins_outside_the_window():
    ax = charts.lanes(LEVERS, "Title", "2031-05-04", "2031-05-05")
    assert labels(ax) == ["North on South: energy"]
    assert legend(ax) == ["Eased"]


def test_no_two_marks_of_a_lane_share_a_place():
    ax = charts.lanes(pd.concat([LEVERS] * 3), "Title", SINCE, UNTIL)
    places = [(row, first) for row, first, _, marker in days(ax) if marker != "None"]
    assert len(set(places)) == len(places) == 15


@pytest.mark.parametrize(
    "statuses",
    [
        ["Single origin", "Confirmed", "Weak", "Disputed", "Confirmed", "Unsupported"],
        ["single", "confirmed", "weak", "contradicted", "confirmed", "unsupported"],
    ],
)
def test_a_sign_tells_of_each_lever_that_is_not_confirmed(statuses):
    ax = charts.lanes(LEVERS.assign(status=statuses), "Title", SINCE, UNTIL)
    signs = [(num2date(sign.xy[0]).strftime("%m-%d"), sign.xy[1], sign.get_text()) for sign in ax.texts]
    assert sorted(signs) == [("05-03", 1, "?"), ("05-03", 2, "1"), ("05-05", 0, "≠"), ("05-06", 3, "?")]
    assert legend(ax)[-3:] == ["single origin", "weak sources only", "sources disagree"]


def test_lanes_without_a_status_carry_no_sign():
    assert list(charts.lanes(LEVERS, "Title", SINCE, UNTIL).texts) == []


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_lanes_of_an_empty_window_has_its_title_and_no_marks():
    ax = charts.lanes(LEVERS, "None", "2040-01-01", "2040-01-05")
    assert (ax.figure.get_suptitle(), list(ax.lines), legend(ax)) == ("None", [], [])


# Both


DRAW = {
    "pushes": lambda title, ax=None: charts.pushes(COUNTS, title, ax=ax),
    "lanes": lambda title, ax=None: charts.lanes(LEVERS, title, SINCE, UNTIL, ax=ax),
}


@pytest.mark.parametrize("name", DRAW)
def test_charts_draw_into_the_axes_given_and_leave_the_frames_alone(name):
    before, (fig, ax) = (COUNTS.copy(deep=True), LEVERS.copy(deep=True)), plt.subplots(layout="constrained")
    assert DRAW[name]("Title", ax) is ax
    assert (plt.get_fignums(), fig.get_suptitle()) == ([fig.number], "Title")
    pd.testing.assert_frame_equal(COUNTS, before[0])
    pd.testing.assert_frame_equal(LEVERS, before[1])


@pytest.mark.parametrize("name", DRAW)
def test_no_text_is_smaller_than_eight_points(name):
    texts = [text for text in DRAW[name]("Title").figure.findobj(Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= 8


def test_dollar_signs_start_no_formula():
    axes = [
        charts.pushes(COUNTS.rename({"North on South": "costs $x^^ and $"}), "$t^^$"),
        charts.lanes(LEVERS.assign(lane="costs $x^^ and $"), "$t^^$", SINCE, UNTIL),
    ]
    texts = [text for ax in axes for text in ax.figure.findobj(Text) if "$" in text.get_text()]
    assert len(texts) >= 4
    assert [
        text.get_text() for text in texts if text.get_parse_math() and is_math_text(text.get_text())
    ] == []
