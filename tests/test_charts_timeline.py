import pytest

from briefing_helpers import charts, chronology, intervals

pytestmark = pytest.mark.usefixtures("figures")

OCCURRENCE = {
    "occurred": "Took place",
    "planned": "Planned",
    "called-off": "Called off",
    "threatened": "Threatened",
    "alleged": "Alleged",
}
STATUSES = {
    "confirmed": "Confirmed",
    "single": "Single origin",
    "weak": "Weak",
    "contradicted": "Contradicted",
    "unsupported": "Unsupported $x^^$",
}
SINCE, UNTIL = "2031-04-20", "2031-06-10"


@pytest.fixture
def drawn(valley):
    return intervals(chronology(valley.events), SINCE, UNTIL)


def test_whatever_is_not_confirmed_says_so_beside_its_row(drawn):
    ax = charts.timeline(drawn, "Title", OCCURRENCE, SINCE, UNTIL, statuses=STATUSES)
    assert [(text.get_text(), text.get_position()[1]) for text in ax.texts] == [
        ("weak", 0),
        ("contradicted", 2),
        ("unsupported $x^^$", 3),
    ]
    ax.figure.canvas.draw()


def test_statuses_stand_right_of_the_axes(drawn):
    ax = charts.timeline(drawn, "Title", OCCURRENCE, SINCE, UNTIL, statuses=STATUSES)
    ax.figure.canvas.draw()
    right = ax.get_window_extent().x1
    assert all(text.get_window_extent().x0 >= right for text in ax.texts)
    assert all(text.get_window_extent().x1 <= ax.figure.bbox.x1 for text in ax.texts)


def test_without_labels_of_statuses_none_is_shown(drawn):
    assert list(charts.timeline(drawn, "Title", OCCURRENCE, SINCE, UNTIL).texts) == []


def test_timeline_takes_timestamps_as_well_as_days(drawn):
    ends = drawn["start"].min().replace(day=20), drawn["end"].max().replace(day=10)
    ax = charts.timeline(drawn, "Title", OCCURRENCE, *ends)
    assert ax.get_xlim() == charts.timeline(drawn, "Title", OCCURRENCE, SINCE, UNTIL).get_xlim()
