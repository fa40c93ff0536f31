"""Ask how solid the record is: on whom it rests, how thinly, and what would fall with one origin.

An origin is whoever first gathered what a page reports (see ``data/README.md``). The test by leaving
out one origin at a time is the jackknife of survey statistics, applied to sources instead of cases.
"""

from __future__ import annotations

import re

import pandas as pd

from briefing_helpers.checks import near
from briefing_helpers.evidence import STRONG, judged_by, statuses
from briefing_helpers.loading import TABLES, Briefing

__all__ = [
    "EFFECTS",
    "bearing",
    "by_origins",
    "by_voices",
    "drop_origin",
    "lean_on",
    "leaning",
    "origin_names",
    "weighty",
]

# What the loss of one origin does to a record, gravest first.
EFFECTS = {
    "bare": "Would lose its last origin rated A to C",
    "thinner": "Confirmed, would rest on one origin",
    "gone": "Weak, would lose its last origin",
    "quarrel": "Dispute would be seen otherwise",
}
_QUARREL = ("disputed", "contradicted")
# The first of these fields that a table has tells what a record is about.
_WORDING = ("title", "name", "label", "summary", "statement", "note")
# What goes before it, where it says little alone: whose words, of which draft, of which day.
_LEAD = {"clauses": "id", "events": "date", "positions": "actor", "figures": "attributed_to"}
_MANY = 3  # from here on the number of origins is no longer told apart


def bearing(briefing: Briefing) -> pd.DataFrame:
    """Tell for each cited record who bears it out, who speaks against it, and on whom it leans.

    Returns ``table``, ``id``, ``wording`` (a title or summary, with id, date or name before it where it
    needs one), ``standing`` (the status that follows from the citations, for a claim the verdict),
    ``origins`` (how many independent ones, rated A to C, support it), ``rests_on`` (their names, or where
    there is none those rated D to F, marked so), ``against`` (names) and ``leans_on`` (origins without any
    one of which it would stand otherwise). Tables stand in the order of the descriptor.
    """
    cited, names = _with_origins(briefing), origin_names(briefing)
    supports, strong = cited["relation"] == "supports", cited["reliability"].isin(STRONG)
    frame = _judged(briefing).rename(columns={"supports": "origins"})
    tables = sorted(frame["table"].unique(), key=TABLES.index)
    frame["place"] = frame["table"].map(tables.index)
    frame = frame.sort_values("place", kind="stable", ignore_index=True)
    keys = pd.MultiIndex.from_frame(frame[["table", "id"]])
    firm, weak = _listed(cited[supports & strong], names), _listed(cited[supports & ~strong], names)
    named = {
        "wording": pd.concat([_wordings(briefing, table) for table in tables]),
        "rests_on": firm.combine_first(weak + " (rated D to F)"),
        "against": _listed(cited[(cited["relation"] == "contradicts") & strong], names),
        "leans_on": _listed(leaning(briefing), names),
    }
    frame = frame.assign(**{name: texts.reindex(keys).fillna("").array for name, texts in named.items()})
    return frame[["table", "id", "wording", "standing", "origins", "rests_on", "against", "leans_on"]]


def by_origins(weighed: pd.DataFrame) -> pd.DataFrame:
    """Count the records of each table by how many independent origins bear them out.

    ``weighed`` is :func:`bearing`, or rows of it. Returns one row per table, that with the largest share
    borne out twice on top, and the columns ``three or more``, ``two``, ``one`` and ``none``.
    """
    words = {_MANY: "three or more", 2: "two", 1: "one", 0: "none"}
    number = pd.Categorical(weighed["origins"].clip(upper=_MANY).map(words), list(words.values()))
    counts = pd.crosstab(weighed["table"].astype(str), number, dropna=False)
    counts = counts.reindex(columns=list(words.values()), fill_value=0)
    twice = (counts["three or more"] + counts["two"]) / counts.sum(axis=1)
    return counts.loc[twice.sort_values(ascending=False, kind="stable").index].rename_axis(
        index=None, columns=None
    )


def by_voices(weighed: pd.DataFrame) -> pd.DataFrame:
    """Put the records that rest on the same origins together, the largest group on top.

    ``weighed`` is :func:`bearing`. Returns ``standing``, ``origins``, ``rests_on``, ``against`` and
    ``leans_on`` of each group, ``rows`` (their number) and ``named`` (their ids, table by table:
    ``drafts: e3, eu24; clauses: e3-01``).
    """
    voices = ["standing", "origins", "rests_on", "against", "leans_on"]
    rows = weighed.assign(table=weighed["table"].astype(str))
    tables = rows.groupby([*voices, "table"], observed=True, sort=False)["id"].agg(", ".join).reset_index()
    named = (tables["table"] + ": " + tables["id"]).groupby([tables[name] for name in voices], observed=True)
    size = rows.groupby(voices, observed=True).size()
    groups = pd.DataFrame({"rows": size, "named": named.agg("; ".join)})
    return groups.sort_values("rows", ascending=False, kind="stable").reset_index()


def weighty(briefing: Briefing) -> pd.DataFrame:
    """List the records on which readings of the plan turn: ``table``, ``id``, ``why``.

    Five kinds, told from the data alone: clauses that bind (``shall``, ``shall-not``) on a key issue;
    main accounts of diplomatic events; figures that name a clause or stand beside another on the same
    subject; positions that state a red line; levers threatened or applied. What matters is our choice.
    """
    clauses, events, figures = briefing.clauses, briefing.events, briefing.figures
    positions, levers = briefing.positions, briefing.levers
    binding = clauses["mode"].isin(["shall", "shall-not"]) & clauses["issue"].notna()
    talks = (events["track"] == "diplomacy") & events["rival_of"].isna()
    compared = figures["clause"].notna() | figures["subject"].duplicated(keep=False)
    pressed = levers["use"].isin(["threatened", "applied"])
    chosen = [
        ("clauses", "Binding clauses on key issues", clauses[binding]),
        ("events", "Diplomatic events", events[talks]),
        ("figures", "Figures held against a clause or each other", figures[compared]),
        ("positions", "Red lines", positions[positions["red_line"] == "stated"]),
        ("levers", "Pressure threatened or applied", levers[pressed]),
    ]
    frames = [pd.DataFrame({"table": name, "id": rows["id"], "why": why}) for name, why, rows in chosen]
    return pd.concat(frames, ignore_index=True)


def leaning(briefing: Briefing) -> pd.DataFrame:
    """List every change of standing that the loss of one origin would bring.

    Returns one row per origin and record that leans on it: ``origin``, ``table``, ``id``, ``before`` and
    ``after`` (status, for a claim the verdict) and ``effect`` (a key of :data:`EFFECTS`). Each origin is
    dropped alone, with all its pages; a record without any citation left is unsupported.
    """
    cited = _with_origins(briefing)
    bears = cited.loc[cited["relation"] != "context", ["table", "id", "origin"]].drop_duplicates()
    rest = bears.merge(cited, on=["table", "id"], suffixes=("_lost", ""), validate="many_to_many")
    rest = rest[rest["origin"] != rest["origin_lost"]]
    # One record less one origin counts as a record of its own, so that all are judged at once.
    rest = rest.assign(record=rest["origin_lost"] + " " + rest["id"])
    judged = statuses(rest, briefing.sources, briefing.claims.head(0)).set_index(["table", "record"])
    changes = bears.merge(_judged(briefing), on=["table", "id"], validate="many_to_one")
    less = pd.MultiIndex.from_arrays([changes["table"], changes["origin"] + " " + changes["id"]])
    after = pd.Series(judged["derived"].reindex(less).array, index=changes.index)
    bare = changes["table"].map({"claims": "unconfirmed"}).fillna("unsupported")
    changes = changes.rename(columns={"standing": "before"}).assign(after=after.fillna(bare))
    changes = changes[changes["before"] != changes["after"]]
    effect = pd.Series("bare", index=changes.index)
    effect[changes["before"] == "weak"] = "gone"
    effect[changes["after"] == "single"] = "thinner"
    effect[changes["before"].isin(_QUARREL) | changes["after"].isin(_QUARREL)] = "quarrel"
    columns = ["origin", "table", "id", "before", "after", "effect"]
    return changes.assign(effect=pd.Categorical(effect, list(EFFECTS)))[columns].reset_index(drop=True)


def drop_origin(briefing: Briefing, origin: str) -> pd.DataFrame:
    """List the records whose standing would change without an origin; columns as for :func:`leaning`.

    Raises KeyError, with the nearest name, where no source has this origin.
    """
    known = briefing.sources["origin"].unique()
    if origin not in known:
        raise KeyError(f"no source has the origin {origin!r}{near(origin, known)}")
    changes = leaning(briefing)
    return changes[changes["origin"] == origin].reset_index(drop=True)


def lean_on(briefing: Briefing) -> pd.DataFrame:
    """Count what would change without each origin, that on which most records lean on top.

    Returns ``origin`` (its name), ``pages`` (sources that carry it), ``records`` (that it supports or
    contradicts), one column per effect (:data:`EFFECTS`) and ``changes``, their sum.
    """
    changes, cited = leaning(briefing), _with_origins(briefing)
    effects = pd.crosstab(changes["origin"], changes["effect"]).reindex(columns=list(EFFECTS), fill_value=0)
    records = cited[cited["relation"] != "context"].drop_duplicates(["table", "id", "origin"])
    pages = briefing.sources["origin"].value_counts()
    frame = pd.DataFrame({"pages": pages, "records": records["origin"].value_counts()}).join(effects)
    frame = frame.fillna(0).astype(int).assign(changes=lambda each: each[list(EFFECTS)].sum(axis=1))
    frame = frame.rename(index=origin_names(briefing)).rename_axis("origin").reset_index()
    order = ["changes", "records", "origin"]
    return frame.sort_values(order, ascending=[False, False, True], ignore_index=True)


def origin_names(briefing: Briefing) -> dict[str, str]:
    """Name each origin: as the actor of that id, else as a publisher's name spells it, else by its id."""
    actors = briefing.actors.set_index("id")["name"].to_dict()
    names = {}
    for origin, publishers in briefing.sources.groupby("origin")["publisher"]:
        # la-lv is LA.LV, and rferl RFE/RL: the same letters, whatever stands between them.
        letters = "[^a-z0-9]*".join(str(origin).replace("-", ""))
        spelt = re.search(rf"\b{letters}\b", " | ".join(publishers), re.IGNORECASE)
        names[str(origin)] = actors.get(origin, spelt.group() if spelt else str(origin))
    return names


def _judged(briefing: Briefing) -> pd.DataFrame:
    counts = statuses(briefing.citations, briefing.sources, briefing.claims)
    counts = counts.rename(columns={"record": "id", "derived": "standing"})
    return counts[["table", "id", "standing", "supports"]]


def _with_origins(briefing: Briefing) -> pd.DataFrame:
    cited = judged_by(briefing.citations, briefing.sources, briefing.claims)
    cited = cited[["table", "record", "source", "relation"]].astype(str)
    known = briefing.sources.set_index("id")[["origin", "reliability"]].astype(str)
    cited = cited.merge(known, left_on="source", right_index=True, validate="many_to_one")
    return cited.rename(columns={"record": "id"})


def _listed(cited: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    """Join the names of the origins of each record, in alphabetical order."""
    named = cited[["table", "id"]].assign(name=cited["origin"].map(names)).drop_duplicates()
    return named.sort_values("name").groupby(["table", "id"])["name"].agg(", ".join)


def _wordings(briefing: Briefing, table: str) -> pd.Series:
    frame = briefing[table]
    fields = [field for field in _WORDING if field in frame]
    text = frame[fields[0]] if fields else frame["id"]
    if table in _LEAD:
        lead = frame[_LEAD[table]].replace(briefing.actors.set_index("id")["name"].to_dict())
        text = (lead + ": " + text).fillna(text)
    keys = pd.MultiIndex.from_arrays([[table] * len(frame), frame["id"]])
    return pd.Series(text.fillna(frame["id"]).to_numpy(), index=keys)
