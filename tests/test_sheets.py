import pytest

from briefing_helpers.sheets import Sheet

SHEET = Sheet(range(2, 5), {"id": ("a", "b", "c"), "note": ("", "n", "m")}, frozenset({3}))


def test_length_and_columns():
    assert len(SHEET) == 3
    assert "note" in SHEET
    assert "other" not in SHEET
    assert SHEET["note"] == ("", "n", "m")


def test_walk_numbers_the_rows_and_cells_do_not():
    assert list(SHEET.walk("note", "id")) == [(2, "", "a"), (3, "n", "b"), (4, "m", "c")]
    assert list(SHEET.cells("note", "id")) == [("", "a"), ("n", "b"), ("m", "c")]


def test_lookup_maps_ids():
    assert SHEET.lookup("note") == {"a": "", "b": "n", "c": "m"}


def test_sound_leaves_out_the_broken_rows_and_keeps_their_numbers():
    sound = SHEET.sound()
    assert list(sound.walk("id")) == [(2, "a"), (4, "c")]
    assert not sound.broken
    assert sound.sound() is sound


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        list(Sheet([2, 3], {"id": ("a",)}).walk("id"))
