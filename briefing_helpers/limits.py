"""Work out what a text's time limits come to, from starts that the reader chooses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from briefing_helpers import dates

__all__ = ["deadlines"]

_LENGTHS = ("days", "years")


def deadlines(clauses: pd.DataFrame, starts: Mapping[str, str]) -> pd.DataFrame:
    """List the clauses that name a time limit, a duration or a span, and the day each falls on.

    ``starts`` names each start from which a count may run and its day (``{"signing": "2026-12-01"}``);
    the clock is never asked. A clause whose condition, time limit or duration names one of these starts
    is counted from it alone, every other one from all of them: texts that leave the start open yield as
    many dates as there are readings. The day after the start counts as the first; years run to the
    same day of the year, from 29 February to the 28th where there is none.

    Returns one row per clause and reading: ``clause``, ``kind`` (``time limit``, ``duration`` or
    ``span``, a length that neither starts nor ends with the agreement), ``says``, ``start`` (which one
    was counted from), ``stated`` (``yes`` or ``no``, whether the text names it; both missing where nothing
    was counted),
    ``date`` (timestamp, NaT where it cannot be worked out) and ``why`` not. Raises ValueError for a
    start that is no single day.
    """
    if not starts:
        raise ValueError("no start to count from")
    days = {name: _day(name, text) for name, text in starts.items()}
    rows = []
    for clause in clauses.astype(object).to_dict("records"):
        limit, duration, condition = (clause[name] for name in ("deadline", "duration", "condition"))
        counted = clause["unit"] in _LENGTHS
        if pd.isna(limit) and pd.isna(duration) and not counted:
            continue
        kind = "time limit" if pd.notna(limit) else "duration" if pd.notna(duration) else "span"
        words = [str(text) for text in (limit, duration) if pd.notna(text)]
        says = "; ".join(words) or f"{clause['quantity']:g} {clause['unit']}"
        found = {"clause": clause["id"], "kind": kind, "says": says}
        if kind == "span" or not counted:
            why = "neither starts nor ends with the agreement" if counted else "no length in days or years"
            rows.append(found | {"start": None, "stated": None, "date": pd.NaT, "why": why})
            continue
        text = " ".join([*words, str(condition)]).lower()
        stated = [name for name in days if name.lower() in text]
        for name in stated or days:
            end = _end(days[name], clause["quantity"], clause["unit"])
            rows.append(
                found | {"start": name, "stated": "yes" if stated else "no", "date": end, "why": None}
            )
    columns = ["clause", "kind", "says", "start", "stated", "date", "why"]
    return pd.DataFrame(rows, columns=columns).astype({"date": "datetime64[s]"})


def _day(name: str, text: str) -> date:
    found = dates.parse(text)
    if not found.earliest or found.earliest != found.latest or found.approximate or found.uncertain:
        raise ValueError(f"{name}: {text!r} is not one day (YYYY-MM-DD)")
    return found.earliest


def _end(start: date, length: float, unit: str) -> pd.Timestamp:
    if unit == "days":
        return pd.Timestamp(start) + pd.Timedelta(days=length)
    return pd.Timestamp(start) + pd.DateOffset(months=round(12 * length))
