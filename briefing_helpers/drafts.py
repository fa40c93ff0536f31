"""Follow clauses from draft to draft: what became of each, and whom the changes favour.

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
    "agreement",
    "borne_out",
    "by_point",
    "changes",
    "fates",
    "favoured",
    "flow",
    "kappa",
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
_UNCOUNTED = ["same", "not-known"]  # by rule these favour no side, so no coder had a choice
_PAIR = ["from_draft", "to_draft"]


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
            known = lineage[_PAIR].drop_duplicates().itertuples(index=False)
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

    Returns one row per draft: ``draft``, ``clauses``, ``known`` (clauses whose fate is told and not
    in dispute: the sum of unchanged, changed and dropped), one column per fate, and ``weak`` (how many
    of the known rest on weak sources only), for which :func:`by_point` comes first.
    """
    counts = pd.crosstab(told["draft"], told["fate"]).reindex(columns=list(FATES), fill_value=0)
    counts = counts.loc[told["draft"].unique()].rename_axis(index=None, columns=None)
    counts.insert(0, "clauses", counts.sum(axis=1))
    counts.insert(1, "known", counts[["unchanged", "changed", "dropped"]].sum(axis=1))
    known = told["fate"].isin(["unchanged", "changed", "dropped"])
    counts["weak"] = (told["weak"] & known).groupby(told["draft"]).sum().loc[counts.index]
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


def changes(lineage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that report a change: neither the same content nor a fate not known.

    Adds ``rival``: whether another row on the same clause and draft says otherwise, or that nothing
    is known.
    """
    reported = ~lineage["change"].isin(_UNCOUNTED)
    return lineage.assign(rival=settled(lineage) == "contested")[reported].reset_index(drop=True)


def settled(lineage: pd.DataFrame) -> pd.Series:
    """Return, for each row of lineage, what its clause comes to in the newer draft, all rows considered.

    That is the weightiest change of the clause's rows, or ``contested`` where one row has it dropped and
    another does not, or where one reports a change and another that nothing is known. NaN for an addition.
    """
    keys = [lineage[name] for name in ("from_draft", "from_clause", "to_draft")]
    found: pd.Series = lineage["change"].astype(str).groupby(keys).transform(_weigh)
    return found


def favoured(lineage: pd.DataFrame) -> pd.DataFrame:
    """Count, for each pair of drafts, the changes that favour each side, with the range of two codings.

    Returns one row per pair and side, in vocabulary order: ``from_draft``, ``to_draft``, ``changes``
    (all of the pair), ``favours``, ``low`` (both coders say so, and no report that the change was not made
    stands against it), ``high`` (at least one coder says so), ``span`` (the two in words, ``3 to 5``)
    and ``first`` and ``second`` (each coder's count). Who is favoured is coding, no source's claim.
    """
    own = changes(lineage)
    sides = own["favours"].cat.categories
    rows: list[tuple[object, ...]] = []
    for pair, group in own.groupby(_PAIR, sort=False):
        for side in sides:
            first, second = group["favours"] == side, group["favours_second"] == side
            low, high = int((first & second & ~group["rival"]).sum()), int((first | second).sum())
            span = f"{low} to {high}" if low < high else f"{low}"
            rows.append((*pair, len(group), side, low, high, span, int(first.sum()), int(second.sum())))
    names = [*_PAIR, "changes", "favours", "low", "high", "span", "first", "second"]
    frame = pd.DataFrame(rows, columns=names)
    frame["favours"] = pd.Categorical(frame["favours"], sides)
    return frame


def agreement(lineage: pd.DataFrame) -> pd.DataFrame:
    """Sum up by pair of drafts whom changes favour and how far two coders agree; over all in the last row.

    Returns ``from_draft`` and ``to_draft`` (blank in the last row), ``changes``, one column per side (the
    ``span`` of :func:`favoured`; blank in the last row), ``alike`` (changes coded alike), ``share``
    (of all changes, per cent) and ``kappa``.
    """
    own, spans = changes(lineage), favoured(lineage)
    rows: list[dict[str, object]] = []
    for pair, group in [*own.groupby(_PAIR, sort=False), ((None, None), own)]:
        first, second = group["favours"].astype(str), group["favours_second"].astype(str)
        of_pair = spans[(spans["from_draft"] == pair[0]) & (spans["to_draft"] == pair[1])]
        row: dict[str, object] = {"from_draft": pair[0], "to_draft": pair[1], "changes": len(group)}
        row |= {str(side): span for side, span in zip(of_pair["favours"], of_pair["span"], strict=True)}
        alike = first == second
        rows.append(
            row | {"alike": int(alike.sum()), "share": 100 * alike.mean(), "kappa": kappa(first, second)}
        )
    sides = list(own["favours"].cat.categories)
    return pd.DataFrame(rows, columns=[*_PAIR, "changes", *sides, "alike", "share", "kappa"])


def kappa(first: pd.Series, second: pd.Series) -> float:
    """Return Cohen's kappa of two codings of the same rows: agreement beyond chance, at most 1.

    J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement
    20 (1960). NaN where there is no row, or where both coders give every row the same one value.

    >>> kappa(pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "a", "b", "a"]))
    0.5
    """
    seen = float((first == second).mean())
    shares = first.value_counts(normalize=True), second.value_counts(normalize=True)
    chance = float(shares[0].mul(shares[1], fill_value=0).sum())
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def _weigh(kinds: pd.Series) -> str:
    seen: set[str] = set(kinds)
    known = seen - {"not-known"}
    if (known and known != seen) or ("dropped" in known and len(known) > 1):
        return "contested"
    return min(seen, key=_WEIGHT.index)
