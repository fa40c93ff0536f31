"""Hold dated expectations against what came, and score those that can be scored.

The Brier score is the squared distance between a probability and the outcome (1 happened, 0 did not):
0 is best, 1 worst, and whoever always says fifty-fifty scores 0.25. It goes back to Brier (Monthly
Weather Review 78, 1950), who summed over both outcomes and so had twice as much. A stated range of
probability makes a range of scores; its middle is given for orientation only.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = [
    "FIFTY",
    "ICD_203",
    "averages",
    "beside_fifty",
    "outcomes",
    "pending",
    "score_text",
    "scored",
    "suppose",
    "term_table",
    "verdict",
]

FIFTY = (0.5 - 1) ** 2  # score of a forecaster who always says 50 per cent
# Terms of likelihood and their ranges: US Intelligence Community Directive 203 (2015), section D.6.e.
ICD_203 = {
    "almost-no-chance": (0.01, 0.05),
    "very-unlikely": (0.05, 0.20),
    "unlikely": (0.20, 0.45),
    "roughly-even": (0.45, 0.55),
    "likely": (0.55, 0.80),
    "very-likely": (0.80, 0.95),
    "almost-certain": (0.95, 0.99),
}
_HAPPENED = {"came-true": 1.0, "did-not": 0.0}
_SETTLED = [*_HAPPENED, "partly"]


def outcomes(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the forecasts, in vocabulary order, with a last row for all.

    Returns ``outcome``, ``probability`` (those with a range of probability), ``none`` (those without)
    and ``all``.
    """
    ranged = forecasts["p_low"].notna() & forecasts["p_high"].notna()
    counts = pd.DataFrame(
        {
            name: forecasts.loc[rows, "outcome"].value_counts(sort=False)
            for name, rows in (("probability", ranged), ("none", ~ranged), ("all", ranged | ~ranged))
        }
    )
    counts.index = counts.index.astype(str)
    counts.loc["all"] = counts.sum()
    return counts.astype(int).rename_axis("outcome").reset_index()


def scored(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Score the forecasts that have a range of probability and an outcome.

    Returns their rows with ``happened`` (1 or 0), the Brier scores ``at_low``, ``at_mid`` and ``at_high``
    of the range's ends and middle, and ``best`` and ``worst`` of them. One that came true in part has no
    ``happened`` and none of the three: its ``best`` and ``worst`` take it once as come true and once as
    not. Open and untestable ones are left out. Plain outcomes come first, then the worst score.
    """
    ranged = forecasts["p_low"].notna() & forecasts["p_high"].notna()
    own = forecasts[forecasts["outcome"].isin(_SETTLED) & ranged]
    happened = own["outcome"].astype(object).map(_HAPPENED).astype(float)
    points = {"at_low": own["p_low"], "at_mid": (own["p_low"] + own["p_high"]) / 2, "at_high": own["p_high"]}
    scores = pd.DataFrame({name: (p - happened) ** 2 for name, p in points.items()})
    either = pd.DataFrame({(name, was): (p - was) ** 2 for name, p in points.items() for was in (0, 1)})
    # Towards a plain outcome a score only falls, so the range's best and worst stand at its ends.
    best = scores.min(axis=1).fillna(either.min(axis=1))
    worst = scores.max(axis=1).fillna(either.max(axis=1))
    result = own.assign(happened=happened, **scores, best=best, worst=worst, plain=happened.notna())
    result = result.sort_values(["plain", "worst", "made_on_earliest"], ascending=[False, False, True])
    return result.drop(columns="plain").reset_index(drop=True)


def averages(scores: pd.DataFrame) -> pd.DataFrame:
    """Average the scores of :func:`scored`, once without and once with those that came true in part.

    Returns three rows, ``came true or did not``, ``with those in part`` and ``always fifty-fifty`` in the
    column ``counted``, with ``n`` and the means ``best``, ``middle`` and ``worst`` over the ranges. Those
    in part enter ``best`` and ``worst`` only, so their row has no ``middle``. Means are missing where
    nothing is left.
    """
    plain = scores[scores["happened"].notna()]
    rows = [
        (
            "came true or did not",
            len(plain),
            plain["best"].mean(),
            plain["at_mid"].mean(),
            plain["worst"].mean(),
        ),
        ("with those in part", len(scores), scores["best"].mean(), float("nan"), scores["worst"].mean()),
        ("always fifty-fifty", pd.NA, FIFTY, FIFTY, FIFTY),
    ]
    return pd.DataFrame(rows, columns=["counted", "n", "best", "middle", "worst"]).astype({"n": "Int64"})


def suppose(scores: pd.DataFrame, terms: Mapping[str, tuple[float, float]] = ICD_203) -> pd.DataFrame:
    """Score the same outcomes again as if every maker had used one term, for each term.

    Shows what hangs on how words were coded. ``scores`` come from :func:`scored`; those that came true in
    part are left out. Returns one row per term: ``term``, ``low`` and ``high`` (its range, 0 to 1), the
    mean scores ``best`` and ``worst``, and ``beside`` (:func:`beside_fifty`).
    """
    plain, rows = scores[scores["happened"].notna()], []
    for term, (low, high) in terms.items():
        again = scored(plain[["outcome", "made_on_earliest"]].assign(p_low=low, p_high=high))
        best, worst = again["best"].mean(), again["worst"].mean()
        rows.append((term, low, high, best, worst, beside_fifty(best, worst)))
    return pd.DataFrame(rows, columns=["term", "low", "high", "best", "worst", "beside"])


def beside_fifty(best: float, worst: float) -> str:
    """Say how a range of scores stands beside that of always saying fifty-fifty.

    >>> beside_fifty(0.3, 0.4), beside_fifty(0.0, 0.1), beside_fifty(0.2, 0.4)
    ('worse', 'better', 'not clearly better or worse')
    """
    if best > FIFTY:
        return "worse"
    return "better" if worst < FIFTY else "not clearly better or worse"


def score_text(best: float, worst: float) -> str:
    """Write a range of scores with two decimals, or one score where both round alike.

    >>> score_text(0.9025, 0.9801), score_text(0.0001, 0.0025)
    ('0.90 to 0.98', '0.00')
    """
    return " to ".join(dict.fromkeys([f"{best:.2f}", f"{worst:.2f}"]))


def verdict(scores: pd.DataFrame) -> str:
    """Say in a sentence how the plain outcomes of :func:`scored` compare with always saying fifty-fifty."""
    plain = scores[scores["happened"].notna()]
    both = "both turned out plainly and were worded so that a probability can be read from them"
    if plain.empty:
        return f"None {both}, so there is no score."
    best, worst = plain["best"].mean(), plain["worst"].mean()
    return (
        f"Only {len(plain)} {both}, by our coding: {plain['happened'].sum():.0f} came true, and the average "
        f"score is {score_text(best, worst)} on a scale from 0 (sure and right) to 1 (sure and wrong), "
        f"{beside_fifty(best, worst)} than the {FIFTY:g} of always saying fifty-fifty."
    )


def term_table(forecasts: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """List the terms of likelihood with their ranges and how often each was coded.

    ``labels`` names the terms, in order. Returns ``term``, ``range, per cent``, ``coded`` (forecasts) and
    ``words used`` (as the makers put it; ``plain`` is a flat statement).
    """
    rows = []
    for term, label in labels.items():
        own = forecasts[forecasts["term"] == term]
        spread = " to ".join(f"{100 * p:.0f}" for p in ICD_203.get(term, ()))
        rows.append((label, spread, len(own), "; ".join(sorted(own["stated_term"].unique()))))
    return pd.DataFrame(rows, columns=["term", "range, per cent", "coded", "words used"])


def pending(forecasts: pd.DataFrame, as_of: str | pd.Timestamp) -> pd.DataFrame:
    """Return the open forecasts with ``due``: overdue, not yet due, or no date, in that order.

    ``as_of`` is the day up to which the record reaches; the clock is never asked. A forecast is overdue
    once the last day it may resolve by has passed without an outcome on record. That says nothing of
    whether it came true.
    """
    states = ["overdue", "not yet due", "no date"]
    own = forecasts[forecasts["outcome"] == "open"]
    late = own["resolves_by_latest"] < pd.Timestamp(as_of)
    due = pd.Series("not yet due", index=own.index).mask(late, "overdue")
    due = due.mask(own["resolves_by_latest"].isna(), "no date")
    own = own.assign(due=pd.Categorical(due, states, ordered=True))
    order = ["due", "resolves_by_latest", "made_on_earliest"]
    return own.sort_values(order, kind="stable").reset_index(drop=True)
