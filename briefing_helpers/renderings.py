"""Hold a source's account of a plan against the text."""

from __future__ import annotations

import pandas as pd

__all__ = ["LEFT_OUT", "coverage", "terms"]

LEFT_OUT = "left-out"
# Best first: a point the source renders rightly in one term and reads beyond the text in another
# has been reported all the same.
_ORDER = ["match", "partial", "stronger", "figure-error", "interpretation", "allusion", LEFT_OUT]

# An interpretation or an allusion does not give a point's content.
_TOLD = {"interpretation": "touched", "allusion": "touched", LEFT_OUT: LEFT_OUT}


def coverage(renderings: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """Say how a source covers each point of one draft.

    ``renderings`` are those of one source, ``clauses`` those of one draft. Returns one row per
    point: ``point``, ``id`` and ``topic`` of its first clause, ``clauses`` (their number), ``rendered`` (how
    many the source speaks of), ``coverage`` (the best relation of any term to it, or ``left-out``) and
    ``told``: whether its content is ``described``, only ``touched`` on, or ``left-out``.
    """
    joined = clauses.merge(
        renderings[["clause", "relation"]], left_on="id", right_on="clause", how="left", validate="1:m"
    )
    joined["rank"] = joined["relation"].astype(str).map({name: rank for rank, name in enumerate(_ORDER)})
    joined["rank"] = joined["rank"].fillna(_ORDER.index(LEFT_OUT)).astype(int)
    points = joined.groupby("point").agg(
        id=("id", "first"),
        topic=("topic", "first"),
        clauses=("id", "nunique"),
        rendered=("clause", "nunique"),
        rank=("rank", "min"),
    )
    points["coverage"] = pd.Categorical([_ORDER[rank] for rank in points["rank"]], _ORDER, ordered=True)
    points["told"] = points["coverage"].astype(str).map(_TOLD).fillna("described")
    return points.drop(columns="rank").reset_index()


def terms(renderings: pd.DataFrame) -> pd.DataFrame:
    """Sum up each term of a source: ``term``, ``relation`` (the weightiest), ``clauses`` (ids), ``id``.

    ``id`` is that of the first rendering with this relation. Where a term bears on several clauses in
    different ways, the weightiest relation stands for it: a figure error or an overstatement before a
    partial account, that before a match. An allusion stands only for a term that does nothing else.
    """
    weight = ["figure-error", "stronger", "interpretation", "partial", "match", "allusion"]
    ranked = renderings.assign(rank=renderings["relation"].astype(str).map(weight.index))
    grouped = ranked.groupby("term", sort=False).agg(rank=("rank", "min"), clauses=("clause", list))
    heads = ranked.sort_values("rank", kind="stable").drop_duplicates("term").set_index("term")["id"]
    grouped["id"] = heads.reindex(grouped.index)
    grouped["relation"] = pd.Categorical([weight[rank] for rank in grouped["rank"]], weight, ordered=True)
    return grouped.drop(columns="rank").reset_index()
