"""The bottom line of the codebook follows the descriptor, recounted here from its JSON."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefing_helpers.schema import read_schema

RAW = json.loads((Path(__file__).parent.parent / "data" / "datapackage.json").read_text(encoding="utf-8"))


def expected(raw):
    fields = [field for table in raw["resources"] for field in table["schema"]["fields"]]
    lists = [field["categories"] for field in fields if field.get("categories")]
    keys = sum(len(table["schema"].get("foreignKeys", [])) for table in raw["resources"])
    # A record is named by a field of its own, in whichever table another field says.
    keys += sum(field["name"] == "record" for field in fields)
    return (
        f"{len(raw['resources'])} tables hold {len(fields)} fields. {len(lists)} of these take their values "
        f"from a list, and each of the {sum(map(len, lists))} entries has a definition; {keys} fields lead "
        "to another table."
    )


def changed():
    """Take out a table that joins, a field with a list, and an entry of another list."""
    raw = json.loads(json.dumps(RAW))
    raw["resources"] = [table for table in raw["resources"] if table["name"] != "renderings"]
    [clauses] = [table["schema"] for table in raw["resources"] if table["name"] == "clauses"]
    clauses["fields"] = [field for field in clauses["fields"] if field["name"] != "precision"]
    [mode] = [field for field in clauses["fields"] if field["name"] == "mode"]
    gone = mode["categories"].pop()
    mode["constraints"]["enum"].remove(gone["value"])
    return raw


@pytest.mark.parametrize("raw", [RAW, changed()], ids=["shipped", "changed"])
def test_bottom_line_follows_the_descriptor(bottom_line, shipped, tmp_path, raw):
    (tmp_path / "datapackage.json").write_text(json.dumps(raw), encoding="utf-8")
    assert bottom_line("codebook", replace(shipped, schema=read_schema(tmp_path))) == expected(raw)


def test_the_changed_descriptor_changes_every_number():
    before, after = (re.findall(r"\d+", expected(raw)) for raw in (RAW, changed()))
    assert len(before) == 5 and all(old != new for old, new in zip(before, after, strict=True))
