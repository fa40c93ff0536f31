import dataclasses
import re

import pandas as pd
import pytest
from markupsafe import Markup

from briefing_helpers import Sources, issue_matrix, on_issues


def texts(cells):
    return cells[["issue", "draft", "clause", "text", "table", "record"]].astype(str).values.tolist()


def without(valley, clause):
    """Return the valley without the issue of a newer clause, so that a fate stands in."""
    clauses = valley.clauses.copy()
    clauses.loc[clauses["id"] == clause, ["issue", "gist"]] = None
    return dataclasses.replace(valley, clauses=clauses)


def with_change(valley, record, change):
    lineage = valley.lineage.astype({"change": str})
    lineage.loc[lineage["id"] == record, "change"] = change
    return dataclasses.replace(valley, lineage=lineage)


def test_a_row_per_clause_in_order_of_issue_and_day(valley):
    assert texts(on_issues(valley, ["plan-b", "plan-a"])) == [
        ["force-cap", "plan-a", "plan-a-02a", "Cap of 50,000", "clauses", "plan-a-02a"],
        ["force-cap", "plan-b", "plan-b-02", "Both armies shrink", "clauses", "plan-b-02"],
        ["elections", "plan-b", "plan-b-03", "A vote is possible", "clauses", "plan-b-03"],
    ]


def test_titles_stand_in_order_of_the_drafts_first_day(valley):
    cells = on_issues(valley, ["plan-b", "plan-a"])
    assert cells["title"].cat.categories.tolist() == ["Plan A", "Plan B"]


def test_statuses_are_those_of_the_clauses(valley):
    assert on_issues(valley, ["plan-a", "plan-b"])["status"].tolist() == ["confirmed", "disputed", "weak"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("dropped", "reported dropped"),
        ("not-known", "fate not known"),
        ("softened", "softened, by a clause not on this issue"),
        ("same", "same, by a clause not on this issue"),
    ],
)
def test_a_fate_stands_in_where_a_draft_has_no_clause_on_an_issue(valley, change, text):
    changed = with_change(without(valley, "plan-b-02"), "a-02a.b-02", change)
    cells = on_issues(changed, ["plan-a", "plan-b"])
    assert texts(cells)[1] == ["force-cap", "plan-b", "plan-a-02a", text, "lineage", "a-02a.b-02"]
    assert pd.isna(cells.at[1, "status"]) == (change == "not-known")


@pytest.mark.parametrize(
    ("public", "text"),
    [("full", "no counterpart read"), ("fragments", "reported dropped"), ("none", "reported dropped")],
)
def test_what_a_public_text_lacks_is_not_called_reported(valley, public, text):
    changed = with_change(without(valley, "plan-b-02"), "a-02a.b-02", "dropped")
    drafts = changed.drafts.astype({"text_public": str})
    drafts.loc[drafts["id"] == "plan-b", "text_public"] = public
    cells = on_issues(dataclasses.replace(changed, drafts=drafts), ["plan-b"])
    assert cells.loc[cells["issue"] == "force-cap", "text"].tolist() == [text]


def test_reports_that_differ_on_a_fate_are_said_to(valley):
    changed = with_change(without(valley, "plan-b-02"), "a-02a.b-02", "dropped")
    more = changed.lineage[changed.lineage["id"] == "a-02a.b-02"].assign(id="other", change="not-known")
    changed = dataclasses.replace(changed, lineage=pd.concat([changed.lineage, more], ignore_index=True))
    cells = on_issues(changed, ["plan-b"])
    assert cells.loc[cells["issue"] == "force-cap", "text"].tolist() == ["reports differ"] * 2


def test_no_fate_is_told_where_the_draft_has_a_clause_of_its_own(valley):
    assert set(on_issues(valley, ["plan-b"])["table"]) == {"clauses"}


def test_a_draft_that_is_not_on_record_is_refused(valley):
    with pytest.raises(KeyError, match="plan-z"):
        on_issues(valley, ["plan-z"])


# The matrix


def plain(markup):
    return re.sub(r"<[^>]+>", "", str(markup))


def together(groups):
    """Mark a group with its records."""
    return [Markup("<i>{}</i>").format(", ".join(record for _, record in group)) for group in groups]


def cells(*rows):
    frame = pd.DataFrame(rows, columns=["issue", "title", "clause", "text", "table", "record", "status"])
    frame["title"] = pd.Categorical(frame["title"], ["Old", "New"], ordered=True)
    return frame


def test_matrix_has_a_row_per_issue_and_a_column_per_draft(valley):
    shown = valley.labelled("clauses", on_issues(valley, ["plan-a", "plan-b"]))
    frame = issue_matrix(shown, Sources(valley).together)
    assert frame.columns.tolist() == ["issue", "Plan A", "Plan B"]
    assert frame["issue"].tolist() == ["Force cap", "Elections"]
    assert pd.isna(frame.at[1, "Plan A"])


def test_cell_carries_its_text_its_status_and_its_marks(valley):
    sources = Sources(valley)
    shown = valley.labelled("clauses", on_issues(valley, ["plan-a", "plan-b"]))
    frame = issue_matrix(shown, sources.together)
    [marks] = sources.refs("clauses", ["plan-b-02"])
    assert "against: " in marks
    assert frame.at[0, "Plan B"] == f'Both armies shrink (disputed) <span class="refs">[{marks}]</span>'
    assert plain(frame.at[0, "Plan A"]).startswith("Cap of 50,000 [")


def test_several_clauses_share_a_cell():
    frame = issue_matrix(
        cells(
            ("cap", "New", "n1", "No cap", "clauses", "n1", "confirmed"),
            ("cap", "New", "n2", "In peace", "clauses", "n2", "single"),
        ),
        together,
    )
    assert plain(frame.at[0, "New"]) == "No cap [n1]; In peace (single) [n2]"
    assert pd.isna(frame.at[0, "Old"])


def test_a_fate_of_all_older_clauses_is_said_once():
    rows = [("cap", "New", name, "reported dropped", "lineage", name, "weak") for name in ("a", "b")]
    assert plain(issue_matrix(cells(*rows), together).at[0, "New"]) == "reported dropped (weak) [a, b]"


def test_a_fate_of_some_older_clauses_says_of_how_many():
    rows = [
        ("cap", "New", "a", "reported dropped", "lineage", "one", "weak"),
        ("cap", "New", "b", "reported dropped", "lineage", "two", "single"),
        ("cap", "New", "c", "fate not known", "lineage", "three", None),
        ("cap", "New", "c", "fate not known", "lineage", "four", None),
    ]
    assert plain(issue_matrix(cells(*rows), together).at[0, "New"]) == (
        "reported dropped (2 of 3) (single, weak) [one, two]; fate not known (1 of 3) [three, four]"
    )


def test_text_from_data_is_escaped():
    frame = issue_matrix(cells(("cap", "New", "a", "<b>cap</b>", "clauses", "one", "confirmed")), together)
    assert "&lt;b&gt;cap&lt;/b&gt;" in frame.at[0, "New"]


# The data shipped


@pytest.mark.parametrize(
    ("issue", "draft", "text"),
    [
        ("amnesty", "geneva", {"reported dropped"}),
        ("frozen-assets", "geneva", {"reported dropped"}),
        ("elections", "geneva", {"fate not known"}),
        ("nato", "geneva", {"Left to the two presidents"}),
        ("amnesty", "eu24", set()),
    ],
)
def test_cells_known_from_lineage_only_are_filled(shipped, issue, draft, text):
    found = on_issues(shipped, ["us28", "geneva", "eu24"])
    assert set(found.loc[(found["issue"] == issue) & (found["draft"] == draft), "text"]) == text
