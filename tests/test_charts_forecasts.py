from itertools import combinations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.text import Text

from briefing_helpers import FIFTY, charts, scored, suppose
from briefing_helpers.charts.forecasts import OUTCOMES
from briefing_helpers.charts.style import luminance

pytestmark = pytest.mark.usefixtures("figures")

LABELS = {
    "term": {"likely": "Likely", "unlikely": "Unlikely"},
    "outcome": {"came-true": "Came true", "partly": "Partly", "did-not": "Did not"},
}
MAKERS = {"north": "Northland", "ford": "Ford"}
SCORES = pd.DataFrame(
    [
        ("north", "A summit is held.", "likely", 0.55, 0.80, "did-not", 0.3025, 0.64),
        ("ford", "The truce holds.", "unlikely", 0.20, 0.45, "came-true", 0.3025, 0.64),
        ("ford", "Trade is free.", "likely", 0.55, 0.80, "partly", 0.04, 0.64),
    ],
    columns=["made_by", "summary", "term", "p_low", "p_high", "outcome", "best", "worst"],
)
SUPPOSED = pd.DataFrame(
    [
        ("unlikely", 0.2, 0.45, 0.26, 0.40, "worse"),
        ("even", 0.45, 0.55, 0.20, 0.30, "not clearly better or worse"),
        ("likely", 0.55, 0.8, 0.04, 0.20, "better"),
    ],
    columns=["term", "low", "high", "best", "worst", "beside"],
)
TERMS = {**LABELS["term"], "even": "Roughly even"}


def came(title="t", scores=SCORES, ax=None):
    return charts.expected_and_came(scores, title, MAKERS, LABELS, ax=ax)


def terms(title="t", supposed=SUPPOSED, ax=None):
    return charts.term_scores(supposed, title, TERMS, ["likely"], ax=ax)


each_chart = pytest.mark.parametrize("draw", [came, terms], ids=["came", "terms"])


def rows(ax):
    return [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()]


def words(ax):
    return [text.get_text() for text in ax.texts]


# Both charts


@each_chart
def test_chart_returns_the_axes_of_one_figure(draw):
    ax = draw()
    assert isinstance(ax, Axes)
    assert [plt.figure(number) for number in plt.get_fignums()] == [ax.figure]


@each_chart
def test_chart_draws_into_the_axes_given(draw):
    fig, (left, right) = plt.subplots(1, 2, layout="constrained")
    assert draw(ax=right) is right
    assert plt.get_fignums() == [fig.number] and not left.texts


@each_chart
def test_title_is_the_one_given_and_money_is_no_formula(draw):
    ax = draw("costs $x^^ and $")
    assert ax.figure.get_suptitle() == "costs $x^^ and $"
    assert not any(
        text.get_parse_math() and is_math_text(text.get_text()) for text in ax.figure.findobj(Text)
    )


@each_chart
def test_no_text_is_smaller_than_eight_points(draw):
    ax = draw()
    assert min(text.get_fontsize() for text in [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels()]) >= 8


@pytest.mark.parametrize(
    "draw", [lambda: came(scores=SCORES.iloc[:0]), lambda: terms(supposed=SUPPOSED.iloc[:0])]
)
def test_nothing_to_draw_makes_an_empty_chart(draw):
    ax = draw()
    ax.figure.canvas.draw()
    assert not ax.patches and not rows(ax)


# Expected and came


def test_rows_name_maker_and_expectation_in_the_order_given():
    ax = came()
    assert rows(ax) == [
        "Northland: A summit is held", "Ford: The truce holds", "Ford: Trade is free",
    ]  # fmt: skip
    assert ax.get_ylim()[0] > ax.get_ylim()[1]
    assert rows(came(scores=SCORES.iloc[::-1])) == rows(ax)[::-1]


def test_bars_span_the_probability_in_per_cent():
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in came().patches]
    assert spans == [pytest.approx(ends) for ends in [(55, 80), (20, 45), (55, 80)]]


def test_outcome_stands_at_nought_or_a_hundred_or_both():
    ax = came()
    marks = [(list(line.get_xdata()), line.get_marker()) for line in ax.lines if line.get_marker() != "None"]
    assert marks == [([0], "X"), ([100], "o"), ([0, 100], "D")]
    colours = [to_hex(line.get_color()).upper() for line in ax.lines if line.get_marker() != "None"]
    assert colours == [OUTCOMES[name].colour.upper() for name in ("did-not", "came-true", "partly")]


def test_terms_outcomes_and_scores_are_written():
    assert words(came()) == [
        "likely, 55 to 80 %", "did not", "0.30 to 0.64",
        "unlikely, 20 to 45 %", "came true", "0.30 to 0.64",
        "likely, 55 to 80 %", "partly", "0.04 to 0.64",
        "Brier score",
    ]  # fmt: skip


def test_outcomes_differ_by_marker_and_in_grey():
    looks = list(OUTCOMES.values())
    assert len({look.marker for look in looks}) == len(looks)
    assert all(abs(luminance(a.colour) - luminance(b.colour)) > 0.1 for a, b in combinations(looks, 2))


def test_an_outcome_that_is_not_settled_is_refused():
    with pytest.raises(KeyError, match="open"):
        came(scores=SCORES.assign(outcome="open"))


# Terms


def test_term_bars_run_from_best_to_worst_and_differ_by_hatch():
    bars = terms().patches
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars] == [
        pytest.approx(ends) for ends in [(0.26, 0.40), (0.20, 0.30), (0.04, 0.20)]
    ]
    assert [bar.get_hatch() or None for bar in bars] == [None, "////", None]
    tones = [luminance(to_hex(bar.get_facecolor())) for bar in bars]
    assert len({round(tone, 1) for tone in tones}) == 3


def test_term_rows_are_named_with_their_range_and_the_coded_one_is_bold():
    ax = terms()
    assert rows(ax) == ["Unlikely (20 to 45 %)", "Roughly even (45 to 55 %)", "Likely (55 to 80 %)"]
    assert [text.get_fontweight() for text in ax.get_yticklabels()] == ["normal", "normal", "bold"]


def test_terms_say_how_they_stand_beside_the_line_of_fifty_fifty():
    ax = terms()
    assert words(ax) == [
        "always fifty-fifty: 0.25", "0.26 to 0.40: worse", "0.20 to 0.30: not clear", "0.04 to 0.20: better",
    ]  # fmt: skip
    assert ax.lines[0].get_xdata()[0] == FIFTY


# As shipped


def test_no_labels_overlap_in_the_charts_shipped(shipped):
    scores, names = scored(shipped.forecasts), shipped.actors.set_index("id")["name"]
    labels = {name: shipped.labels("forecasts", name) for name in ("term", "outcome")}
    made = [
        charts.expected_and_came(scores, "t", names, labels),
        charts.term_scores(suppose(scores), "t", labels["term"], ["almost-certain"]),
    ]
    for ax in made:
        ax.figure.canvas.draw()
        boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()]]
        assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
        assert all(box.x0 >= 0 and box.x1 <= ax.figure.bbox.width for box in boxes)


def test_every_outcome_with_a_look_is_in_the_vocabulary(shipped):
    assert set(OUTCOMES) < set(shipped.labels("forecasts", "outcome"))
