"""Read ``datapackage.json``: the one place that says what tables, fields and values there are.

Checks, charts and the codebook all take their vocabularies from here, so a value is defined once.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DATA", "Field", "Schema", "Table", "read_schema"]

_HERE = Path(__file__).resolve().parent
# A wheel carries data/ inside the package; a checkout has it beside the package.
DATA = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent / "data"


@dataclass(frozen=True)
class Field:
    """One field of a table, as the descriptor describes it."""

    name: str
    type: str
    description: str
    blank: str | None
    edtf: bool
    categories: tuple[dict[str, str], ...]
    ordered: bool
    constraints: dict[str, Any]

    @property
    def required(self) -> bool:
        """Whether a blank cell is a fault."""
        return bool(self.constraints.get("required"))

    @property
    def values(self) -> list[str]:
        """The allowed values in vocabulary order; empty where the field is free."""
        return [category["value"] for category in self.categories]

    @property
    def labels(self) -> dict[str, str]:
        """Label of each allowed value, for charts and tables."""
        return {category["value"]: category["label"] for category in self.categories}


@dataclass(frozen=True)
class Table:
    """One table: its file, its fields and the fields that point to other tables."""

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    foreign_keys: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> Field:
        """Return the field of that name; KeyError where there is none."""
        return next((field for field in self.fields if field.name == name), None) or _missing(name, self.name)

    @property
    def columns(self) -> list[str]:
        """Field names in file order."""
        return [field.name for field in self.fields]


@dataclass(frozen=True)
class Schema:
    """The whole descriptor."""

    version: str
    title: str
    folder: Path
    tables: tuple[Table, ...]

    @cached_property
    def names(self) -> list[str]:
        """Table names in descriptor order."""
        return [table.name for table in self.tables]

    def __getitem__(self, name: str) -> Table:
        """Return the table of that name; KeyError where there is none."""
        return next((table for table in self.tables if table.name == name), None) or _missing(name, "schema")

    def vocabulary(self, table: str, field: str) -> pd.DataFrame:
        """Return value, label and definition of each allowed value, in vocabulary order."""
        import pandas as pd  # the descriptor is read where pandas is not needed, too

        rows = self[table][field].categories
        return pd.DataFrame(rows, columns=["value", "label", "definition"])


def read_schema(path: str | Path | None = None) -> Schema:
    """Read the descriptor of the data package in folder ``path`` (default: the one shipped).

    Raises FileNotFoundError where the folder holds no ``datapackage.json`` and ValueError, naming
    the file and what is wrong, where it is no table descriptor in the form of ours.
    """
    folder = Path(path) if path is not None else DATA
    file = folder / "datapackage.json" if folder.suffix != ".json" else folder
    if not file.is_file():
        raise FileNotFoundError(f"{file}: no such file; a data package needs its descriptor")
    try:
        raw = json.loads(file.read_bytes().decode("utf-8-sig"))
        tables = tuple(_table(resource, file) for resource in raw["resources"])
        version, title = str(raw.get("version", "")), str(raw.get("title", ""))
    except UnicodeDecodeError as error:
        raise ValueError(f"{file.name}: not UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{file.name} line {error.lineno}: not valid JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError(f"{file.name}: not valid JSON (nested too deeply)") from None
    except (KeyError, IndexError, TypeError, AttributeError, re.error) as error:
        missing = (
            f"{error.args[0]!r} is missing"
            if isinstance(error, KeyError)
            else "its parts are laid out otherwise"
        )
        detail = str(error) if isinstance(error, _NotText) else missing
        raise ValueError(f"{file.name}: not a table descriptor like ours ({detail})") from None
    return Schema(version, title, file.parent, tables)


def _table(resource: dict[str, Any], file: Path) -> Table:
    name, path = _text(resource["name"]), _text(resource["path"])
    # A package that points outside its own folder could read any file of the machine.
    if Path(path).is_absolute() or ".." in Path(path).parts or ":" in path:
        raise ValueError(f"{file.name}: path {path!r} of table {name!r} leaves the folder")
    schema = resource["schema"]
    keys = tuple(
        (_text(key["fields"][0]), _text(key["reference"]["resource"]) or name)
        for key in schema.get("foreignKeys", [])
    )
    fields = tuple(_field(field) for field in schema["fields"])
    return Table(name, resource.get("title", name), resource.get("description", ""), path, fields, keys)


def _field(raw: dict[str, Any]) -> Field:
    constraints = dict(raw.get("constraints", {}))
    re.compile(_text(constraints.get("pattern", "")))
    for value in constraints.get("enum", []):
        _text(value)
    for limit in ("minimum", "maximum", "maxLength"):
        constraints.get(limit, 0) + 0
    return Field(
        name=_text(raw["name"]),
        type=raw.get("type", "string"),
        description=raw.get("description", ""),
        blank=raw.get("blank"),
        edtf=bool(raw.get("edtf")),
        categories=tuple({**each, "value": _text(each["value"])} for each in raw.get("categories", ())),
        ordered=bool(raw.get("categoriesOrdered")),
        constraints=constraints,
    )


class _NotText(TypeError):
    """Something else stands where text must stand."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _NotText(f"{str(value)[:60]!r} stands where text must stand")
    return value


def _missing(name: str, where: str) -> Any:
    raise KeyError(f"{where} has no {name!r}")
