"""Follow clauses from draft to draft: what became of each, and how surely.

A fate that is not known is neither kept nor dropped, and where reports differ on it, neither side is
taken: both stay categories of their own in every count.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from briefing_helpers import evidence

__all__ = [
    "FATES",
    "borne_out",
    "by_point",
    "fates",
    "flow",
    "settled",
    "survival",
]

# What may become of a clause, from kept to gone, then what cannot be told.
FATES = {
    "unchanged": "Unchanged",
    "changed": "Changed",
    "dropped": "Dropped",
    "contested": "Reports differ",
    "not-known": "Not known",
}
# Weightiest first: a clause answered by two clauses has the weightier of the two changes.
_WEIGHT = ["dropped", "replaced", "tightened", "softened", "edited", "same", "not-known"]


class Record(evidence.Record, Protocol):
    """Whatever holds the tables that drafts are compared with: a Briefing does."""

    @property
    def clauses(self) -> pd.DataFrame:
        """Return the table clauses."""

    @property
    def lineage(self) -> pd.DataFrame:
        """Return the table lineage."""

    @property
    def drafts(self) -> pd.DataFrame:
        """Return the table drafts."""


def fates(lineage: pd.DataFrame, older: str, newer: Iterable[str]) -> pd.DataFrame:
    """Say what became of each clause of one draft in each of others.

    Returns one row per newer draft and older clause: ``draft``, ``clause``, ``change`` (see
    :func:`settled`), ``fate`` (a key of ``FATES``, as an ordered categorical) and ``rows`` (lineage ids).
    Raises KeyError, naming the pairs there are, where two drafts were not held side by side.
    """
    found = []
    for draft in newer:
        pair = lineage[(lineage["from_draft"] == older) & (lineage["to_draft"] == draft)]
        if pair.empty:
            known = lineage[["from_draft", "to_draft"]].drop_duplicates().itertuples(index=False)
            pairs = ", ".join(" to ".join(each) for each in known)
            raise KeyError(f"no lineage from {older!r} to {draft!r}; pairs coded: {pairs}")
        own = pair.assign(change=settled(pair)).groupby("from_clause", sort=False)
        told = own.agg(change=("change", "first"), rows=("id", list))
        found.append(told.rename_axis("clause").reset_index().assign(draft=draft))
    frame = pd.concat(found, ignore_index=True)
    kinds = {"same": "unchanged", "dropped": "dropped", "contested": "contested", "not-known": "not-known"}
    fate = frame["change"].map(kinds).fillna("changed")
    frame["fate"] = pd.Categorical(fate, list(FATES), ordered=True)
    return frame[["draft", "clause", "change", "fate", "rows"]]


def by_point(briefing: Record, older: str, newer: Iterable[str]) -> pd.DataFrame:
    """Follow the clauses of one draft into others, in the order of its points.

    Returns :func:`fates` with ``title`` (of the newer draft), ``point``, ``topic`` (of the point's first
    clause), ``record`` (the first of ``rows``), ``borne_out`` (its status, see :func:`borne_out`) and
    ``weak`` (no row of the fate is borne out by more than weak sources).
    """
    told, held = fates(briefing.lineage, older, newer), borne_out(briefing)
    own = briefing.clauses[briefing.clauses["draft"] == older]
    own = own.sort_values(["point", "part"], na_position="first")
    first = own.drop_duplicates("point").set_index("point")["topic"]
    told["title"] = told["draft"].map(briefing.drafts.set_index("id")["title"])
    told["point"] = told["clause"].map(own.set_index("id")["point"])
    told["topic"] = told["point"].map(first).astype(own["topic"].dtype)
    told["record"] = told["rows"].str[0]
    told["borne_out"] = told["record"].map(held)
    told["weak"] = [bool(held.loc[rows].isin(["weak", "unsupported"]).all()) for rows in told["rows"]]
    place = told["clause"].map({clause: at for at, clause in enumerate(own["id"])})
    return told.loc[place.sort_values(kind="stable").index].reset_index(drop=True)


def survival(told: pd.DataFrame) -> pd.DataFrame:
    """Count fates by draft, from :func:`by_point`.

    Returns one row per draft: ``draft``, ``clauses``, one column per fate, ``fate known`` (the sum of
    unchanged, changed and dropped) and ``on weak sources only`` (how many of those are ``weak``).
    """
    counts = pd.crosstab(told["draft"], told["fate"]).reindex(columns=list(FATES), fill_value=0)
    counts = counts.loc[told["draft"].unique()].rename_axis(index=None, columns=None)
    counts.insert(0, "clauses", counts.sum(axis=1))
    known = told["fate"].isin(["unchanged", "changed", "dropped"])
    for name, mask in (("fate known", known), ("on weak sources only", known & told["weak"])):
        counts[name] = mask.groupby(told["draft"]).sum().loc[counts.index]
    return counts.reset_index(names="draft")


def flow(told: pd.DataFrame, left: str, right: str) -> pd.DataFrame:
    """Cross the fates of the same clauses in two drafts, from :func:`fates`.

    Returns a matrix of counts: rows are fates in ``left``, columns fates in ``right``, both in the order
    of ``FATES`` and without those that do not occur.
    """
    sides = told.pivot(index="clause", columns="draft", values="fate")
    counts = pd.crosstab(sides[left], sides[right])
    order = [name for name in FATES if name in counts.index], [name for name in FATES if name in counts]
    return counts.loc[order[0], order[1]].rename_axis(index=None, columns=None)


def borne_out(briefing: Record) -> pd.Series:
    """Tell how well each row of lineage is borne out where the newer text is concerned.

    A row of lineage cites sources for both texts, and a well-known older text would make every fate look
    certain. So only these count: sources cited for the newer clause, and sources cited for the row that
    appeared on or after the newer draft's first day (one dated to a month counts from the first of it).
    Returns statuses by lineage id, by the rule of :func:`evidence.statuses`: ``unsupported`` where no
    source is left, blank where the fate is not known.
    """
    rows = briefing.lineage[["id", "to_draft", "to_clause", "change"]].astype(str)
    cited = briefing.citations.drop(columns="id")
    own = cited[cited["table"] == "lineage"].merge(
        rows, left_on="record", right_on="id", validate="many_to_one"
    )
    since = own["to_draft"].map(briefing.drafts.set_index("id")["date_earliest"])
    published = own["source"].map(briefing.sources.set_index("id")["published_earliest"])
    newer = cited[cited["table"] == "clauses"].merge(
        rows, left_on="record", right_on="to_clause", validate="many_to_many"
    )
    both = pd.concat([own[published >= since], newer.assign(table="lineage", record=newer["id"])])
    derived = evidence.statuses(both, briefing.sources, briefing.claims).set_index("record")["derived"]
    found = derived.reindex(rows["id"], fill_value="unsupported").rename_axis("id")
    return found.where((rows["change"] != "not-known").to_numpy())


def settled(lineage: pd.DataFrame) -> pd.Series:
    """Return, for each row of lineage, what its clause comes to in the newer draft, all rows considered.

    That is the weightiest change of the clause's rows, or ``contested`` where one row has it dropped and
    another does not, or where one reports a change and another that nothing is known. NaN for an addition.
    """
    keys = [lineage[name] for name in ("from_draft", "from_clause", "to_draft")]
    found: pd.Series = lineage["change"].astype(str).groupby(keys).transform(_weigh)
    return found


def _weigh(kinds: pd.Series) -> str:
    seen: set[str] = set(kinds)
    known = seen - {"not-known"}
    if (known and known != seen) or ("dropped" in known and len(known) > 1):
        return "contested"
    return min(seen, key=_WEIGHT.index)
