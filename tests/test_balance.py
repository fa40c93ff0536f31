import itertools
import math

import pandas as pd
import pytest

from briefing_helpers import between, duties, find, reciprocity, recount, ways

COLUMNS = ["way", "first", "second", "low", "high", "range", "mirrored", "ratio", "ratio_low", "ratio_high"]


def owed(*rows):
    """Make duties of clause, who owes, who gains by either coder, and act or refrain."""
    frame = pd.DataFrame(rows, columns=["clause", "owed_by", "owed_to", "owed_to_second", "duty"])
    ids = {"All": "all-parties"}
    return frame.assign(
        id=[f"{clause}.{at}" for at, clause in enumerate(frame["clause"])],
        obligor=frame["owed_by"].replace(ids),
        beneficiary=frame["owed_to"].replace(ids),
        beneficiary_second=frame["owed_to_second"].replace(ids),
        contested=frame["owed_to"] != frame["owed_to_second"],
        tests=4,
    )


NORTH = owed(
    ("c1", "north", "south", "south", "act"),  # mirrored by the next
    ("c1", "south", "All", "north", "act"),
    ("c2", "north", "south", "south", "refrain"),  # the other side acts: not mirrored
    ("c2", "south", "people", "north", "act"),
    ("c3", "north", "people", "south", "act"),
    ("c4", "All", "people", "All", "act"),  # runs both ways by the second coder only
    ("c5", "north", "people", "people", "act"),
    ("c6", "north", "south", "south", "act"),
)


def row(found, way):
    return found.set_index("way").loc[way]


def test_each_way_is_counted_by_either_coder_and_over_all_choices():
    found = reciprocity(NORTH, "north", "south")
    assert found.columns.tolist() == COLUMNS
    assert found["way"].tolist() == ["north to south", "south to north", "balance"]
    counts = found[["first", "second", "low", "high", "range"]].to_numpy().tolist()
    assert counts == [[3, 5, 3, 5, "3 to 5"], [1, 3, 1, 3, "1 to 3"], [2, 2, 1, 3, "+1 to +3"]]


def test_ratio_is_that_to_the_other_way_with_its_bounds():
    found = reciprocity(NORTH, "north", "south")
    assert row(found, "north to south")[["ratio", "ratio_low", "ratio_high"]].tolist() == [3.0, 1.0, 5.0]
    assert row(found, "south to north")[["ratio", "ratio_low", "ratio_high"]].tolist() == [1 / 3, 0.2, 1.0]
    assert math.isnan(row(found, "balance")["ratio"])


def test_ratio_to_nothing_is_blank():
    found = reciprocity(NORTH.iloc[[0]], "north", "south")
    assert math.isnan(row(found, "north to south")["ratio"])
    assert row(found, "south to north")["ratio"] == 0


def test_ranges_are_those_of_every_way_of_choosing(shipped):
    """Try all choices for the contested duties between two sides, one by one."""
    own = duties(shipped.obligations, find(shipped.clauses, "us28"), shipped.actors)
    own = own[own["id"].isin(between(own, "ukraine", "russia")["id"])]
    apart, sure = own[own["contested"]].head(9), own[~own["contested"]]
    small = pd.concat([sure, apart])
    found = reciprocity(small, "ukraine", "russia").set_index("way")
    tried = []
    for flips in itertools.product([False, True], repeat=len(apart)):
        chosen = apart.assign(
            owed_to=apart["owed_to"].mask(pd.Series(flips, apart.index), apart["owed_to_second"]),
            beneficiary=apart["beneficiary"].mask(pd.Series(flips, apart.index), apart["beneficiary_second"]),
        )
        tried.append(plain(pd.concat([sure, chosen]), "ukraine", "russia"))
    there, back = zip(*tried, strict=True)
    balance = [one - other for one, other in tried]
    assert found.loc["ukraine to russia", ["low", "high"]].tolist() == [min(there), max(there)]
    assert found.loc["russia to ukraine", ["low", "high"]].tolist() == [min(back), max(back)]
    assert found.loc["balance", ["low", "high"]].tolist() == [min(balance), max(balance)]
    assert found.loc["ukraine to russia", "ratio_low"] <= min(one / other for one, other in tried)
    assert found.loc["ukraine to russia", "ratio_high"] >= max(one / other for one, other in tried)


def plain(rows, a, b):
    """Count what each of two sides owes the other by the first coder, in the plainest way."""
    counts = [0, 0]
    for duty in rows.to_dict("records"):
        for at, (by, to) in enumerate(((a, b), (b, a))):
            owes = duty["owed_by"] == by or duty["obligor"] == "all-parties"
            counts[at] += owes and (duty["owed_to"] == to or duty["beneficiary"] == "all-parties")
    return tuple(counts)


def test_without_sharing_all_parties_count_for_nobody():
    found = reciprocity(NORTH, "north", "south", shared=False)
    counts = found[["first", "second", "low", "high"]].to_numpy().tolist()
    assert counts == [[3, 4, 3, 4], [0, 2, 0, 2], [3, 2, 1, 4]]


def test_a_duty_is_mirrored_where_its_clause_has_the_other_side_do_the_like():
    found = between(NORTH, "north", "south")
    mirrored = dict(zip(found["way"].str[:5] + " " + found["id"], found["mirrored"], strict=True))
    assert mirrored == {
        "north c1.0": True,
        "north c2.2": False,
        "north c3.4": False,
        "north c4.5": True,
        "north c6.7": False,
        "south c1.1": True,
        "south c2.3": False,
        "south c4.5": True,
    }
    assert reciprocity(NORTH, "north", "south")["mirrored"].tolist() == [1, 1, pd.NA]


def test_what_mirrors_a_duty_does_not_depend_on_who_gains():
    found = owed(
        ("c1", "north", "south", "south", "act"),
        ("c1", "south", "people", "people", "act"),  # answers the one above; is itself owed to others
        ("c2", "All", "north", "All", "act"),  # binds both: mirrored, though one coder has north alone gain
    )
    found = between(found, "north", "south")
    assert found[["way", "id", "mirrored"]].to_numpy().tolist() == [
        ["north to south", "c1.0", True],
        ["north to south", "c2.2", True],
        ["south to north", "c2.2", True],
    ]


def test_between_lists_each_duty_with_the_way_it_runs_by_either_coder():
    found = between(NORTH, "north", "south")
    listed = found[["way", "id", "first", "second"]].to_numpy().tolist()
    assert listed == [
        ["north to south", "c1.0", True, True],
        ["north to south", "c2.2", True, True],
        ["north to south", "c3.4", False, True],
        ["north to south", "c4.5", False, True],
        ["north to south", "c6.7", True, True],
        ["south to north", "c1.1", True, True],
        ["south to north", "c2.3", False, True],
        ["south to north", "c4.5", False, True],
    ]


def test_one_sided_counts_leave_mirrored_duties_out():
    found = reciprocity(NORTH, "north", "south", one_sided=True)
    counts = found[["first", "second", "low", "high", "range"]].to_numpy().tolist()
    assert counts == [[2, 3, 2, 3, "2 to 3"], [0, 1, 0, 1, "0 to 1"], [2, 2, 1, 3, "+1 to +3"]]


def test_a_range_of_one_number_is_that_number():
    found = reciprocity(NORTH.iloc[[0, 6, 7]], "north", "south")
    assert found["range"].tolist() == ["2", "0", "+2"]


@pytest.mark.parametrize("call", [between, reciprocity, recount])
def test_a_party_that_no_duty_names_is_refused(call):
    with pytest.raises(KeyError) as caught:
        call(NORTH, "north", "sooth")
    assert caught.value.args == ("no duty names 'sooth'; did you mean 'south'?",)


def test_ways_compare_every_two_parties_in_order():
    found = ways(NORTH, ["north", "south", "people"])
    assert found.columns.tolist() == ["pair", *COLUMNS]
    assert found["pair"].tolist() == [
        pair for pair in ("north and south", "north and people", "south and people") for _ in range(2)
    ]
    assert found["way"].tolist() == [
        "north to south",
        "south to north",
        "north to people",
        "people to north",
        "south to people",
        "people to south",
    ]
    assert found["first"].tolist() == [3, 1, 3, 0, 3, 0]


def test_recount_drops_one_thing_at_a_time():
    duties = NORTH.assign(tests=[4, 4, 4, 4, 4, 4, 4, 3])
    found = recount(duties, "north", "south", {"first clause only": duties.head(2)}).set_index("case")
    assert found.columns.tolist() == [
        "north to south",
        "north to south, range",
        "south to north",
        "south to north, range",
        "balance",
        "balance, range",
    ]
    assert found.to_numpy().tolist() == [
        [3, "3 to 5", 1, "1 to 3", 2, "+1 to +3"],
        [5, "3 to 5", 3, "1 to 3", 2, "+1 to +3"],
        [3, "3", 0, "0", 3, "+3"],
        [3, "3 to 4", 1, "1 to 2", 2, "+1 to +3"],
        [3, "3 to 4", 0, "0 to 2", 3, "+1 to +4"],
        [2, "2 to 3", 0, "0 to 1", 2, "+1 to +3"],
        [2, "2 to 4", 1, "1 to 3", 1, "0 to +2"],
        [1, "1", 1, "1", 0, "0"],
    ]
    assert found.index.tolist() == [
        "first coder",
        "second coder (every contested coding flipped)",
        "without contested duties",
        "without duties that bind all parties",
        "without duties or gains of all parties",
        "without mirrored duties, which bind both sides",
        "only duties that pass every test",
        "first clause only",
    ]


def test_frames_are_left_as_they_were():
    before = NORTH.copy(deep=True)
    recount(NORTH, "north", "south")
    ways(NORTH, ["north", "south"], one_sided=True)
    pd.testing.assert_frame_equal(NORTH, before)
