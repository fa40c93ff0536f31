"""Know what a report is made from, as one digest: where that is unchanged, so is the report.

A report depends on its notebook, the record, this package with its templates, the libraries, Python
and its settings. The record counts whole: every page names its digest. What else a notebook may
read counts too: the files beside it, whatever file, folder or variable of the environment a string in its
code names, and modules of one's own that it imports. A notebook that reads the network, or builds a path
that its code does not spell, must be built with ``--force``.
"""

from __future__ import annotations

import glob
import hashlib
import importlib.util
import json
import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing_helpers.schema import DATA

__all__ = ["Inputs", "digest"]

PACKAGE = Path(__file__).parent.parent
_UP = re.compile(r"(?:\.\.[/\\]?)+")
_MAGIC = re.compile(r"^\s*(?:\w+ *= *)?[%!]", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:from|import)\s+(\w.*)", re.MULTILINE)
_STRING = re.compile(r"""(["'])([^"'\n]{1,200})\1""")
# What kernels and charts read of a user's settings: the variable that names a folder, the folder meant
# without it, and the files.
_SETTINGS = (
    ("MPLCONFIGDIR", ".config/matplotlib", ("matplotlibrc", "stylelib/*")),
    ("XDG_CONFIG_HOME", ".config", ("matplotlib/matplotlibrc", "matplotlib/stylelib/*")),
    ("MATPLOTLIBRC", ".matplotlib", ("", "matplotlibrc")),
    ("IPYTHONDIR", ".ipython", ("*/*.py", "*/*.json", "*/startup/*")),
    ("JUPYTER_DATA_DIR", ".local/share/jupyter", ("kernels/*/kernel.json",)),
)
_VARIABLES = ("PYTHON", "MPL", "MATPLOTLIB", "PANDAS", "LANG", "LC_", "TZ", "JUPYTER_PATH")


class Inputs:
    """What the reports on a folder of notebooks are made from.

    ``record`` is the digest of what all of them share: what the pages of the record alone are made from.
    """

    def __init__(self, notebooks: Path, output: Path) -> None:
        """Read what all of them share. ``output``, should it lie among the notebooks, is no input."""
        self._folder = notebooks
        beside = (path for path in _files(notebooks, besides=output) if path.suffix != ".ipynb")
        self.record = digest(
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
        names, modules = _mentioned(raw)
        variables = (f"{name}={os.environ[name]}" for name in sorted(names) if name in os.environ)
        files = _named(names, self._folder) | set(_own(modules))
        return digest([self.record, path.name, raw, *variables, *_contents(files, self._folder)])

    def site(self, pages: dict[Path, str]) -> str:
        """Return the digest of all that the whole set is made from, given those of its pages."""
        # The front page may tell what has changed of late.
        changes = _contents([DATA.parent / "CHANGELOG.md"], DATA.parent)
        return digest([self.record, *changes, *(f"{path.name} {made}" for path, made in pages.items())])


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
            yield from folder.glob(pattern) if pattern else [folder]
    yield from Path(sys.prefix, "share", "jupyter", "kernels").glob("*/kernel.json")


def _mentioned(raw: bytes) -> tuple[Counter[str], set[str]]:
    """Return the strings in a notebook's code, all words where a magic may take them, and the imports."""
    try:
        cells = json.loads(raw)["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        return Counter(), set()  # no notebook: running it says so
    names: Counter[str] = Counter()
    modules: set[str] = set()
    for source in sources:
        names.update(match[2] for match in _STRING.finditer(source))
        if _MAGIC.search(source):
            names.update(source.split())
        for line in _IMPORT.findall(source):
            modules.update(re.split(r"[\s.]", part.strip())[0] for part in line.split(","))
    return names, modules


def _named(names: Counter[str], folder: Path) -> set[Path]:
    """Return the files that are named, alone or below another folder named, and those in such folders."""
    found: set[Path] = set()
    # Each ".." climbs once: joined to itself over and over it would take in whatever lies above.
    climbs = sum(number for name, number in names.items() if _UP.fullmatch(name))
    bases, seen = [(folder, 0)], {folder.resolve(): 0}
    for base, climbed in bases:  # it grows
        for name in names:
            climbing = climbed + bool(_UP.fullmatch(name))
            if climbing > climbs:
                continue
            try:
                path = base / Path(name).expanduser()
                if path.is_file():
                    found.add(path)
                elif path.is_dir():
                    if climbing < seen.get(place := path.resolve(), climbs + 1):
                        seen[place] = climbing
                        found.update(path.iterdir())
                        # A lone slash stands in prose, too: what lies below the root is not joined to it.
                        bases += [(path, climbing)] if place != Path(place.anchor) else []
                elif glob.has_magic(name):
                    found.update(map(Path, glob.glob(str(path), recursive=True)))  # noqa: PTH207  # may be absolute
            except (OSError, ValueError, RuntimeError):
                continue  # a string that cannot name a file, or a folder that we may not read
    return found


def _own(modules: set[str]) -> Iterator[Path]:
    """Yield the files of those modules that are neither Python's nor installed with a version."""
    for name in modules - sys.stdlib_module_names - {PACKAGE.name, ""}:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            continue
        places = (spec.submodule_search_locations or [spec.origin or ""]) if spec else []
        for place in map(Path, places):
            if not any(place.parent.glob("*.dist-info")):
                yield from _files(place) if place.is_dir() else [place]
