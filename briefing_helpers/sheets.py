"""Hold a table as it was read: text, column by column, before anything is known to be right.

Checks and rules read sheets, not frames. Most tables have a few dozen rows, and one pass of pandas
over a short column takes longer than looking at all its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Sheet"]


@dataclass(frozen=True)
class Sheet:
    """A table as text, each column a sequence of cells.

    ``numbers`` holds the number of each row as a spreadsheet shows it (header 1, first record 2);
    ``broken`` those of the rows that had too few or too many cells and were padded or cut.
    """

    numbers: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    broken: frozenset[int] = frozenset()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

    @property
    def ids(self) -> set[str]:
        """Return all ids; none where the table, one of somebody's own, has no such column."""
        return set(self.columns.get("id", ()))

    def __contains__(self, name: str) -> bool:
        """Tell whether there is such a column."""
        return name in self.columns

    def __getitem__(self, name: str) -> Sequence[str]:
        """Return the cells of a column."""
        return self.columns[name]

    def walk(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Walk over the rows: the number of each, then its cells in these columns.

        >>> list(Sheet([2, 3], {"id": ["a", "b"], "note": ["", "c"]}).walk("note", "id"))
        [(2, '', 'a'), (3, 'c', 'b')]
        """
        return zip(self.numbers, *(self.columns[name] for name in names), strict=True)

    def cells(self, *names: str) -> Iterator[tuple[str, ...]]:
        """Walk over the rows: the cells of each in these columns."""
        return zip(*(self.columns[name] for name in names), strict=True)

    def lookup(self, field: str) -> dict[str, str]:
        """Map each id to a field."""
        return dict(zip(self.columns["id"], self.columns[field], strict=True))

    def sound(self) -> Sheet:
        """Return the sheet without its broken rows."""
        if not self.broken:
            return self
        kept = [at for at, number in enumerate(self.numbers) if number not in self.broken]
        columns = {name: [cells[at] for at in kept] for name, cells in self.columns.items()}
        return Sheet([self.numbers[at] for at in kept], columns)
