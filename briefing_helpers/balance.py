"""Weigh what two parties owe each other, with the range that contested codings leave.

Counts are of duties, which count alike whatever their weight. Ranges are exact: the lowest and the
highest count over every way of taking, duty by duty, one coder's choice of beneficiary or the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from briefing_helpers.checks import near
from briefing_helpers.obligations import ALL, TESTS, span

__all__ = ["between", "reciprocity", "recount", "ways"]


def between(duties: pd.DataFrame, a: str, b: str, shared: bool = True) -> pd.DataFrame:
    """List the :func:`duties` that run between two parties, by either coder's choice.

    Adds ``way`` (``a to b`` or ``b to a``), ``first`` and ``second`` (whether the duty runs that way by
    this coder's choice) and ``mirrored`` (whether its clause also has the other party act, or refrain,
    whoever gains, so that no contested coding moves it). A duty of all parties is one of each, and so
    may have two rows; a gain to all parties is one to each, unless ``shared`` is False: whether these two
    are among the parties to the text is for the reader to judge. Raises KeyError where no duty names a
    party.
    """
    known = set(duties["owed_by"]) | set(duties["owed_to"]) | set(duties["owed_to_second"])
    for party in (a, b):
        if party not in known:
            raise KeyError(f"no duty names {party!r}{near(party, sorted(known))}")
    return _between(duties, a, b, shared)


def reciprocity(
    duties: pd.DataFrame, a: str, b: str, shared: bool = True, one_sided: bool = False
) -> pd.DataFrame:
    """Compare what ``a`` owes ``b`` with what ``b`` owes ``a``, as listed by :func:`between`.

    Returns three rows. Two are the ways: how many duties run that way by the ``first`` and by the
    ``second`` coder, the range from ``low`` to ``high`` and as words, how many of the first coder's are
    ``mirrored``, and ``ratio``, the first coder's count divided by that of the other way (NaN where
    there is none), with bounds ``ratio_low`` and ``ratio_high`` that no choice of codings exceeds. The
    third, ``balance``, is the first way less the second; a contested duty of all parties may move both.

    ``one_sided`` counts only duties that are not mirrored. Like duties in separate clauses (each side
    not to invade the other, each in a point of its own) are not seen as mirrored. Duties count
    alike, whatever their weight.
    """
    return _compare(between(duties, a, b, shared), a, b, one_sided)


def ways(duties: pd.DataFrame, parties: Iterable[str], one_sided: bool = False) -> pd.DataFrame:
    """Compare every two of these parties: the two ways of :func:`reciprocity`, pair after pair.

    Returns its columns without the balance, and ``pair`` before them.
    """
    found = []
    for a, b in combinations(parties, 2):
        rows = reciprocity(duties, a, b, one_sided=one_sided)
        found.append(rows[rows["way"] != "balance"].assign(pair=f"{a} and {b}"))
    both = pd.concat(found, ignore_index=True)
    return both[["pair", *both.columns.drop("pair")]]


def recount(
    duties: pd.DataFrame, a: str, b: str, also: Mapping[str, pd.DataFrame] | None = None
) -> pd.DataFrame:
    """Count again what two parties owe each other, each time on another assumption.

    ``also`` adds cases: a name and the duties to count in it. Returns one row per ``case``: the counts of
    the two ways and their ``balance``, each with its range over contested codings. To flip every
    contested coding is to take the second coder's choices throughout.
    """
    every, named = between(duties, a, b), duties[duties["obligor"] != ALL]
    cases = {
        "first coder": (_compare(every, a, b), "first"),
        "second coder (every contested coding flipped)": (_compare(every, a, b), "second"),
        "without contested duties": (_compare(every[~every["contested"]], a, b), "first"),
        "without duties that bind all parties": (_compare(_between(named, a, b), a, b), "first"),
        "without duties or gains of all parties": (_compare(_between(named, a, b, False), a, b), "first"),
        "without mirrored duties, which bind both sides": (_compare(every, a, b, one_sided=True), "first"),
        "only duties that pass every test": (_compare(every[every["tests"] == len(TESTS)], a, b), "first"),
        **{case: (_compare(_between(own, a, b), a, b), "first") for case, own in (also or {}).items()},
    }
    rows = []
    for case, (found, coder) in cases.items():
        cells: dict[str, object] = {"case": case}
        for row in found.to_dict("records"):
            cells[row["way"]] = row[coder]
            cells[f"{row['way']}, range"] = row["range"]
        rows.append(cells)
    return pd.DataFrame(rows)


def _between(duties: pd.DataFrame, a: str, b: str, shared: bool = True) -> pd.DataFrame:
    every = {
        name: (duties[name] == ALL) & shared for name in ("obligor", "beneficiary", "beneficiary_second")
    }
    listed: list[pd.DataFrame] = []
    acts: list[set[tuple[str, str]]] = []  # clause, and act or refrain, of all that each party owes
    for by, to in ((a, b), (b, a)):
        owes = (duties["owed_by"] == by) | every["obligor"]
        acts.append({*zip(duties["clause"][owes], duties["duty"][owes].astype(str), strict=True)})
        first = owes & ((duties["owed_to"] == to) | every["beneficiary"])
        second = owes & ((duties["owed_to_second"] == to) | every["beneficiary_second"])
        listed.append(duties.assign(way=f"{by} to {to}", first=first, second=second)[first | second])
    for at, way in enumerate(listed):
        answered = [act in acts[1 - at] for act in zip(way["clause"], way["duty"].astype(str), strict=True)]
        listed[at] = way.assign(mirrored=pd.Series(answered, way.index, dtype=bool))
    return pd.concat(listed, ignore_index=True)


def _compare(found: pd.DataFrame, a: str, b: str, one_sided: bool = False) -> pd.DataFrame:
    if one_sided:
        found = found[~found["mirrored"]]
    ways = [f"{a} to {b}", f"{b} to {a}"]
    own = [found[found["way"] == way] for way in ways]
    counts = [span(way["first"], way["second"]) for way in own]
    rows: list[tuple[object, ...]] = []
    for at, way in enumerate(ways):
        (first, second, low, high), other = counts[at], counts[1 - at]
        ratios = (_ratio(first, other[0]), _ratio(low, other[3]), _ratio(high, other[2]))
        mirrored = int((own[at]["first"] & own[at]["mirrored"]).sum())
        rows.append((way, first, second, low, high, _range(low, high), mirrored, *ratios))
    sign = found["way"].map({ways[0]: 1, ways[1]: -1}).astype(int)
    net = pd.DataFrame({name: found[name] * sign for name in ("first", "second")})
    net = net.groupby(found["id"]).sum()
    low, high = int(net.min(axis=1).sum()), int(net.max(axis=1).sum())
    balance = (int(net["first"].sum()), int(net["second"].sum()), low, high, _range(low, high, "+"))
    rows.append(("balance", *balance, pd.NA, *[float("nan")] * 3))
    columns = [
        "way",
        "first",
        "second",
        "low",
        "high",
        "range",
        "mirrored",
        "ratio",
        "ratio_low",
        "ratio_high",
    ]
    return pd.DataFrame(rows, columns=columns).astype({"mirrored": "Int64"})


def _range(low: int, high: int, sign: str = "") -> str:
    ends = [f"{end:{sign}d}" if end else "0" for end in sorted({low, high})]
    return " to ".join(ends)


def _ratio(count: int, other: int) -> float:
    return count / other if other else float("nan")
