"""Read what changed from the changelog that stands beside the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Change", "newest"]


@dataclass(frozen=True)
class Change:
    """One version of the changelog: its heading, and the entries under each of its kinds."""

    heading: str
    kinds: tuple[tuple[str, tuple[str, ...]], ...]


def newest(changelog: Path) -> list[Change]:
    """Return the newest numbered version of a changelog that has entries, after what is not released yet.

    Versions are second-level headings, newest first; kinds (data, method, code) third-level ones.
    Without such a file the list is empty.
    """
    text = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
    found: list[Change] = []
    for version in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = version.partition("\n")
        kinds = map(_kind, re.split(r"^### ", body, flags=re.MULTILINE)[1:])
        change = Change(heading.strip(), tuple((kind, entries) for kind, entries in kinds if entries))
        found += [change] if change.kinds else []
        if change.kinds and re.match(r"\d", change.heading):
            break
    return found


def _kind(section: str) -> tuple[str, tuple[str, ...]]:
    kind, _, body = section.partition("\n")
    entries = re.split(r"^[-*] ", body, flags=re.MULTILINE)[1:]
    return kind.strip(), tuple(" ".join(entry.replace("`", "").split()) for entry in entries)
