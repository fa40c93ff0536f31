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


def newest(changelog: Path) -> Change | None:
    """Return the newest version of a changelog that has entries; None where there is none.

    Versions are second-level headings, newest first; kinds (data, method, code) third-level ones.
    """
    if not changelog.is_file():
        return None
    text = changelog.read_text(encoding="utf-8")
    for version in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = version.partition("\n")
        sections = re.split(r"^### ", body, flags=re.MULTILINE)[1:]
        kinds = [_kind(section) for section in sections]
        found = tuple((kind, entries) for kind, entries in kinds if entries)
        if found:
            return Change(heading.strip(), found)
    return None


def _kind(section: str) -> tuple[str, tuple[str, ...]]:
    kind, _, body = section.partition("\n")
    entries = re.split(r"^[-*] ", body, flags=re.MULTILINE)[1:]
    return kind.strip(), tuple(" ".join(entry.replace("`", "").split()) for entry in entries)
