import re
from dataclasses import replace
from itertools import product

import pytest

STEM = "02_who_owes_what"
CHOICES = ("beneficiary", "beneficiary_second")


def counts(rows, choice, sides):
    """Count what Ukraine owes Russia and Russia Ukraine by one coder, duty by duty."""
    found = {}
    for by, to in (("ukraine", "russia"), ("russia", "ukraine")):
        owes = (rows["obligor"].map(sides) == by) | (rows["obligor"] == "all-parties")
        found[by] = owes & ((rows[choice].map(sides) == to) | (rows[choice] == "all-parties"))
    return found


def expected(briefing):
    """Count again from the tables, without the helpers that the notebook uses."""
    own = briefing.clauses[briefing.clauses["draft"] == "us28"].set_index("id")
    rows = briefing.obligations[briefing.obligations["clause"].isin(own.index)]
    actors = briefing.actors.set_index("id")
    nobody = actors.index[actors["kind"] == "placeholder"].drop("all-parties")
    named = ~rows["obligor"].isin(nobody)
    first, second = (counts(rows, choice, actors["side"].astype(str)) for choice in CHOICES)
    by_coder = {by: [int(chosen[by].sum()) for chosen in (first, second)] for by in first}
    nets = [chosen["ukraine"].astype(int) - chosen["russia"].astype(int) for chosen in (first, second)]
    low, high = (sum(map(pick, *nets)) for pick in (min, max))
    settled = "does not settle" if low <= 0 <= high else "settles"
    return (
        f"The leaked text sets {len(rows)} duties, by our count. {(~named).sum()} name nobody who would have "
        f"to do it, and {(rows['enforcement'] == 'own').sum()} say what follows from a breach of that very "
        f"duty or who watches over it. By our coding of who gains, Ukraine owes Russia "
        f"{by_coder['ukraine'][0]} duties by the first coder and {by_coder['ukraine'][1]} by the second, "
        f"Russia owes Ukraine {by_coder['russia'][0]} and {by_coder['russia'][1]}. Over every way of "
        f"choosing between them the difference runs from {low:+} to {high:+}, so the count {settled} which "
        "of the two owes the other more."
    )


def test_bottom_line_is_that_of_the_data(bottom_line, shipped):
    assert bottom_line(STEM, shipped) == expected(shipped)


@pytest.fixture
def changed(shipped):
    """Change duties so that every number of the bottom line is another one."""
    obligations = shipped.obligations.copy()
    ids = obligations["id"]
    # Two duties to act and one to refrain are gone, one of them nobody's.
    obligations = obligations[~ids.isin(["us28-12c.1", "us28-12b.1", "us28-08.1"])]
    ids = obligations["id"]
    obligations.loc[ids == "us28-28.2", "enforcement"] = "own"
    obligations.loc[ids == "us28-13c.1", "obligor"] = "unspecified"
    obligations.loc[ids == "us28-13b.1", "obligor"] = "guarantors"
    # Three gains go to Russia and two to Ukraine by both coders, and four more codings are contested.
    obligations.loc[ids.isin(["us28-20.1", "us28-24.2", "us28-24b.2"]), list(CHOICES)] = "russia"
    obligations.loc[ids.isin(["us28-20.2", "us28-24.1"]), list(CHOICES)] = "ukraine"
    obligations.loc[ids.isin(["us28-06.1", "us28-07.1"]), "beneficiary_second"] = "not-assessable"
    obligations.loc[ids.isin(["us28-24b.1", "us28-24c.1"]), "beneficiary"] = "ukraine"
    return replace(shipped, obligations=obligations.reset_index(drop=True))


def test_every_number_follows_the_data(bottom_line, shipped, changed):
    assert bottom_line(STEM, changed) == expected(changed)
    before, after = (re.findall(r"[+-]?\d+", expected(record)) for record in (shipped, changed))
    same = [(at, one) for at, (one, other) in enumerate(zip(before, after, strict=True)) if one == other]
    assert same == []


@pytest.mark.parametrize("flip", list(product([False, True], repeat=3)))
def test_any_choice_between_the_coders_stays_inside_the_range(shipped, flip):
    """Take one coder's choice for three groups of duties each, in every combination."""
    own = shipped.obligations[shipped.obligations["clause"].str.startswith("us28-")]
    group = own["clause"].str[5:7].astype(int) % 3
    turned = group.map(dict(enumerate(flip)))
    chosen = own.assign(beneficiary=own["beneficiary"].mask(turned, own["beneficiary_second"]))
    found = counts(chosen, "beneficiary", shipped.actors.set_index("id")["side"].astype(str))
    there, back = (int(found[by].sum()) for by in ("ukraine", "russia"))
    low, high = map(int, re.search(r"runs from ([+-]\d+) to ([+-]\d+),", expected(shipped)).groups())
    assert low <= there - back <= high


@pytest.mark.parametrize(("to", "said"), [("russia", "settles"), ("europe", "does not settle")])
def test_the_line_says_whether_the_count_settles_who_owes_more(bottom_line, shipped, to, said):
    """Where both coders give every gain to Russia, only Ukraine owes; where to Europe, neither does."""
    obligations = shipped.obligations.copy()
    obligations.loc[obligations["clause"].str.startswith("us28-"), list(CHOICES)] = to
    record = replace(shipped, obligations=obligations)
    assert f"the count {said} which" in bottom_line(STEM, record)
    assert f"the count {said} which" in expected(record)
