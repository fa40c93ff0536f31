"""Weigh what the cited sources say of each record.

Pages that repeat one wire text have one origin and count once. A record's ``status`` follows from
how many independent origins support and contradict it; nobody types it by judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

import pandas as pd

from briefing_helpers.checks import near

__all__ = [
    "STATUSES",
    "STATUS_TABLES",
    "STRONG",
    "Record",
    "Weight",
    "by_status",
    "cite",
    "independence",
    "judged_by",
    "paragraphs_cited",
    "statuses",
    "tally",
    "weigh",
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
_SUPPORTS, _CONTRADICTS, _WEAKLY, _ON_RECORD = 1, 2, 4, 8


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


class Weight(NamedTuple):
    """What the sources make of one record; the fields are described at :func:`independence`."""

    table: str
    record: str
    supports: int
    contradicts: int
    weak_supports: int
    on_record: bool
    derived: str


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
    weighed = weigh(
        _cells(citations, "table", "record", "source", "relation"),
        _cells(sources, "id", "origin", "reliability", "kind"),
        _cells(claims, "id", "source"),
    )
    return pd.DataFrame(weighed, columns=list(Weight._fields))


def weigh(
    citations: Iterable[tuple[str, ...]],
    sources: Iterable[tuple[str, ...]],
    claims: Iterable[tuple[str, ...]],
) -> list[Weight]:
    """Weigh each cited record, in the order of the citations; see :func:`statuses`.

    A citation is given as ``table``, ``record``, ``source``, ``relation``; a source as ``id``,
    ``origin``, ``reliability``, ``kind``; a claim as ``id``, ``source``. Where an id stands twice, the
    first is taken.
    """
    # Plain loops: this is asked of every package that is loaded, and takes a tenth of the time that
    # merging and grouping frames of a few thousand rows takes. What an origin says of a record is one
    # number, because a set for each side of each record takes more time to make than to fill.
    known: dict[str, tuple[str, dict[str, int]]] = {}
    for source, origin, reliability, kind in sources:
        strong = reliability in STRONG
        backing = _SUPPORTS | (_ON_RECORD if kind in ON_RECORD else 0)
        sides = {"supports": backing if strong else _WEAKLY, "contradicts": _CONTRADICTS if strong else 0}
        known.setdefault(source, (origin, sides))
    maker = _makers({source: origin for source, (origin, _) in known.items()}, claims)
    heard: dict[tuple[str, str], dict[str, int]] = {}
    for table, record, source, relation in citations:
        said = heard.get((table, record))
        if said is None:  # setdefault would make a dict for every citation
            said = heard[table, record] = {}
        origin, sides = known.get(source, ("", {}))
        side = sides.get(relation, 0)
        if side and not (table == "claims" and maker.get(record) == origin):
            said[origin] = said.get(origin, 0) | side
    found = []
    for (table, record), said in heard.items():
        supports = contradicts = weak = on_record = 0
        for sides_taken in said.values():
            supports += bool(sides_taken & _SUPPORTS)
            contradicts += bool(sides_taken & _CONTRADICTS)
            weak += bool(sides_taken & _WEAKLY)
            on_record |= sides_taken & _ON_RECORD
        numbers = supports, contradicts, weak, bool(on_record)
        found.append(Weight(table, record, *numbers, _derive(table, *numbers)))
    return found


def judged_by(citations: pd.DataFrame, sources: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the citations by which records are judged: all but a claim's own origin on that claim."""
    origin = {source: first for source, first in _cells(sources, "id", "origin")}  # noqa: C416  # for mypy
    maker = _makers(origin, _cells(claims, "id", "source"))
    cited = _cells(citations, "table", "record", "source")
    own = [
        table == "claims" and record in maker and origin.get(source) == maker[record]
        for table, record, source in cited
    ]
    return citations[~pd.Series(own, index=citations.index, dtype=bool)]


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


def _derive(table: str, supports: int, contradicts: int, weak: int, on_record: bool) -> str:
    """Return the status, or for a claim the verdict, that counts of origins make."""
    if table == "claims":
        if contradicts:
            return "disputed" if supports else "contradicted"
        return "confirmed" if supports else "unconfirmed"
    if contradicts:
        return "disputed" if supports > 1 or supports == contradicts == 1 else "contradicted"
    if supports >= 2 or on_record:
        return "confirmed"
    return "single" if supports else "weak" if weak else "unsupported"


def _makers(origin: Mapping[str, str], claims: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return the origin that makes each claim, given that of each source."""
    maker: dict[str, str] = {}
    for claim, source in claims:
        if source in origin:
            maker.setdefault(claim, origin[source])
    return maker


def _cells(frame: pd.DataFrame, *names: str) -> Iterator[tuple[str, ...]]:
    """Walk over some columns as plain text."""
    columns = (frame[name] for name in names)
    return zip(*((c if c.dtype == "str" else c.astype(str)).tolist() for c in columns), strict=True)
