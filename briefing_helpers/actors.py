"""Tell who dealt with whom, who was left out, and who held which office when.

All of it is read from what sources report. A contact that nobody reported is not here, so a count
says how often a contact is on record, not how often two sides spoke.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import pandas as pd

from briefing_helpers import dates

__all__ = ["contacts", "left_out", "pairs", "tenures", "ties"]

_PRESENT = ("participant", "initiator", "host", "mediator", "speaker", "addressee")
_STANDING = ("envoy-of", "heads", "member-of")
_ENDS = ("maybe_from", "sure_from", "sure_to", "maybe_to")


def contacts(
    events: pd.DataFrame,
    event_actors: pd.DataFrame,
    actors: pd.DataFrame,
    since: pd.Timestamp | None = None,
    until: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return the meetings and calls reported to have taken place, with who took part.

    Main accounts only, in order of time, and only those whose days all lie from ``since`` to ``until``.
    Adds ``sides`` (of those present, in the order of the vocabulary) and ``people`` (their names), each
    joined by commas. Pass ``briefing.labelled("actors")`` to have sides by their labels. Whoever an
    event is only about, or was absent from, does not count as present.
    """
    met = events[events["rival_of"].isna() & events["kind"].isin(["meeting", "call"])]
    met = met[met["occurrence"] == "occurred"]
    if since is not None:
        met = met[met["date_earliest"] >= since]
    if until is not None:
        met = met[met["date_latest"] <= until]
    present = _present(event_actors, actors)
    present = present[present["event"].isin(met["id"])]
    named = present.groupby("event", sort=False)["name"].agg(_joined).to_dict()
    own = present.sort_values("side", kind="stable").drop_duplicates(["event", "side"])
    sides = own.astype({"side": str}).groupby("event", sort=False)["side"].agg(_joined).to_dict()
    met = met.assign(sides=met["id"].map(sides), people=met["id"].map(named))
    return met.sort_values(["date_earliest", "id"]).reset_index(drop=True)


def pairs(
    met: pd.DataFrame, event_actors: pd.DataFrame, actors: pd.DataFrame, among: Sequence[str]
) -> pd.DataFrame:
    """List, for each two sides, the contacts at which both were present.

    ``met`` is what :func:`contacts` returns; ``among`` names the sides, as ``actors`` does. Returns the
    rows of ``met`` once for each pair, with ``pair`` (``Russia and Ukraine``), a categorical of all pairs
    in the order of ``among``, so that a pair without a contact is still there to be counted as none.
    """
    present = _present(event_actors, actors)
    at = {event: set(sides.astype(str)) for event, sides in present.groupby("event")["side"]}
    rows: list[pd.DataFrame] = []
    names = []
    for one, other in itertools.combinations(among, 2):
        names.append(f"{one} and {other}")
        both = [{one, other} <= at.get(event, set()) for event in met["id"]]
        rows.append(met[both].assign(pair=names[-1]))
    found = pd.concat(rows, ignore_index=True)
    return found.assign(pair=pd.Categorical(found["pair"], categories=names, ordered=True))


def ties(
    relations: pd.DataFrame,
    actors: pd.DataFrame,
    kinds: Iterable[str],
    since: pd.Timestamp,
    until: pd.Timestamp,
) -> pd.DataFrame:
    """Return the ties of these kinds that may fall between two days, with names and sides.

    A standing tie (envoy of, heads, member of) whose dates are not stated is kept; any other undated
    tie is left out. Adds ``from_name``, ``from_side``, ``to_name``, ``to_side`` and ``between`` (both
    sides in the order of the vocabulary: ``us-russia``). Raises ValueError for a kind that no relation
    can have.
    """
    wanted = list(kinds)
    unknown = sorted(set(wanted) - set(relations["kind"].cat.categories))
    if unknown:
        raise ValueError(f"no such kind of tie: {', '.join(unknown)}")
    own = relations[relations["kind"].isin(wanted)]
    undated = own["date"].isna()
    inside = (own["date_earliest"].isna() | (own["date_earliest"] <= until)) & (
        own["date_latest"].isna() | (own["date_latest"] >= since)
    )
    own = own[(inside & ~undated) | (undated & own["kind"].isin(_STANDING))]
    who = actors[["id", "name", "side"]].astype({"side": str})
    for end in ("from", "to"):
        names = {"id": f"{end}_actor", "name": f"{end}_name", "side": f"{end}_side"}
        own = own.merge(who.rename(columns=names), on=f"{end}_actor", how="left", validate="many_to_one")
    place = list(actors["side"].cat.categories).index
    both = zip(own["from_side"], own["to_side"], strict=True)
    own["between"] = ["-".join(sorted(sides, key=place)) for sides in both]
    return own.sort_values(["date_earliest", "id"], kind="stable").reset_index(drop=True)


def left_out(relations: pd.DataFrame, actors: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    """List who is reported to have been left out by whom, with the independent origins on each side.

    ``origins`` is ``independence(briefing, "relations")``. Adds ``by`` and ``left_out`` (names),
    ``origins_for`` and ``origins_against`` (origins rated A to C). Latest first.
    """
    own = relations[relations["kind"] == "left-out"]
    counts = origins[["record", "supports", "contradicts"]]
    own = own.merge(counts, left_on="id", right_on="record", how="left", validate="one_to_one")
    names = actors.set_index("id")["name"]
    own = own.assign(
        by=own["from_actor"].map(names),
        left_out=own["to_actor"].map(names),
        origins_for=own["supports"].fillna(0).astype(int),
        origins_against=own["contradicts"].fillna(0).astype(int),
    )
    own = own.drop(columns=["record", "supports", "contradicts"])
    return own.sort_values(["date_earliest", "id"], ascending=[False, True]).reset_index(drop=True)


def tenures(
    relations: pd.DataFrame, events: pd.DataFrame, event_actors: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """List who held which office when, and the appointments, removals and departures on record.

    Returns one row per record: ``person``, ``side``, ``office``, ``kind`` (``term``, ``appointed``,
    ``dismissed`` or ``departure``), ``date``, ``occurrence`` (of a departure, else ``occurred``),
    ``status`` (blank where the table has none), ``table`` and ``id``. A term is a relation of kind heads
    or envoy-of, and ``office`` says so; for the other kinds it is the title of the event. Where a person has
    no such relation, a term is the role in actors, if a date stands with it. Offices of bodies
    that are only proposed are left out.

    ``sure_from`` to ``sure_to`` are the days it surely covers by its date, ``maybe_from`` and ``maybe_to``
    the days at which it may have begun or ended; NaT where that is not stated. A single date of a
    relation says only that the tie held then, so neither end is stated.
    """
    who = actors.set_index("id")
    own = relations[relations["kind"].isin(["heads", "envoy-of", "appointed", "dismissed"])].astype(
        {"kind": str, "status": str}
    )
    proposed = own["to_actor"].map(who["kind"]).astype(str) == "proposed-body"
    own = own[~proposed].assign(table="relations", occurrence="occurred")
    term = own["kind"].isin(["heads", "envoy-of"])
    office = own["kind"].str.replace("-", " ").str.capitalize() + " " + own["to_actor"].map(who["name"])
    own = own.assign(
        actor=own["from_actor"].where(term, own["to_actor"]),
        office=office.where(term, own["event"].map(events.set_index("id")["title"]).fillna(own["summary"])),
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
    named = rows["actor"].map(who["name"]), rows["actor"].map(who["side"])
    rows.insert(0, "person", named[0])
    rows.insert(1, "side", named[1])
    order = rows["sure_from"].fillna(rows["maybe_to"])
    rows = rows.assign(order=order).sort_values(["order", "person", "id"], kind="stable")
    return rows.drop(columns=["order", "actor"]).reset_index(drop=True)


def _present(event_actors: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    here = event_actors.loc[event_actors["role"].isin(_PRESENT), ["event", "actor"]]
    who = actors[["id", "name", "side"]]
    return here.merge(who, left_on="actor", right_on="id", validate="many_to_one").drop(columns="id")


def _joined(names: pd.Series) -> str:
    return ", ".join(names)


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
