"""Hold what one report is, apart from what makes it: reading one that was kept needs no more."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Page"]


@dataclass(frozen=True)
class Page:
    """One report: its file name, what the index says of it, and its HTML."""

    name: str
    title: str
    question: str
    bottom_line: str
    thumbnail: str | None
    html: str
