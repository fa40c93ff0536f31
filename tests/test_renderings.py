import pandas as pd
import pytest

from briefing_helpers import coverage, find, terms


def test_coverage_gives_each_point_its_best_relation(valley):
    frame = coverage(valley.renderings, find(valley.clauses, "plan-a"))
    assert frame.columns.tolist() == ["point", "id", "topic", "clauses", "rendered", "coverage", "told"]
    assert frame.astype(object).values.tolist() == [
        [1, "plan-a-01", "ceasefire", 1, 1, "match", "described"],
        [2, "plan-a-02a", "forces", 2, 2, "partial", "described"],
        [3, "plan-a-03", "reconstruction", 1, 0, "left-out", "left-out"],
    ]


def test_coverage_is_ordered_best_first_with_left_out_last(valley):
    frame = coverage(valley.renderings, find(valley.clauses, "plan-a"))
    assert frame["coverage"].cat.categories.tolist() == [
        *("match", "partial", "stronger", "figure-error", "interpretation", "allusion", "left-out")
    ]
    assert frame["coverage"].cat.ordered


def test_coverage_without_renderings_leaves_every_point_out(valley):
    frame = coverage(valley.renderings.head(0), find(valley.clauses, "plan-a"))
    assert frame[["rendered", "coverage"]].astype(object).values.tolist() == [[0, "left-out"]] * 3


def test_coverage_counts_a_clause_spoken_of_twice_once(valley):
    twice = pd.concat([valley.renderings, valley.renderings.assign(relation="interpretation")])
    frame = coverage(twice, find(valley.clauses, "plan-a"))
    assert frame[["clauses", "rendered"]].values.tolist() == [[1, 1], [2, 2], [1, 0]]
    assert frame["coverage"].tolist() == ["match", "partial", "left-out"]


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("match", "described"),
        ("partial", "described"),
        ("stronger", "described"),
        ("figure-error", "described"),
        ("interpretation", "touched"),
        ("allusion", "touched"),
    ],
)
def test_coverage_tells_content_from_allusion(valley, relation, told):
    frame = coverage(valley.renderings.assign(relation=relation), find(valley.clauses, "plan-a"))
    assert frame["told"].tolist() == [told, told, "left-out"]


def test_terms_gives_each_term_its_weightiest_relation(valley):
    frame = terms(valley.renderings)
    assert frame[["term", "relation", "clauses"]].astype(object).values.tolist() == [
        ["army", "figure-error", ["plan-a-02a", "plan-a-02b"]],
        ["ceasefire", "match", ["plan-a-01"]],
    ]


def test_an_allusion_stands_only_for_a_term_that_does_nothing_else(valley):
    first = valley.renderings["clause"].isin(["plan-a-02a", "plan-a-01"])
    found = terms(valley.renderings.assign(relation=first.map({True: "allusion", False: "match"})))
    assert found[["term", "relation"]].astype(str).values.tolist() == [
        ["army", "match"],
        ["ceasefire", "allusion"],
    ]


def test_terms_name_the_first_rendering_with_the_weightiest_relation(valley):
    assert terms(valley.renderings)["id"].tolist() == ["bh-army.02a", "bh-ceasefire.01"]
    assert terms(valley.renderings[::-1])["id"].tolist() == ["bh-ceasefire.01", "bh-army.02a"]
