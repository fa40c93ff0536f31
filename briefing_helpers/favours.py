"""Count whom the changes from draft to draft favour.

Who is favoured is coding, no source's claim.
"""

from __future__ import annotations

import pandas as pd

from briefing_helpers.drafts import settled

__all__ = ["changes", "favoured", "spans"]

_UNCOUNTED = ["same", "not-known"]  # by rule these favour no side, so no coder had a choice
_PAIR = ["from_draft", "to_draft"]


def changes(lineage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that report a change: neither the same content nor a fate not known.

    Adds ``rival``: whether another row on the same clause and draft says otherwise, or that nothing
    is known.
    """
    reported = ~lineage["change"].isin(_UNCOUNTED)
    return lineage.assign(rival=settled(lineage) == "contested")[reported].reset_index(drop=True)


def favoured(lineage: pd.DataFrame) -> pd.DataFrame:
    """Count, for each pair of drafts, the changes that favour each side, with the range of two codings.

    Returns one row per pair and side, in vocabulary order: ``older`` and ``newer`` (drafts), ``favours``,
    ``low`` (both coders say so, and no report that the change was not made stands against it), ``high``
    (at least one coder says so), and ``first`` and ``second`` (each coder's count).
    """
    own = changes(lineage)
    sides = own["favours"].cat.categories
    rows: list[tuple[object, ...]] = []
    for pair, group in own.groupby(_PAIR, sort=False):
        for side in sides:
            first, second = group["favours"] == side, group["favours_second"] == side
            counts = (first & second & ~group["rival"], first | second, first, second)
            rows.append((*pair, side, *(int(count.sum()) for count in counts)))
    frame = pd.DataFrame(rows, columns=["older", "newer", "favours", "low", "high", "first", "second"])
    frame["favours"] = pd.Categorical(frame["favours"], sides)
    return frame


def spans(lineage: pd.DataFrame) -> pd.DataFrame:
    """Lay out :func:`favoured` with a row per pair of drafts and a column per side.

    Returns ``older``, ``newer``, ``changes`` (all of the pair) and the sides, in vocabulary order: lowest
    to highest count in words (``3 to 5``), or the one number where the two are equal.
    """
    counts, sums = favoured(lineage), changes(lineage).groupby(_PAIR, sort=False).size()
    words = counts["low"].astype(str) + " to " + counts["high"].astype(str)
    counts["span"] = words.where(counts["low"] < counts["high"], counts["high"].astype(str))
    wide = counts.pivot(index=["older", "newer"], columns="favours", values="span").loc[sums.index]
    wide.columns = wide.columns.astype(str)
    wide.insert(0, "changes", sums.to_numpy())
    return wide.reset_index()
