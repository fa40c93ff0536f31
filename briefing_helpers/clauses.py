"""Summarise clauses: what they deal with, how exactly, and what they state."""

from __future__ import annotations

import pandas as pd

__all__ = ["count_by", "find", "glance"]


def find(clauses: pd.DataFrame, draft: str, point: int | None = None) -> pd.DataFrame:
    """Return the clauses of a draft, or of one of its points.

    Raises KeyError, naming the drafts there are, where nothing matches.
    """
    found = clauses[clauses["draft"] == draft]
    if found.empty:
        raise KeyError(
            f"no clause of draft {draft!r}; drafts with clauses: {', '.join(clauses['draft'].unique())}"
        )
    if point is not None:
        found = found[found["point"] == point]
        if found.empty:
            raise KeyError(f"draft {draft!r} has no point {point}")
    return found.reset_index(drop=True)


def count_by(frame: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Count records by two fields, largest row first; columns keep vocabulary order.

    Rows and columns without a record are left out. Rows of equal size keep vocabulary order.
    """
    counts = pd.crosstab(frame[rows], frame[columns])
    counts = counts.loc[counts.sum(axis=1) > 0, counts.sum() > 0]
    counts.columns = counts.columns.astype(str)
    counts.index = counts.index.astype(str)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[order].rename_axis(index=None, columns=None)


def glance(clauses: pd.DataFrame) -> pd.DataFrame:
    """Sum up each point of one draft.

    Returns one row per point: ``point``, ``clauses`` (their number), ``topic`` (of its first clause),
    ``least_precise`` (the weakest precision among its clauses), and whether any of them states a
    ``condition``, a ``figure``, a ``deadline`` or a ``duration``.
    """
    stated = clauses.assign(
        **{
            name: clauses[field].notna()
            for name, field in {
                "condition": "condition",
                "figure": "quantity",
                "deadline": "deadline",
                "duration": "duration",
            }.items()
        }
    )
    # Precision is ordered from specific to open, so the largest is the weakest.
    grouped = stated.groupby("point", sort=True)
    points = grouped.agg(
        clauses=("id", "size"),
        topic=("topic", "first"),
        least_precise=("precision", "max"),
        condition=("condition", "any"),
        figure=("figure", "any"),
        deadline=("deadline", "any"),
        duration=("duration", "any"),
    )
    return points.reset_index()
