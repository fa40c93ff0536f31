"""Arrange means of pressure and inducement by who holds them over whom."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from briefing_helpers.clauses import count_by

__all__ = ["by_pair", "contested", "push_and_pull", "sided"]

_ACROSS = ("none", "international")


def sided(levers: pd.DataFrame, actors: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Say for each lever whose it is and on whom it bears, pair by pair in order of use and time.

    ``levers`` may hold ids or labels of uses and means; ``labels`` names each side. Adds ``by`` and
    ``on`` (names of the actors), ``pair`` (``Russia on Ukraine``; ``Ukraine at home`` where a side presses
    its own; an actor that stands on no side or across sides keeps its name), ``lane`` (pair and means) and
    ``ours`` (whether the summary says that the reading is our coding or reading, and no source's).
    """
    known = actors.set_index("id")
    result = levers.assign(by=levers["by_actor"].map(known["name"]), on=levers["on_actor"].map(known["name"]))
    ends = {}
    for end in ("by", "on"):
        side = result[f"{end}_actor"].map(known["side"]).astype(object)
        ends[end] = side.map(labels).where(~side.isin(_ACROSS), result[end])
    pair = ends["by"] + " on " + ends["on"]
    result["pair"] = pair.where(ends["by"] != ends["on"], ends["by"] + " at home")
    result["lane"] = result["pair"] + ": " + result["means"].astype(object).str.lower()
    result["ours"] = result["summary"].str.contains(r"\bour (?:coding|reading)\b")
    return result.sort_values(["pair", "use", "date_earliest"], kind="stable").reset_index(drop=True)


def by_pair(levers: pd.DataFrame, least: int = 1) -> pd.DataFrame:
    """Count levers by pair of sides and use, largest pair first.

    ``levers`` come from :func:`sided`. Pairs with fewer than ``least`` levers are added up in a last row
    that says how many they are. Columns keep vocabulary order, empty ones included.
    """
    counts = count_by(levers, "pair", "use").reindex(columns=levers["use"].cat.categories, fill_value=0)
    small = counts.sum(axis=1) < least
    if small.sum() < 2:
        return counts
    return pd.concat([counts[~small], counts[small].sum().to_frame(f"{small.sum()} other pairs").T])


def push_and_pull(levers: pd.DataFrame) -> pd.DataFrame:
    """Sum up for each pair how often pressure and gains are on record.

    ``levers`` come from :func:`sided`. Returns, by pair, ``pressure`` (applied or threatened), ``ours``
    (those among them that only our reading makes so), ``gains`` (offered), ``eased`` and ``denied``.
    Each counts rows, which differ in weight.
    """
    use = levers["use"].astype(str).str.lower()
    pressure = use.isin(["applied", "threatened"])
    flags = {"pressure": pressure, "ours": pressure & levers["ours"], "gains": use == "offered"}
    flags |= {name: use == name for name in ("eased", "denied")}
    return pd.DataFrame(flags).groupby(levers["pair"]).sum()


def contested(levers: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return every denial beside the reports that it denies.

    A denial answers the levers of its event, the event's main account and its rivals. Returns those
    levers with ``matter`` (title of the main event; missing where a denial belongs to none), matter by
    matter in order of time, within one the reports before the denials.
    """
    main = events.set_index("id")["rival_of"].astype(object)
    main = main.where(main.notna(), main.index.to_series())
    denied = levers["use"].astype(str).str.lower() == "denied"
    placed = levers.assign(main=levers["event"].map(main).astype(object), denied=denied)
    denials = placed[placed["denied"]]
    matters = denials["main"].dropna()
    found = placed[placed["main"].isin(matters) | placed["denied"]].copy()
    # A denial without an event is a matter of its own.
    found["key"] = found["main"].where(found["main"].notna(), found["id"])
    found["since"] = found["date_earliest"].fillna(found["date_latest"])
    found["first"] = found.groupby("key")["since"].transform("min")
    found["matter"] = found["main"].map(events.set_index("id")["title"])
    found = found.sort_values(["first", "key", "denied", "since"], kind="stable")
    return found.drop(columns=["main", "denied", "key", "since", "first"]).reset_index(drop=True)
