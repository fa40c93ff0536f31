"""Print how our check compares with merely reading the files, and with frictionless.

Ratios of medians, all measured in one run: seconds would say more about the machine than about us.
Run with ``make bench``.
"""

import csv
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from briefing_helpers.loading import check, load
from briefing_helpers.schema import DATA, read_schema


def enlarge(folder: Path, rows: int) -> Path:
    """Copy the data shipped, its citations repeated under new ids until there are that many rows."""
    shutil.copytree(DATA, folder)
    file = folder / "citations.csv"
    with file.open(encoding="utf-8", newline="") as source:
        header, *own = csv.reader(source)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(own)
        writer.writerows([f"bench-{at}", *own[at % len(own)][1:]] for at in range(len(own), rows))
    return folder


def seconds(work: Callable[[], object], times: int) -> float:
    """Take the median of several runs, after one to warm up."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def ours(folder: Path) -> None:
    faults = check(folder)[2]
    assert not faults, faults[0]


def read_only(folder: Path) -> None:
    for table in read_schema(folder).tables:
        pd.read_csv(folder / table.path)


def frictionless(folder: Path) -> None:
    from frictionless import Package

    assert Package(str(folder / "datapackage.json")).validate().valid


def main() -> None:
    ratio = seconds(load, 20) / seconds(lambda: read_only(DATA), 20)
    print(f"the data shipped: load() takes {ratio:.1f} times as long as pandas.read_csv")
    with tempfile.TemporaryDirectory() as temporary:
        large = enlarge(Path(temporary) / "large", 200_000)
        ratio = seconds(lambda: ours(large), 5) / seconds(lambda: read_only(large), 5)
        print(f"200,000 citations: our check takes {ratio:.1f} times as long as pandas.read_csv")
        small = enlarge(Path(temporary) / "small", 5_000)
        ratio = seconds(lambda: frictionless(small), 3) / seconds(lambda: ours(small), 3)
        print(f"5,000 citations: frictionless takes {ratio:.1f} times as long as our check")


if __name__ == "__main__":
    main()
