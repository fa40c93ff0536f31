import json

import pytest

from briefing_helpers.schema import DATA, read_schema


def small(**changes):
    """Describe one table of one field, changed at the top, in the resource or in the field."""
    field = {"name": "id", "type": "string", **changes.pop("field", {})}
    schema = {"fields": [field], **changes.pop("schema", {})}
    resource = {"name": "notes", "path": "notes.csv", "schema": schema, **changes.pop("resource", {})}
    return {"resources": [resource], **changes}


@pytest.fixture
def describe(tmp_path):
    def describe(descriptor):
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        return tmp_path

    return describe


def test_reads_the_shipped_descriptor_by_default():
    assert read_schema().folder == DATA


def test_takes_the_folder_or_the_file(sample):
    assert read_schema(sample.path) == read_schema(sample.path / "datapackage.json")


def test_tables_and_fields_keep_file_order(sample):
    schema = read_schema(sample.path)
    assert schema.names[0] == "sources"
    assert [table.columns for table in schema.tables] == [sample.rows(name)[0] for name in schema.names]


def test_field_says_what_the_descriptor_says(describe):
    field = {
        "description": "Which.",
        "blank": "None.",
        "edtf": True,
        "categories": [{"value": "a", "label": "A", "definition": "First."}],
        "categoriesOrdered": True,
        "constraints": {"required": True, "enum": ["a"]},
    }
    found = read_schema(describe(small(field=field)))["notes"]["id"]
    assert (found.description, found.blank, found.edtf, found.ordered) == ("Which.", "None.", True, True)
    assert (found.required, found.values, found.labels) == (True, ["a"], {"a": "A"})


def test_field_without_constraints_is_free(describe):
    found = read_schema(describe(small()))["notes"]["id"]
    assert (found.type, found.required, found.values, found.blank) == ("string", False, [], None)


def test_foreign_key_to_the_own_table_gets_its_name(describe):
    key = {"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}}
    assert read_schema(describe(small(schema={"foreignKeys": [key]})))["notes"].foreign_keys == (
        ("id", "notes"),
    )


def test_vocabulary_has_value_label_and_definition():
    frame = read_schema().vocabulary("clauses", "precision")
    assert frame.columns.tolist() == ["value", "label", "definition"]
    assert frame["value"].tolist() == ["specific", "partial", "open", "not-known"]


def test_unknown_table_or_field_is_named():
    schema = read_schema()
    with pytest.raises(KeyError, match="schema has no 'clause'"):
        schema["clause"]
    with pytest.raises(KeyError, match="clauses has no 'colour'"):
        schema["clauses"]["colour"]


def test_missing_descriptor_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"datapackage.json: no such file; a data package needs"):
        read_schema(tmp_path)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{\n"name": "x",,\n}', "datapackage.json line 2: not valid JSON (Expecting property name"),
        (b"", "datapackage.json line 1: not valid JSON (Expecting value)"),
        (b'{"title": "caf\xe9"}', "datapackage.json: not UTF-8 text (byte 14)"),
        (b"[" * 100_000, "datapackage.json: not valid JSON (nested too deeply)"),
        (b"[]", "datapackage.json: not a table descriptor like ours ("),
        (b"{}", "datapackage.json: not a table descriptor like ours ('resources' is missing)"),
        (b'{"resources": 1}', "datapackage.json: not a table descriptor like ours ("),
        (b'{"resources": [{}]}', "datapackage.json: not a table descriptor like ours ('name' is missing)"),
    ],
    ids=["comma", "empty", "latin-1", "deep", "list", "no-resources", "number", "no-name"],
)
def test_unreadable_descriptor_is_refused(tmp_path, raw, message):
    (tmp_path / "datapackage.json").write_bytes(raw)
    with pytest.raises(ValueError) as caught:
        read_schema(tmp_path)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "changes",
    [
        {"resource": {"name": 3}},
        {"resource": {"name": ["notes"]}},
        {"resource": {"path": ["notes.csv"]}},
        {"resource": {"schema": "notes.json"}},
        {"field": {"name": None}},
        {"field": {"name": ["id"]}},
        {"field": {"constraints": {"pattern": "("}}},
        {"field": {"constraints": {"pattern": ["x"]}}},
        {"field": {"constraints": {"enum": 3}}},
        {"field": {"constraints": {"minimum": "low"}}},
        {"field": {"categories": ["a"]}},
        {"field": {"categories": [{"label": "A"}]}},
        {"schema": {"foreignKeys": [{"fields": [], "reference": {"resource": "", "fields": ["id"]}}]}},
        {"schema": {"foreignKeys": [{"fields": ["id"], "reference": {"resource": ["notes"]}}]}},
        {"schema": {"foreignKeys": [{"fields": ["id"]}]}},
    ],
    ids=str,
)
def test_odd_descriptor_is_refused_not_crashed_upon(describe, changes):
    with pytest.raises(ValueError, match=r"^datapackage.json: not a table descriptor like ours \("):
        read_schema(describe(small(**changes)))


@pytest.mark.parametrize(
    "path",
    ["../notes.csv", "/etc/passwd", "a/../../notes.csv", "C:/notes.csv", "https://example.org/a.csv"],
)
def test_path_that_leaves_the_folder_is_refused(describe, path):
    with pytest.raises(ValueError) as caught:
        read_schema(describe(small(resource={"path": path})))
    assert str(caught.value) == f"datapackage.json: path {path!r} of table 'notes' leaves the folder"


def test_byte_order_mark_is_accepted(tmp_path):
    (tmp_path / "datapackage.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(small()).encode())
    assert read_schema(tmp_path).names == ["notes"]
