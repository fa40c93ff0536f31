"""Arrange events in time, with their doubts: intervals, plans called off, rival accounts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = [
    "by_month",
    "chronology",
    "in_stretches",
    "intervals",
    "rival_accounts",
    "stretches",
    "with_rivals",
]


def chronology(events: pd.DataFrame, since: str | None = None, until: str | None = None) -> pd.DataFrame:
    """Return main accounts in order of time, those that may fall between two days (ISO dates).

    Rival accounts are left out; see :func:`rival_accounts`. An event open at one end is placed by
    the end it has.
    """
    main = events[events["rival_of"].isna()]
    first = main["date_earliest"].fillna(main["date_latest"])
    last = main["date_latest"].fillna(main["date_earliest"])
    inside = pd.Series(True, index=main.index)
    if since is not None:
        inside &= last >= pd.Timestamp(since)
    if until is not None:
        inside &= first <= pd.Timestamp(until)
    return (
        main.assign(first=first)[inside]
        .sort_values(["first", "id"])
        .drop(columns="first")
        .reset_index(drop=True)
    )


def by_month(events: pd.DataFrame, field: str) -> pd.DataFrame:
    """Count main accounts by month of their first day and by a field, from the first month to the last.

    Returns one row per month (``2025-11``), also the empty ones, and one column per value that occurs,
    in vocabulary order. Events without a first day or dated to a year only are left out.
    """
    dated = events[events["rival_of"].isna() & events["date_earliest"].notna()]
    dated = dated[~dated["date"].str.match(r"^[0-9]{4}($|[~?%/])")]
    month = dated["date_earliest"].dt.to_period("M")
    counts = pd.crosstab(month, dated[field])
    counts = counts.reindex(pd.period_range(month.min(), month.max(), freq="M"), fill_value=0)
    counts = counts.loc[:, counts.sum() > 0]
    return counts.set_axis(counts.index.astype(str), axis=0).set_axis(counts.columns.astype(str), axis=1)


def with_rivals(chosen: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Put each chosen event's rival accounts below it.

    ``chosen`` are main accounts in the order wanted. Adds ``rival`` (whether the row is one) and
    ``label`` (the title).
    """
    rivals = events[events["rival_of"].isin(chosen["id"])]
    both = pd.concat([chosen, rivals], ignore_index=True)
    place = {event: at for at, event in enumerate(chosen["id"])}
    both = both.assign(
        rival=both["rival_of"].notna(),
        label=both["title"],
        place=both["rival_of"].fillna(both["id"]).map(place),
    )
    return both.sort_values(["place", "rival", "date_earliest"]).drop(columns="place").reset_index(drop=True)


def intervals(events: pd.DataFrame, since: str | pd.Timestamp, until: str | pd.Timestamp) -> pd.DataFrame:
    """Return what a timeline draws for each event, cut to a window (ISO dates or timestamps).

    Adds ``start`` and ``end`` (timestamps; the end of the last day), ``open_start`` and ``open_end``
    (an end not known, or beyond the window), ``exact`` (one day, stated without reserve) and, where there
    is none, ``label`` (the title).
    """
    low, high = pd.Timestamp(since), pd.Timestamp(until) + pd.Timedelta(days=1)
    start = events["date_earliest"].fillna(low)
    end = events["date_latest"].fillna(high - pd.Timedelta(days=1)) + pd.Timedelta(days=1)
    labelled = events if "label" in events else events.assign(label=events["title"])
    return labelled.assign(
        start=start.where(start > low, low).where(start < high, high),
        end=end.where(end > low, low).where(end < high, high),
        open_start=events["date_earliest"].isna() | (start < low),
        open_end=events["date_latest"].isna() | (end > high),
        exact=_exact(events),
    )


def in_stretches(main: pd.DataFrame, starts: Mapping[str, pd.Timestamp]) -> pd.DataFrame:
    """Tell in which stretch of time each event begins; an event open at its start is placed by its end.

    ``starts`` names each stretch with its first day, in order of time. Adds ``stretch``, a categorical in
    that order, blank for an event before the first, and ``exact`` (one day, stated without reserve).
    Raises ValueError where the stretches are not in order of time.
    """
    days = list(starts.values())
    if days != sorted(days):
        raise ValueError("the stretches are not in order of time")
    first = main["date_earliest"].fillna(main["date_latest"])
    stretch = pd.Series(pd.NA, index=main.index, dtype=pd.CategoricalDtype(list(starts), ordered=True))
    for name, day in starts.items():
        stretch = stretch.mask(first >= day, name)
    return main.assign(stretch=stretch, exact=_exact(main))


def stretches(staged: pd.DataFrame, rivals: pd.DataFrame, starts: Mapping[str, pd.Timestamp]) -> pd.DataFrame:
    """Count events by stretch of time, and with how much doubt.

    ``staged`` is :func:`in_stretches` of main accounts with these ``starts``, ``rivals`` is
    :func:`rival_accounts`. Returns one row per stretch, also the empty ones: ``stretch``, ``from`` (its
    first day), ``events``; how many of these are ``planned``, ``called off``, ``threatened`` or
    ``alleged`` rather than reported to have occurred; ``no exact day`` (an interval, a month or an
    approximate day), ``with rivals`` (events of which sources give rival accounts) and ``weak`` (carried
    by sources rated D to F only).
    """
    told = {"events": staged["stretch"].notna()}
    for name in staged["occurrence"].cat.categories.drop("occurred", errors="ignore"):
        told[name.replace("-", " ")] = staged["occurrence"] == name
    told["no exact day"] = ~staged["exact"]
    told["with rivals"] = staged["id"].isin(rivals["event"])
    told["weak"] = staged["status"] == "weak"
    counts = pd.DataFrame(told).groupby(staged["stretch"], observed=False).sum()
    counts.insert(0, "from", [day.date().isoformat() for day in starts.values()])
    return counts.rename_axis(columns=None).reset_index().astype({"stretch": str})


def rival_accounts(events: pd.DataFrame) -> pd.DataFrame:
    """Pair each rival account with the main one.

    Returns ``event`` (the main id), ``rival`` (its id), ``differs_on``, ``main_date``, ``main_account``,
    ``main_status``, ``rival_date``, ``rival_account`` and ``rival_status``, in order of time.
    """
    rivals = events[events["rival_of"].notna()]
    pairs = rivals.merge(
        events, left_on="rival_of", right_on="id", suffixes=("_r", ""), validate="many_to_one"
    )
    pairs = pairs.sort_values(["date_earliest", "id", "id_r"])
    names = {
        "id": "event",
        "id_r": "rival",
        "rival_on_r": "differs_on",
        "date": "main_date",
        "summary": "main_account",
        "status": "main_status",
        "date_r": "rival_date",
        "summary_r": "rival_account",
        "status_r": "rival_status",
    }
    return pairs[list(names)].rename(columns=names).reset_index(drop=True)


def _exact(events: pd.DataFrame) -> pd.Series:
    marked = events["date"].str.contains(r"[~?%]", regex=True)
    return (events["date_earliest"] == events["date_latest"]) & ~marked
