"""Hold drafts side by side on the issues that decide a settlement."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
from markupsafe import Markup

from briefing_helpers.drafts import Record, borne_out, settled

__all__ = ["issue_matrix", "on_issues"]

_UNREAD = {"dropped": "reported dropped", "not-known": "fate not known", "contested": "reports differ"}
_ABSENT = "no counterpart read"  # of a text that is public, nobody needs to report what it lacks
Together = Callable[[list[list[tuple[str, str]]]], list[Markup]]


def on_issues(briefing: Record, drafts: Iterable[str]) -> pd.DataFrame:
    """Say what each draft provides on each key issue, a row per clause.

    Where a draft has no clause on an issue, the fates of older clauses on it stand in, a row per row of
    lineage: ``reported dropped`` (``no counterpart read`` where the draft's whole text is public), ``fate
    not known``, ``reports differ``, or that the clause which answers is not on this issue. Where lineage
    says nothing either, there is no row.

    Returns ``issue``, ``draft``, ``title`` (of the draft, in order of its first day), ``clause`` (its own,
    or the older one), ``text``, ``table`` and ``record`` (what the text rests on) and ``status`` (of a
    fate: see :func:`borne_out`; blank where it is not known).
    """
    titles = briefing.drafts.set_index("id").loc[list(drafts)].sort_values("date_earliest", kind="stable")
    keyed = briefing.clauses[briefing.clauses["issue"].notna()]
    own = keyed[keyed["draft"].isin(titles.index)].assign(
        table="clauses", text=keyed["gist"], clause=keyed["id"]
    )
    told = briefing.lineage[briefing.lineage["to_draft"].isin(titles.index)].merge(
        keyed[["id", "issue"]], left_on="from_clause", right_on="id", suffixes=("", "_clause"), validate="m:1"
    )
    held = set(zip(own["draft"], own["issue"], strict=True))
    told = told[[pair not in held for pair in zip(told["to_draft"], told["issue"], strict=True)]]
    elsewhere = told["change"].astype(str) + ", by a clause not on this issue"
    fate = settled(told).map(_UNREAD).fillna(elsewhere)
    public = told["to_draft"].map(titles["text_public"]) == "full"
    told = told.assign(
        draft=told["to_draft"],
        clause=told["from_clause"],
        table="lineage",
        text=fate.mask(public & (fate == _UNREAD["dropped"]), _ABSENT),
        status=told["id"].map(borne_out(briefing)).astype(keyed["status"].dtype),
    )
    cells = pd.concat([own, told], ignore_index=True).rename(columns={"id": "record"})
    kept = pd.CategoricalDtype(titles["title"], ordered=True)
    cells["title"] = cells["draft"].map(titles["title"]).astype(kept)
    cells = cells.sort_values(["issue", "title"], kind="stable")
    names = ["issue", "draft", "title", "clause", "text", "table", "record", "status"]
    return cells[names].reset_index(drop=True)


def issue_matrix(cells: pd.DataFrame, together: Together) -> pd.DataFrame:
    """Lay out :func:`on_issues`, with labels or values, as issues by drafts, marks in each cell.

    ``together`` is that of :class:`citing.Sources`: it marks the sources of a group of records. A status
    other than confirmed stands beside its text. A fate shared by some of an issue's older clauses only
    says of how many. Returns ``issue`` and one column per draft, of Markup; blank where no clause was read.
    """
    rows = []
    for issue, of_issue in cells.groupby("issue", observed=True):
        row: dict[str, object] = {"issue": issue}
        for title, cell in of_issue.groupby("title", observed=True):
            groups = list(cell.groupby(["text", "table"], sort=False))
            parts = []
            for (text, table), group in groups:
                some = table == "lineage" and len(groups) > 1
                share = f" ({group['clause'].nunique()} of {cell['clause'].nunique()})" if some else ""
                words = {str(each).lower() for each in group["status"].dropna()} - {"confirmed"}
                status = f" ({', '.join(sorted(words))})" if words else ""
                [marks] = together([[(str(table), record) for record in group["record"]]])
                parts.append(
                    Markup('{}{}{} <span class="refs">[{}]</span>').format(text, share, status, marks)
                )
            row[str(title)] = Markup("; ").join(parts)
        rows.append(row)
    return pd.DataFrame(rows, columns=["issue", *cells["title"].cat.categories])
