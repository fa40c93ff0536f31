"""The bottom line on the article follows the data, recounted here in plain pandas."""

import html
import re
from dataclasses import replace

import pandas as pd
import pytest

ARTICLE, TEXT, CLAUSE = "rolling-stone-2025-11", "us28", "us28-06"
WEIGHT = ["figure-error", "stronger", "interpretation", "partial", "match", "allusion"]
TOUCHED = {"interpretation", "allusion"}


def expected(briefing):
    rows = briefing.renderings[briefing.renderings["source"] == ARTICLE]
    by_term = rows.groupby("term")["relation"].agg(lambda found: min(found.astype(str), key=WEIGHT.index))
    number = by_term.value_counts().reindex(WEIGHT, fill_value=0)
    clauses = briefing.clauses[briefing.clauses["draft"] == TEXT]
    points = clauses.groupby("point")["id"].agg(set)
    heard = [set(rows.loc[rows["clause"].isin(ids), "relation"].astype(str)) for ids in points]
    silent = sum(not found for found in heard)
    touched = sum(bool(found) and found <= TOUCHED for found in heard)
    figures = briefing.figures
    cap = clauses.set_index("id").at[CLAUSE, "quantity"]
    sizes = figures[(figures["subject"] == "army-baseline") & (figures["status"] != "unsupported")]["best"]
    said = figures.set_index("id").at["army-cut-share.rolling-stone.2025-11-21", "best"]
    out = briefing.events.set_index("id").at["full-text-published-2025-11-20", "date_earliest"]
    others = figures[
        (figures["clause"] == CLAUSE)
        & figures["subject"].isin(["force-cap", "army-cut-share"])
        & (figures["attributed_to"] != "rolling-stone")
    ]
    press = near = early = 0
    for row in others.itertuples():
        low = row.best if pd.isna(row.low) else row.low
        if row.subject == "force-cap" and row.best == cap:
            continue
        press += 1
        largest = 100 - 100 * low / max(sizes) if row.subject == "force-cap" else row.best
        near += largest >= said
        early += largest >= said and row.as_of_latest < out
    small, large = (100 - 100 * cap / size for size in (min(sizes), max(sizes)))
    described = len(points) - silent - touched
    return (
        f"By our coding, the article's {len(by_term)} terms match the leaked text in {number['match']} cases "
        f"and match part of it in {number['partial']}; they go further than it in {number['stronger']}, read "
        f"a meaning into it in {number['interpretation']}, only touch on it in {number['allusion']} and give "
        f"a figure that does not follow from it in {number['figure-error']}: by our arithmetic the text's "
        f"cap would cut Ukraine's army by {small:.0f} to {large:.0f} per cent, not by {said:.0f}. The "
        f"article describes {described} of the {len(points)} points, touches on {touched} and leaves out "
        f"{silent}. Of {press} other accounts on record that give a cut, or a cap unlike the text's, {near} "
        f"allow for a cut as large as the article's, {early} of them dated before the full text was out."
    )


def changed(shipped):
    """Change terms, the text, the cap, the baselines and the days, so that every number moves."""
    rows = shipped.renderings.copy()
    for term, relation in {
        "elections-100-days": "partial",
        "no-nato-promise": "interpretation",
        "amnesty-all-crimes": "figure-error",
        "us-forces-limit": "match",
        "trust-in-promises": "interpretation",
        "reconstruction-fund": "partial",
        "territorial-concessions": "figure-error",
    }.items():
        rows.loc[rows["term"] == term, "relation"] = relation
    rows = rows[rows["term"] != "jets-in-poland"]
    clauses = shipped.clauses[~((shipped.clauses["draft"] == TEXT) & shipped.clauses["point"].isin([27, 28]))]
    clauses = clauses.copy()
    clauses.loc[clauses["id"] == CLAUSE, "quantity"] = 650_000
    figures = shipped.figures.copy()
    figures.loc[figures["id"] == "force-cap.united-states.2025-11-20", "best"] = 650_000
    figures.loc[figures["subject"] == "army-baseline", "best"] += 120_000
    figures.loc[figures["id"] == "army-cut-share.rolling-stone.2025-11-21", "best"] = 55
    early = figures["id"] == "army-cut-share.washington-post.2025-11-21"
    figures.loc[early, ["as_of_earliest", "as_of_latest"]] -= pd.Timedelta("9D")
    figures.loc[early, "best"] = 60
    late = figures["id"] == "force-cap.unspecified.2025-11-19"
    figures.loc[late, ["as_of_earliest", "as_of_latest"]] += pd.Timedelta("9D")
    figures = figures[figures["id"] != "force-cap.the-clobra.2025-11-20"]
    return replace(shipped, renderings=rows, clauses=clauses, figures=figures)


@pytest.mark.parametrize("change", [lambda shipped: shipped, changed], ids=["shipped", "changed"])
def test_bottom_line_follows_the_data(bottom_line, shipped, change):
    briefing = change(shipped)
    assert html.unescape(bottom_line("03_reported_vs_text", briefing)) == expected(briefing)


def test_the_changed_record_changes_every_number(shipped):
    before, after = (re.findall(r"\d+", expected(each)) for each in (shipped, changed(shipped)))
    assert len(before) == len(after) == 17
    assert [at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] == pair[1]] == []
