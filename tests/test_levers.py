import pandas as pd
import pytest

from briefing_helpers import by_pair, contested, push_and_pull, sided

LABELS = {"us": "Uplands", "russia": "Reeds", "none": "None", "international": "International"}
ACTORS = pd.DataFrame(
    {
        "id": ["up", "upper", "reed", "all", "league"],
        "name": ["Up", "Upper House", "Reed", "Everybody", "League"],
        "side": ["us", "us", "russia", "none", "international"],
    }
)
USES = pd.CategoricalDtype(["threatened", "applied", "eased", "offered", "denied"])


def lever(name, by, on, use, day, event=None, means="money"):
    first = pd.Timestamp(day)
    ends = {"date_earliest": first, "date_latest": first}
    ends["summary"] = (
        "Said; reading it as pressure is our coding." if name == "home" else "Said of our house."
    )
    return {"id": name, "by_actor": by, "on_actor": on, "use": use, "means": means, "event": event, **ends}


def frame(*rows):
    return pd.DataFrame(rows).astype({"use": USES})


LEVERS = frame(
    lever("late", "up", "reed", "applied", "2031-05-02"),
    lever("early", "upper", "reed", "applied", "2031-05-01"),
    lever("threat", "up", "reed", "threatened", "2031-05-03", means="energy"),
    lever("home", "upper", "up", "applied", "2031-05-01"),
    lever("everybody", "up", "all", "offered", "2031-05-01"),
    lever("league", "league", "reed", "eased", "2031-05-01"),
)


def test_sided_names_the_pair_of_each_lever():
    found = sided(LEVERS, ACTORS, LABELS).set_index("id")
    assert found["pair"].to_dict() == {
        "league": "League on Reeds",
        "threat": "Uplands on Reeds",
        "early": "Uplands on Reeds",
        "late": "Uplands on Reeds",
        "everybody": "Uplands on Everybody",
        "home": "Uplands at home",
    }
    assert found.loc["threat", ["by", "on", "lane"]].tolist() == ["Up", "Reed", "Uplands on Reeds: energy"]


def test_sided_marks_what_is_our_reading():
    found = sided(LEVERS, ACTORS, LABELS)
    assert found.loc[found["ours"], "id"].tolist() == ["home"]


def test_sided_orders_by_pair_use_and_time():
    assert sided(LEVERS, ACTORS, LABELS)["id"].tolist() == [
        *("league", "home", "everybody", "threat", "early", "late")
    ]


def test_by_pair_counts_uses_and_keeps_those_that_do_not_occur():
    counts = by_pair(sided(LEVERS, ACTORS, LABELS))
    assert list(counts.columns) == ["threatened", "applied", "eased", "offered", "denied"]
    assert counts.loc["Uplands on Reeds"].tolist() == [1, 2, 0, 0, 0]
    assert counts.index[0] == "Uplands on Reeds"
    assert counts.to_numpy().sum() == len(LEVERS)


def test_by_pair_adds_up_small_pairs_and_says_how_many():
    counts = by_pair(sided(LEVERS, ACTORS, LABELS), least=2)
    assert counts.index.tolist() == ["Uplands on Reeds", "3 other pairs"]
    assert counts.loc["3 other pairs"].tolist() == [0, 1, 1, 1, 0]


def test_by_pair_keeps_the_name_of_a_single_small_pair():
    counts = by_pair(sided(LEVERS.head(4), ACTORS, LABELS), least=2)
    assert counts.index.tolist() == ["Uplands on Reeds", "Uplands at home"]


@pytest.mark.parametrize("change", [str.lower, str.capitalize])
def test_push_and_pull_counts_pressure_our_share_of_it_and_gains(change):
    levers = sided(LEVERS, ACTORS, LABELS)
    found = push_and_pull(levers.assign(use=levers["use"].astype(str).map(change)))
    assert list(found.columns) == ["pressure", "ours", "gains", "eased", "denied"]
    assert {pair: list(row) for pair, *row in found.itertuples()} == {
        "League on Reeds": [0, 0, 0, 1, 0],
        "Uplands at home": [1, 1, 0, 0, 0],
        "Uplands on Everybody": [0, 0, 1, 0, 0],
        "Uplands on Reeds": [3, 0, 0, 0, 0],
    }


EVENTS = pd.DataFrame(
    {
        "id": ["strike", "strike-no", "talks", "other"],
        "rival_of": [None, "strike", None, None],
        "title": ["The strike", "No strike", "The talks", "Other"],
    }
)


def test_contested_sets_each_denial_beside_what_it_denies():
    levers = frame(
        lever("no", "up", "reed", "denied", "2031-05-01", "strike-no"),
        lever("yes", "up", "reed", "applied", "2031-05-02", "strike"),
        lever("other", "up", "reed", "applied", "2031-05-03", "other"),
        lever("alone", "up", "reed", "denied", "2031-04-01"),
    )
    found = contested(levers, EVENTS)
    assert found["id"].tolist() == ["alone", "yes", "no"]
    assert found["matter"].fillna("").tolist() == ["", "The strike", "The strike"]
    assert list(found.columns) == [*levers.columns, "matter"]


@pytest.mark.parametrize("label", ["denied", "Denied"])
def test_contested_knows_ids_and_labels(label):
    levers = LEVERS.assign(use=LEVERS["use"].astype(str).where(LEVERS["id"] != "home", label))
    assert contested(levers, EVENTS)["id"].tolist() == ["home"]


def test_without_denials_nothing_is_contested():
    assert contested(LEVERS, EVENTS).empty


def test_frames_are_left_as_they_were():
    before = LEVERS.copy(deep=True)
    contested(sided(LEVERS, ACTORS, LABELS), EVENTS)
    pd.testing.assert_frame_equal(LEVERS, before)
