import dataclasses

import pandas as pd
import pytest

from briefing_helpers import FATES, borne_out, by_point, fates, flow, survival
from briefing_helpers.drafts import settled


def lineage(*rows):
    """Make rows of lineage: older clause, newer draft, change."""
    frame = pd.DataFrame(rows, columns=["from_clause", "to_draft", "change"])
    return frame.assign(id=[f"row-{at}" for at in range(len(frame))], from_draft="old")


@pytest.mark.parametrize(
    ("kinds", "change", "fate"),
    [
        (["same"], "same", "unchanged"),
        (["edited"], "edited", "changed"),
        (["softened"], "softened", "changed"),
        (["tightened"], "tightened", "changed"),
        (["replaced"], "replaced", "changed"),
        (["dropped"], "dropped", "dropped"),
        (["not-known"], "not-known", "not-known"),
        (["same", "edited"], "edited", "changed"),
        (["softened", "replaced", "same"], "replaced", "changed"),
        (["replaced", "replaced"], "replaced", "changed"),
        (["dropped", "not-known"], "contested", "contested"),
        (["not-known", "same"], "contested", "contested"),
        (["dropped", "replaced"], "contested", "contested"),
        (["dropped", "dropped"], "dropped", "dropped"),
    ],
)
def test_a_clause_has_one_fate_whatever_the_number_of_its_rows(kinds, change, fate):
    frame = fates(lineage(*(("c", "new", kind) for kind in kinds)), "old", ["new"])
    assert frame[["draft", "clause", "change", "fate"]].astype(str).values.tolist() == [
        ["new", "c", change, fate]
    ]
    assert frame.at[0, "rows"] == [f"row-{at}" for at in range(len(kinds))]


def test_fates_are_ordered_from_kept_to_not_known():
    frame = fates(lineage(("c", "new", "same")), "old", ["new"])
    assert frame["fate"].cat.categories.tolist() == list(FATES)
    assert list(FATES) == ["unchanged", "changed", "dropped", "contested", "not-known"]


def test_fates_of_one_draft_do_not_touch_those_of_another():
    rows = lineage(("c", "new", "dropped"), ("c", "newer", "not-known"))
    assert fates(rows, "old", ["newer", "new"])["fate"].tolist() == ["not-known", "dropped"]


def test_an_addition_is_no_fate(valley):
    frame = fates(valley.lineage, "plan-a", ["plan-b"])
    assert frame["clause"].tolist() == ["plan-a-01", "plan-a-02a", "plan-a-02b", "plan-a-03"]
    assert frame["fate"].tolist() == ["unchanged", "changed", "dropped", "not-known"]


def test_fates_of_drafts_never_compared_are_refused(valley):
    with pytest.raises(KeyError) as caught:
        fates(valley.lineage, "plan-b", ["plan-a"])
    assert caught.value.args == ("no lineage from 'plan-b' to 'plan-a'; pairs coded: plan-a to plan-b",)


def test_settled_is_blank_for_an_addition(valley):
    verdicts = settled(valley.lineage)
    assert verdicts.isna().tolist() == [False, False, False, False, True]
    assert verdicts.dropna().tolist() == ["same", "softened", "dropped", "not-known"]


def test_the_same_clause_id_of_two_older_drafts_is_kept_apart():
    rows = lineage(("c", "new", "dropped"), ("c", "new", "not-known"))
    rows.loc[1, "from_draft"] = "older"
    assert settled(rows).tolist() == ["dropped", "not-known"]


# Survival and flow


def told(*rows):
    frame = pd.DataFrame(rows, columns=["draft", "clause", "fate", "weak"])
    return frame.assign(fate=pd.Categorical(frame["fate"], list(FATES), ordered=True))


TOLD = told(
    ("late", "a", "unchanged", False),
    ("late", "b", "dropped", True),
    ("late", "c", "not-known", True),
    ("early", "a", "changed", True),
    ("early", "b", "contested", True),
    ("early", "c", "dropped", False),
)


def test_survival_counts_fates_and_leaves_doubt_out_of_the_known():
    frame = survival(TOLD)
    columns = ["draft", "clauses", *FATES, "fate known", "on weak sources only"]
    assert frame.columns.tolist() == columns
    assert frame.values.tolist() == [["late", 3, 1, 0, 1, 0, 1, 2, 1], ["early", 3, 0, 1, 1, 1, 0, 2, 1]]


def test_an_unknown_fate_is_neither_kept_nor_dropped(valley):
    counts = survival(by_point(valley, "plan-a", ["plan-b"])).iloc[0]
    assert counts[["unchanged", "changed", "dropped", "not-known"]].tolist() == [1, 1, 1, 1]
    assert (counts["clauses"], counts["fate known"]) == (4, 3)


def test_flow_crosses_the_fates_of_the_same_clauses():
    frame = flow(TOLD, "late", "early")
    assert frame.index.tolist() == ["unchanged", "dropped", "not-known"]
    assert frame.columns.tolist() == ["changed", "dropped", "contested"]
    assert frame.to_numpy().tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    pd.testing.assert_frame_equal(flow(TOLD, "early", "late"), frame.T)


# By point


def test_by_point_follows_the_order_of_the_points_not_of_the_rows(valley):
    backwards = dataclasses.replace(
        valley, lineage=valley.lineage.iloc[::-1].reset_index(drop=True), clauses=valley.clauses.iloc[::-1]
    )
    frame = by_point(backwards, "plan-a", ["plan-b"])
    assert frame["clause"].tolist() == ["plan-a-01", "plan-a-02a", "plan-a-02b", "plan-a-03"]
    assert frame["point"].tolist() == [1, 2, 2, 3]
    assert frame["topic"].astype(str).tolist() == ["ceasefire", "forces", "forces", "reconstruction"]
    assert set(frame["title"]) == {"Plan B"}
    assert frame["record"].tolist() == ["a-01.b-01", "a-02a.b-02", "a-02b.b", "a-03.b"]


def test_a_point_has_the_topic_of_its_opening_words(valley):
    clauses = valley.clauses.copy()
    clauses.loc[clauses["id"] == "plan-a-02b", ["part", "topic"]] = [None, "nato"]
    frame = by_point(dataclasses.replace(valley, clauses=clauses), "plan-a", ["plan-b"])
    assert frame.loc[frame["point"] == 2, "topic"].tolist() == ["nato", "nato"]


# Borne out


def cited(valley, *rows, published="2031-05-11"):
    """Cite sources, given by id, reliability and day, on rows of lineage or on clauses."""
    like = valley.sources.iloc[0]
    sources = pd.DataFrame([{**like, "id": row[2], "origin": row[2], "kind": "report"} for row in rows])
    sources["reliability"] = [row[3] for row in rows]
    sources["published_earliest"] = pd.to_datetime([row[4] for row in rows])
    citations = pd.DataFrame(rows, columns=["table", "record", "source", "grade", "day", "relation"])
    citations["id"] = [f"c-{at}" for at in range(len(citations))]
    return dataclasses.replace(valley, sources=sources.drop_duplicates("id"), citations=citations)


def status(valley, *rows):
    return borne_out(cited(valley, *rows))


def test_sources_older_than_the_newer_text_do_not_bear_its_fate_out(valley):
    """Plan B is of 10 May: what appeared before can only speak of plan A."""
    found = status(
        valley,
        ("lineage", "a-02b.b", "before", "A", "2031-05-09", "supports"),
        ("lineage", "a-02a.b-02", "same-day", "B", "2031-05-10", "supports"),
        ("lineage", "a-02a.b-02", "after", "C", "2031-06-01", "supports"),
    )
    assert found["a-02b.b"] == "unsupported"
    assert found["a-02a.b-02"] == "confirmed"


def test_sources_of_the_newer_clause_bear_its_row_out(valley):
    found = status(
        valley,
        ("lineage", "a-02b.b", "x", "F", "2031-05-20", "supports"),
        ("lineage", "a-02a.b-02", "x", "F", "2031-05-20", "supports"),
        ("clauses", "plan-b-02", "undated", "B", None, "supports"),
    )
    assert found[["a-02b.b", "a-02a.b-02"]].tolist() == ["weak", "single"]


def test_sources_of_the_older_clause_do_not(valley):
    found = status(valley, ("clauses", "plan-a-02b", "x", "A", "2031-06-01", "supports"))
    assert found["a-02b.b"] == "unsupported"


def test_contradictions_count(valley):
    found = status(
        valley,
        ("lineage", "a-02b.b", "for", "B", "2031-05-20", "supports"),
        ("lineage", "a-02b.b", "against", "B", "2031-05-20", "contradicts"),
    )
    assert found["a-02b.b"] == "disputed"


def test_an_unknown_fate_has_no_status(valley):
    found = status(valley, ("lineage", "a-03.b", "x", "A", "2031-06-01", "supports"))
    assert found.index.tolist() == valley.lineage["id"].tolist()
    assert found.isna().tolist() == [False, False, False, True, False]


def test_a_fate_is_weak_where_none_of_its_rows_has_more_than_weak_sources(valley):
    changed = cited(
        valley,
        ("lineage", "a-01.b-01", "x", "E", "2031-06-01", "supports"),
        ("lineage", "a-02a.b-02", "y", "B", "2031-06-01", "supports"),
    )
    frame = by_point(changed, "plan-a", ["plan-b"])
    assert frame["weak"].tolist() == [True, False, True, False]
    assert frame["borne_out"].fillna("").tolist() == ["weak", "single", "unsupported", ""]


# The data shipped


def test_rows_noted_to_rest_on_one_forum_copy_are_weak(shipped):
    """The status worked out here agrees with what coders noted by hand."""
    noted = shipped.lineage["note"].fillna("").str.contains("Rests on one forum copy")
    assert noted.sum() > 20
    assert set(borne_out(shipped)[noted.to_numpy()]) == {"weak"}


@pytest.mark.parametrize("draft", ["e3", "geneva", "ua20"])
def test_every_clause_of_the_28_points_has_one_fate(shipped, draft):
    frame = fates(shipped.lineage, "us28", [draft])
    assert frame["clause"].is_unique and len(frame) == 58
    assert set(frame["rows"].explode()) == set(
        shipped.lineage.query("from_draft == 'us28' and to_draft == @draft and change != 'added'")["id"]
    )
