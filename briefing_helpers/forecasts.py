"""Hold dated expectations against what came, and score those that can be scored.

The Brier score is the squared distance between a probability and the outcome (1 happened, 0 did not):
0 is best, 1 worst, and whoever always says fifty-fifty scores 0.25 (Brier, Monthly Weather Review
78, 1950). A stated range of probability makes a range of scores; nothing is read into its middle.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["FIFTY", "ICD_203", "brier", "overdue", "scored", "suppose"]

FIFTY = 0.25  # score of a forecaster who always says 50 per cent
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


def scored(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Score the forecasts that have a range of probability and a plain outcome.

    Returns those that came true or did not, with ``p_mid`` (middle of the range), ``happened`` (1 or 0)
    and the Brier scores ``at_low``, ``at_mid`` and ``at_high`` of the range's ends and middle; ``best``
    and ``worst`` of them; ``range`` and ``score``, both spans in words. One that came true in part is
    kept with ``happened`` and its scores at the ends missing: its ``best`` and ``worst`` take it once as
    come true and once as not. Open and untestable ones are left out.
    """
    settled = [*_HAPPENED, "partly"]
    own = forecasts[
        forecasts["outcome"].isin(settled) & forecasts["p_low"].notna() & forecasts["p_high"].notna()
    ]
    happened = own["outcome"].astype(object).map(_HAPPENED).astype(float)
    ends = {"at_low": own["p_low"], "at_mid": (own["p_low"] + own["p_high"]) / 2, "at_high": own["p_high"]}
    scores = pd.DataFrame({name: (p - happened) ** 2 for name, p in ends.items()}, index=own.index)
    either = pd.DataFrame({f"{name} {was}": (p - was) ** 2 for name, p in ends.items() for was in (0, 1)})
    partly = happened.isna()
    best = scores.min(axis=1).where(~partly, either.min(axis=1))
    worst = scores.max(axis=1).where(~partly, either.max(axis=1))
    result = own.assign(p_mid=ends["at_mid"], happened=happened, **scores, best=best, worst=worst)
    result["range"] = [
        f"{100 * low:.0f} to {100 * high:.0f}%" for low, high in zip(own["p_low"], own["p_high"], strict=True)
    ]
    result["score"] = [f"{low:.4f} to {high:.4f}" for low, high in zip(best, worst, strict=True)]
    return result.reset_index(drop=True)


def brier(scores: pd.DataFrame, partly: bool = False) -> pd.Series:
    """Average Brier scores: ``n`` and the means ``best``, ``middle`` and ``worst`` over the ranges stated.

    ``scores`` come from :func:`scored`. Those that came true in part are left out; with ``partly`` they
    are bounded, as if come true and as if not, and do not enter ``middle``. Means are missing where
    nothing is left.
    """
    own = scores if partly else scores[scores["happened"].notna()]
    return pd.Series(
        {
            "n": len(own),
            "best": own["best"].mean(),
            "middle": own["at_mid"].mean(),
            "worst": own["worst"].mean(),
        }
    )


def suppose(
    scores: pd.DataFrame, labels: Mapping[str, str], terms: Mapping[str, tuple[float, float]] = ICD_203
) -> pd.DataFrame:
    """Score the same outcomes again as if every maker had used one term, for each term.

    Shows what hangs on how words were coded. Returns one row per term, as :func:`charts.ranges` draws
    it: ``term``, ``label`` (from ``labels``, with its range in per cent), ``low`` and ``high`` (mean Brier
    score for the probability in that range that suits the outcomes best, and worst), ``best`` (missing:
    no score in between is singled out) and ``said``. Outcomes in part are left out.
    """
    happened = scores["happened"].dropna()
    rate, rows = happened.mean(), []
    for term, (low, high) in terms.items():
        # The mean score is a parabola in the probability, lowest at the share that came true.
        ends = [rate * (1 - p) ** 2 + (1 - rate) * p**2 for p in (low, high, min(max(rate, low), high))]
        label = f"{labels[term]}, {100 * low:.0f} to {100 * high:.0f}%"
        said = f"{min(ends):.2f} to {max(ends):.2f}"
        rows.append((term, label, min(ends), float("nan"), max(ends), said))
    return pd.DataFrame(rows, columns=["term", "label", "low", "best", "high", "said"])


def overdue(forecasts: pd.DataFrame, as_of: str | pd.Timestamp) -> pd.DataFrame:
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
    result = own.assign(due=pd.Categorical(due, states, ordered=True))
    return result.sort_values(["due", "resolves_by_latest", "made_on_earliest"], kind="stable").reset_index(
        drop=True
    )
