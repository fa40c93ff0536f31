"""The bottom line on sourcing follows the data, recounted here in plain pandas."""

from dataclasses import replace

import pandas as pd
import pytest

STRONG = ["A", "B", "C"]


def stand(briefing):
    """Derive, for each cited record, its origins for and against and what follows, one by one."""
    sources = briefing.sources.set_index("id")
    makers = {row.id: sources.at[row.source, "origin"] for row in briefing.claims.itertuples()}
    found = {}
    for (table, record), rows in briefing.citations.astype(str).groupby(["table", "record"]):
        voices = [
            (cited.relation, sources.at[cited.source, "origin"], cited.source) for cited in rows.itertuples()
        ]
        if table == "claims":
            voices = [voice for voice in voices if voice[1] != makers[record]]
        found[table, record] = voices
    return found


def status(briefing, table, voices, without=None):
    sources = briefing.sources.set_index("id")
    rated, kind = sources["reliability"].astype(str), sources["kind"].astype(str)
    kept = [voice for voice in voices if voice[1] != without]
    firm = [voice for voice in kept if rated[voice[2]] in STRONG]
    ayes = {origin for relation, origin, _ in firm if relation == "supports"}
    noes = {origin for relation, origin, _ in firm if relation == "contradicts"}
    official = any(
        relation == "supports" and kind[source] in ("official", "transcript") for relation, _, source in firm
    )
    if table == "claims":
        word = ("disputed" if ayes else "contradicted") if noes else ("confirmed" if ayes else "unconfirmed")
    elif noes:
        word = "contradicted" if not ayes or (len(ayes) == 1 and len(noes) > 1) else "disputed"
    elif len(ayes) > 1 or official:
        word = "confirmed"
    elif ayes:
        word = "single"
    else:
        word = "weak" if any(relation == "supports" for relation, _, _ in kept) else "unsupported"
    return word, len(ayes)


def expected(briefing):
    voices = stand(briefing)
    now = {key: status(briefing, key[0], heard) for key, heard in voices.items()}
    origins = pd.Series([number for _, number in now.values()])
    torn = sum(word in ("disputed", "contradicted") for word, _ in now.values())
    clauses, events, figures = briefing.clauses, briefing.events, briefing.figures
    binding = clauses[clauses["mode"].isin(["shall", "shall-not"]) & clauses["issue"].notna()]
    talks = events[events["track"].eq("diplomacy") & events["rival_of"].isna()]
    rivals = figures["subject"].value_counts()
    compared = figures[figures["clause"].notna() | figures["subject"].map(rivals).gt(1)]
    lines = briefing.positions[briefing.positions["red_line"] == "stated"]
    pressed = briefing.levers[briefing.levers["use"].isin(["threatened", "applied"])]
    chosen = {"clauses": binding, "events": talks, "figures": compared, "positions": lines, "levers": pressed}
    facts = [(table, record) for table, rows in chosen.items() for record in rows["id"]]
    lone = sum(now[fact][0] == "single" for fact in facts)
    names = briefing.actors.set_index("id")["name"]
    lost = {
        origin: sum(
            status(briefing, key[0], heard, origin)[0] != now[key][0]
            for key, heard in voices.items()
            if any(voice[1] == origin for voice in heard)
        )
        for origin in briefing.sources["origin"].unique()
    }
    borne = {  # of two origins that as many rows lean on, the one cited for or against more rows goes first
        origin: sum(any(v[1] == origin and v[0] != "context" for v in heard) for heard in voices.values())
        for origin in lost
    }
    (first, most), (second, more) = sorted(lost.items(), key=lambda each: (-each[1], -borne[each[0]]))[:2]
    return (
        f"Of {len(now):,} rows with sources, {(origins >= 2).sum():,} are borne out by two or more newsrooms "
        f"or issuers that do not repeat each other and are rated fairly reliable or better (A to C), "
        f"{(origins == 1).sum():,} by one and {(origins == 0).sum():,} by none; sources disagree on {torn}. "
        f"Of the {len(facts)} facts that this page counts as weighty, {lone} rest on a single such origin. "
        f"Without {names[first]} the status of {most} rows would change, without {names[second]} that of "
        f"{more}."
    )


def changed(shipped):
    """Downgrade Reuters, take out the figures and turn some witnesses into witnesses against."""
    sources, citations = shipped.sources.copy(), shipped.citations
    sources.loc[sources["origin"] == "reuters", "reliability"] = "F"
    figures = set(shipped.figures["id"][::2])
    citations = citations[~((citations["table"] == "figures") & citations["record"].isin(figures))].copy()
    turned = citations.index[citations["source"] == "al-jazeera-2026-02-18"][:9]
    citations.loc[turned, "relation"] = "contradicts"
    kept = shipped.figures[~shipped.figures["id"].isin(figures)]
    return replace(shipped, sources=sources, citations=citations, figures=kept)


@pytest.mark.parametrize("change", [lambda shipped: shipped, changed], ids=["shipped", "changed"])
def test_bottom_line_follows_the_data(bottom_line, shipped, change):
    briefing = change(shipped)
    assert bottom_line("09_sourcing", briefing) == expected(briefing)


def test_the_changed_record_changes_every_number(shipped):
    pattern = r"\d[\d,]*"
    before, after = (
        pd.Series(expected(each)).str.findall(pattern)[0] for each in (shipped, changed(shipped))
    )
    assert len(before) == len(after) == 9
    assert [old for old, new in zip(before, after, strict=True) if old == new] == []
