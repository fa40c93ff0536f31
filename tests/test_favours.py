import pandas as pd

from briefing_helpers import changes, favoured, spans

SIDES = ["russia", "ukraine", "several", "neither"]


def lineage(*rows):
    """Make rows of lineage: clause, newer draft, change, first and second coder."""
    frame = pd.DataFrame(rows, columns=["from_clause", "to_draft", "change", "favours", "favours_second"])
    for name in ("favours", "favours_second"):
        frame[name] = pd.Categorical(frame[name], SIDES)
    return frame.assign(id=[f"row-{at}" for at in range(len(frame))], from_draft="old")


ROWS = lineage(
    ("a", "new", "dropped", "ukraine", "ukraine"),
    ("b", "new", "softened", "ukraine", "several"),
    ("c", "new", "same", "neither", "neither"),
    ("d", "new", "dropped", "ukraine", "ukraine"),
    ("d", "new", "not-known", "neither", "neither"),
    (None, "new", "added", "russia", "russia"),
    ("a", "late", "edited", "neither", "russia"),
    ("b", "late", "not-known", "neither", "neither"),
)


def test_changes_leave_out_what_is_the_same_or_not_known():
    frame = changes(ROWS)
    assert frame["id"].tolist() == ["row-0", "row-1", "row-3", "row-5", "row-6"]
    assert frame["rival"].tolist() == [False, False, True, False, False]


def test_changes_of_the_sample(valley):
    assert changes(valley.lineage)["id"].tolist() == ["a-02a.b-02", "a-02b.b", "a.b-03"]


def test_low_is_what_both_coders_say_of_an_undisputed_change_and_high_what_either_says():
    frame = favoured(ROWS)
    assert frame.columns.tolist() == ["older", "newer", "favours", "low", "high", "first", "second"]
    assert frame.astype({"favours": str}).values.tolist() == [
        ["old", "new", "russia", 1, 1, 1, 1],
        ["old", "new", "ukraine", 1, 3, 3, 2],
        ["old", "new", "several", 0, 1, 0, 1],
        ["old", "new", "neither", 0, 0, 0, 0],
        ["old", "late", "russia", 0, 1, 0, 1],
        ["old", "late", "ukraine", 0, 0, 0, 0],
        ["old", "late", "several", 0, 0, 0, 0],
        ["old", "late", "neither", 0, 1, 1, 0],
    ]


def test_each_coder_lies_within_the_range_except_where_reports_differ(shipped):
    frame = favoured(shipped.lineage)
    assert (frame["low"] <= frame[["first", "second"]].min(axis=1)).all()
    assert (frame["high"] >= frame[["first", "second"]].max(axis=1)).all()


def test_spans_say_the_range_in_words_and_keep_the_order_of_the_pairs():
    assert spans(ROWS).values.tolist() == [
        ["old", "new", 4, "1", "1 to 3", "0 to 1", "0"],
        ["old", "late", 1, "0 to 1", "0", "0", "0 to 1"],
    ]
    assert spans(ROWS).columns.tolist() == ["older", "newer", "changes", *SIDES]
