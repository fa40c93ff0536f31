import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.dates import date2num

from briefing_helpers import charts

pytestmark = pytest.mark.usefixtures("figures")

PAIRS = ["US and Russia", "US and Europe", "Russia and Europe"]
LABELS = {
    "meeting": "Meeting",
    "call": "Call",
    "confirmed": "Confirmed",
    "single": "Single origin",
    "weak": "Weak",
}
SINCE, UNTIL = "2031-01-01", "2031-12-31"


@pytest.fixture
def both():
    rows = [
        ("a", "2031-02-01", "2031-02-01", "meeting", "confirmed", 0),
        ("b", "2031-02-03", "2031-02-03", "call", "single", 0),
        ("c", "2031-02-05", "2031-02-07", "meeting", "weak", 0),
        ("d", "2031-09-01", "2031-09-01", "call", "confirmed", 0),
        ("e", "2031-06-10", "2031-06-10", "meeting", "single", 1),
        ("early", "2030-12-31", "2030-12-31", "meeting", "single", 1),
        ("late", "2031-12-31", "2032-01-01", "call", "weak", 1),
    ]
    frame = pd.DataFrame(rows, columns=["id", "date_earliest", "date_latest", "kind", "status", "pair"])
    frame["pair"] = pd.Categorical([PAIRS[at] for at in frame["pair"]], PAIRS)
    return frame.astype({"date_earliest": "datetime64[s]", "date_latest": "datetime64[s]"})


@pytest.fixture
def ax(both):
    return charts.contacts(both, "Title", LABELS, {"2031-06-01": "leak"}, SINCE, UNTIL)


def marks(ax):
    """Return the marks by the id of their contact."""
    return {line.get_gid(): line for line in ax.lines if line.get_gid()}


def place(line):
    [x], [y] = line.get_xdata(), line.get_ydata()
    return date2num(x), y


def legend(ax):
    return [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_contacts_have_a_row_for_each_pair_in_order_also_without_a_contact(ax):
    rows = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert rows == PAIRS
    assert ax.yaxis_inverted()


def test_a_contact_is_a_mark_in_the_middle_of_its_days(ax):
    found = {name: place(line) for name, line in marks(ax).items()}
    assert found["a"][0] == date2num(pd.Timestamp("2031-02-01 12:00"))
    assert found["c"][0] == date2num(pd.Timestamp("2031-02-06 12:00"))
    assert {name: round(y) for name, (_, y) in found.items()} == {"a": 0, "b": 0, "c": 0, "d": 0, "e": 1}


def test_contacts_outside_the_window_are_left_out(ax):
    assert not {"early", "late"} & set(marks(ax))
    assert ax.get_xlim() == (date2num(pd.Timestamp(SINCE)), date2num(pd.Timestamp("2032-01-01")))


def test_marks_too_close_for_one_line_are_stacked(ax):
    heights = {name: place(line)[1] for name, line in marks(ax).items()}
    assert heights["a"] > heights["b"] > heights["c"]
    assert heights["d"] == heights["a"]


def test_contact_of_several_days_has_a_bar_over_them(ax):
    [bar] = [
        line
        for line in ax.lines
        if len(line.get_xdata()) == 2 and not line.get_gid() and line.get_linewidth() > 2
    ]
    assert [date2num(day) for day in bar.get_xdata()] == [
        date2num(pd.Timestamp("2031-02-05")),
        date2num(pd.Timestamp("2031-02-08")),
    ]


def test_meetings_and_calls_have_their_own_shape(ax):
    shapes = {name: line.get_marker() for name, line in marks(ax).items()}
    assert shapes["a"] == shapes["c"] == shapes["e"] != shapes["b"] == shapes["d"]


def test_status_shows_in_how_far_a_mark_is_filled_not_in_colour_alone(ax):
    looks = {
        name: (line.get_fillstyle(), to_hex(line.get_markerfacecolor())) for name, line in marks(ax).items()
    }
    assert looks["a"][0] == "full"
    assert looks["b"][0] == "bottom"
    assert looks["c"] == ("full", "#ffffff")


def test_a_pair_without_a_contact_says_so(ax):
    [text] = [text for text in ax.texts if text.get_text() == "none on record"]
    assert text.get_position()[1] == 2


def test_a_day_is_a_line_with_its_word(ax):
    [word] = [text for text in ax.texts if text.get_text() == "leak"]
    assert word.xy[0] == date2num(pd.Timestamp("2031-06-01"))
    dashed = [
        line
        for line in ax.lines
        if not line.get_gid() and list(line.get_ydata()) == [0, 1] and line.get_linestyle() == "--"
    ]
    assert [line.get_xdata()[0] for line in dashed] == [word.xy[0]]


def test_legend_names_the_kinds_and_statuses_that_occur(ax, both):
    assert legend(ax) == ["Meeting", "Call", "Confirmed", "Single origin", "Weak"]
    firm = charts.contacts(both[both["id"] == "d"], "Title", LABELS, {}, SINCE, UNTIL)
    assert legend(firm) == ["Call", "Confirmed"]


def test_no_two_keys_look_alike(ax):
    keys = [
        (key.get_marker(), to_hex(key.get_markerfacecolor()), key.get_fillstyle(), to_hex(key.get_color()))
        for key in ax.figure.legends[0].get_lines()
    ]
    assert len(keys) == len(set(keys)) == 5


def test_title_is_the_one_given_and_dollars_are_no_formula(both):
    ax = charts.contacts(both, "costs $x^^ and $", LABELS, {"2031-06-01": "a $ day $"}, SINCE, UNTIL)
    assert ax.figure.get_suptitle() == "costs $x^^ and $"
    ax.figure.canvas.draw()


def test_no_contacts_draw_rows_without_marks(both):
    ax = charts.contacts(both.head(0), "None", LABELS, {}, SINCE, UNTIL)
    ax.figure.canvas.draw()
    assert marks(ax) == {}
    assert [text.get_text() for text in ax.texts] == ["none on record"] * 3


def test_contacts_are_drawn_into_the_axes_given(both):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert charts.contacts(both, "Title", LABELS, {}, SINCE, UNTIL, ax=right) is right
    assert not left.has_data() and plt.get_fignums() == [fig.number]
