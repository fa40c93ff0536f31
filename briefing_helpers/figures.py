"""Set numbers side by side as their givers gave them, and do the sums a text's figures invite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

__all__ = ["as_given", "fund", "implied_cuts", "rivals", "spell"]

_MONEY = {"usd": "USD", "eur": "EUR"}


def implied_cuts(figures: pd.DataFrame, cap: float, subject: str = "army-baseline") -> pd.DataFrame:
    """Work out what a cap on forces cuts, against each baseline on record.

    Returns the figures of ``subject`` with ``baseline`` (people), ``share`` (cap as a share of the
    baseline, per cent) and ``cut`` (per cent), largest baseline first. Arithmetic, not a source's claim.
    Raises ValueError where no baseline is on record.
    """
    own = figures[(figures["subject"] == subject) & figures["best"].notna()]
    if own.empty:
        raise ValueError(f"no figure with subject {subject!r}")
    share = 100 * cap / own["best"]
    result = own[["id", "attributed_to", "as_of", "note", "status"]].assign(
        baseline=own["best"], share=share, cut=100 - share
    )
    return result.sort_values("baseline", ascending=False, kind="stable").reset_index(drop=True)


def as_given(figures: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Say for each figure who gave it and what it spans, as :func:`charts.numbers` draws it.

    Returns the figures by domain, those on one subject together and in order of their first day (undated
    last), with ``group`` (the subject as words), ``who`` (name of the giver), ``label`` (giver and date)
    and ``said`` (the number with its bounds: ``at least 1,200,000``). Bounds stay as given: nothing is
    averaged or converted.
    """
    known = actors["kind"].astype(str) != "placeholder"
    names = actors.set_index("id")["name"].where(known.to_numpy(), "giver not recorded")
    # In the middle of a subject's name, words in capitals and names of states stay as the actors table
    # writes them.
    states = actors.loc[actors["kind"].astype(str) == "state", "name"]
    proper = {word.lower(): word for name in names for word in re.findall(r"\b[A-Z][A-Z0-9]+\b", name)}
    proper |= {name.lower(): name for name in states}
    order = {subject: at for at, subject in enumerate(figures["subject"].unique())}
    result = figures.assign(
        group=[_title(subject, proper) for subject in figures["subject"]],
        who=figures["attributed_to"].map(names).map(_short),
        place=figures["subject"].map(order),
    )
    result["label"] = result["who"] + ("; " + result["as_of"].astype(object)).fillna("; no date")
    bounds = zip(figures["low"], figures["best"], figures["high"], figures["unit"].astype(str), strict=True)
    result["said"] = [_said(*row) for row in bounds]
    result = result.sort_values(["domain", "place", "as_of_earliest"], kind="stable", na_position="last")
    return result.drop(columns="place").reset_index(drop=True)


def rivals(figures: pd.DataFrame) -> pd.DataFrame:
    """List the subjects on which more than one number is on record, with the lowest and the highest.

    Returns one row per subject, in table order: ``subject``, ``unit``, ``figures`` (their number),
    ``givers`` (how many people or bodies gave them), ``dates`` (how many as-of dates they bear: numbers
    of different dates need not be rivals), ``lowest`` and ``highest`` (over bounds and best values) and
    ``apart`` (highest as a multiple of lowest). Raises ValueError where one subject has two units.
    """
    ends = figures[["low", "best", "high"]]
    known = figures.assign(
        lowest=ends.min(axis=1), highest=ends.max(axis=1), unit=figures["unit"].astype(str)
    )
    grouped = known.groupby("subject", sort=False)
    mixed = grouped["unit"].nunique()
    if (mixed > 1).any():
        raise ValueError(f"figures on {mixed.idxmax()!r} have more than one unit")
    found = grouped.agg(
        unit=("unit", "first"),
        figures=("id", "size"),
        givers=("attributed_to", "nunique"),
        dates=("as_of", "nunique"),
        lowest=("lowest", "min"),
        highest=("highest", "max"),
    )
    found["apart"] = found["highest"] / found["lowest"].where(found["lowest"] > 0)
    return found[found["figures"] > 1].reset_index()


def fund(
    amounts: Mapping[str, float], share: float, rates: Iterable[float], years: int, reinvested: bool = True
) -> pd.DataFrame:
    """Work out the profit on sums of money, and how a share of it falls, at assumed rates of return.

    ``amounts`` names each sum, ``share`` is the part of the profit that one side takes (per cent),
    ``rates`` are returns in per cent a year and are the caller's assumption, never a source's.
    Returns one row per sum and rate: ``on``, ``amount``, ``rate``, ``years``, ``profit``, ``taken``
    (that share) and ``left``, money in the unit of ``amounts``. With ``reinvested`` the profit stays
    in and earns too (compound interest), else it is paid out each year. Of a loss nothing is taken.
    Raises ValueError for a share outside 0 to 100, a rate below -100 or fewer than one year.

    >>> fund({"bridge": 100}, 50, [10], 2)[["profit", "taken", "left"]].round(2).values.tolist()
    [[21.0, 10.5, 10.5]]
    """
    rates = list(rates)
    if not 0 <= share <= 100:
        raise ValueError(f"share {share:g} is not a percentage")
    if years < 1:
        raise ValueError(f"years {years} is less than one")
    if any(rate < -100 for rate in rates):
        raise ValueError(f"rate {min(rates):g} loses more than everything")
    columns = ["on", "amount", "rate", "years"]
    rows = [(name, amount, rate, years) for name, amount in amounts.items() for rate in rates]
    result = pd.DataFrame(rows, columns=columns).astype({"amount": float, "rate": float})
    growth = result["rate"] / 100
    gained = (1 + growth) ** years - 1 if reinvested else growth * years
    result["profit"] = result["amount"] * gained
    result["taken"] = result["profit"].clip(lower=0) * share / 100
    result["left"] = result["profit"] - result["taken"]
    return result


def spell(value: float, unit: str = "") -> str:
    """Write a number with its unit, large sums of money in short.

    >>> spell(90e9, "eur"), spell(12e12, "usd"), spell(14.5, "percent"), spell(600000, "people")
    ('EUR 90bn', 'USD 12,000bn', '14.5%', '600,000')
    """
    if unit in _MONEY:
        for size, word in ((1e9, "bn"), (1e6, "m")):
            if abs(value) >= size:
                return f"{_MONEY[unit]} {_plain(value / size)}{word}"
        return f"{_MONEY[unit]} {_plain(value)}"
    return f"{_plain(value)}%" if unit == "percent" else _plain(value)


def _said(low: float, best: float, high: float, unit: str) -> str:
    there = [pd.notna(bound) for bound in (low, best, high)]
    if there[1]:
        reach = f" ({spell(low, unit)} to {spell(high, unit)})" if there[0] and there[2] else ""
        return spell(best, unit) + reach
    if all(there[::2]):
        return f"{spell(low, unit)} to {spell(high, unit)}"
    return f"at least {spell(low, unit)}" if there[0] else f"up to {spell(high, unit)}"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _title(subject: str, proper: Mapping[str, str]) -> str:
    words = " ".join(proper.get(word, word) for word in subject.split("-"))
    return words[:1].upper() + words[1:]


def _short(name: str) -> str:
    """Give the abbreviation that a name carries in brackets, else the name."""
    found = re.search(r"\(([A-Z][A-Z0-9]+)\)$", name)
    return found[1] if found else name
