"""Know what a report is made from, as one digest: where that is unchanged, so is the report.

A report depends on its notebook, the record, this package with its templates, the libraries, Python
and its settings. The record counts whole: every page names its digest. What else a notebook may
read counts too: the files beside it, and whatever file or folder a string in its code names. A notebook
that reads the network, or builds a path that its code does not spell, must be built with ``--force``.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing_helpers.schema import DATA

__all__ = ["Inputs", "digest"]

PACKAGE = Path(__file__).parent.parent
_STRING = re.compile(r"""(["'])([^"'\n]{1,200})\1""")
# What kernels and charts read of a user's settings: the variable that names a folder, the folder meant
# without it, and the files.
_SETTINGS = (
    ("MPLCONFIGDIR", ".config/matplotlib", ("matplotlibrc",)),
    ("IPYTHONDIR", ".ipython", ("*/*.py", "*/*.json", "*/startup/*")),
)
_VARIABLES = ("PYTHON", "MPL", "LANG", "LC_", "TZ")


class Inputs:
    """What the reports on a folder of notebooks are made from."""

    def __init__(self, notebooks: Path, output: Path) -> None:
        """Read what all of them share. ``output``, should it lie among the notebooks, is no input."""
        self._folder = notebooks
        beside = (path for path in _files(notebooks, besides=output) if path.suffix != ".ipynb")
        self._shared = digest(
            [
                platform.platform(),
                sys.version,
                *(f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.startswith(_VARIABLES)),
                *_libraries(),
                *_contents(_files(PACKAGE), PACKAGE),
                *_contents(_files(DATA), DATA),
                *_contents(beside, notebooks),
                *_contents(_settings(), Path.home()),
            ]
        )

    def page(self, path: Path) -> str:
        """Return the digest of all that the report on one notebook is made from."""
        raw = path.read_bytes()
        return digest([self._shared, path.name, raw, *_contents(_named(raw, self._folder), self._folder)])

    def site(self, pages: dict[Path, str]) -> str:
        """Return the digest of all that the whole set is made from, given those of its pages."""
        # The front page may tell what has changed of late.
        changes = _contents([DATA.parent / "CHANGELOG.md"], DATA.parent)
        return digest([self._shared, *changes, *(f"{path.name} {made}" for path, made in pages.items())])


def digest(parts: Iterable[str | bytes]) -> str:
    """Return one digest of many parts; moving a character from one to the next changes it."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "little") + raw)
    return total.hexdigest()


def _contents(paths: Iterable[Path], folder: Path) -> Iterator[str | bytes]:
    """Yield name and content of each file, in order of name."""
    for path in sorted(paths):
        if path.is_file():
            yield (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()
            yield path.read_bytes()


def _files(folder: Path, besides: Path | None = None) -> Iterator[Path]:
    """Yield the files in a folder and those below it, without hidden ones and Python's caches."""
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir() and besides is not None and path.resolve() == besides.resolve():
            continue
        if path.is_dir():
            yield from _files(path, besides)
        else:
            yield path


def _libraries() -> list[str]:
    """List what is installed: the folders that hold its metadata are named after it and its version."""
    folders = [Path(entry) for entry in sys.path if Path(entry).is_dir()]
    return sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))


def _settings() -> Iterator[Path]:
    for variable, usual, patterns in _SETTINGS:
        folder = Path(os.environ.get(variable) or Path.home() / usual)
        for pattern in patterns:
            yield from folder.glob(pattern)


def _named(raw: bytes, folder: Path) -> set[Path]:
    """Return the files that strings in a notebook's code name, and those in the folders they name."""
    found: set[Path] = set()
    try:
        cells = json.loads(raw)["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        return found  # no notebook: running it says so
    for name in {match[2] for source in sources for match in _STRING.finditer(source)}:
        path = folder / name
        try:
            found.update(path.iterdir() if path.is_dir() else [path] if path.is_file() else [])
        except (OSError, ValueError):
            continue  # a string that cannot name a file, or a folder that we may not read
    return found
