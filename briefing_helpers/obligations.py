"""Count who owes what to whom, and how firmly.

Who gains from a duty is judgement. Two coders chose a main beneficiary for each duty, the second
without seeing the first choice; where they differ the coding is contested. A count over contested
duties has a range: its lowest and its highest value over every way of taking, duty by duty, one
coder's choice or the other's.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from briefing_helpers.checks import near
from briefing_helpers.clauses import count_by

__all__ = [
    "TESTS",
    "duties",
    "enforceable",
    "pairs",
    "profile",
    "rival_codings",
    "span",
    "spelled",
    "who_owes_whom",
]

ALL = "all-parties"
TESTS = ("named", "binding", "checkable", "means")
# Sides whose members have little in common; the other sides count as one party each.
_MIXED = {"international": "Other bodies", "other": "Other groups", "media": "Media"}
_UNNAMED = "Nobody named"


def who_owes_whom(obligations: pd.DataFrame, clauses: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count obligations by obligor and main beneficiary, for the clauses given.

    Returns a matrix with obligor names as index and beneficiary names as columns, each in order of
    size. Who benefits is our coding.
    """
    own = obligations[obligations["clause"].isin(clauses["id"])]
    name = actors.set_index("id")["name"]
    named = pd.DataFrame({"obligor": own["obligor"].map(name), "beneficiary": own["beneficiary"].map(name)})
    matrix = count_by(named, "obligor", "beneficiary")
    return matrix[matrix.sum().sort_values(ascending=False, kind="stable").index]


def duties(
    obligations: pd.DataFrame, clauses: pd.DataFrame, actors: pd.DataFrame, apart: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the obligations of the clauses given, with the parties they bind and favour.

    Adds the tests of :func:`enforceable`; ``owed_by``, ``owed_to`` and ``owed_to_second`` (the second
    coder's choice); and ``contested``, whether the coders chose different beneficiaries.

    These are parties. A side whose members act together is one: Poland and the EU are Europe, a head of
    state is his state. Of the mixed sides (international, other), states and whoever ``apart`` names
    stand for themselves; the rest are other bodies and other groups. All parties to the text, and a gain
    that cannot be told, stay as they are. Other placeholders (unspecified, guarantors, states that hold
    assets) are nobody named. With ``briefing.labelled("actors")`` sides carry their labels.

    Raises KeyError where ``apart`` names no actor.
    """
    party = _parties(actors, apart)
    own = obligations[obligations["clause"].isin(clauses["id"])].reset_index(drop=True)
    return enforceable(own, clauses, actors).assign(
        owed_by=own["obligor"].map(party),
        owed_to=own["beneficiary"].map(party),
        owed_to_second=own["beneficiary_second"].map(party),
        contested=own["beneficiary"].astype(str) != own["beneficiary_second"].astype(str),
    )


def rival_codings(duties: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count contested duties by the two coders' choices: ``first``, ``second``, ``duties``, largest first."""
    name, rivals = actors.set_index("id")["name"], duties[duties["contested"]]
    chosen = {"first": rivals["beneficiary"].map(name), "second": rivals["beneficiary_second"].map(name)}
    counts = pd.DataFrame(chosen).value_counts(sort=False).rename("duties").reset_index()
    return counts.sort_values("duties", ascending=False, kind="stable").reset_index(drop=True)


def pairs(duties: pd.DataFrame) -> pd.DataFrame:
    """Count :func:`duties` by the party that owes and the party that gains.

    Returns ``owed_by``, ``owed_to``, ``first`` and ``second`` (the count by each coder's choice) and its
    range, ``low`` to ``high``. Each duty is in one cell for each coder: all parties are a party here.
    """
    choices = [duties.assign(owed_to=duties[name]) for name in ("owed_to", "owed_to_second")]
    keys = pd.concat(choices)[["owed_by", "owed_to"]].drop_duplicates().itertuples(index=False)
    rows = []
    for by, to in keys:
        own = duties["owed_by"] == by
        counted = span(own & (duties["owed_to"] == to), own & (duties["owed_to_second"] == to))
        rows.append((by, to, *counted))
    columns = ["owed_by", "owed_to", "first", "second", "low", "high"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["first", "high"], ascending=False, kind="stable").reset_index(drop=True)


def spelled(duties: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Return duties for reading: names for the ids of actors, yes and no for what is true or not."""
    name = actors.set_index("id")["name"]
    named = {field: duties[field].map(name) for field in ("obligor", "beneficiary", "beneficiary_second")}
    yes = {True: "yes", False: "no"}
    told = {str(flag): duties[flag].map(yes) for flag in duties.select_dtypes("bool").columns}
    return duties.assign(**named, **told)


def enforceable(obligations: pd.DataFrame, clauses: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Put four tests of wording to each obligation. They say nothing of law or of will.

    Adds to the obligations ``named`` (the obligor is no placeholder for somebody the text does not
    name; all parties count as named), ``binding`` (the clause says what shall or shall not be done: not a
    permission, an expectation, a declaration or a matter to be agreed), ``checkable`` (its precision is
    specific or partial), ``means`` (the text ties a consequence or a watching body to this duty, or has
    a general clause that covers it) and ``tests``, the number passed.

    Raises KeyError where the clause of an obligation is not among ``clauses``.
    """
    strange = set(obligations["clause"]) - set(clauses["id"])
    if strange:
        raise KeyError(f"no such clause among those given: {', '.join(sorted(strange))}")
    kind = actors.set_index("id")["kind"].astype(str).str.lower()
    clause = clauses.set_index("id")[["mode", "precision"]].astype(str).loc[obligations["clause"]]
    tested = obligations.assign(
        named=(obligations["obligor"].map(kind) != "placeholder") | (obligations["obligor"] == ALL),
        binding=clause["mode"].isin(["shall", "shall-not"]).to_numpy(),
        checkable=clause["precision"].isin(["specific", "partial"]).to_numpy(),
        means=obligations["enforcement"].astype(str).isin(["own", "general"]),
    )
    return tested.assign(tests=tested[list(TESTS)].sum(axis=1))


def profile(duties: pd.DataFrame) -> pd.DataFrame:
    """Sum up by party what it owes by these :func:`duties`, and how firmly.

    Returns one row per ``party``, largest first: ``duties``, ``act``, ``refrain``, one count for
    each of the four tests, ``all four``, and ``own means`` (duties that the text gives means of their own).
    """
    marks = duties.assign(
        duties=1,
        act=duties["duty"].astype(str) == "act",
        refrain=duties["duty"].astype(str) == "refrain",
        **{
            "all four": duties["tests"] == len(TESTS),
            "own means": duties["enforcement"].astype(str) == "own",
        },
    )
    columns = ["duties", "act", "refrain", *TESTS, "all four", "own means"]
    summed = marks.groupby("owed_by", sort=False)[columns].sum().astype(int)
    ordered = summed.sort_values("duties", ascending=False, kind="stable")
    return ordered.rename_axis("party").reset_index()


def span(first: pd.Series, second: pd.Series) -> tuple[int, int, int, int]:
    """Count by either coder, and at least and at most: a contested duty may be taken either way."""
    return int(first.sum()), int(second.sum()), int((first & second).sum()), int((first | second).sum())


def _parties(actors: pd.DataFrame, apart: Iterable[str]) -> pd.Series:
    known = actors.set_index("id")
    strange = [name for name in apart if name not in known.index]
    if strange:
        raise KeyError(f"no actor {strange[0]!r}{near(strange[0], known.index)}")
    side, kind = (known[name].astype(str) for name in ("side", "kind"))
    mixed, placeholder = side.str.lower().isin([*_MIXED, "none"]), kind.str.lower() == "placeholder"
    alone = known.index.isin([*apart, ALL, "not-assessable"])
    alone |= mixed & ((kind.str.lower() == "state") | (side.str.lower() == "none")) & ~placeholder
    party = side.mask(mixed, side.str.lower().map(_MIXED)).mask(placeholder, _UNNAMED)
    return party.mask(alone, known["name"])
