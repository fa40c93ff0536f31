from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex
from matplotlib.text import Text

from briefing_helpers import both_codings, charts, item_names, standing
from briefing_helpers.charts.hypotheses import CONSISTENCY

pytestmark = pytest.mark.usefixtures("figures")

LABELS = {
    "very-consistent": "Very consistent",
    "consistent": "Consistent",
    "neutral": "Neutral",
    "inconsistent": "Inconsistent",
    "very-inconsistent": "Very inconsistent",
}
ITEMS = {"ford": "Ford (confirmed)", "call": "Call (single)"}
NAMES = {"a": "North wrote it alone", "b": "Both wrote it"}
FIRST = pd.DataFrame(
    {"a": ["neutral", "inconsistent"], "b": ["very-consistent", "neutral"]}, index=["ford", "call"]
)
SECOND = FIRST.assign(b=["very-consistent", "very-inconsistent"])
SCORES = pd.DataFrame(
    [
        ("who", "a", 1.0, 0.0, 0.0, 1.0),
        ("who", "b", 5.0, 4.0, 3.0, 5.0),
        ("why", "c", 2.0, 2.0, 1.0, 2.0),
    ],
    columns=["question", "hypothesis", "first", "second", "low", "high"],
)
NAMED, ASKED = {**NAMES, "c": "By chance"}, {"who": "Who wrote it", "why": "Why it came out"}


def evidence(title="t", first=FIRST, second=SECOND, ax=None):
    return charts.evidence_matrix(first, second, title, NAMES, ITEMS, LABELS, ax=ax)


def ranges(title="t", scores=SCORES, ax=None):
    return charts.score_ranges(scores, title, "points against", NAMED, ASKED, ax=ax)


each_chart = pytest.mark.parametrize("draw", [evidence, ranges], ids=["matrix", "ranges"])


def rows(ax):
    return [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()]


def legend(ax):
    return [text.get_text() for each in ax.figure.legends for text in each.get_texts()]


def cells(ax):
    """Return each cell: row, column, letters, colour, width, from left to right."""
    found = []
    for patch, text in zip(ax.patches, ax.texts, strict=True):
        x, y = text.get_position()
        colour = to_hex(patch.get_facecolor()).upper()
        found.append((int(y), int(x), text.get_text(), colour, round(patch.get_width(), 2)))
    return found


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


# The matrix


def test_matrix_names_items_and_hypotheses():
    ax = evidence()
    assert rows(ax) == ["Ford (confirmed)", "Call (single)"]
    assert [text.get_text().replace("\n", " ") for text in ax.get_xticklabels()] == list(NAMES.values())


def test_matrix_letters_cells_and_shares_those_on_which_coders_differ():
    colours = {name: look.colour.upper() for name, (look, _) in CONSISTENCY.items()}
    assert cells(evidence()) == [
        (0, 0, "N", colours["neutral"], 0.94),
        (0, 1, "CC", colours["very-consistent"], 0.94),
        (1, 0, "I", colours["inconsistent"], 0.94),
        (1, 1, "N", colours["neutral"], 0.47),
        (1, 1, "II", colours["very-inconsistent"], 0.47),
    ]
    left, right = evidence().patches[-2:]
    assert left.get_x() < right.get_x()


def test_matrix_hatches_what_speaks_against():
    assert [patch.get_hatch() for patch in evidence().patches] == [None, None, "///", None, "xxx"]


def test_matrix_legend_names_what_occurs_and_the_shared_cells():
    assert legend(evidence()) == [
        "CC  Very consistent", "N  Neutral", "I  Inconsistent", "II  Very inconsistent",
        "Shared cell: first coder | second coder",
    ]  # fmt: skip
    assert legend(evidence(second=FIRST)) == ["CC  Very consistent", "N  Neutral", "I  Inconsistent"]


@pytest.mark.parametrize("other", [SECOND.iloc[::-1], SECOND[["b", "a"]], SECOND.iloc[:1]])
def test_matrix_refuses_codings_that_do_not_match(other):
    with pytest.raises(ValueError, match="same items and hypotheses, in the same order"):
        evidence(second=other)


def test_letters_and_vocabulary_match(shipped):
    assert shipped.labels("assessments", "consistency") == LABELS
    assert list(CONSISTENCY) == list(LABELS)
    assert len({letters for _, letters in CONSISTENCY.values()}) == len(LABELS)


# The ranges


def test_ranges_set_questions_apart_in_the_order_given():
    ax = ranges()
    assert rows(ax) == ["North wrote it alone", "Both wrote it", "By chance"]
    at = ax.get_yticks()
    assert at[1] - at[0] == 1 and at[2] - at[1] > 1
    heads = [
        (text.get_text(), text.get_position()[1]) for text in ax.texts if text.get_text() in ASKED.values()
    ]
    assert [name for name, _ in heads] == list(ASKED.values())
    assert heads[0][1] < at[0] and at[1] < heads[1][1] < at[2]


def test_ranges_draw_both_coders_and_the_span():
    ax = ranges()
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 1), (3, 2), (1, 1)]
    marks = {
        marker: [line.get_xdata()[0] for line in ax.lines if line.get_marker() == marker] for marker in "oD"
    }
    assert marks == {"o": [1, 5, 2], "D": [0, 4, 2]}


def test_ranges_write_both_scores_beside_the_span():
    ax = ranges()
    values = [(text.get_text(), text.xy[0]) for text in ax.texts if "|" in text.get_text()]
    assert values == [("1 | 0", 1), ("5 | 4", 5), ("2 | 2", 2)]
    assert ax.get_xlim()[1] > 5


def test_ranges_of_nothing_against_anybody_still_have_an_axis():
    low, high = ranges(scores=SCORES.assign(first=0.0, second=0.0, low=0.0, high=0.0)).get_xlim()
    assert low < 0 and high >= 1


def test_no_labels_overlap_in_the_charts_shipped(shipped):
    names = shipped.hypotheses.set_index("id")["label"]
    rated, items = shipped.assessments, shipped.evidence_items
    questions, fit = shipped.labels("hypotheses", "question"), shipped.labels("assessments", "consistency")
    made = [charts.score_ranges(standing(rated, items), "t", "points", names, questions)]
    for question in questions:
        codings = both_codings(rated, items, question)
        made.append(charts.evidence_matrix(*codings, "t", names, item_names(items), fit))
    for ax in made:
        ax.figure.canvas.draw()
        for texts in (ax.get_yticklabels(), ax.get_xticklabels()):
            boxes = [text.get_window_extent() for text in texts]
            assert not any(one.overlaps(two) for one, two in pairwise(boxes))
        boxes = [text.get_window_extent() for text in ax.texts]
        assert not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[at + 1 :])
        assert all(box.x1 <= ax.figure.bbox.width for box in boxes)
