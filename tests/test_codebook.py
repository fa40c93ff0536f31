import pytest
from markupsafe import Markup

from briefing_helpers import field_guide, joins, load, overview, vocabularies
from briefing_helpers.schema import read_schema

SCHEMA = read_schema()


@pytest.mark.parametrize("table", SCHEMA.names)
def test_guide_has_a_row_for_every_field_with_its_meaning_and_what_blank_means(table):
    guide = field_guide(SCHEMA, table)
    assert guide["field"].tolist() == SCHEMA[table].columns
    assert guide.loc[guide["meaning"] == "", "field"].tolist() == []
    assert guide.loc[guide["blank means"] == "", "field"].tolist() == []


def test_guide_gives_each_allowed_value_its_definition_and_bounds_in_words():
    guide = field_guide(SCHEMA, "clauses").set_index("field")
    assert guide.at["mode", "type"] == "one of a list"
    assert "<code>shall-not</code> Somebody is not to do something." in guide.at["mode", "allowed values"]
    assert guide.at["point", "type"] == "whole number"
    assert guide.at["point", "allowed values"] == "from 1 up to 100"
    assert guide.at["id", "allowed values"] == "each value once"
    assert field_guide(SCHEMA, "events").set_index("field").at["date", "type"] == "date (EDTF)"


def test_guide_escapes_definitions_but_not_its_own_markup():
    cell = field_guide(SCHEMA, "clauses").set_index("field").at["mode", "allowed values"]
    assert isinstance(cell, Markup)
    assert cell.count("<br>") == len(SCHEMA["clauses"]["mode"].categories) - 1


def test_vocabularies_list_every_category_once():
    frame = vocabularies(SCHEMA)
    listed = sum(len(field.categories) for table in SCHEMA.tables for field in table.fields)
    assert len(frame) == listed
    assert not frame.duplicated(["table", "field", "value"]).any()


def test_joins_name_fields_that_exist_and_hold_ids_of_the_target():
    briefing = load()
    for table, field, target in joins(SCHEMA).itertuples(index=False):
        if target != "any table":
            assert set(briefing[table][field].dropna()) <= set(briefing[target]["id"]), (table, field)
    assert joins(SCHEMA).iloc[-1].tolist() == ["citations", "record", "any table"]


def test_joins_hold_every_field_that_names_a_record_of_any_table():
    named = joins(SCHEMA).query("`refers to` == 'any table'")
    assert named[["table", "field"]].values.tolist() == [
        ["evidence_items", "record"],
        ["citations", "record"],
    ]


def test_overview_sums_up_every_table():
    frame = overview(SCHEMA).set_index("table")
    assert frame.index.tolist() == SCHEMA.names
    # topic, scheme and fit take their values from lists; a topic is a word, not an id
    topics = len(SCHEMA["crosswalks"]["topic"].categories)
    assert frame.loc["crosswalks"].tolist() == [len(SCHEMA["crosswalks"].fields), 3, topics + 1 + 4, 0]
    assert frame["joins"].sum() == len(joins(SCHEMA))
    assert frame["entries"].sum() == len(vocabularies(SCHEMA))
