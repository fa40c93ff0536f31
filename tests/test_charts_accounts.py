import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from briefing_helpers import charts

pytestmark = pytest.mark.usefixtures("figures")

ROWS = pd.DataFrame(
    [
        ("2031-05-01~", "Border Herald", "a cut of 50 per cent", 50.0, 50.0, "contradicted", False),
        ("2031-05-02", "the leaked text", "a cap of $50,000$", 20.0, 40.0, "confirmed", True),
        (None, "Daily South", "a cap of 10,000 to 20,000", 60.0, 80.0, "weak", False),
    ],
    columns=["as_of", "account", "said", "low", "high", "status", "own"],
)


def draw(rows=ROWS, **more):
    ax = charts.accounts(rows, "Title", "cut, per cent", 50, "half", **more)
    ax.figure.canvas.draw()
    return ax


def test_ranges_are_bars_and_single_values_narrow_ones_around_their_place():
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in draw().patches]
    assert spans == [(49.5, 50.5), (20, 40), (60, 80)]


def test_rows_are_labelled_by_day_and_name_and_the_text_is_bold():
    labels = draw().get_yticklabels()
    assert [text.get_text() for text in labels] == [
        *("2031-05-01~: Border Herald", "2031-05-02: the leaked text", "not dated: Daily South")
    ]
    assert [text.get_fontweight() for text in labels] == ["normal", "bold", "normal"]


def test_what_was_said_stands_right_of_its_mark_and_the_line_at_its_place():
    ax = draw()
    half, *said = ax.texts
    assert (half.get_text(), half.get_position()[0]) == ("half", 50)
    assert [line.get_xdata()[0] for line in ax.lines] == [50]
    assert [text.get_text() for text in said] == ROWS["said"].tolist()
    ends = [bar.get_x() + bar.get_width() for bar in ax.patches]
    assert all(text.get_position()[0] > end for text, end in zip(said, ends, strict=True))


def test_statuses_have_their_colour_and_hatch_and_only_those_present_a_key():
    ax = draw()
    found = [(to_hex(bar.get_facecolor()).upper(), bar.get_hatch() or "") for bar in ax.patches]
    wanted = [charts.STATUSES[name] for name in ROWS["status"]]
    assert found == [(look.colour.upper(), look.hatch) for look in wanted]
    [legend] = ax.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["confirmed", "contradicted", "weak"]


def test_words_stay_inside_the_figure():
    ax = draw()
    wide = ax.figure.bbox
    boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()]]
    assert all(box.x0 >= wide.x0 and box.x1 <= wide.x1 for box in boxes)


def test_money_starts_no_formula():
    assert not any(text.get_parse_math() for text in draw().texts)


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_no_accounts_leave_the_line_alone():
    ax = draw(ROWS.head(0))
    assert (len(ax.patches), len(ax.lines)) == (0, 1)


def test_chart_draws_into_the_axes_given_and_leaves_the_frame_as_it_was():
    before, (fig, ax) = ROWS.copy(), plt.subplots(layout="constrained")
    assert draw(ax=ax) is ax
    assert plt.get_fignums() == [fig.number]
    pd.testing.assert_frame_equal(ROWS, before)
