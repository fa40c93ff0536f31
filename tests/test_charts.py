import inspect
import io
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from briefing_helpers import charts, intervals, with_rivals
from briefing_helpers.charts import COLOURS, style
from briefing_helpers.notebook import figure

pytestmark = pytest.mark.usefixtures("figures")

COUNTS = pd.DataFrame({"firm": [4, 1, 0], "open": [0, 2, 5]}, index=["north", "south", "valley"])
SHARES = pd.Series({"north": 47.0, "south": 20.0, "the article": 50.0})
POINTS = pd.DataFrame({"point": range(1, 10), "held": ["full"] * 4 + ["part"] * 3 + ["none"] * 2})
HELD = {"full": "Full match", "part": "Part of it", "other": "Not here", "none": "Left out"}
JOINS = pd.DataFrame(
    {
        "table": ["clauses", "duties", "duties", "duties"],
        "field": ["draft", "clause", "obligor", "beneficiary"],
        "refers to": ["drafts", "clauses", "actors", "actors"],
    }
)
OCCURRENCE = {
    "occurred": "Took place",
    "planned": "Planned",
    "called-off": "Called off",
    "threatened": "Threatened",
    "alleged": "Alleged",
}
SINCE, UNTIL = "2031-04-20", "2031-06-10"
FORMULA = "costs $x^^ and $"


def drawn(valley):
    main = valley.events[valley.events["rival_of"].isna()]
    return intervals(with_rivals(main, valley.events), SINCE, UNTIL)


CHARTS = {
    "stacked": lambda title, ax, events: charts.stacked(COUNTS, title, "records", ax=ax),
    "matrix": lambda title, ax, events: charts.matrix(COUNTS, title, "across", "down", ax=ax),
    "tiles": lambda title, ax, events: charts.tiles(POINTS, "held", title, HELD, ax=ax),
    "bars": lambda title, ax, events: charts.bars(SHARES, title, "per cent", ax=ax),
    "timeline": lambda title, ax, events: charts.timeline(events, title, OCCURRENCE, SINCE, UNTIL, ax=ax),
    "links": lambda title, ax, events: charts.links(JOINS, title, ax=ax),
}
each_chart = pytest.mark.parametrize("name", CHARTS)


def labels(ax):
    """Return the row labels as they are drawn, from top to bottom."""
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.get_yticklabels()]


def legend(ax):
    return [text.get_text() for each in ax.figure.legends for text in each.get_texts()]


def words(ax):
    return [text.get_text() for text in ax.texts]


# All charts


PUBLIC = [name for name in charts.__all__ if inspect.isfunction(getattr(charts, name))]
TESTS = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_charts*.py"))


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_chart_takes_axes_returns_them_and_has_tests(name):
    signature = inspect.signature(getattr(charts, name))
    assert signature.parameters["ax"].default is None
    assert signature.return_annotation == "Axes"
    assert "title" in signature.parameters
    assert f"charts.{name}(" in TESTS


@each_chart
def test_chart_makes_one_figure_and_returns_its_axes(valley, name):
    ax = CHARTS[name]("A title", None, drawn(valley))
    assert isinstance(ax, Axes)
    assert [plt.figure(number) for number in plt.get_fignums()] == [ax.figure]


@each_chart
def test_chart_draws_into_the_axes_given(valley, name):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert CHARTS[name]("A title", right, drawn(valley)) is right
    assert plt.get_fignums() == [fig.number]
    assert not left.has_data() and not left.texts
    assert right.has_data() or right.texts


@each_chart
@pytest.mark.parametrize("title", ["Short", "A title that is much too long for one line of the page " * 4])
def test_title_is_the_one_given(valley, name, title):
    ax = CHARTS[name](title, None, drawn(valley))
    assert ax.figure.get_suptitle().split() == title.split()


@each_chart
def test_title_stays_inside_the_figure(valley, name):
    ax = CHARTS[name](
        "A title that is as long as titles of findings are, so that it has two lines", None, drawn(valley)
    )
    ax.figure.canvas.draw()
    title = ax.figure._suptitle.get_window_extent()
    assert title.x0 >= 0 and title.x1 <= ax.figure.bbox.width


@each_chart
def test_frames_are_left_as_they_were(valley, name):
    events = drawn(valley)
    frames = [COUNTS, SHARES.to_frame(), POINTS, JOINS, events]
    before = [frame.copy(deep=True) for frame in frames]
    CHARTS[name]("A title", None, events)
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


DOLLARS = {
    "title": lambda events: charts.bars(SHARES, FORMULA, "x"),
    "stacked-rows": lambda events: charts.stacked(COUNTS.rename({"north": FORMULA}), "t", "x"),
    "stacked-columns": lambda events: charts.stacked(COUNTS.rename(columns={"firm": FORMULA}), "t", "x"),
    "stacked-xlabel": lambda events: charts.stacked(COUNTS, "t", FORMULA),
    "matrix-rows": lambda events: charts.matrix(COUNTS.rename({"north": FORMULA}), "t", "x", "y"),
    "matrix-columns": lambda events: charts.matrix(COUNTS.rename(columns={"firm": FORMULA}), "t", "x", "y"),
    "matrix-xlabel": lambda events: charts.matrix(COUNTS, "t", FORMULA, "y"),
    "matrix-ylabel": lambda events: charts.matrix(COUNTS, "t", "x", FORMULA),
    "tiles-labels": lambda events: charts.tiles(POINTS, "held", "t", {**HELD, "full": FORMULA}),
    "bars-rows": lambda events: charts.bars(SHARES.rename({"north": FORMULA}), "t", "x"),
    "bars-xlabel": lambda events: charts.bars(SHARES, "t", FORMULA),
    "bars-unit": lambda events: charts.bars(SHARES, "t", "x", unit=" $^^$"),
    "timeline-rows": lambda events: charts.timeline(
        events.assign(label=FORMULA), "t", OCCURRENCE, SINCE, UNTIL
    ),
    "timeline-labels": lambda events: charts.timeline(
        events, "t", {**OCCURRENCE, "occurred": FORMULA}, SINCE, UNTIL
    ),
    "links": lambda events: charts.links(JOINS.replace("actors", FORMULA), "t"),
}


@pytest.mark.parametrize("draw", DOLLARS.values(), ids=DOLLARS)
def test_dollar_signs_start_no_formula(valley, draw):
    ax = draw(drawn(valley))
    ax.figure.canvas.draw()
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text()]
    assert [
        text.get_text() for text in texts if text.get_parse_math() and is_math_text(text.get_text())
    ] == []
    assert [text.get_text() for text in texts if "$" in text.get_text()]


EMPTY = {
    "stacked": lambda events: charts.stacked(COUNTS.head(0), "None", "x"),
    "bars": lambda events: charts.bars(SHARES.head(0), "None", "x"),
    "timeline": lambda events: charts.timeline(events.head(0), "None", OCCURRENCE, SINCE, UNTIL),
    "links": lambda events: charts.links(JOINS.head(0), "None"),
}


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_chart_of_no_rows_has_its_title_and_no_marks(valley, draw):
    ax = draw(drawn(valley))
    ax.figure.canvas.draw()
    assert ax.figure.get_suptitle() == "None"
    assert (list(ax.patches), list(ax.lines), list(ax.texts)) == ([], [], [])


# Palette


def test_palette_entries_are_distinct():
    assert len({to_hex(colour) for colour in COLOURS.values()}) == len(COLOURS) == 8


def test_eight_columns_have_eight_colours():
    counts = pd.DataFrame([range(1, 9)], columns=list("abcdefgh"), index=["row"])
    ax = charts.stacked(counts, "Eight", "x")
    assert len({to_hex(bar.get_facecolor()) for bar in ax.patches}) == 8


def test_nine_columns_are_refused():
    with pytest.raises(ValueError, match="zip"):
        charts.stacked(pd.DataFrame([range(9)], columns=list("abcdefghi")), "Nine", "x")


# Stacked bars


def test_stacked_bars_are_as_long_as_the_counts_and_stand_end_to_end():
    ax = charts.stacked(COUNTS, "Title", "records")
    assert [bar.get_width() for bar in ax.patches] == [4, 1, 0, 0, 2, 5]
    assert [bar.get_x() for bar in ax.patches] == [0, 0, 0, 4, 1, 0]
    assert [bar.get_y() + bar.get_height() / 2 for bar in ax.patches] == pytest.approx([0, 1, 2] * 2)


def test_each_part_of_a_stacked_bar_starts_where_all_before_it_end():
    parts = pd.DataFrame([[4, 2, 3], [1, 0, 5]], index=["north", "south"], columns=["a", "b", "c"])
    ax = charts.stacked(parts, "Title", "records")
    starts = [[bar.get_x() for bar in container] for container in ax.containers]
    assert starts == [[0, 0], [4, 1], [6, 1]]


def test_stacked_bars_are_labelled_with_rows_columns_and_axis():
    ax = charts.stacked(COUNTS, "Title", "records")
    assert (labels(ax), legend(ax), ax.get_xlabel()) == (
        ["north", "south", "valley"],
        ["firm", "open"],
        "records",
    )
    assert ax.yaxis_inverted()


def test_stacked_bars_carry_their_numbers_and_zeros_none():
    ax = charts.stacked(COUNTS, "Title", "records")
    places = {(text.get_text(), *text.get_position()) for text in ax.texts}
    assert places == {("4", 2, 0), ("1", 0.5, 1), ("2", 2, 1), ("5", 2.5, 2)}


# Matrix


def test_matrix_shows_the_counts_and_leaves_zeros_empty():
    ax = charts.matrix(COUNTS, "Title", "across", "down")
    assert words(ax) == ["4", "1", "2", "5"]
    values = ax.collections[0].get_array()
    assert values.filled(0).tolist() == COUNTS.to_numpy().tolist()
    assert values.mask.tolist() == (COUNTS == 0).to_numpy().tolist()


def test_matrix_is_labelled_on_both_sides():
    ax = charts.matrix(COUNTS, "Title", "across", "down")
    assert labels(ax) == ["north", "south", "valley"]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["firm", "open"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("across", "down")


def test_matrix_of_zeros_is_drawn():
    ax = charts.matrix(COUNTS * 0, "Title", "across", "down")
    ax.figure.canvas.draw()
    assert words(ax) == []


# Tiles


def test_tiles_show_every_point_in_order_of_reading():
    ax = charts.tiles(POINTS, "held", "Title", HELD)
    assert words(ax)[::2] == list("123456789")
    assert [tile.get_xy() for tile in ax.patches] == [(at % 7, at // 7) for at in range(9)]


def test_tiles_tell_values_apart_by_colour_and_by_letters():
    ax = charts.tiles(POINTS, "held", "Title", HELD)
    values = list(POINTS["held"])
    colours = dict(zip(values, [to_hex(tile.get_facecolor()) for tile in ax.patches], strict=True))
    assert len(set(colours.values())) == 3
    assert [to_hex(tile.get_facecolor()) for tile in ax.patches] == [colours[value] for value in values]
    assert words(ax)[1::2] == ["Fu"] * 4 + ["Pa"] * 3 + ["Le"] * 2


def test_tiles_have_a_legend_of_the_values_that_occur():
    ax = charts.tiles(POINTS, "held", "Title", HELD)
    assert legend(ax) == ["Fu  Full match", "Pa  Part of it", "Le  Left out"]


# Bars


def test_bars_are_as_long_as_the_values_and_say_them():
    ax = charts.bars(SHARES, "Title", "per cent", unit="%")
    assert [bar.get_width() for bar in ax.patches] == [47, 20, 50]
    assert words(ax) == ["47%", "20%", "50%"]
    assert (labels(ax), ax.get_xlabel()) == (["north", "south", "the article"], "per cent")
    assert ax.yaxis_inverted()


def test_bars_start_at_zero_and_end_inside():
    ax = charts.bars(SHARES, "Title", "per cent")
    low, high = ax.get_xlim()
    assert low == 0 and high > 50


def test_one_bar_is_set_apart():
    ax = charts.bars(SHARES, "Title", "per cent", highlight="the article")
    assert [to_hex(bar.get_facecolor(), keep_alpha=False).upper() for bar in ax.patches] == [
        COLOURS["blue"],
        COLOURS["blue"],
        COLOURS["vermilion"],
    ]


def test_bars_of_the_same_name_are_not_laid_on_one_another():
    ax = charts.bars(pd.Series([3.0, 5.0, 4.0], index=["north", "north", "south"]), "Title", "x")
    assert sorted(bar.get_y() + bar.get_height() / 2 for bar in ax.patches) == pytest.approx([0, 1, 2])
    assert labels(ax) == ["north", "north", "south"]


def test_long_names_are_wrapped_and_whole():
    name = "a source with a very long name that needs a few lines: 900,000"
    ax = charts.bars(pd.Series({name: 1.0}), "Title", "x")
    [label] = labels(ax)
    assert label.split() == name.split()
    assert max(map(len, label.splitlines())) <= 34


# Timeline


def marks(ax, row, shapes):
    """Return where the marks of these shapes stand in a row."""
    return [
        line.get_xdata()[0] for line in ax.lines if line.get_ydata()[0] == row and line.get_marker() in shapes
    ]


def spans(ax, row):
    """Return start and end of the bars of a row, as days."""
    found = [
        bar for bar in ax.patches if isinstance(bar, Rectangle) and bar.get_y() < row < bar.get_y() + 0.5
    ]
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in found]


@pytest.fixture
def timeline(valley):
    """Draw all events of the sample; give the axes and the row of each event."""
    events = drawn(valley)
    ax = charts.timeline(events, "Title", OCCURRENCE, SINCE, UNTIL)
    return ax, {event: row for row, event in enumerate(events["id"])}


def day(text):
    return date2num(pd.Timestamp(text))


def test_exact_day_is_a_mark_at_noon_and_no_bar(timeline):
    ax, rows = timeline
    row = rows["ford-talks"]
    assert spans(ax, row) == []
    assert list(map(day, marks(ax, row, "o"))) == [day("2031-05-02 12:00")]
    assert marks(ax, row, "<>") == []


@pytest.mark.parametrize(
    ("event", "start", "end"),
    [
        ("valley-war", "2031-04-20", "2031-05-01"),
        ("ford-talks-late", "2031-05-03", "2031-05-04"),
        ("bridge-strike", "2031-05-05", "2031-06-11"),
        ("river-summit", "2031-06-01", "2031-06-11"),
    ],
)
def test_interval_or_approximate_day_is_a_bar_from_first_to_last_day(timeline, event, start, end):
    ax, rows = timeline
    [span] = spans(ax, rows[event])
    assert span == pytest.approx((day(start), day(end)))


@pytest.mark.parametrize(
    ("event", "left", "right"),
    [
        ("valley-war", ["2031-04-20"], []),
        ("ford-talks-late", [], []),
        ("bridge-strike", [], ["2031-06-11"]),
        ("river-summit", [], ["2031-06-11"]),
    ],
)
def test_open_end_has_an_arrow_and_known_end_has_none(timeline, event, left, right):
    ax, rows = timeline
    found = [list(map(day, marks(ax, rows[event], arrow))) for arrow in "<>"]
    assert found == [list(map(day, left)), list(map(day, right))]


def test_timeline_has_a_row_for_each_event_and_spans_the_window(timeline):
    ax, _ = timeline
    assert labels(ax) == [
        "War in the valley",
        "Talks at the ford",
        "Talks at the ford",
        "Summit on the river",
        "Strike on the bridge",
    ]
    assert ax.yaxis_inverted()
    assert ax.get_xlim() == (day("2031-04-20"), day("2031-06-11"))


def test_rival_account_is_hollow_and_slanted(timeline):
    ax, rows = timeline
    styles = [text.get_fontstyle() for text in ax.get_yticklabels()]
    assert styles == ["italic" if row == rows["ford-talks-late"] else "normal" for row in range(5)]
    faces = {
        row: line.get_markerfacecolor()
        for line in ax.lines
        for row in line.get_ydata()
        if line.get_marker() == "o"
    }
    assert faces == {
        rows["valley-war"]: COLOURS["blue"],
        rows["ford-talks"]: COLOURS["blue"],
        rows["ford-talks-late"]: "white",
    }


def test_each_occurrence_has_a_mark_of_its_own():
    events = pd.DataFrame(
        {
            "occurrence": list(OCCURRENCE),
            "start": pd.Timestamp("2031-05-02"),
            "end": pd.Timestamp("2031-05-03"),
            "open_start": False,
            "open_end": False,
            "exact": True,
            "label": list(OCCURRENCE),
        }
    )
    ax = charts.timeline(events, "Title", OCCURRENCE, SINCE, UNTIL)
    assert len({line.get_marker() for line in ax.lines}) == len({line.get_color() for line in ax.lines}) == 5
    assert legend(ax) == list(OCCURRENCE.values())


def test_timeline_has_a_legend_of_what_occurs(timeline):
    assert legend(timeline[0]) == [
        "Took place",
        "Called off",
        "Alleged",
        "Interval or approximate",
        "Rival account (hollow, slanted)",
    ]


# Links


def test_links_draw_one_arrow_for_each_pair_of_tables():
    ax = charts.links(JOINS, "Title")
    ends = [(text.xyann[1], text.xy[1]) for text in ax.texts if not text.get_text()]
    assert sorted(ends) == [(0, 0), (1, 0.5), (1, 1)]


def test_links_name_every_table_on_its_side():
    ax = charts.links(JOINS, "Title")
    left = [text.get_text() for text in ax.texts if text.get_text() and text.get_position()[0] < 0.5]
    right = [text.get_text() for text in ax.texts if text.get_text() and text.get_position()[0] > 0.5]
    assert (left, right) == (["clauses", "duties"], ["drafts", "clauses", "actors"])


# Figures: what stands below the axes


def boxes(fig, artists):
    """Save as a notebook does, and return the place of each artist in the image."""
    places = {}

    def watch(artist):
        before = artist.draw

        def draw(renderer, *args, **kwargs):
            before(renderer, *args, **kwargs)
            places[artist] = artist.get_tightbbox(renderer)

        artist.draw = draw

    for artist in artists:
        watch(artist)
    fig.savefig(io.BytesIO(), bbox_inches="tight")
    return [places[artist] for artist in artists]


@pytest.mark.parametrize("rows", [2, 12])
@pytest.mark.parametrize("columns", [2, 3, 8])
@pytest.mark.parametrize("source", ["the record", "a source with a long name " * 10], ids=["short", "long"])
def test_legend_lies_between_the_axes_and_the_source_line(monkeypatch, rows, columns, source):
    monkeypatch.setattr("briefing_helpers.notebook.display", lambda *args, **kwargs: None)
    counts = pd.DataFrame({f"column {n}": range(1, rows + 1) for n in range(columns)})
    counts.index = [f"row with a name {n}" for n in range(rows)]
    check_order(charts.stacked(counts, "Title", "records"), source)


@pytest.mark.parametrize("name", ["tiles", "timeline"])
def test_legend_of_other_charts_lies_there_too(monkeypatch, valley, name):
    monkeypatch.setattr("briefing_helpers.notebook.display", lambda *args, **kwargs: None)
    check_order(CHARTS[name]("Title", None, drawn(valley)), "the record")


def check_order(ax, source):
    figure(ax, source, COUNTS)
    fig = ax.figure
    [line] = [text for text in fig.texts if text.get_text().startswith("Source: ")]
    [key] = fig.legends
    axes_box, key_box, line_box = boxes(fig, [ax, key, line])
    assert axes_box.y0 >= key_box.y1, "the legend overlaps the axes"
    assert key_box.y0 >= line_box.y1, "the legend overlaps the source line"
    assert line_box.y0 >= 0, "the source line is cut off"


# One look for sides and statuses


def test_main_sides_differ_in_print_without_colour():
    greys = sorted(
        style.luminance(style.SIDES[side].colour) for side in ("us", "russia", "europe", "ukraine")
    )
    assert min(after - before for before, after in pairwise(greys)) > 0.1
    markers = [style.SIDES[side].marker for side in style.SIDES]
    assert len(set(markers)) == len(markers)


def test_statuses_differ_in_print_without_colour():
    looks = [style.STATUSES[name] for name in ("confirmed", "single", "disputed", "contradicted", "weak")]
    plain = sorted(style.luminance(look.colour) for look in looks if not look.hatch)
    assert min(after - before for before, after in pairwise(plain)) > 0.1
    hatches = [look.hatch for look in looks if look.hatch]
    assert len(set(hatches)) == len(hatches) == 2


def test_values_that_are_sides_or_statuses_keep_their_look():
    assert style.shades(["Russia", "United States"]) == {
        "Russia": style.SIDES["russia"],
        "United States": style.SIDES["us"],
    }
    assert [look.colour for look in style.shades(["one", "two"]).values()] == style.SEQUENCE[:2]
