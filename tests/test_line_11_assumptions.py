"""The bottom line of 11_assumptions follows the data, recounted here without the helpers it uses."""

import re
from dataclasses import replace
from itertools import product

import pytest

SCALE = ["very-consistent", "consistent", "neutral", "inconsistent", "very-inconsistent"]
WORTH = {"confirmed": 1, "single": 0.5, "disputed": 0.5, "weak": 0.25, "contradicted": 0, "unsupported": 0}


def scores(briefing, question):
    """Score each hypothesis of a question under every reading: (coder, what is done to items) to scores."""
    status = {row.id: row.status for row in briefing.evidence_items.itertuples() if row.question == question}
    spoken = {row.id for row in briefing.evidence_items.itertuples() if row.kind == "statement"}
    given = [row for row in briefing.assessments.itertuples() if row.item in status]
    found = {}
    variants = [None, "weighted", "no statements", *status]
    for coder, left_out in product(("consistency", "consistency_second"), variants):
        total = dict.fromkeys((row.hypothesis for row in given), 0.0)
        for row in given:
            points = max(0, SCALE.index(getattr(row, coder)) - 2)
            worth = WORTH[status[row.item]] if left_out == "weighted" else float(row.item != left_out)
            if left_out == "no statements":
                worth = float(row.item not in spoken)
            total[row.hypothesis] += worth * points
        found[coder, left_out] = total
    return found


def fared(found):
    """Return who leads and who is behind under every reading."""
    leads, behind = [], []
    for name in next(iter(found.values())):
        rivals = [[value for other, value in total.items() if other != name] for total in found.values()]
        own = [total[name] for total in found.values()]
        leads += [name] if all(mine < min(others) for mine, others in zip(own, rivals, strict=True)) else []
        behind += [name] if all(m >= 2 + min(o) for m, o in zip(own, rivals, strict=True)) else []
    return leads, behind


def sentence(briefing, question):
    """Say what the bottom line should say of a question, in patterns."""
    label = briefing.hypotheses.set_index("id")["label"]
    found = scores(briefing, question)
    first, second = found["consistency", None], found["consistency_second", None]
    leads, behind = fared(found)
    if leads:
        [name] = leads
        own = f"({first[name]:g} and {second[name]:g} points against it"
        rivals = "clearly worse" if behind else "no rival fits clearly worse"
        return [f"“{label[name]}” fits best under every reading", own, rivals]
    if behind:
        count = " and ".join(f"{min(one[name] for name in behind):g}" for one in (first, second))
        fewest = f"the fewest of any: {min(first.values()):g} and {min(second.values()):g}"
        named = [f"“{label[name]}”" for name in behind]
        return ["is not settled: no account leads", *named, "clearly worse", count, fewest]
    spans = [f"{min(one.values()):g} to {max(one.values()):g}" for one in (first, second)]
    told = f"is not settled: this evidence hardly separates the {len(first)} accounts, and none leads"
    return [told, f"({spans[0]} points against by the first coder, {spans[1]} by the second)"]


def alike(briefing, question):
    """Count how often both coders chose alike on a question, in per cent."""
    own = set(briefing.evidence_items.query("question == @question")["id"])
    rows = [row for row in briefing.assessments.itertuples() if row.item in own]
    return f"{100 * sum(row.consistency == row.consistency_second for row in rows) / len(rows):.0f} per cent"


def check(line, briefing):
    drafting, leak = (alike(briefing, question) for question in ("who-drafted", "why-leaked"))
    tail = (
        "The judgements are ours: a second coder, blind to the first, made the same one in "
        f"{drafting} of cases on the drafting and {leak} on the leak."
    )
    assert line.endswith(tail), line
    drafted, leaked = re.split(r" (?=Why it was leaked)", line.removesuffix(tail))
    assert drafted.startswith("Who drafted the text")
    for said, question in ((drafted, "who-drafted"), (leaked, "why-leaked")):
        assert [part for part in sentence(briefing, question) if part not in said] == []
    return drafted, leaked


def recoded(briefing, **codes):
    """Set what both coders say of a hypothesis, for all its items: hypothesis=value or (value, value)."""
    rated = briefing.assessments.copy()
    for name, code in codes.items():
        own = rated["hypothesis"] == name.replace("_", "-")
        assert own.any()
        both = (code, code) if isinstance(code, str) else code
        rated.loc[own, ["consistency", "consistency_second"]] = both
    return replace(briefing, assessments=rated)


def test_bottom_line_follows_the_record(bottom_line, shipped):
    check(bottom_line("11_assumptions", shipped), shipped)


BAD, WORST = "inconsistent", "very-inconsistent"


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (
            {"us_led": "neutral", "joint_draft": BAD, "russian_paper": (BAD, WORST)},
            ["fits best", "fit clearly worse", "not settled"],
        ),
        (
            {"russian_text": "neutral", "joint_draft": "neutral", "us_backers": WORST},
            ["and only “US backers, to press Kyiv to accept” fits clearly worse"],
        ),
        (
            {"russian_side": "neutral"}
            | dict.fromkeys(("many_hands", "us_critics", "ukrainian_side", "us_backers"), BAD),
            ["“Russian side, to influence opinion” fits best"],
        ),
        (
            dict.fromkeys(("us_led", "joint_draft", "russian_paper", "russian_text"), "neutral"),
            ["(0 to 0 points against by the first coder", "hardly separates"],
        ),
    ],
    ids=["a leader", "one behind on the leak", "a leader on the leak", "all alike"],
)
def test_bottom_line_follows_a_changed_record(bottom_line, shipped, codes, words):
    before = bottom_line("11_assumptions", shipped)
    changed = recoded(shipped, **codes)
    after = bottom_line("11_assumptions", changed)
    check(after, changed)
    assert after != before and [word for word in words if word not in after] == []


def test_nobody_is_called_worse_on_what_is_only_said(bottom_line, shipped):
    """A denial is confirmed once it was made; without statements nothing speaks against the account."""
    items, rated = shipped.evidence_items, shipped.assessments.copy()
    shown = items.loc[items["kind"] != "statement", "id"]
    own = (rated["hypothesis"] == "russian-text") & rated["item"].isin(shown)
    rated.loc[own, ["consistency", "consistency_second"]] = "neutral"
    changed = replace(shipped, assessments=rated)
    drafted, _ = check(bottom_line("11_assumptions", changed), changed)
    assert scores(changed, "who-drafted")["consistency", None]["russian-text"] >= 5
    assert "clearly worse" not in drafted and "hardly separates" in drafted


def test_every_number_of_the_bottom_line_follows_a_change(bottom_line, shipped):
    items = shipped.evidence_items
    kept = items[~items["id"].isin(["drafted-putin", "leaked-no-name"])]
    rated = shipped.assessments[shipped.assessments["item"].isin(kept["id"])].copy()
    rated = rated[rated["hypothesis"] != "us-critics"]
    harsh = ["drafted-miami", "drafted-denial", "leaked-leavitt"]
    rated.loc[rated["item"].isin(harsh), "consistency"] = "very-inconsistent"
    rated.loc[rated["item"].isin(["drafted-umerov", "leaked-genuine"]), "consistency_second"] = "inconsistent"
    changed = replace(
        shipped,
        evidence_items=kept.reset_index(drop=True),
        assessments=rated.reset_index(drop=True),
        hypotheses=shipped.hypotheses[shipped.hypotheses["id"] != "us-critics"].reset_index(drop=True),
    )
    before, after = bottom_line("11_assumptions", shipped), bottom_line("11_assumptions", changed)
    check(after, changed)
    numbers = [re.findall(r"\d+(?:\.\d+)?", line) for line in (before, after)]
    assert len(numbers[0]) == len(numbers[1]) == 11
    assert [one for one, two in zip(*numbers, strict=True) if one == two] == []
