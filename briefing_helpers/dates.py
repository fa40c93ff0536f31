"""Read the dates of the record: a day, a month, a year, or an interval of them, exact or not.

The notation is the part of EDTF (ISO 8601-2:2019, Extended Date/Time Format) that a chronology
needs: ``2025-11-19``, ``2025-11``, ``2025``; ``~`` approximate, ``?`` uncertain, ``%`` both;
``a/b`` for an interval and ``..`` for an end left open. Everything else is refused, so that no
date is read as something its coder did not mean.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

__all__ = ["FORMS", "Edtf", "ends", "expand", "parse"]

FORMS = "YYYY-MM-DD, YYYY-MM, YYYY, each with ~ ? or %, or an interval a/b, ../b, a/.."

_EPOCH = date(1970, 1, 1).toordinal()
_NONE = int(np.datetime64("NaT").astype("int64"))
_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?%])?")


@dataclass(frozen=True)
class Edtf:
    """One date of the record, as the days it may cover.

    ``earliest`` and ``latest`` are None where that end is open. ``approximate`` and ``uncertain``
    do not widen the days: how far "about" reaches is for the reader to judge.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False


@cache
def parse(text: str) -> Edtf:
    """Parse one date.

    Raises ValueError, naming the text and what is allowed, for anything but the forms above: an
    impossible day, an interval that ends before it starts, or one open at both ends.

    >>> parse("2025-10~/2025-11-19").earliest, parse("2025-10~/2025-11-19").latest
    (datetime.date(2025, 10, 1), datetime.date(2025, 11, 19))
    >>> parse("../2025-11-17").earliest is None
    True
    >>> parse("2025-02-30")
    Traceback (most recent call last):
    ...
    ValueError: '2025-02-30' is not an EDTF date: there is no day 30 in 2025-02
    """
    parts = text.split("/")
    if len(parts) == 1:
        return _single(text, text)
    if len(parts) > 2 or parts == ["..", ".."]:
        raise ValueError(f"{text!r} is not an EDTF date ({FORMS})")
    start, end = (None if part == ".." else _single(part, text) for part in parts)
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text!r} is not an EDTF date: it ends before it starts")
    ends = [end for end in (start, end) if end]
    return Edtf(text, earliest, latest, any(e.approximate for e in ends), any(e.uncertain for e in ends))


def expand(texts: pd.Series) -> pd.DataFrame:
    """Return the columns ``earliest`` and ``latest`` (datetime64[s], NaT where blank or open).

    The index is that of ``texts``. Raises ValueError at the first text that is no date.

    >>> expand(pd.Series(["2025-11"])).iloc[0].dt.strftime("%F").tolist()
    ['2025-11-01', '2025-11-30']
    """
    earliest, latest = ends(texts.tolist())
    return pd.DataFrame({"earliest": earliest, "latest": latest}, index=texts.index)


def ends(texts: Iterable[object]) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last day of each date (datetime64[s]); see :func:`expand`."""
    dates = [parse(text) if isinstance(text, str) and text else None for text in texts]
    earliest = (found.earliest if found else None for found in dates)
    latest = (found.latest if found else None for found in dates)
    return _days(earliest), _days(latest)


def _days(found: Iterable[date | None]) -> np.ndarray:
    # Counted from 1970, because numpy takes a microsecond to read each date, fifteen times as long.
    counts = [day.toordinal() - _EPOCH if day else _NONE for day in found]
    return np.array(counts, "int64").view("datetime64[D]").astype("datetime64[s]")


def _single(part: str, text: str) -> Edtf:
    found = _DATE.fullmatch(part)
    if not found:
        raise ValueError(f"{text!r} is not an EDTF date ({FORMS})")
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    if not year:
        raise ValueError(f"{text!r} is not an EDTF date: there is no year 0000")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"{text!r} is not an EDTF date: there is no month {found['month']}")
    last = calendar.monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= last:
        raise ValueError(f"{text!r} is not an EDTF date: there is no day {found['day']} in {part[:7]}")
    mark = found["mark"] or ""
    return Edtf(
        text,
        date(year, month or 1, day or 1),
        date(year, month or 12, day or last),
        approximate=mark in ("~", "%") and mark != "",
        uncertain=mark in ("?", "%") and mark != "",
    )
