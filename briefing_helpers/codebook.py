"""Turn the descriptor into a codebook: what every table and field means, and how tables join."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from briefing_helpers.schema import Field, Schema

__all__ = ["field_guide", "joins", "overview", "vocabularies"]


def field_guide(schema: Schema, table: str) -> pd.DataFrame:
    """Describe the fields of a table.

    Returns ``field``, ``type``, ``meaning``, ``allowed values`` (each with its definition) and ``blank
    means``, one row per field in file order.
    """
    rows = [
        (field.name, _type(field), field.description, _allowed(field), _blank(field))
        for field in schema[table].fields
    ]
    return pd.DataFrame(rows, columns=["field", "type", "meaning", "allowed values", "blank means"])


def joins(schema: Schema) -> pd.DataFrame:
    """List how tables join: ``table``, ``field`` and ``refers to``, in descriptor order.

    A ``record`` (of a citation, of an item of evidence) may lie in any table, which another field names;
    it is listed as referring to ``any table``.
    """
    rows = [(table.name, field, target) for table in schema.tables for field, target in table.foreign_keys]
    rows += [(table.name, "record", "any table") for table in schema.tables if "record" in table.columns]
    return pd.DataFrame(rows, columns=["table", "field", "refers to"])


def overview(schema: Schema) -> pd.DataFrame:
    """Count per table ``fields``, ``lists`` (fields with one), ``entries`` in these, and ``joins``."""
    linked = joins(schema)["table"].value_counts()
    rows = [
        (
            table.name,
            len(table.fields),
            sum(bool(field.categories) for field in table.fields),
            sum(len(field.categories) for field in table.fields),
            int(linked.get(table.name, 0)),
        )
        for table in schema.tables
    ]
    return pd.DataFrame(rows, columns=["table", "fields", "lists", "entries", "joins"])


def vocabularies(schema: Schema) -> pd.DataFrame:
    """List every allowed value: ``table``, ``field``, ``value``, ``label``, ``definition``."""
    rows = [
        (table.name, field.name, each["value"], each["label"], each["definition"])
        for table in schema.tables
        for field in table.fields
        for each in field.categories
    ]
    return pd.DataFrame(rows, columns=["table", "field", "value", "label", "definition"])


def _type(field: Field) -> str:
    if field.edtf:
        return "date (EDTF)"
    return (
        "one of a list"
        if field.categories
        else {"string": "text", "integer": "whole number"}.get(field.type, field.type)
    )


def _allowed(field: Field) -> Markup:
    parts = [
        Markup("<code>{}</code> {}").format(each["value"], each["definition"]) for each in field.categories
    ]
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    if low is not None or high is not None:
        bounds = [f"from {low:,}" if low is not None else "", f"up to {high:,}" if high is not None else ""]
        parts.append(escape(" ".join(filter(None, bounds))))
    if field.constraints.get("maxLength"):
        parts.append(escape(f"at most {field.constraints['maxLength']} characters"))
    if field.constraints.get("unique"):
        parts.append(escape("each value once"))
    return Markup("<br>").join(parts)


def _blank(field: Field) -> str:
    return "never blank" if field.required else field.blank or ""
