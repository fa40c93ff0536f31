"""Weigh what the cited sources say of each record.

Pages that repeat one wire text have one origin and count once. A record's ``status`` follows from
how many independent origins support and contradict it; nobody types it by judgement.
"""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from briefing_helpers.checks import near

__all__ = [
    "STATUSES",
    "STATUS_TABLES",
    "STRONG",
    "Record",
    "by_status",
    "cite",
    "independence",
    "judged_by",
    "paragraphs_cited",
    "statuses",
    "tally",
]

STRONG = ("A", "B", "C")  # reliability at which a source can bear a record on its own
STATUSES = ("confirmed", "single", "disputed", "contradicted", "weak", "unsupported")
STATUS_TABLES = (
    "drafts",
    "clauses",
    "renderings",
    "relations",
    "events",
    "positions",
    "levers",
    "figures",
    "evidence_items",
)
ON_RECORD = ("official", "transcript")
_COUNTS = ["supports", "contradicts", "weak_supports", "on_record"]


class Record(Protocol):
    """Whatever holds the tables that evidence is read from: a Briefing does."""

    @property
    def citations(self) -> pd.DataFrame:
        """Return the table citations."""

    @property
    def sources(self) -> pd.DataFrame:
        """Return the table sources."""

    @property
    def claims(self) -> pd.DataFrame:
        """Return the table claims."""


def independence(briefing: Record, table: str | None = None) -> pd.DataFrame:
    """Tell how many independent origins support and contradict each record, and what follows.

    Returns one row per cited record, of one table or of all: ``table``, ``record``; ``supports`` and
    ``contradicts``, distinct origins rated A to C; ``weak_supports``, distinct origins that support it
    only through sources rated D to F; ``on_record``, whether an official text or transcript rated A to
    C supports it; ``derived``, the status (for a claim the verdict) that these make.
    """
    counts = statuses(briefing.citations, briefing.sources, briefing.claims)
    return counts if table is None else counts[counts["table"] == table].reset_index(drop=True)


def statuses(citations: pd.DataFrame, sources: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Derive the status of each cited record, and the verdict on each claim.

    Returns the columns described at :func:`independence`. A claim is judged without the origin that
    makes it: the question is what others say. An origin that both supports and contradicts a record
    (a page that reports two voices) counts on both sides.
    """
    counts = _count(judged_by(citations, sources, claims), sources)
    cited = citations[["table", "record"]].astype(str).drop_duplicates()
    counts = cited.merge(counts, on=["table", "record"], how="left", validate="one_to_one")
    counts[_COUNTS[:3]] = counts[_COUNTS[:3]].fillna(0).astype(int)
    counts["on_record"] = counts["on_record"].fillna(False).astype(bool)
    s, c, weak = counts["supports"], counts["contradicts"], counts["weak_supports"]
    counts["derived"] = "unsupported"
    counts.loc[(c == 0) & (s == 0) & (weak > 0), "derived"] = "weak"
    counts.loc[(c == 0) & (s == 1), "derived"] = "single"
    counts.loc[(c == 0) & ((s >= 2) | counts["on_record"]), "derived"] = "confirmed"
    counts.loc[(c > 0) & (s > 0), "derived"] = "disputed"
    counts.loc[(c > 0) & ((s == 0) | ((s == 1) & (c >= 2))), "derived"] = "contradicted"
    claim = counts["table"] == "claims"
    counts.loc[claim & (c == 0) & (s == 0), "derived"] = "unconfirmed"
    counts.loc[claim & (c == 0) & (s > 0), "derived"] = "confirmed"
    counts.loc[claim & (c > 0) & (s > 0), "derived"] = "disputed"
    return counts


def judged_by(citations: pd.DataFrame, sources: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the citations by which records are judged: all but a claim's own origin on that claim."""
    makers = claims[["id", "source"]].astype(str)
    makers = makers.merge(
        sources[["id", "origin"]].astype(str), left_on="source", right_on="id", suffixes=("", "_source")
    )
    maker = makers.set_index("id")["origin"]
    origin = sources.set_index("id")["origin"].astype(str)
    own = (citations["table"].astype(str) == "claims") & (
        citations["source"].astype(str).map(origin) == citations["record"].astype(str).map(maker)
    )
    return citations[~own]


def by_status(briefing: Record) -> pd.DataFrame:
    """Count the records of each table that has a status, by status.

    Returns one row per table, largest first, and one column per status that occurs, in vocabulary
    order. Claims, which have a verdict instead, are left out.
    """
    counts = independence(briefing)
    judged = counts[counts["table"].isin(STATUS_TABLES)]
    table = pd.crosstab(judged["table"], judged["derived"])
    table = table[[name for name in STATUSES if name in table]]
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].rename_axis(index=None, columns=None)


def tally(briefing: Record) -> pd.DataFrame:
    """Count the cited records of every table by status, claims by their verdict.

    Returns ``table``, one column per status and ``unconfirmed`` (which only claims can be), and
    ``records``, the sum; the last row, ``all tables``, is the sum of the others.
    """
    counts = independence(briefing)
    table = pd.crosstab(counts["table"], counts["derived"])
    table = table.reindex(counts["table"].unique()).reindex(columns=[*STATUSES, "unconfirmed"], fill_value=0)
    table.loc["all tables"] = table.sum()
    table["records"] = table.sum(axis=1)
    return table.rename_axis(columns=None).reset_index()


def cite(briefing: Record, table: str, record: str) -> pd.DataFrame:
    """List the evidence for one record: supporting sources first, the most reliable at the top.

    Returns ``relation``, ``publisher``, ``title``, ``published``, ``reliability``, ``read_depth``,
    ``origin``, ``locator``, ``url`` and ``anchored`` (whether the passage can be proven with
    ``verify``). Raises KeyError where nothing is cited for such a record.
    """
    citations = briefing.citations
    found = citations[(citations["table"] == table) & (citations["record"] == record)]
    if found.empty:
        known = citations.loc[citations["table"] == table, "record"].unique()
        raise KeyError(f"no citation for {record!r} in {table}{near(record, known)}")
    joined = found.merge(
        briefing.sources, left_on="source", right_on="id", suffixes=("", "_source"), validate="many_to_one"
    )
    joined["anchored"] = joined["sha256"].notna()
    columns = ["relation", "publisher", "title", "published", "reliability", "read_depth"]
    columns += ["origin", "locator", "url", "anchored"]
    return joined.sort_values(["relation", "reliability", "publisher"])[columns].reset_index(drop=True)


def paragraphs_cited(citations: pd.DataFrame, source: str) -> pd.Series:
    """Count the records that cite each paragraph of a source (index: paragraph number)."""
    own = citations[citations["source"] == source]
    number = own["locator"].astype(str).str.extract(r"^¶(\d+)$")[0].dropna().astype(int)
    return number.value_counts().sort_index()


def _count(citations: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    known = sources[["id", "origin", "reliability", "kind"]].astype(str)
    joined = citations[["table", "record", "source", "relation"]].astype(str)
    joined = joined.merge(known, left_on="source", right_on="id", how="inner", validate="many_to_one")
    strong = joined["reliability"].isin(STRONG)
    keys = [joined["table"], joined["record"]]

    def origins(mask: pd.Series) -> pd.Series:
        return joined["origin"].where(mask).groupby(keys).nunique()

    supports = joined["relation"] == "supports"
    counts = pd.DataFrame(
        {
            "supports": origins(supports & strong),
            "contradicts": origins((joined["relation"] == "contradicts") & strong),
            "weak_supports": origins(supports & ~strong),
            "on_record": (supports & strong & joined["kind"].isin(ON_RECORD)).groupby(keys).any(),
        }
    )
    return counts.reset_index()
