"""Keep what was made, with the digest of what it was made from, so that it is made once.

In a hidden folder of the reports lies each page as it was rendered, before it is joined to the others,
and a list of the files written. Whatever there is torn, edited or missing counts as not there.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from briefing_helpers.report.inputs import digest
from briefing_helpers.report.page import Page

__all__ = ["Cache"]

_FOLDER = ".made"
_SITE = ".site"  # no notebook's name: those that start with a dot are not built


class Cache:
    """What earlier builds left in an output folder."""

    def __init__(self, output: Path) -> None:
        """Read the list of files written; nothing else yet."""
        self._output = output
        self._site = self._read(_SITE) or {"inputs": None, "files": {}}

    def is_current(self, inputs: str) -> bool:
        """Tell whether the files on disk are those once made from these inputs."""
        return self._site["inputs"] == inputs and all(map(self._is_ours, self._site["files"]))

    def page(self, name: str, inputs: str) -> Page | None:
        """Return a page as it was rendered from these inputs, or None."""
        kept = self._read(name)
        return Page(**kept["page"]) if kept and kept["inputs"] == inputs else None

    def last(self, name: str) -> tuple[str, Page] | None:
        """Return a page as it was rendered last, after the digest of what it was made from, or None."""
        kept = self._read(name)
        return (kept["inputs"], Page(**kept["page"])) if kept else None

    def record(self, inputs: str) -> dict[str, str] | None:
        """Return the pages of the record as they stand on disk, if made from these inputs, or None."""
        made_from, names = self._site.get("record", (None, []))
        if made_from != inputs:
            return None
        found = {name: raw.decode() for name in names if (raw := self._own(name)) is not None}
        return found if len(found) == len(names) else None

    def write(
        self, texts: dict[str, str], inputs: str, pages: dict[str, Page], record: tuple[str, list[str]]
    ) -> list[Path]:
        """Write all files and keep the pages, given by the inputs that each was made from.

        ``record`` gives the inputs and the names of the pages made from the record alone.

        Everything is made in the hidden folder first, and moved at the end: what stands beside the output
        may be another disc, or not ours to write to. Files of an earlier build that are not made any more
        go, unless they were edited. Returns the files that changed.
        """
        files = {name: digest([text]) for name, text in texts.items()}
        changed = [
            name for name in texts if files[name] != self._site["files"].get(name) or not self._is_ours(name)
        ]
        kept: dict[str, Any] = {}
        for own, page in pages.items():
            kept[Path(page.name).stem] = {"inputs": own, "page": asdict(page)}
        kept[_SITE] = {"inputs": inputs, "files": files, "record": record}
        (self._output / _FOLDER).mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=self._output / _FOLDER))
        try:
            for name in changed:
                (staging / name).write_text(texts[name], encoding="utf-8", newline="\n")
            (staging / _FOLDER).mkdir()
            for name, content in kept.items():
                text = json.dumps(content)
                (staging / _FOLDER / f"{name}.json").write_text(f"{digest([text])}\n{text}", encoding="utf-8")
            for name in changed:
                (staging / name).replace(self._output / name)
            for name in self._site["files"].keys() - files.keys():
                if self._is_ours(name):
                    (self._output / name).unlink(missing_ok=True)  # another build may have been faster
            # Last, and the list after the pages: a build that is cut short is made again.
            for name in kept:
                (staging / _FOLDER / f"{name}.json").replace(self._path(name))
            for path in (self._output / _FOLDER).glob("*.json"):
                if path.stem not in kept:
                    path.unlink(missing_ok=True)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return [self._output / name for name in sorted(changed)]

    def _is_ours(self, name: str) -> bool:
        """Tell whether a file is as the list says we wrote it."""
        return self._own(name) is not None

    def _own(self, name: str) -> bytes | None:
        """Return a file that is as the list says we wrote it, or None."""
        with suppress(OSError):
            raw = (self._output / name).read_bytes()
            if self._site["files"].get(name) == digest([raw]):
                return raw
        return None

    def _path(self, name: str) -> Path:
        return self._output / _FOLDER / f"{name}.json"

    def _read(self, name: str) -> dict[str, Any] | None:
        with suppress(OSError, ValueError):
            seal, _, text = self._path(name).read_text(encoding="utf-8").partition("\n")
            if seal == digest([text]):
                content: dict[str, Any] = json.loads(text)
                return content
        return None
