"""Measure how far two codings of the same cells agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

__all__ = ["Agreement", "agreement", "agreement_by"]


class Agreement(NamedTuple):
    """How far two codings agree: the rows compared, the share coded alike (0 to 1), and kappa."""

    rows: int
    exact: float
    kappa: float


def agreement(first: pd.Series, second: pd.Series, ordered: bool = False) -> Agreement:
    """Compare two codings of the same rows, paired by position; rows blank in either are left out.

    Kappa is the agreement beyond chance: 1 for codings that are alike, 0 for what two coders would
    reach who spread their choices as these two did, but at random (Cohen 1960). With ``ordered``, a
    difference counts by its steps on the vocabulary, linearly (Cohen 1968). It is NaN where no
    disagreement could have been expected, as when both chose one value throughout.

    Raises ValueError where the codings differ in length, or where ``ordered`` values are neither
    numbers nor categoricals of one vocabulary.

    >>> agreement(pd.Series(["yes", "no", "yes"]), pd.Series(["yes", "no", "no"]))
    Agreement(rows=3, exact=0.6666666666666666, kappa=0.4)
    """
    if len(first) != len(second):
        raise ValueError(f"codings of {len(first)} and {len(second)} rows cannot be paired")
    given = (first.notna().to_numpy()) & (second.notna().to_numpy())
    one, two = first[given], second[given]
    if one.empty:
        return Agreement(0, float("nan"), float("nan"))
    left, right = _numbers(one, two) if ordered else _codes(one, two)
    values, codes = np.unique(np.concatenate([left, right]), return_inverse=True)
    counts = np.zeros((len(values), len(values)))
    np.add.at(counts, (codes[: len(left)], codes[len(left) :]), 1)
    observed = counts / len(left)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    steps = np.abs(values[:, None] - values[None, :])
    cost = steps if ordered else (steps > 0).astype(float)
    chance = float((cost * expected).sum())
    # Rounded, because thirds and sixths do not add up to the last digit.
    kappa = round(1 - float((cost * observed).sum()) / chance, 12) if chance else float("nan")
    return Agreement(len(left), float(np.trace(observed)), kappa)


def agreement_by(
    frame: pd.DataFrame, first: str, second: str, by: str, ordered: bool = False
) -> pd.DataFrame:
    """Compare two codings, the columns ``first`` and ``second``, within each group and over all.

    Returns one row per value of ``by`` that occurs, then one of all rows (``all``): ``by`` under its own
    name, ``rows``, ``exact`` and ``kappa`` as at :func:`agreement`.
    """
    groups = [(str(name), group) for name, group in frame.groupby(by, observed=True)]
    rows = [(name, *agreement(own[first], own[second], ordered)) for name, own in [*groups, ("all", frame)]]
    return pd.DataFrame(rows, columns=[by, *Agreement._fields])


def _numbers(first: pd.Series, second: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(first.dtype, pd.CategoricalDtype) and isinstance(second.dtype, pd.CategoricalDtype):
        if list(first.cat.categories) != list(second.cat.categories):
            raise ValueError("the two codings have different vocabularies")
        return first.cat.codes.to_numpy(float), second.cat.codes.to_numpy(float)
    if pd.api.types.is_numeric_dtype(first) and pd.api.types.is_numeric_dtype(second):
        return first.to_numpy(float), second.to_numpy(float)
    raise ValueError("ordered values must be numbers or categoricals of one vocabulary")


def _codes(first: pd.Series, second: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    both, _ = pd.factorize(np.concatenate([first.astype(str).to_numpy(), second.astype(str).to_numpy()]))
    return both[: len(first)].astype(float), both[len(first) :].astype(float)
