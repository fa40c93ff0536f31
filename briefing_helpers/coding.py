"""Say how far two coders agree."""

from __future__ import annotations

import pandas as pd

__all__ = ["agreement"]


def agreement(first: pd.Series, second: pd.Series) -> dict[str, float]:
    """Compare two codings of the same records.

    Returns ``n``, the number of records; ``agreed``, how many both coders coded alike; ``share``, the
    observed agreement; ``chance``, the agreement expected if each coder had kept to the shares of the
    values that the coder used but spread them at random; and ``kappa``, the part of the agreement
    beyond chance that was reached (J. Cohen, A coefficient of agreement for nominal scales, 1960): one
    where all is agreed, zero where it is what chance gives, below zero where it is less. Where both
    use one and the same value throughout, chance explains everything and kappa is NaN.

    Raises ValueError where the codings differ in length, are empty or have a blank.

    >>> agreement(pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "a", "b", "a"]))["kappa"]
    0.5
    """
    if len(first) != len(second):
        raise ValueError(f"the first coder has {len(first)} records, the second {len(second)}")
    one, two = first.astype(object).reset_index(drop=True), second.astype(object).reset_index(drop=True)
    blank = int((one.isna() | two.isna()).sum())
    if blank or one.empty:
        raise ValueError(f"{blank} records lack a coding" if blank else "there are no records to compare")
    agreed, n = int((one == two).sum()), len(one)
    # Counts, not shares: so a kappa of exactly zero or one comes out as such.
    expected = float(one.value_counts().mul(two.value_counts(), fill_value=0).sum()) / n
    kappa = (agreed - expected) / (n - expected) if expected < n else float("nan")
    return {"n": n, "agreed": agreed, "share": agreed / n, "chance": expected / n, "kappa": kappa}
