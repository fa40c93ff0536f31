from dataclasses import replace

import pandas as pd
import pytest

from briefing_helpers import (
    bearing,
    by_origins,
    by_voices,
    drop_origin,
    lean_on,
    pages,
    read_and_rated,
    weighty,
)
from briefing_helpers.evidence import statuses
from briefing_helpers.loading import TABLES
from briefing_helpers.sourcing import EFFECTS, leaning, origin_names


def row(frame, record):
    return frame.set_index("id").loc[record]


# Who bears a record out


def test_bearing_holds_every_cited_record_in_the_order_of_the_descriptor(valley):
    frame = bearing(valley)
    cited = valley.citations[["table", "record"]].astype(str).drop_duplicates()
    assert sorted(zip(frame["table"], frame["id"], strict=True)) == sorted(cited.itertuples(index=False))
    assert frame["table"].drop_duplicates().tolist() == [
        *("drafts", "clauses", "obligations", "lineage", "renderings", "claims", "actors", "relations"),
        *("events", "event_actors", "positions", "levers", "figures", "forecasts", "hypotheses"),
        *("evidence_items", "assumptions"),
    ]


@pytest.mark.parametrize(
    ("record", "standing", "origins", "rests_on", "against", "leans_on"),
    [
        ("plan-a-03", "confirmed", 2, "Daily South, Wire One", "", "Daily South, Wire One"),
        ("plan-a-01", "confirmed", 1, "north-ministry", "", "north-ministry"),
        ("plan-a-02b", "single", 1, "Wire One", "", "Wire One"),
        ("plan-b-02", "disputed", 1, "Daily South", "Wire One", "Daily South, Wire One"),
        ("plan-b-03", "weak", 0, "Valley Forum (rated D to F)", "", "Valley Forum"),
        ("river-summit", "unsupported", 0, "", "", ""),
        ("bh-c3", "unconfirmed", 0, "", "", ""),
        ("bh-c4", "contradicted", 0, "", "north-ministry", "north-ministry"),
    ],
)
def test_bearing_names_who_stands_for_and_against_a_record(
    valley, record, standing, origins, rests_on, against, leans_on
):
    found = row(bearing(valley), record)
    columns = ["standing", "origins", "rests_on", "against", "leans_on"]
    assert found[columns].tolist() == [standing, origins, rests_on, against, leans_on]


@pytest.mark.parametrize(
    ("record", "wording"),
    [
        ("ford-talks", "2031-05-02: Talks at the ford"),
        ("p1", "Ana North: Praised the cap."),
        ("army.northland", "Northland: Army of Southland as Northland counts it."),
        ("ana-north", "Ana North"),
        ("north-wrote", "Northland wrote it"),
        ("plan-a-01", "plan-a-01: Both states cease fire."),
        ("text-whole", "The text read is the whole text."),
        ("a-02a.b-02", "The cap has no number now."),
        ("a-01.b-01", "a-01.b-01"),
        ("ford-talks.ana-north", "ford-talks.ana-north"),
    ],
)
def test_wording_is_a_title_a_name_or_a_summary_with_what_places_it_else_the_id(valley, record, wording):
    assert row(bearing(valley), record)["wording"] == wording


def test_wording_stands_alone_where_its_date_is_not_known(valley):
    events = valley.events.assign(date=None)
    assert row(bearing(replace(valley, events=events)), "ford-talks")["wording"] == "Talks at the ford"


def test_origins_are_named_as_actor_then_as_a_publisher_spells_them_then_by_id(valley):
    sources = pd.DataFrame(
        [
            ("river-council", "Some Page"),
            ("la-lv", "LA.LV (Latvian)"),
            ("rferl", "NewsGram / RFE/RL"),
            ("dw", "briefly.co (on DW)"),
            ("epa", "separate.example"),
        ],
        columns=["origin", "publisher"],
    )
    assert origin_names(replace(valley, sources=sources)) == {
        "river-council": "River Council",
        "la-lv": "LA.LV",
        "rferl": "RFE/RL",
        "dw": "DW",
        "epa": "epa",
    }


# Origins per record


def test_by_origins_counts_and_puts_the_best_borne_out_table_on_top():
    weighed = pd.DataFrame({"table": list("aaabbbb"), "origins": [0, 1, 2, 2, 3, 9, 1]})
    counts = by_origins(weighed)
    assert counts.columns.tolist() == ["three or more", "two", "one", "none"]
    assert counts.to_dict("index") == {
        "b": {"three or more": 2, "two": 1, "one": 1, "none": 0},
        "a": {"three or more": 0, "two": 1, "one": 1, "none": 1},
    }
    assert counts.index.tolist() == ["b", "a"]


def test_by_origins_of_no_records_has_its_columns():
    counts = by_origins(pd.DataFrame({"table": pd.Series(dtype=str), "origins": pd.Series(dtype=int)}))
    assert (len(counts), list(counts)) == (0, ["three or more", "two", "one", "none"])


# What weighs most


def test_weighty_takes_five_kinds_from_the_data(valley):
    assert weighty(valley)[["table", "id", "why"]].values.tolist() == [
        ["clauses", "plan-a-02a", "Binding clauses on key issues"],
        ["events", "ford-talks", "Diplomatic events"],
        ["events", "river-summit", "Diplomatic events"],
        ["figures", "army.northland", "Figures held against a clause or each other"],
        ["figures", "army.southland", "Figures held against a clause or each other"],
        ["positions", "p2", "Red lines"],
        ["levers", "northland.arms.southland", "Pressure threatened or applied"],
    ]


@pytest.mark.parametrize(
    ("table", "record", "field", "value"),
    [
        ("clauses", "plan-a-02a", "mode", "may"),
        ("clauses", "plan-a-02a", "issue", None),
        ("events", "ford-talks", "track", "military"),
        ("events", "river-summit", "rival_of", "ford-talks"),
        ("positions", "p2", "red_line", "no"),
        ("levers", "northland.arms.southland", "use", "offered"),
    ],
)
def test_a_record_that_loses_its_mark_is_weighty_no_more(valley, table, record, field, value):
    frame = valley[table].copy()
    frame.loc[frame["id"] == record, field] = value
    assert record not in set(weighty(replace(valley, **{table: frame}))["id"])


def test_a_figure_without_clause_or_rival_is_not_weighty(valley):
    figures = valley.figures.assign(clause=None, subject=["army", "army", "dead"])
    chosen = weighty(replace(valley, figures=figures)).query("table == 'figures'")["id"].tolist()
    assert chosen == ["army.northland", "army.southland"]
    figures = figures.assign(subject=["one", "two", "three"])
    assert weighty(replace(valley, figures=figures)).query("table == 'figures'").empty


# Leaving one origin out


def brute_force(briefing):
    """Leave out each origin's pages in turn and derive every status anew."""
    before = statuses(briefing.citations, briefing.sources, briefing.claims)
    before = before.set_index(["table", "record"])["derived"]
    for origin, rows in briefing.sources.groupby("origin"):
        kept = briefing.citations[~briefing.citations["source"].isin(rows["id"])]
        after = statuses(kept, briefing.sources, briefing.claims)
        after = after.set_index(["table", "record"])["derived"]
        for (table, record), old in before.items():
            none = "unconfirmed" if table == "claims" else "unsupported"
            new = after.get((table, record), none)
            if new != old:
                yield (origin, table, record, old, new)


@pytest.mark.parametrize("name", ["valley", "shipped"])
def test_leaning_is_what_dropping_each_origin_yields(request, name):
    briefing = request.getfixturevalue(name)
    changes = leaning(briefing)[["origin", "table", "id", "before", "after"]]
    assert sorted(changes.itertuples(index=False, name=None)) == sorted(brute_force(briefing))


@pytest.mark.parametrize(
    ("origin", "record", "effect"),
    [
        ("wire-one", "plan-a-02b", "bare"),
        ("north-ministry", "plan-a-01", "bare"),
        ("wire-one", "bh-c1", "bare"),
        ("wire-one", "plan-a-03", "thinner"),
        ("valley-forum", "plan-b-03", "gone"),
        ("daily-south", "plan-b-02", "quarrel"),
        ("wire-one", "plan-b-02", "quarrel"),
        ("north-ministry", "bh-c4", "quarrel"),
    ],
)
def test_the_loss_of_an_origin_has_one_of_four_effects(valley, origin, record, effect):
    changes = drop_origin(valley, origin)
    assert set(changes["origin"]) == {origin}
    assert row(changes, record)["effect"] == effect


def test_a_claim_does_not_lean_on_the_source_that_makes_it(valley):
    assert "claims" not in set(drop_origin(valley, "border-herald")["table"])


def test_an_origin_that_is_not_there_is_named_with_the_nearest(valley):
    with pytest.raises(KeyError) as caught:
        drop_origin(valley, "wire-two")
    assert caught.value.args == ("no source has the origin 'wire-two'; did you mean 'wire-one'?",)


def test_lean_on_counts_effects_with_the_heaviest_origin_on_top(valley):
    frame = lean_on(valley)
    assert frame.columns.tolist() == ["origin", "pages", "records", *EFFECTS, "changes"]
    assert frame.values.tolist() == [
        ["Wire One", 2, 18, 12, 4, 0, 2, 18],
        ["Daily South", 1, 14, 8, 4, 0, 2, 14],
        ["north-ministry", 1, 12, 9, 1, 0, 2, 12],
        ["Border Herald", 1, 4, 3, 0, 0, 0, 3],
        ["Valley Forum", 1, 3, 0, 0, 3, 0, 3],
    ]


# How much was read


def test_read_and_rated_counts_sources_and_support_in_every_pair(valley):
    pairs = read_and_rated(valley)
    assert len(pairs) == 4 * 6
    found = pairs[pairs["sources"] > 0].astype(object).values.tolist()
    assert found == [
        ["full", "A", 1, 10],
        ["full", "B", 2, 25],
        ["excerpt", "C", 1, 1],
        ["opening", "C", 1, 13],
        ["fragment", "F", 1, 3],
    ]
    assert pairs["sources"].sum() == len(valley.sources)
    assert pairs["citations"].sum() == (valley.citations["relation"] == "supports").sum()


def test_pages_name_each_source_where_it_belongs_with_what_it_supports(valley):
    frame = pages(valley).astype(object)
    assert frame.values.tolist() == [
        ["full", "A", 1, 10, "Ministry of Northland (10)"],
        ["full", "B", 2, 25, "Wire One (17); Border Herald (8)"],
        ["excerpt", "C", 1, 1, "Valley Times (1)"],
        ["opening", "C", 1, 13, "Daily South (13)"],
        ["fragment", "F", 1, 3, "Valley Forum (3)"],
    ]
    assert frame["sources"].sum() == len(valley.sources)
    assert frame["supports"].sum() == (valley.citations["relation"] == "supports").sum()


def test_pages_name_a_source_that_supports_nothing(valley):
    frame = pages(replace(valley, citations=valley.citations.head(0)))
    assert frame["supports"].tolist() == [0] * len(frame)
    assert frame["sources"].sum() == len(valley.sources)


def test_records_that_rest_on_the_same_origins_stand_together(valley):
    weighed = bearing(valley)
    groups = by_voices(weighed)
    assert groups["rows"].sum() == len(weighed)
    assert groups["rows"].is_monotonic_decreasing
    parts = [part.split(": ") for named in groups["named"] for part in named.split("; ")]
    found = [(table, record) for table, records in parts for record in records.split(", ")]
    assert sorted(found) == sorted(zip(weighed["table"].astype(str), weighed["id"], strict=True))
    for named in groups["named"]:  # each table is named once, in the order of the descriptor
        tables = [part.split(": ")[0] for part in named.split("; ")]
        assert tables == sorted(set(tables), key=TABLES.index)
    assert not groups[["standing", "origins", "rests_on", "against", "leans_on"]].duplicated().any()
