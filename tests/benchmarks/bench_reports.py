"""Print how long reports take, and what users would run otherwise; write all runs as CSV.

Each round runs every contestant once, in turn, on the same notebooks; ratios are medians over rounds of
ratios within a round, for seconds say more about the machine than about us. Memory is measured in a
round of its own, as the proportional share of all processes of a contestant together. Contestants that
are not installed are left out (``pip install -e .[bench]``). Jupyter processes beside each other now and
then take each other's ports; another contestant that fails is run again, and that is said, while we may
not fail. Run with ``make bench``; an hour, mostly for the others: ``--sizes own 10 --rounds 1`` gives a
first impression.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import psutil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from briefing_helpers.report.formats import nbformat
from briefing_helpers.report.kernels import cores
from briefing_helpers.report.run import running

OWN = Path(__file__).parent.parent.parent / "notebooks"
SERIAL = "nbconvert, serial"
# A notebook of the kind that this project holds: twelve code cells, three of them with a seaborn chart.
CELLS = """\
import time
import numpy as np, pandas as pd, seaborn as sns
from matplotlib import pyplot as plt
show = lambda ax, alt: (display(ax.figure, metadata={"image/png": {"alt": alt}}), plt.close())
---
started = time.perf_counter()
random = np.random.default_rng(SEED)
---
frame = pd.DataFrame({"day": pd.date_range("2025-01-01", periods=400)})
frame["group"], frame["value"] = random.choice(list("abcd"), 400), random.normal(size=400)
---
frame.head()
---
by_group = frame.groupby("group")["value"].agg(["count", "mean", "std"]).round(2)
by_group
---
show(sns.barplot(frame, x="group", y="value"), "Mean value of each group");
---
frame["month"] = frame["day"].dt.strftime("%Y-%m")
pd.crosstab(frame["month"], frame["group"])
---
show(sns.lineplot(frame, x="day", y="value", hue="group"), "Values in time");
---
joined = frame.merge(by_group.reset_index(), on="group")
joined["distance"] = joined["value"] - joined["mean"]
---
show(sns.histplot(joined, x="distance", hue="group", bins=20), "Distance from the mean");
---
joined.describe().round(2)
---
print(f"cells took {time.perf_counter() - started:.6f}")
"""
COMMAND = "import sys; from briefing_helpers.cli import main; sys.exit(main())"
CACHED = """
import sys
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
cache, output = get_cache(sys.argv[1]), sys.argv[2]
for path in sys.argv[3:]:
    cache.add_nb_to_project(path)
print(load_executor("local-parallel", cache).run_and_cache())
"""


def generate(folder: Path, number: int) -> Path:
    """Write that many notebooks into a folder."""
    folder.mkdir()
    for seed in range(number):
        cells = [new_markdown_cell(f"# Is this number {seed}?"), new_markdown_cell("A question.")]
        cells += [new_code_cell(each) for each in CELLS.replace("SEED", str(seed)).split("\n---\n")]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, folder / f"nb{seed:03}.ipynb")
    return folder


class Contest:
    """The contestants, on copies of one set of notebooks."""

    def __init__(self, notebooks: Path, scratch: Path) -> None:
        self.scratch = scratch
        self.notebooks = Path(shutil.copytree(notebooks, scratch / "notebooks"))
        self.paths = sorted(self.notebooks.glob("*.ipynb"))

    def fresh(self, name: str) -> Path:
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def ours(self) -> list[list[str | Path]]:
        output = self.scratch / "ours"
        return [["-c", COMMAND, "report", "--notebooks", self.notebooks, "--output", output]]

    def cold(self) -> list[list[str | Path]]:
        self.fresh("ours")
        return self.ours()

    def warm(self) -> list[list[str | Path]]:
        return self.ours()

    def one_changed(self) -> list[list[str | Path]]:
        """Change the first notebook: a line more in its first text."""
        content = json.loads(self.paths[0].read_text(encoding="utf-8"))
        cell = next(cell for cell in content["cells"] if cell["cell_type"] == "markdown")
        cell["source"] = [*cell["source"], "\n\nOne line more."]
        self.paths[0].write_text(json.dumps(content), encoding="utf-8")
        return self.ours()

    def nbconvert(self, *paths: Path) -> list[str | Path]:
        out = self.scratch / "nbconvert"
        command = ["-m", "jupyter", "nbconvert", "--execute", "--to", "html", "--output-dir", out]
        return [*command, *(paths or self.paths)]

    def serial(self) -> list[list[str | Path]]:
        self.fresh("nbconvert")
        return [self.nbconvert()]

    def parallel(self) -> list[list[list[str | Path]]]:
        self.fresh("nbconvert")
        return [[self.nbconvert(*self.paths[at :: cores()]) for at in range(cores())]]

    def papermill(self) -> list[list[str | Path]]:
        out = self.fresh("papermill")
        made = [out / path.name for path in self.paths]
        runs = [
            ["-m", "papermill", "--cwd", self.notebooks, path, target, "--no-progress-bar"]
            for path, target in zip(self.paths, made, strict=True)
        ]
        return [*runs, ["-m", "jupyter", "nbconvert", "--to", "html", *made]]

    def cached_cold(self) -> list[list[str | Path]]:
        return [["-c", CACHED, self.fresh("cache"), self.scratch, *self.paths]]

    def cached_warm(self) -> list[list[str | Path]]:
        return [["-c", CACHED, self.scratch / "cache", self.scratch, *self.paths]]


CONTESTANTS: dict[str, tuple[Callable[[Contest], list], str | None]] = {
    SERIAL: (Contest.serial, None),
    "nbconvert, in parallel": (Contest.parallel, None),
    "papermill + nbconvert": (Contest.papermill, "papermill"),
    "jupyter-cache, cold (runs only)": (Contest.cached_cold, "jupyter_cache"),
    "jupyter-cache, warm (runs only)": (Contest.cached_warm, "jupyter_cache"),
    "ours, cold": (Contest.cold, None),
    "ours, one changed": (Contest.one_changed, None),
    "ours, warm": (Contest.warm, None),
}


def perform(commands: list) -> None:
    """Run commands one after another, those of a list within the list at the same time; all must succeed."""
    for step in commands:
        together = step if isinstance(step[0], list) else [step]
        running = [
            subprocess.Popen(
                [sys.executable, *map(str, each)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            for each in together
        ]
        said = [process.communicate()[0] for process in running]  # of all, before one is complained of
        for process, text in zip(running, said, strict=True):
            if process.returncode:
                raise RuntimeError(f"{process.args[:6]}: {text.decode()[-2000:]}")


def seconds(commands: list) -> tuple[float, float]:
    """Take the time on the clock, and that of all processors together, kernels included."""
    start, used = perf_counter(), os.times()
    perform(commands)
    now = os.times()
    return (
        perf_counter() - start,
        now.children_user + now.children_system - used.children_user - used.children_system,
    )


def patiently(name: str, measure: Callable[[list], Any], make: Callable[[], list]) -> Any:
    """Measure a contestant, another one up to three times until it succeeds."""
    for _ in range(0 if name.startswith("ours") else 2):
        try:
            return measure(make())
        except RuntimeError as error:
            print(f"  {name} failed and is run again: {str(error).splitlines()[-1][:100]}", flush=True)
    return measure(make())


def peak_megabytes(commands: list) -> float:
    """Take the most memory that all processes below this one share at a time, in many looks a second."""
    done, most = threading.Event(), 0

    def look() -> None:
        nonlocal most
        while not done.wait(0.03):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    info = process.memory_full_info()
                    total += getattr(info, "pss", info.rss)
                except psutil.Error:
                    continue  # it has ended since
            most = max(most, total)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        perform(commands)
    finally:
        done.set()
        watcher.join()
    return most / 1e6


def own_cells(notebooks: Path) -> float:
    """Take the time that a notebook's own cells take, one notebook at a time: what no tool can save."""
    paths = sorted(notebooks.glob("*.ipynb"))[:5]
    taken = []
    with running(paths, 1) as runs:
        for run in runs:
            assert run.notebook is not None, run.fault
            taken.append(float(run.notebook.cells[-1].outputs[0].text.split()[-1]))
    return median(taken)


def sets(names: list[str], scratch: Path) -> Iterator[tuple[str, Path]]:
    for name in names:
        yield name, OWN if name == "own" else generate(scratch / f"generated-{name}", int(name))


def save(rows: list[dict[str, Any]], path: Path) -> None:
    """Write all runs so far: a set of notebooks that fails does not take those before it along."""
    with path.open("w", encoding="utf-8", newline="") as file:
        fields = ["notebooks", "contestant", "round", "seconds", "cpu_seconds", "peak_mb"]
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--sizes", nargs="+", default=["own", "10", "30", "100"], metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours", action="store_true", help="leave out all others but serial nbconvert")
    parser.add_argument("--csv", type=Path, default=Path(__file__).parent / "reports.csv")
    options = parser.parse_args()
    entered = {}
    for name, (make, module) in CONTESTANTS.items():
        if options.ours and not (name == SERIAL or name.startswith("ours")):
            continue
        if module and find_spec(module) is None:
            print(f"{name}: {module} is not installed, left out")
            continue
        entered[name] = make
    rows, colds = [], {}
    with tempfile.TemporaryDirectory() as temporary:
        for size, notebooks in sets(options.sizes, Path(temporary)):
            contest = Contest(notebooks, Path(temporary) / f"contest-{size}")
            taken: dict[str, list[float]] = {name: [] for name in entered}
            busy: dict[str, list[float]] = {name: [] for name in entered}
            for number in range(1, options.rounds + 1):
                for name, make in entered.items():
                    clock, processors = patiently(name, seconds, partial(make, contest))
                    taken[name].append(clock)
                    busy[name].append(processors)
                    row = {"notebooks": size, "contestant": name, "round": number}
                    rows.append({**row, "seconds": clock, "cpu_seconds": processors})
            memory = {
                name: patiently(name, peak_megabytes, partial(make, contest))
                for name, make in entered.items()
            }
            rows += [{"notebooks": size, "contestant": name, "peak_mb": memory[name]} for name in memory]
            print(f"\n{len(contest.paths)} notebooks ({size}), {cores()} cores, {options.rounds} rounds")
            print(f"  {'':34}{'median s':>9}{'CPU s':>8}{'times faster':>14}{'peak MB':>9}")
            for name, own in taken.items():
                ratio = median(base / each for base, each in zip(taken[SERIAL], own, strict=True))
                times = f"{median(own):9.2f}{median(busy[name]):8.1f}{ratio:14.1f}"
                print(f"  {name:34}{times}{memory[name]:9.0f}", flush=True)
            save(rows, options.csv)
            if size != "own":
                colds[len(contest.paths)] = median(taken["ours, cold"])
                cells = own_cells(contest.notebooks) / cores()
        if len(colds) > 1:
            few, many = min(colds), max(colds)
            growth = (colds[many] - colds[few]) / (many - few)
            print(f"\neach further notebook: {growth:.2f} s, {growth - cells:.2f} s beyond its own cells")
            rows.append({"contestant": f"growth per notebook, {few} to {many}", "seconds": growth})
            rows.append({"contestant": "own cells per notebook and core", "seconds": cells})
    save(rows, options.csv)
    print(f"\nall runs: {options.csv}")


if __name__ == "__main__":
    main()
