"""Fixtures: a small clean package that tests may spoil, and the article's text where it is held."""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

import briefing_helpers
from briefing_helpers import Briefing, citing, load, notebook
from briefing_helpers.loading import check
from briefing_helpers.report.kernels import serving

SAMPLES = Path(__file__).parent / "samples"
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Sample:
    """A data package in a folder of its own, edited by table and id, never by counting rows."""

    path: Path

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, rows: list[list[str]]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, table: str, record: str, /, **cells: str) -> None:
        """Change cells of one record."""
        rows = self.rows(table)
        row = next(row for row in rows if row[0] == record)
        for field, value in cells.items():
            row[rows[0].index(field)] = value
        self.write(table, rows)

    def add(self, table: str, like: str, record: str, /, **cells: str) -> None:
        """Append a copy of a record under another id, and copies of its citations."""
        rows = self.rows(table)
        self.write(table, [*rows, [record, *next(row for row in rows if row[0] == like)[1:]]])
        self.set(table, record, **cells)
        if table != "citations":
            cited = self.rows("citations")
            own = [row for row in cited if row[1:3] == [table, like]]
            copies = [[f"{row[0]}.{record}", table, record, *row[3:]] for row in own]
            self.write("citations", [*cited, *copies])

    def replace(self, table: str, old: bytes, new: bytes) -> None:
        """Change the bytes of a file; fails where ``old`` is not in it."""
        raw = self.file(table).read_bytes()
        assert old in raw
        self.file(table).write_bytes(raw.replace(old, new))

    def faults(self) -> list[str]:
        """Every fault, in the words the command prints."""
        return [str(fault) for fault in check(self.path)[2]]


def make(name: str, folder: Path) -> Sample:
    shutil.copytree(SAMPLES / name, folder)
    shutil.copy(ROOT / "data" / "datapackage.json", folder)
    return Sample(folder)


@pytest.fixture(scope="session")
def make_sample() -> Callable[[str, Path], Sample]:
    """Copy a sample package, with the descriptor shipped, into a new folder."""
    return make


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """Give a copy of the clean sample package."""
    return make("clean", tmp_path / "clean")


@pytest.fixture
def broken(tmp_path: Path) -> Sample:
    """Give a copy of the broken sample package."""
    return make("broken", tmp_path / "broken")


@pytest.fixture(scope="session")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """Give the clean sample package, loaded."""
    return load(make("clean", tmp_path_factory.mktemp("valley") / "clean").path)


@pytest.fixture(scope="session")
def herald() -> str:
    """Give the invented article that the clean sample package cites."""
    return (SAMPLES / "border-herald.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shipped() -> Briefing:
    """Give the data shipped."""
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def article() -> str:
    """Give the article's text, which may not be passed on and so is not in this repository."""
    folder = os.environ.get("BRIEFING_SOURCES")
    if not folder:
        pytest.skip("BRIEFING_SOURCES is not set; it names the folder that holds rolling-stone-2025-11.txt")
    file = Path(folder) / "rolling-stone-2025-11.txt"
    if not file.is_file():
        pytest.skip(f"{file} is not there; the article's text is not part of this repository")
    return file.read_text(encoding="utf-8")


@pytest.fixture
def bottom_line(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Briefing], str]:
    """Run a notebook's cells on a changed record, as far as its bottom line; returns that as text."""

    def run(stem: str, briefing: Briefing) -> str:
        shown: list[str] = []
        monkeypatch.setattr(briefing_helpers, "load", lambda: briefing)
        for module in (notebook, citing):
            monkeypatch.setattr(module, "display", lambda what, **_: shown.append(getattr(what, "data", "")))
        scope: dict[str, object] = {}
        for cell in nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{stem}.ipynb", "exec"), scope)
            if shown and 'class="bottom-line"' in shown[-1]:
                line = shown[-1].split('<p class="see">')[0]
                return " ".join(re.sub(r"<[^>]+>", " ", line).split())
        raise AssertionError(f"{stem} shows no bottom line")

    return run


@pytest.fixture(scope="session")
def server() -> Iterator[None]:
    """Keep one server of kernels for all tests of this process, where each build would start its own."""
    with serving():
        yield


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw without a screen, and close what was drawn; a chart that shows itself fails the test."""
    from matplotlib import pyplot as plt

    def show(*args: object, **kwargs: object) -> None:
        raise AssertionError("a chart called plt.show")

    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", show)
    yield
    plt.close("all")
