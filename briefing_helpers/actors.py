"""Tell who dealt with whom, who was left out, and who held which office when.

All of it is read from what sources report. A contact that nobody reported is not here, so a count
says how often a contact is on record, not how often two sides spoke.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import pandas as pd

from briefing_helpers import dates

__all__ = [
    "appearances",
    "breakdown",
    "contact_pairs",
    "contacts",
    "gap",
    "left_out",
    "tenures",
    "ties",
    "within",
]

_PRESENT = ("participant", "initiator", "host", "mediator", "speaker", "addressee")
_STANDING = ("envoy-of", "heads", "member-of")
_ENDS = ("maybe_from", "sure_from", "sure_to", "maybe_to")


def contacts(events: pd.DataFrame, event_actors: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings and calls reported to have taken place, in order of time, with who took part.

    Main accounts only. Adds ``sides`` (of those present, in the order of the vocabulary, joined by commas)
    and ``people`` (their names, joined by semicolons). Pass ``briefing.labelled("actors")`` to have sides
    by their labels. Whoever an event is only about, or was absent from, does not count as present.
    """
    met = events[events["rival_of"].isna() & events["kind"].isin(["meeting", "call"])]
    met = met[met["occurrence"] == "occurred"]
    here = event_actors.loc[event_actors["role"].isin(_PRESENT), ["event", "actor"]]
    who = actors[["id", "name", "side"]]
    here = here.merge(who, left_on="actor", right_on="id", validate="many_to_one").sort_values(
        "side", kind="stable"
    )
    sides = (
        here.drop_duplicates(["event", "side"])
        .astype({"side": str})
        .groupby("event")["side"]
        .agg(list)
        .to_dict()
    )
    people = here.sort_index().groupby("event")["name"].agg(list).to_dict()
    met = met.assign(
        sides=[", ".join(sides.get(event, [])) for event in met["id"]],
        people=["; ".join(people.get(event, [])) for event in met["id"]],
    )
    return met.sort_values(["date_earliest", "id"]).reset_index(drop=True)


def within(records: pd.DataFrame, since: pd.Timestamp, until: pd.Timestamp) -> pd.DataFrame:
    """Return the records whose days all lie between two days, the ends included; undated ones never do."""
    return records[(records["date_earliest"] >= since) & (records["date_latest"] <= until)].reset_index(
        drop=True
    )


def appearances(met: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """Count the contacts that name each person, most first; what :func:`contacts` returns goes in."""
    named = met["people"].str.split("; ").explode()
    return named[named.isin(actors.loc[actors["kind"] == "person", "name"])].value_counts()


def contact_pairs(met: pd.DataFrame, among: Sequence[str]) -> pd.DataFrame:
    """List, for each two sides, the contacts at which both were present.

    ``met`` is what :func:`contacts` returns; ``among`` names sides as it does. Returns the rows of ``met``
    once for each pair, with ``pair`` (``Russia and Ukraine``), a categorical of all pairs in the order of
    ``among``, so that a pair without a contact is still there to be counted as none.
    """
    present = met["sides"].str.split(", ")
    rows, names = [met.head(0)], []
    for one, other in itertools.combinations(among, 2):
        names.append(f"{one} and {other}")
        rows.append(met[[{one, other} <= set(sides) for sides in present]].assign(pair=names[-1]))
    found = pd.concat(rows, ignore_index=True)
    return found.assign(pair=pd.Categorical(found["pair"], categories=names, ordered=True))


def breakdown(joined: pd.DataFrame, among: Sequence[str]) -> str:
    """Say how many rows join the first side with each of the others, by the column ``pair``.

    >>> breakdown(pd.DataFrame({"pair": ["us and russia", "us and russia"]}), ["us", "russia", "europe"])
    '2 with russia and none with europe'
    """
    one, *others = among
    pair = joined["pair"].astype(str)
    counts = {other: int(pair.isin([f"{one} and {other}", f"{other} and {one}"]).sum()) for other in others}
    # Labels of sides carry no article; one of them needs it.
    words = [
        f"{count or 'none'} with {'the ' * other.startswith('United')}{other}"
        for other, count in counts.items()
    ]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def gap(both: pd.DataFrame, pair: str, day: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the last day on record of a pair's contacts before a day, and the first from that day on.

    ``both`` is what :func:`contact_pairs` returns. An end is NaT where there is no such contact.
    """
    own = both[both["pair"] == pair]
    before, since = own[own["date_latest"] < day], own[own["date_earliest"] >= day]
    return before["date_latest"].max(), since["date_earliest"].min()


def ties(
    relations: pd.DataFrame,
    actors: pd.DataFrame,
    kinds: Iterable[str] | None = None,
    since: pd.Timestamp | None = None,
    until: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return ties with the names and sides of both actors: all, or those of some kinds and days.

    Kept are the ties that may fall between two days; with bounds, a tie whose date is not stated is kept
    only where it is a standing one (envoy of, heads, member of). Adds ``from_name``, ``from_side``,
    ``to_name``, ``to_side`` and ``pair`` (both sides in the order of the vocabulary). Pass
    ``briefing.labelled("actors")`` to have sides by their labels. Raises ValueError for a kind that no
    relation can have.
    """
    wanted = list(relations["kind"].cat.categories) if kinds is None else list(kinds)
    unknown = sorted(set(wanted) - set(relations["kind"].cat.categories))
    if unknown:
        raise ValueError(f"no such kind of tie: {', '.join(unknown)}")
    own = relations[relations["kind"].isin(wanted)]
    if since is not None:
        own = own[own["date_latest"].isna() | (own["date_latest"] >= since)]
    if until is not None:
        own = own[own["date_earliest"].isna() | (own["date_earliest"] <= until)]
    if since is not None or until is not None:
        own = own[own["date"].notna() | own["kind"].isin(_STANDING)]
    who = actors[["id", "name", "side"]].astype({"side": str})
    for end in ("from", "to"):
        names = {"id": f"{end}_actor", "name": f"{end}_name", "side": f"{end}_side"}
        own = own.merge(who.rename(columns=names), on=f"{end}_actor", how="left", validate="many_to_one")
    place = list(actors["side"].cat.categories).index
    both = zip(own["from_side"], own["to_side"], strict=True)
    own["pair"] = [" and ".join(sorted(sides, key=place)) for sides in both]
    return own.sort_values(["date_earliest", "id"], kind="stable").reset_index(drop=True)


def left_out(relations: pd.DataFrame, actors: pd.DataFrame, weighed: pd.DataFrame) -> pd.DataFrame:
    """List who is reported to have been left out by whom, with the independent origins on each side.

    ``weighed`` is ``independence(briefing, "relations")``. Adds ``by`` and ``left_out`` (names) and
    ``origins``, how many rated A to C bear it out and contradict it (``4 for, none against``). Latest first.
    """
    own = relations[relations["kind"] == "left-out"]
    counts = weighed.set_index("record")[["supports", "contradicts"]].reindex(own["id"], fill_value=0)
    names = actors.set_index("id")["name"]
    own = own.assign(
        by=own["from_actor"].map(names),
        left_out=own["to_actor"].map(names),
        origins=[f"{pro or 'none'} for, {con or 'none'} against" for pro, con in counts.to_numpy()],
    )
    return own.sort_values(["date_earliest", "id"], ascending=[False, True]).reset_index(drop=True)


def tenures(
    relations: pd.DataFrame, events: pd.DataFrame, event_actors: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """List who held which office when, and the appointments, removals and departures on record.

    Returns one row per record: ``person``, ``side``, ``office``, ``kind`` (``term``, ``appointed``,
    ``dismissed`` or ``departure``), ``date``, ``occurrence`` (of a departure, else ``occurred``),
    ``status`` (blank where the table has none), ``table`` and ``id``, and ``dated``: whether a day or month
    is on record for any row of the person. A term is a relation of kind heads or envoy-of, and ``office``
    says so; for the other kinds it is the title of the event. Where a person has no such relation, a term
    is the role in actors, if a date stands with it. Offices of bodies only proposed are left out.

    ``sure_from`` to ``sure_to`` are the days it surely covers by its date, ``maybe_from`` and ``maybe_to``
    the days at which it may have begun or ended; NaT where that is not stated. A single date of a
    relation says only that the tie held then, so neither end is stated. Where a departure was planned and
    no end is on record, the term is sure to the eve of it only.
    """
    who = actors.set_index("id")
    own = relations[relations["kind"].isin(["heads", "envoy-of", "appointed", "dismissed"])].astype(
        {"kind": str, "status": str}
    )
    proposed = own["to_actor"].map(who["kind"]).astype(str) == "proposed-body"
    own = own[~proposed].assign(table="relations", occurrence="occurred")
    term = own["kind"].isin(["heads", "envoy-of"])
    office = own["kind"].str.replace("-", " ").str.capitalize() + " " + own["to_actor"].map(who["name"])
    told = own["event"].map(events.set_index("id")["title"]).astype(object)
    own = own.assign(
        actor=own["from_actor"].where(term, own["to_actor"]),
        office=office.where(term, told.where(told.notna(), own["summary"])),
        kind=own["kind"].mask(term, "term"),
    )
    gone = events[(events["kind"] == "departure") & events["rival_of"].isna()]
    subject = event_actors.loc[event_actors["role"] == "subject", ["event", "actor"]]
    gone = gone.merge(subject, left_on="id", right_on="event", validate="one_to_many")
    gone = gone.assign(kind="departure", table="events", office=gone["title"]).astype(
        {"status": str, "occurrence": str}
    )
    people = actors[
        (actors["kind"] == "person") & ~actors["id"].isin(own.loc[own["kind"] == "term", "actor"])
    ]
    people = people[people["role_from"].notna() | people["role_to"].notna()]
    people = people.assign(
        actor=people["id"],
        kind="term",
        table="actors",
        occurrence="occurred",
        office=people["role"].str.split(";").str[0],
        date=people["role_from"].fillna("..") + "/" + people["role_to"].fillna(".."),
    )
    columns = ["actor", "office", "kind", "date", "occurrence", "status", "table", "id"]
    rows = pd.concat([frame.reindex(columns=columns) for frame in (own, gone, people)], ignore_index=True)
    ends = [_ends(date) for date in rows["date"]]
    rows = rows.join(pd.DataFrame(ends, columns=list(_ENDS), index=rows.index, dtype="datetime64[s]"))
    due = gone[gone["occurrence"] == "planned"].groupby("actor")["date_earliest"].min()
    eve = due.reindex(rows["actor"]).set_axis(rows.index) - pd.Timedelta(days=1)
    on = (rows["kind"] == "term") & rows["sure_to"].isna() & (eve > rows["sure_from"])
    rows["sure_to"] = rows["sure_to"].mask(on, eve)
    rows.insert(0, "person", rows["actor"].map(who["name"]))
    rows.insert(1, "side", rows["actor"].map(who["side"]))
    rows["dated"] = rows["actor"].isin(rows.loc[rows["date"].str.contains("-", na=False), "actor"])
    order = rows["sure_from"].fillna(rows["maybe_to"])
    rows = rows.assign(order=order).sort_values(["order", "person", "id"], kind="stable")
    return rows.drop(columns=["order", "actor"]).reset_index(drop=True)


def _ends(date: object) -> list[object]:
    """Return maybe_from, sure_from, sure_to and maybe_to of one EDTF text; None where not stated."""
    if not isinstance(date, str):
        return [None] * 4
    start, _, end = date.partition("/")
    if not end:
        held = dates.parse(start)
        return [None, held.earliest, held.latest, None]
    first, last = (dates.parse(part) if part != ".." else None for part in (start, end))
    return [
        first.earliest if first else None,
        first.latest if first else None,
        last.earliest if last else None,
        last.latest if last else None,
    ]
