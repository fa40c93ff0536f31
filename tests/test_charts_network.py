import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch, Rectangle

from briefing_helpers import charts
from briefing_helpers.charts import SIDES, STATUSES
from briefing_helpers.charts.network import DOUBTS, places

pytestmark = pytest.mark.usefixtures("figures")

LABELS = {
    "us": "United States",
    "russia": "Russia",
    "ukraine": "Ukraine",
    "europe": "Europe",
    "met": "Met",
    "called": "Spoke by phone",
    "negotiated-with": "Negotiated with",
    "left-out": "Left out",
    "envoy-of": "Envoy of",
    "sanctioned": "Sanctioned",
    "confirmed": "Confirmed",
    "single": "Single origin",
    "disputed": "Disputed",
    "weak": "Weak",
}


@pytest.fixture
def ties():
    rows = [
        ("t1", "Ann", "us", "Bo", "russia", "met", "confirmed"),
        ("t2", "Bo", "russia", "Ann", "us", "negotiated-with", "single"),
        ("t3", "Ann", "us", "Cleo", "ukraine", "left-out", "disputed"),
        ("t4", "Al", "us", "Ann", "us", "envoy-of", "confirmed"),
        ("t5", "Dee (and others)", "europe", "Cleo", "ukraine", "called", "weak"),
        ("t6", "Al", "us", "Boris", "russia", "sanctioned", "confirmed"),
    ]
    return pd.DataFrame(
        rows, columns=["id", "from_name", "from_side", "to_name", "to_side", "kind", "status"]
    )


@pytest.fixture
def ax(ties):
    return charts.network(ties, "Title", LABELS)


def lines(ax):
    return {patch.get_gid(): patch for patch in ax.patches if isinstance(patch, PathPatch)}


def ends(line):
    points = line.get_path().vertices
    return tuple(points[0]), tuple(points[-1])


def boxes(ax):
    """Return the left edge and middle of each actor's box, by the name on it."""
    names = {
        text.get_text(): text.get_position()
        for text in ax.texts
        if text.get_fontsize() == 8 and text.get_weight() == "normal"
    }
    return names


def legend(ax):
    return [text.get_text() for text in ax.figure.legends[0].get_texts()]


# Layout


def test_russia_stands_left_the_us_in_the_middle_all_others_right(ties):
    at = places(ties, LABELS)
    assert at["Bo"][0] == at["Boris"][0] < at["Ann"][0] == at["Al"][0] < at["Cleo"][0]
    assert at["Cleo"][0] == at["Dee (and others)"][0]


def test_sides_on_the_right_stand_below_one_another_in_the_order_of_the_palette(ties):
    at = places(ties, LABELS)
    order = [side for side in SIDES if side in ("europe", "ukraine")]
    stands = {"ukraine": at["Cleo"][1], "europe": at["Dee (and others)"][1]}
    assert sorted(order, key=stands.get) == ["ukraine", "europe"]


def test_no_two_boxes_overlap(ties):
    at = places(ties, LABELS).values()
    assert all(a[0] != b[0] or abs(a[1] - b[1]) > 0.3 for a, b in itertools.combinations(at, 2))


def test_layout_does_not_hang_on_the_order_of_rows(ties):
    assert places(ties, LABELS) == places(ties.iloc[::-1], LABELS)


def test_layout_takes_labels_of_sides_too(ties):
    labelled = ties.replace({"from_side": LABELS, "to_side": LABELS})
    assert places(labelled, LABELS) == places(ties, LABELS)


def test_lines_that_could_run_straight_do_not_cross():
    rows = [(f"t{n}", f"A{n}", "russia", f"B{9 - n}", "us", "met", "confirmed") for n in range(5)]
    names = ["id", "from_name", "from_side", "to_name", "to_side", "kind", "status"]
    at = places(pd.DataFrame(rows, columns=names), LABELS)
    assert [at[f"A{n}"][1] for n in range(5)] == [at[f"B{9 - n}"][1] for n in range(5)]


# Drawing


def test_each_tie_is_a_line_between_the_boxes_of_its_actors(ax, ties):
    found, at = lines(ax), places(ties, LABELS)
    assert set(found) == set(ties["id"])
    for row in ties.to_dict("records"):
        for (x, y), name in zip(ends(found[row["id"]]), (row["from_name"], row["to_name"]), strict=True):
            assert abs(x - at[name][0]) == pytest.approx(0.71)
            assert abs(y - at[name][1]) <= 0.15


def test_two_ties_between_the_same_actors_do_not_lie_on_one_another(ax):
    first, second = ends(lines(ax)["t1"]), ends(lines(ax)["t2"])
    assert {first[0], first[1]}.isdisjoint(second)


def test_a_tie_within_a_column_bows_out_beside_its_boxes(ax):
    (x0, _), (x1, _) = ends(lines(ax)["t4"])
    middle = lines(ax)["t4"].get_path().vertices[1][0]
    assert x0 == x1 < middle


def test_colour_of_a_line_is_its_status(ax, ties):
    found = lines(ax)
    assert {row.id: to_hex(found[row.id].get_edgecolor()) for row in ties.itertuples()} == {
        row.id: to_hex(STATUSES[row.status].colour) for row in ties.itertuples()
    }


def test_status_shows_in_a_mark_too_and_a_confirmed_tie_has_none(ax):
    marks = sorted(text.get_text() for text in ax.texts if text.get_text() in DOUBTS.values())
    assert marks == ["1", "?", "w"]


def test_each_kind_has_a_line_of_its_own(ax):
    looks = [(line.get_linewidth(), str(line.get_linestyle())) for line in lines(ax).values()]
    assert len(set(looks)) == len(looks)


def test_left_out_ends_in_a_bar_at_whoever_was_left_out(ax, ties):
    at = places(ties, LABELS)["Cleo"]
    [bar] = [line for line in ax.lines if line.get_marker() == "|"]
    assert bar.get_xdata()[0] == pytest.approx(at[0] - 0.71, abs=0.05)
    assert abs(bar.get_ydata()[0] - at[1]) < 0.15


def test_a_directed_tie_ends_in_an_arrow_and_a_mutual_one_does_not(ax):
    assert sorted(line.get_marker() for line in ax.lines) == ["<", "<", "|"]


def test_boxes_carry_names_without_what_stands_in_brackets(ax):
    assert {"Ann", "Al", "Bo", "Boris", "Cleo", "Dee"} <= {text.get_text() for text in ax.texts}


def test_each_side_is_named_over_its_first_box_and_coloured(ax, ties):
    headings = [
        text.get_text() for text in ax.texts if text.get_weight() == "bold" and len(text.get_text()) > 1
    ]
    assert sorted(headings) == ["Europe", "Russia", "Ukraine", "United States"]
    strips = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_width() < 0.1]
    assert {to_hex(strip.get_facecolor()) for strip in strips} == {
        to_hex(SIDES[side].colour) for side in ("us", "russia", "ukraine", "europe")
    }


def test_legend_names_kinds_then_statuses(ax):
    assert legend(ax) == [
        "Negotiated with",
        "Met",
        "Spoke by phone",
        "Envoy of",
        "Left out",
        "Sanctioned",
        "Confirmed",
        "Single origin (1)",
        "Disputed (?)",
        "Weak (w)",
    ]


def test_marks_of_crowded_lines_stay_apart():
    rows = [(f"t{n}", "Ann", "us", f"Bo {n}", "russia", "met", "single") for n in range(5)]
    names = ["id", "from_name", "from_side", "to_name", "to_side", "kind", "status"]
    ax = charts.network(pd.DataFrame(rows, columns=names), "Title", LABELS)
    at = [text.get_position() for text in ax.texts if text.get_text() == "1"]
    assert len(at) == 5
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > 0.15**2 for a, b in itertools.combinations(at, 2))


def test_network_stays_inside_its_axes(ax):
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    for line in lines(ax).values():
        [curve] = line.get_path().to_polygons(closed_only=False)
        assert curve[:, 0].min() >= low and curve[:, 0].max() <= high
        assert curve[:, 1].min() >= top and curve[:, 1].max() <= bottom


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_no_ties_draw_a_title_only(ties):
    ax = charts.network(ties.head(0), "None", LABELS)
    ax.figure.canvas.draw()
    assert (list(ax.patches), list(ax.lines), list(ax.texts)) == ([], [], [])
    assert ax.figure.get_suptitle() == "None"


def test_names_with_dollars_and_of_great_length_are_drawn(ties):
    hostile = ties.assign(from_name=ties["from_name"] + " $x^^ and $ " + "very long " * 3)
    ax = charts.network(hostile, "costs $x^^ and $", LABELS)
    ax.figure.canvas.draw()
    assert max(len(line) for text in ax.texts for line in text.get_text().splitlines()) <= 22
    assert max(len(text.get_text().splitlines()) for text in ax.texts) <= 2, "a name overflows its box"


def test_network_is_drawn_into_the_axes_given(ties):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert charts.network(ties, "Title", LABELS, ax=right) is right
    assert not left.has_data() and plt.get_fignums() == [fig.number]
