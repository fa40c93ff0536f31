import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle

from briefing_helpers import charts
from briefing_helpers.charts import SIDES

pytestmark = pytest.mark.usefixtures("figures")

LABELS = {
    "us": "United States",
    "ukraine": "Ukraine",
    "single": "Single origin",
    "disputed": "Disputed",
    "weak": "Weak",
}
SINCE, UNTIL = "2031-01-01", "2031-12-31"
COLUMNS = ["person", "side", "office", "kind", "date", "occurrence", "status", "id"]
ENDS = ["maybe_from", "sure_from", "sure_to", "maybe_to"]


def frame(*rows):
    """Make tenures: the columns, then the four ends."""
    made = pd.DataFrame(rows, columns=[*COLUMNS, *ENDS])
    return made.astype(dict.fromkeys(ENDS, "datetime64[s]"))


def term(person, status, ends, side="us", date="2031", office="Envoy"):
    return (person, side, office, "term", date, "occurred", status, f"{person}.term", *ends)


def change(person, kind, day, status="confirmed", occurrence="occurred", side="us", office="Bo named"):
    row = f"{person}.{kind}.{day}"
    return (person, side, office, kind, day, occurrence, status, row, None, day, day, None)


def draw(*rows, days=None):
    return charts.terms(frame(*rows), "Title", LABELS, days or {}, SINCE, UNTIL)


def bars(ax):
    """Return first and last day of the full bars and of the hatched ones."""
    found = {"full": [], "hatched": []}
    for bar in [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_width()]:
        found["hatched" if bar.get_hatch() else "full"].append((bar.get_x(), bar.get_x() + bar.get_width()))
    return found


def day(text):
    return date2num(pd.Timestamp(text))


def arrows(ax):
    return [
        (line.get_marker(), date2num(line.get_xdata()[0])) for line in ax.lines if line.get_marker() in "<>"
    ]


def changes(ax):
    return {line.get_gid(): line for line in ax.lines if line.get_marker() in ("^", "v", "X")}


def legend(ax):
    return [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_term_with_stated_days_is_a_full_bar_over_them():
    ax = draw(term("Ann", "confirmed", ["2031-02-01", "2031-02-01", "2031-05-31", "2031-05-31"]))
    assert bars(ax) == {"full": [(day("2031-02-01"), day("2031-06-01"))], "hatched": []}
    assert arrows(ax) == []


def test_term_that_may_have_begun_or_ended_within_a_month_is_hatched_there():
    ax = draw(term("Ann", "confirmed", ["2031-02-01", "2031-02-28", "2031-05-01", "2031-05-31"]))
    assert bars(ax) == {
        "full": [(day("2031-02-28"), day("2031-05-02"))],
        "hatched": [(day("2031-02-01"), day("2031-02-28")), (day("2031-05-02"), day("2031-05-31"))],
    }
    assert "May have begun or ended" in legend(ax)


def test_open_end_runs_to_the_edge_with_an_arrow():
    ax = draw(term("Ann", "confirmed", ["2031-02-01", "2031-02-01", None, None]))
    assert bars(ax)["full"] == [(day("2031-02-01"), day("2032-01-01"))]
    assert arrows(ax) == [(">", day("2032-01-01"))]


def test_term_sure_to_a_day_after_which_nothing_is_known_is_hatched_to_the_edge_with_an_arrow():
    ax = draw(term("Ann", "confirmed", ["2031-02-01", "2031-02-01", "2031-05-31", None]))
    assert bars(ax) == {
        "full": [(day("2031-02-01"), day("2031-06-01"))],
        "hatched": [(day("2031-06-01"), day("2032-01-01"))],
    }
    assert arrows(ax) == [(">", day("2032-01-01"))]
    assert "No start or end on record" in legend(ax)


def test_open_start_runs_from_the_edge_with_an_arrow():
    ax = draw(term("Ann", "confirmed", [None, None, "2031-05-31", "2031-05-31"]))
    assert bars(ax)["full"] == [(day(SINCE), day("2031-06-01"))]
    assert arrows(ax) == [("<", day(SINCE))]


def test_term_whose_dates_are_not_stated_is_a_dashed_line_without_a_bar():
    ax = draw(term("Ann", "confirmed", [None] * 4))
    assert bars(ax) == {"full": [], "hatched": []}
    [line] = [line for line in ax.lines if line.get_gid() == "Ann.term"]
    assert [date2num(x) for x in line.get_xdata()] == [day(SINCE), day("2032-01-01")]
    assert "Dates not stated" in legend(ax)


def test_term_on_record_at_one_time_only_is_a_bar_on_a_dashed_line():
    ax = draw(term("Ann", "confirmed", [None, "2031-05-01", "2031-05-31", None]))
    assert bars(ax)["full"] == [(day("2031-05-01"), day("2031-06-01"))]
    assert arrows(ax) == []
    assert [line.get_gid() for line in ax.lines if line.get_gid()] == ["Ann.term"]


def test_approximate_start_says_about():
    ends = ["2031-02-01", "2031-02-01", None, None]
    assert "about" in [
        text.get_text() for text in draw(term("Ann", "confirmed", ends, date="2031-02-01~/..")).texts
    ]
    assert "about" not in [
        text.get_text() for text in draw(term("Ann", "confirmed", ends, date="2031-02-01/..")).texts
    ]


@pytest.mark.parametrize(("status", "mark"), [("disputed", "?"), ("single", "1"), ("weak", "w")])
def test_term_that_is_not_confirmed_is_marked(status, mark):
    ax = draw(term("Ann", status, ["2031-02-01", "2031-02-01", None, None]))
    assert mark in [text.get_text() for text in ax.texts]
    assert f"{LABELS[status]} ({mark})" in legend(ax)


@pytest.mark.parametrize("status", ["confirmed", float("nan")])
def test_term_that_is_confirmed_or_keeps_no_status_is_not_marked(status):
    assert list(draw(term("Ann", status, ["2031-02-01", "2031-02-01", None, None])).texts) == []


def test_bar_has_the_colour_of_the_side():
    ends = ["2031-02-01", "2031-02-01", None, None]
    ax = draw(term("Ann", "confirmed", ends), term("Cleo", "confirmed", ends, side="ukraine"))
    colours = [to_hex(patch.get_facecolor()) for patch in ax.patches if patch.get_width()]
    assert colours == [to_hex(SIDES["us"].colour), to_hex(SIDES["ukraine"].colour)]
    assert legend(ax)[:2] == ["In office, United States", "In office, Ukraine"]


# Changes


def test_changes_are_marks_in_the_middle_of_their_days_with_their_words():
    ax = draw(
        change("Bo", "appointed", "2031-02-01"), change("Bo", "departure", "2031-11-01", office="Bo leaves")
    )
    found = {name: date2num(line.get_xdata()[0]) for name, line in changes(ax).items()}
    assert found == {
        "Bo.appointed.2031-02-01": day("2031-02-01 12:00"),
        "Bo.departure.2031-11-01": day("2031-11-01 12:00"),
    }
    assert [text.get_text() for text in ax.texts] == ["Bo named", "Bo leaves"]


def test_kinds_of_change_have_their_own_marks_and_names():
    ax = draw(*(change("Bo", kind, "2031-02-01") for kind in ("appointed", "dismissed", "departure")))
    assert len({line.get_marker() for line in changes(ax).values()}) == 3
    assert {"Appointed", "Removed, or brief cut", "Leaves office"} <= set(legend(ax))


@pytest.mark.parametrize(
    ("status", "occurrence", "hollow"),
    [
        ("confirmed", "occurred", False),
        ("single", "occurred", False),
        ("weak", "occurred", True),
        ("disputed", "occurred", True),
        ("confirmed", "planned", True),
    ],
)
def test_change_is_hollow_where_it_was_only_planned_or_is_weakly_sourced(status, occurrence, hollow):
    ax = draw(change("Bo", "departure", "2031-02-01", status, occurrence))
    [line] = changes(ax).values()
    assert (to_hex(line.get_markerfacecolor()) == "#ffffff") is hollow


def test_change_whose_first_day_is_not_known_stands_at_its_last():
    row = ("Bo", "us", "Bo dismissed", "dismissed", "../2031-07-22", "occurred", "single", "x", None, None)
    ax = draw((*row, "2031-07-22", "2031-07-22"))
    assert date2num(changes(ax)["x"].get_xdata()[0]) == day("2031-07-22 12:00")


def test_changes_outside_the_window_are_left_out():
    ax = draw(change("Bo", "appointed", "2030-12-31"), change("Bo", "departure", "2032-01-01"))
    assert changes(ax) == {} and list(ax.texts) == []


def test_words_of_changes_close_together_stand_in_lanes_of_their_own():
    ax = draw(change("Bo", "appointed", "2031-06-01"), change("Bo", "dismissed", "2031-06-05"))
    heights = [text.xy[1] for text in ax.texts]
    assert abs(heights[0] - heights[1]) >= 0.19
    far = draw(change("Bo", "appointed", "2031-01-10"), change("Bo", "dismissed", "2031-10-05"))
    assert len({text.xy[1] for text in far.texts}) == 1


def test_words_near_the_right_edge_stand_left_of_their_mark():
    ax = draw(change("Bo", "appointed", "2031-02-01"), change("Bo", "dismissed", "2031-12-20"))
    assert [text.get_ha() for text in ax.texts] == ["left", "right"]


# Rows


def test_rows_go_by_side_then_by_the_first_day_on_record():
    ends = ["2031-02-01", "2031-02-01", None, None]
    ax = draw(
        term("Cleo", "confirmed", ends, side="ukraine"),
        term("Bo", "confirmed", ends),
        change("Ann", "appointed", "2031-01-05"),
    )
    assert [label.get_text().splitlines()[0] for label in ax.get_yticklabels()] == ["Ann", "Bo", "Cleo"]
    assert ax.yaxis_inverted()


def test_a_row_names_the_person_and_the_offices():
    ends = ["2031-02-01", "2031-02-01", None, None]
    ax = draw(term("Ann", "confirmed", ends, office="Adviser on many things of a long name"))
    [label] = [label.get_text() for label in ax.get_yticklabels()]
    assert label.splitlines()[0] == "Ann"
    assert " ".join(label.splitlines()[1:]) == "Adviser on many things of a long name"


def test_a_day_is_a_line_with_its_word():
    ax = draw(term("Ann", "confirmed", [None] * 4), days={"2031-06-01": "leak"})
    [word] = [text for text in ax.texts if text.get_text().strip() == "leak"]
    assert word.get_position()[0] == day("2031-06-01")


def test_dollars_are_no_formula():
    row = change("costs $x^^ and $", "appointed", "2031-02-01", office="a $x^^ and $")
    ax = charts.terms(frame(row), "$x^^ and $", LABELS, {}, SINCE, UNTIL)
    ax.figure.canvas.draw()
    assert ax.figure.get_suptitle() == "$x^^ and $"


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_no_tenures_draw_a_title_only():
    ax = draw()
    ax.figure.canvas.draw()
    assert (list(ax.patches), list(ax.lines), list(ax.texts)) == ([], [], [])


def test_terms_are_drawn_into_the_axes_given():
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    rows = frame(term("Ann", "confirmed", [None] * 4))
    assert charts.terms(rows, "Title", LABELS, {}, SINCE, UNTIL, ax=right) is right
    assert not left.has_data() and plt.get_fignums() == [fig.number]
