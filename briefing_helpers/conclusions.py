"""Put into a sentence what the evidence bears out, and no more."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["conclusion", "points_each", "points_table"]


def conclusion(standings: pd.DataFrame, question: str, labels: Mapping[str, str]) -> str:
    """Say in one sentence how the accounts on one question fare.

    ``standings`` is :func:`hypotheses.standing` for that question, ``question`` names it as it opens the
    sentence (``Who drafted the text``), ``labels`` names each hypothesis. One is said to fit best only
    where it leads under every reading, and to fit clearly worse only where it is behind under every
    reading; where neither holds of any, the evidence is said hardly to separate them. Points are given
    for the first and the second coder.
    """
    best, worse = standings[standings["leads"]], standings[standings["behind"]]
    verb, least = ("fits", "") if len(worse) == 1 else ("fit", "at least ")
    count = "points against it by the first and the second coder"
    tail = f"{_joined(worse, labels)} {verb} clearly worse ({least}{_points(worse)} points against"
    if len(best):
        said = f"{question}: {_joined(best, labels)} fits best under every reading ({_points(best)} {count})"
        return f"{said}; {tail})." if len(worse) else f"{said}, but no rival fits clearly worse."
    if len(worse):
        said = f"{question} is not settled: no account leads under every reading, and only {tail}"
        return f"{said} by the first and the second coder; the fewest of any: {_points(standings)})."
    spans = [f"{standings[coder].min():g} to {standings[coder].max():g}" for coder in ("first", "second")]
    return (
        f"{question} is not settled: this evidence hardly separates the {len(standings)} accounts, and none "
        f"leads or falls clearly behind under every reading ({spans[0]} points against by the first coder, "
        f"{spans[1]} by the second)."
    )


def points_each(standings: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Say how many points stand against each account, as a chart of them is described to who cannot see it.

    Takes what :func:`conclusion` takes. Points are given for the first and the second coder.
    """
    rows = zip(standings["hypothesis"], standings["first"], standings["second"], strict=True)
    told = [f"{labels[name]} {first:g} and {second:g}" for name, first, second in rows]
    return f"Points against by the first and the second coder: {'; '.join(told)}."


def points_table(standings: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Set out the points against each account, the first coder's before the bar and the second's after it.

    Takes what :func:`conclusion` takes. Returns ``account``; ``all items``, ``weighted`` and ``no
    statements``, each with both coders' points; ``items against`` and ``confirmed against``.
    """
    table = pd.DataFrame({"account": standings["hypothesis"].map(labels)})
    for name, ending in {"all items": "", "weighted": "_weighted", "no statements": "_no_statements"}.items():
        first, second = (standings[f"{coder}{ending}"].map("{:g}".format) for coder in ("first", "second"))
        table[name] = first + " | " + second
    counts = standings[["items_against", "confirmed_against"]]
    return table.join(counts.rename(columns=lambda name: name.replace("_", " ")))


def _points(standings: pd.DataFrame) -> str:
    # The fewest of any of them, by the first and by the second coder.
    return f"{standings['first'].min():g} and {standings['second'].min():g}"


def _joined(standings: pd.DataFrame, labels: Mapping[str, str]) -> str:
    quoted = [f"“{labels[name]}”" for name in standings["hypothesis"]]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
