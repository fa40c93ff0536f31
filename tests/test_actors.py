import pandas as pd
import pytest

from briefing_helpers import (
    appearances,
    breakdown,
    contact_pairs,
    contacts,
    gap,
    left_out,
    tenures,
    ties,
    within,
)

SIDES = pd.CategoricalDtype(["us", "russia", "ukraine", "europe", "media"], ordered=False)
KINDS = pd.CategoricalDtype(["met", "called", "left-out", "envoy-of", "heads", "appointed", "dismissed"])


def days(*texts):
    return pd.Series(texts, dtype="datetime64[s]")


@pytest.fixture
def actors():
    rows = [
        ("ann", "Ann", "person", "us", "Adviser; works at home", "2031-03", None),
        ("bo", "Bo", "person", "russia", "Envoy", None, None),
        ("cleo", "Cleo", "person", "ukraine", "Minister; once a mayor", None, "2031-05-09"),
        ("dee", "Dee", "person", "europe", "Chair", "2029", None),
        ("e2", "E2 (Dee, and others)", "group", "europe", "Group", None, None),
        ("states", "States", "state", "us", None, None, None),
        ("board", "Board", "proposed-body", "us", None, None, None),
        ("paper", "Paper", "media", "media", None, None, None),
    ]
    names = ["id", "name", "kind", "side", "role", "role_from", "role_to"]
    frame = pd.DataFrame(rows, columns=names)
    for end in ("role_from", "role_to"):
        frame[end] = frame[end].astype("str").where(frame[end].notna())
    return frame.astype({"side": SIDES})


@pytest.fixture
def events():
    rows = [
        ("late", "meeting", "occurred", None, "2031-06-01", "2031-06-02", "Late talks"),
        ("early", "call", "occurred", None, "2031-05-01", "2031-05-01", "Early call"),
        ("off", "meeting", "called-off", None, "2031-05-02", "2031-05-02", "Talks called off"),
        ("other", "call", "occurred", "early", "2031-05-03", "2031-05-03", "Early call, per others"),
        ("said", "statement", "occurred", None, "2031-05-04", "2031-05-04", "A statement"),
        ("exit", "departure", "planned", None, "2031-07-01", "2031-07-31", "Bo is to go"),
        ("alone", "meeting", "occurred", None, "2031-05-05", "2031-05-05", "Nobody named"),
    ]
    names = ["id", "kind", "occurrence", "rival_of", "date_earliest", "date_latest", "title"]
    frame = pd.DataFrame(rows, columns=names).assign(status="single", date="2031-07")
    frame["rival_of"] = frame["rival_of"].astype("str").where(frame["rival_of"].notna())
    return frame.astype({"date_earliest": "datetime64[s]", "date_latest": "datetime64[s]"})


@pytest.fixture
def event_actors():
    rows = [
        ("late", "e2", "participant"),
        ("late", "ann", "host"),
        ("late", "cleo", "participant"),
        ("late", "dee", "participant"),
        ("late", "bo", "absent"),
        ("early", "bo", "participant"),
        ("early", "ann", "participant"),
        ("early", "cleo", "subject"),
        ("off", "ann", "participant"),
        ("other", "ann", "participant"),
        ("said", "ann", "speaker"),
        ("exit", "bo", "subject"),
        ("exit", "paper", "speaker"),
        ("alone", "cleo", "target"),
    ]
    return pd.DataFrame(rows, columns=["event", "actor", "role"])


@pytest.fixture
def met(events, event_actors, actors):
    return contacts(events, event_actors, actors)


# Contacts


def test_contacts_are_main_accounts_of_meetings_and_calls_that_occurred_in_order_of_time(met):
    assert met["id"].tolist() == ["early", "alone", "late"]


def test_contacts_name_who_was_present_and_their_sides_in_vocabulary_order(met):
    assert met[["id", "sides", "people"]].to_numpy().tolist() == [
        ["early", "us, russia", "Bo; Ann"],
        ["alone", "", ""],
        ["late", "us, ukraine, europe", "E2 (Dee, and others); Ann; Cleo; Dee"],
    ]


@pytest.mark.parametrize("role", ["subject", "target", "absent"])
def test_whoever_is_only_spoken_of_or_absent_is_not_present(events, actors, role):
    parts = pd.DataFrame([("early", "ann", "participant"), ("early", "bo", role)])
    met = contacts(events, parts.set_axis(["event", "actor", "role"], axis=1), actors)
    assert met["sides"].tolist() == ["us", "", ""]


def test_labels_of_sides_may_stand_for_sides(events, event_actors, actors):
    labelled = actors.assign(side=actors["side"].cat.rename_categories({"us": "United States"}))
    assert contacts(events, event_actors, labelled)["sides"].tolist()[0] == "United States, russia"


def test_contacts_of_the_sample_package(valley):
    frame = contacts(valley.events, valley.event_actors, valley.actors)
    assert frame[["id", "sides", "people"]].to_numpy().tolist() == [
        ["ford-talks", "other", "Ana North; Boris South"]
    ]


def test_within_keeps_what_lies_between_two_days_ends_included(met):
    inside = within(met, pd.Timestamp("2031-05-01"), pd.Timestamp("2031-06-01"))
    assert inside["id"].tolist() == ["early", "alone"]
    assert within(met, pd.Timestamp("2031-06-01"), pd.Timestamp("2031-06-02"))["id"].tolist() == ["late"]


def test_undated_records_lie_within_no_days():
    frame = pd.DataFrame({"date_earliest": days(None), "date_latest": days("2031-05-01")})
    assert within(frame, pd.Timestamp("2000-01-01"), pd.Timestamp("2100-01-01")).empty


def test_appearances_count_persons_and_no_groups(met, actors):
    counts = appearances(met, actors)
    assert counts.to_dict() == {"Ann": 2, "Bo": 1, "Cleo": 1, "Dee": 1}
    assert counts.index[0] == "Ann"


# Pairs of sides


def test_pairs_list_a_contact_once_for_each_two_sides_present(met):
    both = contact_pairs(met, ["us", "russia", "europe"])
    assert both[["pair", "id"]].astype(str).to_numpy().tolist() == [
        ["us and russia", "early"],
        ["us and europe", "late"],
    ]


def test_pairs_without_a_contact_are_counted_as_none(met):
    both = contact_pairs(met, ["us", "russia", "europe"])
    assert both["pair"].value_counts(sort=False).to_dict() == {
        "us and russia": 1,
        "us and europe": 1,
        "russia and europe": 0,
    }


def test_pairs_of_no_contacts_keep_the_columns(met):
    both = contact_pairs(met.head(0), ["us", "russia"])
    assert both.empty
    assert both["pair"].cat.categories.tolist() == ["us and russia"]
    assert set(met.columns) < set(both.columns)


def test_tally_says_how_often_the_first_side_met_the_others(met):
    both = contact_pairs(met, ["us", "russia", "europe"])
    assert breakdown(both, ["us", "russia", "europe", "ukraine"]) == (
        "1 with russia, 1 with europe and none with ukraine"
    )
    assert breakdown(both, ["europe", "us"]) == "1 with us"


def test_tally_gives_a_label_its_article():
    frame = pd.DataFrame({"pair": ["United States and Ukraine"]})
    assert breakdown(frame, ["Ukraine", "United States", "Europe"]) == (
        "1 with the United States and none with Europe"
    )


def test_gap_is_the_last_contact_before_a_day_and_the_first_since(met):
    both = contact_pairs(met, ["us", "russia", "ukraine"])
    last, first = gap(both, "us and russia", pd.Timestamp("2031-05-02"))
    assert last == pd.Timestamp("2031-05-01")
    assert pd.isna(first)
    last, first = gap(both, "us and ukraine", pd.Timestamp("2031-06-01"))
    assert pd.isna(last)
    assert first == pd.Timestamp("2031-06-01")


# Ties


@pytest.fixture
def relations():
    rows = [
        ("r1", "ann", "met", "bo", "2031-05-01", "2031-05-01", "2031-05-01", "early", "confirmed"),
        ("r2", "ann", "left-out", "cleo", "2031-04/2031-06-01", "2031-04-01", "2031-06-01", None, "disputed"),
        ("r3", "bo", "envoy-of", "ann", None, None, None, None, "single"),
        ("r4", "dee", "called", "ann", None, None, None, None, "single"),
        ("r5", "cleo", "heads", "e2", "2031-05-10/..", "2031-05-10", None, None, "weak"),
        ("r6", "ann", "heads", "board", None, None, None, None, "single"),
        ("r7", "ann", "appointed", "dee", "2031-06", "2031-06-01", "2031-06-30", "late", "single"),
        ("r8", "bo", "heads", "states", "2031-05", "2031-05-01", "2031-05-31", None, "single"),
        ("r9", "ann", "dismissed", "dee", "../2031-08-01", None, "2031-08-01", None, "confirmed"),
    ]
    names = [
        "id",
        "from_actor",
        "kind",
        "to_actor",
        "date",
        "date_earliest",
        "date_latest",
        "event",
        "status",
    ]
    frame = pd.DataFrame(rows, columns=names).assign(summary="In our words.")
    for name in ("date", "event"):
        frame[name] = frame[name].astype("str").where(frame[name].notna())
    stamps = {"date_earliest": "datetime64[s]", "date_latest": "datetime64[s]"}
    return frame.astype({"kind": KINDS, **stamps})


def test_all_ties_carry_names_sides_and_the_pair_of_sides(relations, actors):
    frame = ties(relations, actors).set_index("id")
    assert len(frame) == len(relations)
    assert frame.loc["r1", ["from_name", "from_side", "to_name", "to_side", "pair"]].tolist() == [
        "Ann",
        "us",
        "Bo",
        "russia",
        "us and russia",
    ]
    assert frame.loc["r3", "pair"] == "us and russia"
    assert frame.loc["r5", "pair"] == "ukraine and europe"


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2031-05-01", "2031-05-01", ["r2", "r1", "r3"]),
        ("2031-05-02", "2031-05-31", ["r2", "r3"]),
        ("2031-07-01", "2031-07-31", ["r3"]),
        ("2031-01-01", "2031-03-31", ["r3"]),
    ],
)
def test_ties_of_some_days_may_fall_between_them_and_standing_ones_need_no_date(
    relations, actors, since, until, found
):
    kinds = ["met", "called", "left-out", "envoy-of"]
    frame = ties(relations, actors, kinds, pd.Timestamp(since), pd.Timestamp(until))
    assert frame["id"].tolist() == found


def test_a_tie_open_at_one_end_reaches_on(relations, actors):
    frame = ties(relations, actors, ["heads"], pd.Timestamp("2040-01-01"), pd.Timestamp("2040-01-01"))
    assert frame["id"].tolist() == ["r5", "r6"]


def test_an_unknown_kind_of_tie_is_named(relations, actors):
    with pytest.raises(ValueError, match="no such kind of tie: adored, hated"):
        ties(relations, actors, ["met", "hated", "adored"])


# Left out


def test_left_out_gives_names_and_origins_on_each_side(relations, actors):
    weighed = pd.DataFrame({"record": ["r2", "r1"], "supports": [2, 5], "contradicts": [0, 5]})
    [row] = left_out(relations, actors, weighed).to_dict("records")
    assert (row["id"], row["by"], row["left_out"], row["origins"]) == (
        "r2",
        "Ann",
        "Cleo",
        "2 for, none against",
    )


def test_left_out_without_a_citation_has_no_origins(relations, actors):
    weighed = pd.DataFrame({"record": ["r1"], "supports": [5], "contradicts": [5]})
    assert left_out(relations, actors, weighed)["origins"].tolist() == ["none for, none against"]


def test_left_out_stands_latest_first(relations, actors):
    earlier = relations[relations["id"] == "r2"].assign(id="r0", date_earliest=pd.Timestamp("2030-01-01"))
    weighed = pd.DataFrame({"record": ["r1"], "supports": [0], "contradicts": [0]})
    frame = left_out(pd.concat([earlier, relations]), actors, weighed)
    assert frame["id"].tolist() == ["r2", "r0"]


# Offices


@pytest.fixture
def offices(relations, events, event_actors, actors):
    return tenures(relations, events, event_actors, actors).set_index("id")


def test_offices_are_terms_appointments_removals_and_departures(offices):
    found = offices[["person", "office", "kind", "table"]].to_dict("index")
    assert {key: tuple(row.values()) for key, row in found.items()} == {
        "r3": ("Bo", "Envoy of Ann", "term", "relations"),
        "r5": ("Cleo", "Heads E2 (Dee, and others)", "term", "relations"),
        "r7": ("Dee", "Late talks", "appointed", "relations"),
        "r8": ("Bo", "Heads States", "term", "relations"),
        "r9": ("Dee", "In our words.", "dismissed", "relations"),
        "exit": ("Bo", "Bo is to go", "departure", "events"),
        "ann": ("Ann", "Adviser", "term", "actors"),
        "dee": ("Dee", "Chair", "term", "actors"),
    }


def test_the_head_of_a_proposed_body_holds_no_office(offices):
    assert "r6" not in offices.index


def test_a_role_counts_only_where_a_date_stands_with_it_and_no_relation_tells_of_an_office(offices):
    # Bo has a role without a date; Cleo heads a group, so her role is told by that relation.
    assert not {"bo", "cleo"} & set(offices.index)


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ("r3", [None, None, None, None]),
        ("r5", ["2031-05-10", "2031-05-10", None, None]),
        ("r8", [None, "2031-05-01", "2031-05-31", None]),
        ("r9", [None, None, "2031-08-01", "2031-08-01"]),
        ("ann", ["2031-03-01", "2031-03-31", None, None]),
        ("dee", ["2029-01-01", "2029-12-31", None, None]),
    ],
)
def test_ends_of_a_term_are_those_that_its_date_states(offices, row, ends):
    found = offices.loc[row, ["maybe_from", "sure_from", "sure_to", "maybe_to"]]
    assert [None if pd.isna(day) else f"{day:%F}" for day in found] == ends


def test_a_departure_keeps_whether_it_took_place(offices):
    assert offices.loc["exit", "occurrence"] == "planned"
    assert set(offices.drop("exit")["occurrence"]) == {"occurred"}


@pytest.mark.parametrize(
    ("date", "sure_to"),
    [("2031-02-01/..", True), ("2031-02-01/2031-05-01", False), ("2040-01-01/..", False)],
)
def test_a_term_with_an_open_end_is_sure_to_the_eve_of_a_planned_departure(
    relations, events, event_actors, actors, date, sure_to
):
    relations = relations.assign(date=relations["date"].mask(relations["id"] == "r3", date))
    own = tenures(relations, events, event_actors, actors).set_index("id")
    eve = events.set_index("id").at["exit", "date_earliest"] - pd.Timedelta(days=1)
    assert (own.at["r3", "sure_to"] == eve) == sure_to
    assert pd.isna(own.at["r3", "maybe_to"]) == date.endswith("..")


def test_people_with_a_day_or_month_on_record_are_dated(offices):
    # Every row of a dated person is.
    assert offices["dated"].all()
    assert offices.loc["r3", "dated"]


def test_people_whose_dates_are_blank_or_a_year_are_not_dated(relations, events, event_actors, actors):
    bare = relations[relations["id"] == "r3"]
    frame = tenures(bare, events.head(0), event_actors, actors).set_index("id")
    assert frame["dated"].to_dict() == {"r3": False, "ann": True, "cleo": True, "dee": False}


def test_a_status_is_blank_where_the_table_has_none(offices):
    assert pd.isna(offices.loc["ann", "status"])
    assert offices.loc["r5", "status"] == "weak"
