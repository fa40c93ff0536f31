"""Say how much of the sources was read, and what the part that was read supports."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from briefing_helpers.loading import Briefing

__all__ = ["linked", "pages", "read_and_rated"]


def read_and_rated(briefing: Briefing) -> pd.DataFrame:
    """Count sources and what they support by how much was read and how reliable they are.

    Returns one row per ``read_depth`` and ``reliability``, in vocabulary order, empty pairs included:
    ``sources``, and ``citations`` (those that support a record).
    """
    keys = ["read_depth", "reliability"]
    backing = briefing.citations[briefing.citations["relation"] == "supports"]
    backing = backing.merge(
        briefing.sources, left_on="source", right_on="id", suffixes=("", "_source"), validate="many_to_one"
    )
    sources, citations = (each.groupby(keys, observed=False).size() for each in (briefing.sources, backing))
    return pd.DataFrame({"sources": sources, "citations": citations}).reset_index()


def pages(briefing: Briefing) -> pd.DataFrame:
    """Name the sources by how much of each was read and how reliable it is, in vocabulary order.

    Returns one row per pair of ``read_depth`` and ``reliability`` that occurs: ``sources``, ``supports``
    (citations that support a record) and ``named`` (each publisher with that number, the largest first).
    """
    keys = ["read_depth", "reliability"]
    backing = briefing.citations.loc[briefing.citations["relation"] == "supports", "source"]
    frame = briefing.sources.assign(
        supports=briefing.sources["id"].map(backing.value_counts()).fillna(0).astype(int)
    )
    frame = frame.sort_values("supports", ascending=False, kind="stable")
    frame["named"] = frame["publisher"] + " (" + frame["supports"].astype(str) + ")"
    pairs = frame.groupby(keys, observed=True)
    found = pd.DataFrame({"sources": pairs.size(), "supports": pairs["supports"].sum()})
    return found.assign(named=pairs["named"].agg("; ".join)).reset_index()


def linked(sources: pd.DataFrame) -> list[Markup]:
    """Return the publisher of each source, linked to its address where it has one."""
    link, plain = Markup('<a href="{1}">{0}</a>'), Markup("{0}")
    return [
        (link if isinstance(url, str) else plain).format(publisher, url)
        for publisher, url in zip(sources["publisher"], sources["url"], strict=True)
    ]
