import pandas as pd
import pytest

from briefing_helpers import (
    against,
    both_codings,
    consistency_matrix,
    diagnosticity,
    drop_one,
    inconsistency,
    item_names,
    readings,
    side_by_side,
    standing,
)
from briefing_helpers.hypotheses import MARGIN, POINTS, WEIGHTS

VALUES = ["very-consistent", "consistent", "neutral", "inconsistent", "very-inconsistent"]
CODES = dict(zip(["CC", "C", "N", "I", "II"], VALUES, strict=True))
# One row per item: status, first coder on a, b, c; second coder on a, b, c. A call is a statement.
GRID = {
    "who-ford": ("confirmed", "C N I", "C C I"),
    "who-call": ("single", "N I II", "N N II"),
    "who-list": ("weak", "I N N", "N N N"),
    "who-note": ("contradicted", "N N N", "N I C"),
}


def tables(grid=GRID, question="who", hypotheses="abc"):
    items = pd.DataFrame(
        [(item, question, f"About {item}.", row[0]) for item, row in grid.items()],
        columns=["id", "question", "summary", "status"],
    )
    items["kind"] = items["id"].str.contains("call").map({True: "statement", False: "document"})
    rated = pd.DataFrame(
        [
            (f"{item}.{name}", item, name, CODES[one], CODES[two], f"Why {item} {name}.")
            for item, (_, first, second) in grid.items()
            for name, one, two in zip(hypotheses, first.split(), second.split(), strict=True)
        ],
        columns=["id", "item", "hypothesis", "consistency", "consistency_second", "reason"],
    )
    for field in ("consistency", "consistency_second"):
        rated[field] = pd.Categorical(rated[field], VALUES)
    return rated, items


def test_matrix_has_items_by_hypotheses_in_the_order_of_the_tables():
    first = consistency_matrix(*tables(), "who")
    assert first.index.tolist() == list(GRID)
    assert first.columns.tolist() == ["a", "b", "c"]
    assert first.loc["who-call"].tolist() == ["neutral", "inconsistent", "very-inconsistent"]
    second = consistency_matrix(*tables(), "who", "second")
    assert second.loc["who-ford"].tolist() == ["consistent", "consistent", "inconsistent"]


def test_matrix_of_a_question_without_items_is_refused():
    with pytest.raises(KeyError, match="no item bears on 'why'; questions with items: who"):
        consistency_matrix(*tables(), "why")


def test_matrix_reads_the_sample(valley):
    grid = consistency_matrix(valley.assessments, valley.evidence_items, "who-drafted")
    assert grid.loc["no-envoy"].tolist() == ["consistent", "very-inconsistent"]


# Ranking


def test_inconsistency_ranks_by_what_speaks_against():
    found = inconsistency(consistency_matrix(*tables(), "who"))
    assert found.columns.tolist() == ["hypothesis", "score", "against", "rank"]
    assert found.values.tolist() == [["a", 1, 1, 1], ["b", 1, 1, 1], ["c", 3, 2, 3]]


def test_what_fits_counts_for_nothing():
    fits = tables({"who-x": ("confirmed", "CC N N", "CC N N")})
    assert inconsistency(consistency_matrix(*fits, "who"))["score"].tolist() == [0, 0, 0]


def test_weights_make_an_item_count_for_less():
    grid = consistency_matrix(*tables(), "who")
    weights = pd.Series({"who-ford": 1, "who-call": 0.5, "who-list": 0.25, "who-note": 0})
    found = inconsistency(grid, weights)
    assert found[["hypothesis", "score", "rank"]].values.tolist() == [
        ["a", 0.25, 1], ["b", 0.5, 2], ["c", 2.0, 3]
    ]  # fmt: skip


def test_scale_and_weights_cover_the_vocabularies(shipped):
    assert set(shipped.labels("evidence_items", "status")) == set(WEIGHTS)
    # The notebook says these in words.
    assert list(WEIGHTS.values()) == [1, 0.5, 0.5, 0.25, 0, 0] and MARGIN == 2
    assert set(POINTS) < set(shipped.labels("assessments", "consistency"))
    assert [*shipped.labels("assessments", "consistency")] == VALUES


def test_readings_try_coders_weights_and_items():
    found = readings(*tables(), "who")
    assert len(found) == 2 * (3 + 4)
    whole = found[found["variant"] == "all items"].set_index("coder")[["a", "b", "c"]]
    assert whole.loc["first"].tolist() == [1, 1, 3]
    assert whole.loc["second"].tolist() == [0, 1, 3]
    weighted = found[found["variant"] == "weighted"].set_index("coder")[["a", "b", "c"]]
    assert weighted.loc["first"].tolist() == [0.25, 0.5, 2]
    assert weighted.loc["second"].tolist() == [0, 0, 2]
    silent = found[found["variant"] == "no statements"].set_index("coder")[["a", "b", "c"]]
    assert silent.loc["first"].tolist() == [1, 0, 1]
    assert silent.loc["second"].tolist() == [0, 1, 1]
    without = found[found["variant"] == "without"].set_index(["coder", "item"])[["a", "b", "c"]]
    assert without.loc[("first", "who-call")].tolist() == [1, 0, 1]
    assert without.loc[("second", "who-note")].tolist() == [0, 0, 3]


def test_standing_sums_up_all_readings():
    found = standing(*tables()).set_index("hypothesis")
    assert found.index.tolist() == ["a", "b", "c"]
    assert found.loc["c", ["first", "second", "first_weighted", "second_weighted"]].tolist() == [3, 3, 2, 2]
    assert found.loc["c", ["first_no_statements", "second_no_statements"]].tolist() == [1, 1]
    assert found.loc["c", ["low", "high"]].tolist() == [1, 3]
    assert found["items_against"].tolist() == [1, 2, 2]
    assert found["confirmed_against"].tolist() == [0, 0, 1]
    # Without the call, c is one point behind; a ties with b.
    assert found["leads"].tolist() == found["behind"].tolist() == [False] * 3


def strong(lead="N N N", *, more=()):
    grid = {f"who-{n}": ("confirmed", "N I I", "N I I") for n in range(4)}
    grid["who-lead"] = ("confirmed", lead, lead)
    return standing(*tables({**grid, **dict(more)})).set_index("hypothesis")


def test_leads_only_who_is_alone_under_every_reading():
    assert strong()["leads"].tolist() == [True, False, False]
    assert strong()["behind"].tolist() == [False, True, True]


def test_one_reading_in_which_another_is_as_good_ends_the_lead():
    # Without one of the four, b has three points against it: as many as a.
    found = strong(more={f"who-{n}x": ("confirmed", "I N N", "I N N") for n in range(3)}.items())
    assert found["leads"].tolist() == [False] * 3
    assert not found["behind"].any()


def test_weak_evidence_alone_puts_nobody_behind():
    grid = {f"who-{n}": ("weak", "N I I", "N I I") for n in range(7)}
    found = standing(*tables(grid)).set_index("hypothesis")
    assert found["first"].tolist() == [0, 7, 7]
    assert found["first_weighted"].tolist() == [0, 1.75, 1.75]
    assert MARGIN > 1.75 and not found["behind"].any()
    assert found["leads"].tolist() == [True, False, False]


def test_what_is_only_said_puts_nobody_behind_or_ahead():
    grid = {f"who-call-{n}": ("confirmed", "N I II", "N I II") for n in range(4)}
    found = standing(*tables(grid)).set_index("hypothesis")
    assert found["first"].tolist() == [0, 4, 8]
    assert found["first_no_statements"].tolist() == found["second_no_statements"].tolist() == [0, 0, 0]
    # Without one of the calls b still has three points against it: low and high leave one item out.
    assert found.loc["b", ["low", "high"]].tolist() == [3, 4]
    assert not found["leads"].any() and not found["behind"].any()


def test_standing_takes_each_question_by_itself():
    one, two = tables(), tables({"why-x": ("single", "I N", "I N")}, "why", "yz")
    both = [pd.concat(frames, ignore_index=True) for frames in zip(one, two, strict=True)]
    found = standing(*both)
    assert found[["question", "hypothesis"]].values.tolist() == [
        ["who", "a"], ["who", "b"], ["who", "c"], ["why", "z"], ["why", "y"]
    ]  # fmt: skip
    assert found["first"].tolist() == [1, 1, 3, 0, 1]


# What the ranking hangs on


def test_drop_one_tells_which_items_decide_who_comes_first():
    found = drop_one(*tables())
    assert found["coder"].tolist() == ["first"] * 4 + ["second"] * 4
    changed = found[found["changes"]].set_index(["coder", "item"])["least"]
    assert changed.to_dict() == {
        ("first", "who-call"): "b",
        ("first", "who-list"): "a",
        ("second", "who-note"): "a, b",
    }


def test_diagnosticity_puts_telling_items_first():
    found = diagnosticity(consistency_matrix(*tables(), "who"))
    assert found.values.tolist() == [
        ["who-call", 2, 2, 0], ["who-ford", 2, 1, 1], ["who-list", 1, 1, 0], ["who-note", 0, 0, 0]
    ]  # fmt: skip


def test_both_codings_are_arranged_alike():
    grid = {"who-dull": ("single", "N N N", "N N N"), "who-sharp": ("single", "II C N", "N N II")}
    first, second = both_codings(*tables(grid), "who")
    assert first.index.tolist() == second.index.tolist() == ["who-sharp", "who-dull"]
    assert first.columns.tolist() == second.columns.tolist() == ["b", "c", "a"]
    assert second.loc["who-sharp"].tolist() == ["neutral", "very-inconsistent", "neutral"]


def test_side_by_side_shows_both_choices_only_where_they_differ():
    grid = {"who-x": ("single", "N I C", "N N C")}
    joined = side_by_side(*both_codings(*tables(grid), "who"))
    assert joined.to_dict("records") == [
        {"item": "who-x", "a": "neutral", "b": "inconsistent | neutral", "c": "consistent"}
    ]


def test_against_lists_what_either_coder_counts():
    found = against(*tables())
    assert found[["hypothesis", "item", "first", "second"]].values.tolist() == [
        ["a", "who-list", 1, 0],
        ["b", "who-call", 1, 0],
        ["b", "who-note", 0, 1],
        ["c", "who-ford", 1, 1],
        ["c", "who-call", 2, 2],
    ]
    assert found.loc[0, ["question", "summary", "status", "reason"]].tolist() == [
        "who", "About who-list.", "weak", "Why who-list a."
    ]  # fmt: skip


def test_items_are_named_by_their_ids():
    items = pd.DataFrame(
        {"id": ["drafted-call-29-oct", "leaked-no-name", "ford"], "status": ["single", "unsupported", "weak"]}
    )
    assert item_names(items).to_dict() == {
        "drafted-call-29-oct": "Call 29 Oct (single)",
        "leaked-no-name": "No name (unsupported)",
        "ford": "Ford (weak)",
    }


def test_names_of_the_items_shipped_are_distinct_within_a_question(shipped):
    items = shipped.evidence_items
    assert not pd.DataFrame({"q": items["question"], "n": item_names(items).to_list()}).duplicated().any()


def test_frames_are_left_as_they_were():
    rated, items = tables()
    before = rated.copy(deep=True), items.copy(deep=True)
    standing(rated, items), drop_one(rated, items), against(rated, items)
    both_codings(rated, items, "who")
    pd.testing.assert_frame_equal(rated, before[0])
    pd.testing.assert_frame_equal(items, before[1])
