"""The bottom line of 07_positions follows the data, recounted here without the helpers it uses."""

import re
from dataclasses import replace

import pandas as pd
import pytest

E3, SIGNERS = "E3 (France, Germany, United Kingdom)", "Signers of the leaders' statement of 22 November 2025"
# Who speaks for whom, written out for those with a statement on the content of the 28 points.
SIDES = {
    "United States": [
        "marco-rubio", "karoline-leavitt", "donald-trump", "jd-vance", "keith-kellogg", "united-states"
    ],
    "US senators": ["mitch-mcconnell", "roger-wicker", "thom-tillis", "six-democratic-senators"],
    "Russia": ["vladimir-putin", "yuri-ushakov", "sergei-lavrov", "sergei-ryabkov"],
    "Ukraine": [
        "volodymyr-zelensky", "khrystyna-hayovyshyn", "office-of-the-president-of-ukraine", "ukraine",
        "mykhailo-fedorov", "rustem-umerov",
    ],
    "Ukrainian public": ["ukrainian-public"],
    E3: [
        "e3", "emmanuel-macron", "jean-noel-barrot", "france", "friedrich-merz", "johann-wadephul",
        "united-kingdom",
    ],
    "Europe (European states together)": ["europe"],
    "European Union": ["kaja-kallas", "ursula-von-der-leyen"],
    SIGNERS: ["g20-leaders-2025-11-22"],
}  # fmt: skip
FRANCE, GERMANY = ["emmanuel-macron", "jean-noel-barrot", "france"], ["friedrich-merz", "johann-wadephul"]
COMMENTATORS = ["haran", "daniel-fried", "lawrence-freedman", "glenn-diesen", "plan-critics"]


def counted(briefing):
    """Recount, from rows, what the bottom line says."""
    side = {actor: name for name, actors in SIDES.items() for actor in actors}
    rows = briefing.positions[
        (briefing.positions["draft"] == "us28") & (briefing.positions["about"] == "content")
    ]
    rows = rows[~rows["actor"].isin(COMMENTATORS)]
    assert set(rows["actor"]) <= set(side), "a new speaker: add it to SIDES"
    topic, labels = {}, briefing.labels("clauses", "topic")
    for clause in briefing.clauses[briefing.clauses["draft"] == "us28"].itertuples():
        topic.setdefault(clause.point, labels[clause.topic])
    pairs, latest, lines = set(), {}, {}
    for row in rows.itertuples():
        name = side[row.actor]
        issue = "Plan as a whole" if pd.isna(row.point) else topic[row.point]
        pairs.add((name, issue))
        if row.red_line == "stated":
            lines.setdefault(issue, []).append((name, row.status))
        if issue == "Plan as a whole":
            latest.setdefault(name, []).append(row)
    accept, ask = [], []
    for name, said in latest.items():
        firm = [row for row in said if row.status != "weak"] or said
        stances = set()
        for voice in voices(name, firm):
            begun = max(row.date_earliest for row in voice)
            stances |= {row.stance for row in voice if row.date_latest >= begun}
        accept += [name] if stances <= {"endorse", "support"} else []
        ask += [name] if "conditional" in stances else []
    top = max(lines.values(), key=len)
    issue = next(issue for issue, found in lines.items() if found is top)
    return {
        "heard": len(latest),
        "accept": len(accept) or "none",
        "ask": ask,
        "issue": issue.lower(),
        "drawn": len(top),
        "lines": sum(map(len, lines.values())),
        "weak": sum(status == "weak" for _, status in top),
        "put": {name for name, _ in top},
        "empty": len({name for name, _ in pairs}) * (1 + len(set(topic.values()))) - len(pairs),
        "pairs": len({name for name, _ in pairs}) * (1 + len(set(topic.values()))),
    }


def voices(name, rows):
    """Part the rows of a side: by state for the E3, by person for senators, else all are one voice."""
    if name == "US senators":
        parts = [[actor] for actor in SIDES[name]]
    elif name == E3:
        parts = [FRANCE, GERMANY, ["united-kingdom"], ["e3"]]
    else:
        parts = [SIDES[name]]
    found = [[row for row in rows if row.actor in part] for part in parts]
    return [part for part in found if part]


def names(text):
    """Split a listing; names hold commas of their own only in brackets."""
    return set(re.split(r", (?![^(]*\))| and (?=[A-Z])", text))


PATTERN = re.compile(
    r"By latest statements, as coded here, the plan as a whole is accepted outright by "
    r"(?P<accept>\d+|none) of (?P<heard>\d+) sides on record; (?P<asking>\d+) ask for changes or set "
    r"conditions: (?P<ask>.+?)\. No issue draws more red lines than (?P<issue>.+?): (?P<drawn>\d+) of "
    r"(?P<lines>\d+) \((?P<weak>\d+) on weak sources only\), put by (?P<put>.+?)\. Silence is not "
    r"consent: of (?P<pairs>\d+) pairs of side and issue, (?P<empty>\d+) \((?P<share>\d+) per cent\) hold "
    r"no statement\."
)


def check(line, briefing):
    found = PATTERN.fullmatch(line.replace("&#39;", "'"))
    assert found, line
    wanted = counted(briefing)
    for name in ("heard", "accept", "drawn", "lines", "weak", "empty", "pairs"):
        assert found[name] == str(wanted[name]), name
    assert found["issue"] == wanted["issue"]
    assert names(found["ask"]) == set(wanted["ask"]) and found["asking"] == str(len(wanted["ask"]))
    assert names(found["put"]) == wanted["put"]
    assert found["share"] == f"{100 * wanted['empty'] / wanted['pairs']:.0f}"
    return found.groupdict()


def test_bottom_line_follows_the_record(bottom_line, shipped):
    check(bottom_line("07_positions", shipped), shipped)


@pytest.fixture
def changed(shipped):
    """Change the record so that every number of the bottom line differs."""
    rows = shipped.positions[~shipped.positions["actor"].isin(["kaja-kallas", "europe"])].copy()
    rows.loc[rows["actor"].eq("vladimir-putin") & rows["point"].isna(), "stance"] = "support"
    rows = rows[~rows["point"].isin([19, 25])]
    territory = rows["point"] == 21
    rows.loc[territory, "red_line"] = "no"
    rows.loc[(rows["point"] == 7) & (rows["draft"] == "us28"), "red_line"] = "stated"
    return replace(shipped, positions=rows.reset_index(drop=True))


def test_bottom_line_follows_a_changed_record(bottom_line, shipped, changed):
    before = check(bottom_line("07_positions", shipped), shipped)
    after = check(bottom_line("07_positions", changed), changed)
    assert after["accept"] == "1"
    assert {name for name in before if before[name] == after[name]} == set()
