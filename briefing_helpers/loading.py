"""Load a data package, checked, as typed frames."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import not_
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from briefing_helpers import dates
from briefing_helpers.checks import BriefingError, Fault, check_tables, fault_frame, near
from briefing_helpers.files import read_tables
from briefing_helpers.rules import check_rules
from briefing_helpers.schema import DATA, Field, Schema, read_schema
from briefing_helpers.sheets import Sheet

__all__ = ["TABLES", "Briefing", "check", "load", "problems"]


@dataclass(frozen=True)
class Briefing:
    """The record: one DataFrame per table, in descriptor order, and where it came from.

    Each frame has a fresh index and the table's fields as columns: text as ``str`` (NaN where
    blank), vocabularies as categoricals in vocabulary order, whole numbers as Int64, other numbers
    as float64. A date field ``date`` keeps its EDTF text and gains ``date_earliest`` and
    ``date_latest`` (datetime64[s], NaT where blank or open).
    """

    schema: Schema
    digest: str
    sources: pd.DataFrame
    drafts: pd.DataFrame
    clauses: pd.DataFrame
    obligations: pd.DataFrame
    lineage: pd.DataFrame
    renderings: pd.DataFrame
    claims: pd.DataFrame
    actors: pd.DataFrame
    relations: pd.DataFrame
    events: pd.DataFrame
    event_actors: pd.DataFrame
    positions: pd.DataFrame
    levers: pd.DataFrame
    figures: pd.DataFrame
    forecasts: pd.DataFrame
    hypotheses: pd.DataFrame
    evidence_items: pd.DataFrame
    assessments: pd.DataFrame
    assumptions: pd.DataFrame
    crosswalks: pd.DataFrame
    citations: pd.DataFrame

    @property
    def version(self) -> str:
        """Version of the data, from the descriptor."""
        return self.schema.version

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Return a table by name; KeyError, with the nearest name, where there is none."""
        if table not in TABLES:
            raise KeyError(f"no table {table!r}{near(table, TABLES)}")
        frame: pd.DataFrame = getattr(self, table)
        return frame

    def labels(self, table: str, field: str) -> dict[str, str]:
        """Label of each value of a vocabulary, for charts and tables."""
        return self.schema[table][field].labels

    def labelled(self, table: str, frame: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return a table, or rows of it, with labels in place of vocabulary values; order is kept."""
        frame = self[table] if frame is None else frame
        fields = [field for field in self.schema[table].fields if field.categories and field.name in frame]
        return frame.assign(**{f.name: frame[f.name].cat.rename_categories(f.labels) for f in fields})

    def counts(self) -> pd.DataFrame:
        """Count the records: ``table``, ``one row is``, ``records``."""
        rows = [(table.name, table.description, len(self[table.name])) for table in self.schema.tables]
        return pd.DataFrame(rows, columns=["table", "one row is", "records"])

    def __repr__(self) -> str:
        """Say what was loaded."""
        tables = ", ".join(f"{name} {len(self[name])}" for name in TABLES)
        return f"<Briefing, data {self.version}, digest {self.digest[:12]}: {tables}>"


_TEXT = pd.StringDtype(na_value=np.nan)  # what "str" means; pandas looks the name up for every column

TABLES = [name for name in Briefing.__annotations__ if name not in ("schema", "digest")]


def load(path: str | Path | None = None) -> Briefing:
    """Load and check a data package.

    ``path`` is a folder with a ``datapackage.json`` and its CSV files, for instance your own coding
    of another draft; without it, the package shipped with these helpers is loaded.

    Raises BriefingError, which lists every fault, where the package is not clean; use
    :func:`problems` to get the faults as a frame instead.

    >>> briefing = load()
    >>> briefing.clauses.query("id == 'us28-06'")["quantity"].item()
    600000.0
    """
    schema, sheets, faults = _read(path)
    if faults or schema is None:
        raise BriefingError(path if path is not None else DATA, faults)
    typed = {
        table.name: _typed(sheets[table.name], table.fields)
        for table in schema.tables
        if table.name in TABLES
    }
    return Briefing(schema=schema, digest=_digest(schema), **typed)


def problems(path: str | Path | None = None) -> pd.DataFrame:
    """Return all faults of a data package: ``table``, ``row``, ``field``, ``value``, ``message``.

    ``row`` counts as a spreadsheet does (header 1). An empty frame means a clean package.
    """
    return fault_frame(check(path)[2])


def check(path: str | Path | None = None) -> tuple[Schema | None, dict[str, int], list[Fault]]:
    """Check a data package; return its schema, the number of records per table, and all faults."""
    schema, sheets, faults = _read(path)
    return schema, {name: len(sheet) for name, sheet in sheets.items()}, faults


def _read(path: str | Path | None) -> tuple[Schema | None, dict[str, Sheet], list[Fault]]:
    try:
        schema = read_schema(path)
    except (FileNotFoundError, ValueError) as error:
        message = str(error).removeprefix("datapackage.json").removeprefix(":").strip()
        return None, {}, [Fault("datapackage", None, None, None, message)]
    faults = [
        Fault("datapackage", None, None, name, f"table {name!r} is missing{near(name, schema.names)}")
        for name in TABLES
        if name not in schema.names
    ]
    sheets, unread = read_tables(schema)
    faults += unread
    faults += check_tables(schema, sheets)
    # The rules join tables, so they wait until every table and column is there.
    whole = all(
        name in sheets and all(column in sheets[name] for column in schema[name].columns)
        for name in TABLES
        if name in schema.names
    )
    if whole and not any(fault.table == "datapackage" for fault in faults):
        # One slip makes one line: a rule is silent on a cell or row that is faulted already.
        known = {fault[:3] for fault in faults}
        faults += [
            fault
            for fault in check_rules(sheets)
            if known.isdisjoint({fault[:3], (fault.table, fault.row, None)})
        ]
    order = ["datapackage", *schema.names]
    return schema, sheets, sorted(faults, key=lambda fault: (order.index(fault.table), fault.row or 0))


def _typed(sheet: Sheet, fields: tuple[Field, ...]) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for field in fields:
        cells = sheet[field.name]
        if field.categories:
            kind = _vocabulary(tuple(field.values), field.ordered)
            place = {value: at for at, value in enumerate(field.values)}
            codes = np.fromiter(map(place.get, cells, repeat(-1)), np.intp, len(cells))
            columns[field.name] = pd.Categorical.from_codes(codes, dtype=kind, validate=False)
        elif field.type == "integer":
            values = np.fromiter((int(cell) if cell else 0 for cell in cells), np.int64, len(cells))
            blank = np.fromiter(map(not_, cells), bool, len(cells))
            columns[field.name] = pd.arrays.IntegerArray(values, blank)
        elif field.type == "number":
            columns[field.name] = np.array([float(cell) if cell else np.nan for cell in cells], dtype=float)
        else:
            texts = cells if all(cells) else [cell or np.nan for cell in cells]
            columns[field.name] = pd.array(texts, dtype=_TEXT)
        if field.edtf:
            earliest, latest = dates.ends(cells)
            columns[f"{field.name}_earliest"], columns[f"{field.name}_latest"] = earliest, latest
    return pd.DataFrame(columns, copy=False)  # the columns are ours alone


@cache
def _vocabulary(values: tuple[str, ...], ordered: bool) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(values, dtype=_TEXT), ordered=ordered)


def _digest(schema: Schema) -> str:
    # Line ends are folded so that a checkout on Windows has the digest of one on Linux.
    total = hashlib.sha256()
    for name in ["datapackage.json", *sorted(table.path for table in schema.tables)]:
        raw = (schema.folder / name).read_bytes()
        total.update(raw.replace(b"\r\n", b"\n") if b"\r" in raw else raw)
    return total.hexdigest()
