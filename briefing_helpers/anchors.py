"""Prove a passage without reprinting it: where it starts, how long it is, and its SHA-256.

The article's text may not be passed on, so the record holds no sentence of it. Whoever has the text
can check every passage we cite. Both sides first normalise it, because copies differ in line breaks
and quotation marks and not in words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

__all__ = ["Anchor", "anchor", "normalise", "paragraphs", "verify"]

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'})
_MIN, _MAX = 8, 2000  # as in datapackage.json: shorter proves little, longer is no passage


@dataclass(frozen=True)
class Anchor:
    """A passage of a source: its paragraph, start and length in characters, and digest."""

    locator: str
    start: int
    length: int
    sha256: str


def normalise(text: str) -> str:
    """Normalise a text for anchoring: NFC, white space folded to one blank, quotes unified.

    >>> normalise("“Nothing  about\\nus”")
    '"Nothing about us"'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


def paragraphs(text: str) -> pd.DataFrame:
    """Return the paragraphs of a text: its non-empty lines, numbered from 1.

    Returns ``paragraph``, ``start`` and ``end`` (in the normalised text).

    >>> paragraphs("One.\\n\\nTwo.").values.tolist()
    [[1, 0, 4], [2, 5, 9]]
    """
    rows: list[tuple[int, int, int]] = []
    start = 0
    for line in filter(None, (normalise(line) for line in text.splitlines())):
        rows.append((len(rows) + 1, start, start + len(line)))
        start += len(line) + 1
    return pd.DataFrame(rows, columns=["paragraph", "start", "end"])


def anchor(text: str, phrase: str) -> Anchor:
    """Make the anchor of a phrase that stands once in a text.

    Raises ValueError where the phrase is not in the text, stands there more than once, cuts a word,
    or is shorter than 8 or longer than 2,000 characters.
    """
    whole, passage = normalise(text), normalise(phrase)
    if not _MIN <= len(passage) <= _MAX:
        raise ValueError(f"the phrase has {len(passage)} characters; an anchor needs {_MIN} to {_MAX}")
    found = [match.start() for match in re.finditer(f"(?={re.escape(passage)})", whole)]
    if not found:
        raise ValueError("the phrase is not in the text; copy it from there, word for word")
    if len(found) > 1:
        raise ValueError(f"the phrase stands {len(found)} times in the text; take a longer one")
    start, end = found[0], found[0] + len(passage)
    if not (_edge(whole, start) and _edge(whole, end)):
        raise ValueError("the phrase begins or ends inside a word; take whole words")
    lines = paragraphs(text)
    inside = lines[(lines["start"] <= start) & (end <= lines["end"])]["paragraph"]
    locator = f"¶{inside.iloc[0]}" if len(inside) else ""
    return Anchor(locator, start, len(passage), _digest(passage))


def verify(citations: pd.DataFrame, source: str, text: str) -> pd.DataFrame:
    """Check every anchored citation of a source against its text.

    Returns one row per anchored citation: ``id``, ``table``, ``record``, ``locator``, ``start``,
    ``length`` and ``result``: ``found`` at its place; ``moved`` where the passage stands elsewhere
    in this copy (``found_at`` says where); ``missing`` where it does not stand there at all.
    Raises ValueError where the source has no anchored citation.
    """
    own = citations[(citations["source"].astype(str) == source) & citations["sha256"].notna()]
    if own.empty:
        raise ValueError(f"no anchored citation of source {source!r}")
    whole = normalise(text)
    result = own[["id", "table", "record", "locator", "start", "length"]].reset_index(drop=True)
    places = [
        _place(whole, int(start), int(length), digest)
        for start, length, digest in zip(own["start"], own["length"], own["sha256"], strict=True)
    ]
    missing = [place is None for place in places]
    if any(missing):
        lost = defaultdict(set)
        for place, length, digest in zip(places, own["length"], own["sha256"], strict=True):
            if place is None:
                lost[int(length)].add(digest)
        moved = _search(whole, lost)
        places = [moved.get(d) if p is None else p for p, d in zip(places, own["sha256"], strict=True)]
    result["found_at"] = pd.array(places, dtype="Int64")
    result["result"] = "found"
    result.loc[missing, "result"] = "moved"
    result.loc[result["found_at"].isna(), "result"] = "missing"
    return result


def _place(whole: str, start: int, length: int, digest: str) -> int | None:
    # A slice past the end is cut short: its digest would prove a shorter passage than the one cited.
    fits = 0 <= start <= len(whole) - length
    return start if fits and _digest(whole[start : start + length]) == digest else None


def _search(whole: str, lost: dict[int, set[str]]) -> dict[str, int]:
    # An anchor starts where a word starts, so only those places are tried.
    starts = [0, *(match.end() for match in re.finditer(r"\b(?=\w)|[^\w]", whole))]
    moved: dict[str, int] = {}
    for length, digests in lost.items():
        for start in (at for at in starts if at <= len(whole) - length):
            digest = _digest(whole[start : start + length])
            if digest in digests:
                moved.setdefault(digest, start)
    return moved


def _edge(text: str, at: int) -> bool:
    inside = 0 < at < len(text)
    return not (inside and text[at - 1].isalnum() and text[at].isalnum())


def _digest(passage: str) -> str:
    return hashlib.sha256(passage.encode("utf-8")).hexdigest()
