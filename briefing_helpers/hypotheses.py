"""Hold competing hypotheses against the evidence: rank by least inconsistency, and try the ranking.

The method is the analysis of competing hypotheses (Heuer, Psychology of Intelligence Analysis, 1999,
chapter 8): evidence that fits a hypothesis may fit its rivals as well, so what counts is the evidence
against each. A score is a sum of points, neither a probability nor a proof.
"""

from __future__ import annotations

import pandas as pd

__all__ = [
    "MARGIN",
    "POINTS",
    "WEIGHTS",
    "against",
    "both_codings",
    "consistency_matrix",
    "diagnosticity",
    "drop_one",
    "inconsistency",
    "item_names",
    "readings",
    "side_by_side",
    "standing",
]

POINTS = {"inconsistent": 1, "very-inconsistent": 2}  # against a hypothesis, per item
# How far an item counts when items are weighted by how well they are borne out. A convention of ours:
# half for what rests on one origin or is disputed, a quarter for a lead, nothing for the rest.
WEIGHTS = {
    "confirmed": 1.0,
    "single": 0.5,
    "disputed": 0.5,
    "weak": 0.25,
    "contradicted": 0,
    "unsupported": 0,
}
MARGIN = 2.0  # points behind the least inconsistent: one item hardly possible, or two surprising ones
_CODERS = {"first": "consistency", "second": "consistency_second"}


def consistency_matrix(
    assessments: pd.DataFrame, items: pd.DataFrame, question: str, coder: str = "first"
) -> pd.DataFrame:
    """Arrange one coder's assessments as items (rows) by hypotheses (columns), values of consistency.

    ``coder`` is ``first`` or ``second``, who chose without seeing the first choice. Items and
    hypotheses keep the order of the tables. Raises KeyError for a question without items.
    """
    own = items[items["question"] == question]
    if own.empty:
        known = ", ".join(items["question"].astype(str).unique())
        raise KeyError(f"no item bears on {question!r}; questions with items: {known}")
    rated = assessments[assessments["item"].isin(own["id"])]
    wide = rated.astype({_CODERS[coder]: str}).pivot(
        index="item", columns="hypothesis", values=_CODERS[coder]
    )
    wide = wide.loc[list(own["id"]), list(rated["hypothesis"].drop_duplicates())]
    return wide.rename_axis(index=None, columns=None)


def both_codings(
    assessments: pd.DataFrame, items: pd.DataFrame, question: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Arrange both coders' assessments alike, for a matrix to be read.

    Returns two :func:`consistency_matrix`: columns from the least to the most inconsistent hypothesis, by
    the first coder and then the second; rows from the most to the least telling item, by the first.
    """
    first, second = (consistency_matrix(assessments, items, question, coder) for coder in _CODERS)
    scores = pd.DataFrame({"first": _points(first).sum(), "second": _points(second).sum()})
    columns = scores.sort_values(["first", "second"], kind="stable").index
    rows = diagnosticity(first)["item"]
    return first.loc[rows, columns], second.loc[rows, columns]


def inconsistency(grid: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """Rank hypotheses by the evidence against them, least first.

    ``grid`` is :func:`consistency_matrix`; ``weights``, by item, make an item count for more or less.
    Returns one row per hypothesis: ``hypothesis``, ``score`` (inconsistent 1, very inconsistent 2),
    ``against`` (items) and ``rank``, which equal scores share.
    """
    points = _points(grid)
    score = points.sum() if weights is None else points.mul(weights.loc[points.index], axis=0).sum()
    ranked = pd.DataFrame({"score": score, "against": (points > 0).sum()}).rename_axis("hypothesis")
    ranked["rank"] = ranked["score"].rank(method="min").astype(int)
    return ranked.sort_values("score", kind="stable").reset_index()


def drop_one(assessments: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Leave out each item in turn, to see what the ranking hangs on.

    Returns one row per coder and item: ``question``, ``coder``, ``item``, ``least`` (the hypotheses that
    are then least inconsistent) and ``changes`` (whether these are others than with all items).
    """
    rows = []
    for question in items["question"].drop_duplicates():
        for coder in _CODERS:
            points = _points(consistency_matrix(assessments, items, question, coder))
            whole = _least(points.sum())
            for item in points.index:
                least = _least(points.drop(index=item).sum())
                rows.append((question, coder, item, ", ".join(least), least != whole))
    return pd.DataFrame(rows, columns=["question", "coder", "item", "least", "changes"])


def diagnosticity(grid: pd.DataFrame) -> pd.DataFrame:
    """Say how far each item tells the hypotheses apart, most telling first.

    Returns ``item``, ``steps`` (from the hypothesis that it fits best to the one that it fits worst,
    0 to 4) and ``against`` and ``for``: how many hypotheses it speaks against and for. An item of no
    steps fits all alike and tells nothing.
    """
    order = ["very-consistent", "consistent", "neutral", "inconsistent", "very-inconsistent"]
    ranks = grid.map(order.index)
    told = pd.DataFrame(
        {
            "steps": ranks.max(axis=1) - ranks.min(axis=1),
            "against": (ranks > 2).sum(axis=1),
            "for": (ranks < 2).sum(axis=1),
        }
    )
    return (
        told.rename_axis("item")
        .reset_index()
        .sort_values(["steps", "against"], ascending=False, kind="stable", ignore_index=True)
    )


def against(assessments: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """List what either coder counts against a hypothesis.

    Returns one row per hypothesis and item that it does not fit, in the order of the assessments:
    ``question``, ``hypothesis``, ``item``, ``summary``, ``first`` and ``second`` (the points that each
    coder counts), ``status`` of the item and ``reason`` (the first coder's).
    """
    own = items[["id", "question", "summary", "status"]]
    joined = assessments.drop(columns="id").merge(own, left_on="item", right_on="id", validate="many_to_one")
    for coder, field in _CODERS.items():
        joined[coder] = joined[field].astype(str).map(POINTS).fillna(0).astype(int)
    joined = joined[joined[list(_CODERS)].sum(axis=1) > 0]
    order = {name: at for at, name in enumerate(assessments["hypothesis"].drop_duplicates())}
    joined = joined.sort_values("hypothesis", key=lambda names: names.map(order), kind="stable")
    columns = ["question", "hypothesis", "item", "summary", "first", "second", "status", "reason"]
    return joined[columns].reset_index(drop=True)


def item_names(items: pd.DataFrame) -> pd.Series:
    """Name each item for a chart: its id without the first word, and its status (index: id).

    >>> items = pd.DataFrame({"id": ["drafted-call-14-oct"], "status": ["single"]})
    >>> item_names(items).tolist()
    ['Call 14 Oct (single)']
    """
    months = r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$"
    words = items["id"].str.split("-", n=1).str[-1].str.replace("-", " ")
    named = words.str.capitalize().str.replace(months, lambda month: month[0].capitalize(), regex=True)
    return (named + " (" + items["status"].astype(str) + ")").set_axis(items["id"])


def side_by_side(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Put both coders' choices into one table: ``item``, and a column per hypothesis.

    A cell holds one choice where they agree, else both, the first coder's before the bar.
    """
    joined = first.where(first == second, first + " | " + second)
    return joined.reset_index(names="item")


def readings(assessments: pd.DataFrame, items: pd.DataFrame, question: str) -> pd.DataFrame:
    """Score the hypotheses under every reading of the evidence tried here.

    A reading is a coder with all items, with all items weighted by :data:`WEIGHTS`, with all but the
    statements, or with one item left out. A statement counts as confirmed once it was made, true or not,
    and who makes it may have a stake. Returns one row per reading: ``coder``, ``variant`` (``all items``,
    ``weighted``, ``no statements`` or ``without``), ``item`` (the one left out), and one column of scores
    per hypothesis.
    """
    weights = items.set_index("id")["status"].astype(str).map(WEIGHTS)
    spoken = items.loc[items["kind"] == "statement", "id"]
    rows: list[pd.Series] = []
    for coder in _CODERS:
        points = _points(consistency_matrix(assessments, items, question, coder))
        weighted = points.mul(weights.loc[points.index], axis=0)
        silent = points[~points.index.isin(spoken)]
        whole = {"all items": points, "weighted": weighted, "no statements": silent}
        rows += [_named(kept.sum(), coder, variant) for variant, kept in whole.items()]
        rows += [_named(points.drop(index=item).sum(), coder, "without", item) for item in points.index]
    return pd.DataFrame(rows).reset_index(drop=True)


def standing(assessments: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Sum up how each hypothesis fares under all readings, least inconsistent of its question first.

    Returns ``question`` and ``hypothesis``; the scores with all items, ``first`` and ``second``, with
    items weighted, ``first_weighted`` and ``second_weighted``, and without statements,
    ``first_no_statements`` and ``second_no_statements``; ``low`` and ``high``, the ends of the unweighted
    scores by either coder as no more than one item drops out; ``items_against``, how many items either
    coder counts against it, and ``confirmed_against``, how many of these are confirmed; ``leads``,
    whether it alone is least inconsistent under every reading; and ``behind``, whether it is
    :data:`MARGIN` points or more above the least inconsistent under every reading (:func:`readings`).
    """
    asked = items["question"].drop_duplicates()
    found = [_standing(readings(assessments, items, name)).assign(question=name) for name in asked]
    summed, held = pd.concat(found, ignore_index=True), against(assessments, items)
    for name, rows in (("items_against", held), ("confirmed_against", held[held["status"] == "confirmed"])):
        count = rows["hypothesis"].value_counts()
        summed[name] = summed["hypothesis"].map(count).fillna(0).astype(int)
    return summed[["question", *summed.columns.drop(["question", "leads", "behind"]), "leads", "behind"]]


def _standing(tried: pd.DataFrame) -> pd.DataFrame:
    scores = tried.drop(columns=["coder", "variant", "item"]).astype(float)
    full = scores.groupby([tried["variant"], tried["coder"]]).first()
    least, plain = scores.min(axis=1), scores[tried["variant"].isin(["all items", "without"])]
    alone = bool((scores.eq(least, axis=0).sum(axis=1) == 1).all())
    summed = pd.DataFrame(
        {
            **{coder: full.loc[("all items", coder)] for coder in _CODERS},
            **{f"{coder}_weighted": full.loc[("weighted", coder)] for coder in _CODERS},
            **{f"{coder}_no_statements": full.loc[("no statements", coder)] for coder in _CODERS},
            "low": plain.min(),
            "high": plain.max(),
            "leads": scores.eq(least, axis=0).all() & alone,
            "behind": scores.sub(least, axis=0).ge(MARGIN).all(),
        }
    )
    return summed.sort_values(["first", "second"], kind="stable").rename_axis("hypothesis").reset_index()


def _points(grid: pd.DataFrame) -> pd.DataFrame:
    points: pd.DataFrame = grid.map(lambda value: POINTS.get(value, 0))
    return points


def _least(scores: pd.Series) -> list[str]:
    return list(scores.index[scores == scores.min()])


def _named(scores: pd.Series, coder: str, variant: str, item: str | None = None) -> pd.Series:
    named: pd.Series = pd.concat([pd.Series({"coder": coder, "variant": variant, "item": item}), scores])
    return named
