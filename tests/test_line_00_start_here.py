"""The bottom line of the first page follows the data, recounted here in plain pandas."""

import re
from dataclasses import replace

import pytest

UNCITED = ("sources", "citations")


def words(briefing):
    """Give the status of every cited record, from the column that holds it or from the citations."""
    sources = briefing.sources.set_index("id").astype(str)
    cited = briefing.citations.astype(str)
    cited["origin"], cited["rated"] = (
        cited["source"].map(sources[name]) for name in ("origin", "reliability")
    )
    cited["official"] = cited["source"].map(sources["kind"]).isin(["official", "transcript"])
    makers = briefing.claims.set_index("id")["source"].map(sources["origin"])
    for (table, record), rows in cited.groupby(["table", "record"]):
        if table == "claims":
            rows = rows[rows["origin"] != makers[record]]
        firm = rows[rows["rated"].isin(list("ABC"))]
        ayes, noes = (set(firm["origin"][firm["relation"] == name]) for name in ("supports", "contradicts"))
        official = (firm["official"] & (firm["relation"] == "supports")).any()
        if table == "claims":
            yield (
                ("disputed" if ayes else "contradicted") if noes else ("confirmed" if ayes else "unconfirmed")
            )
        elif noes:
            yield "contradicted" if not ayes or (len(ayes) == 1 and len(noes) > 1) else "disputed"
        elif official or len(ayes) > 1:
            yield "confirmed"
        elif ayes:
            yield "single"
        else:
            yield "weak" if (rows["relation"] == "supports").any() else "unsupported"


def expected(briefing):
    found = list(words(briefing))
    tables = [table.name for table in briefing.schema.tables if table.name not in UNCITED]
    coded = sum(len(briefing[name]) for name in tables)
    torn = found.count("disputed") + found.count("contradicted")
    return (
        f"The record holds {coded:,} coded rows in {len(tables)} tables, with {len(briefing.citations):,} "
        f"citations of {len(briefing.sources)} sources. Of the {len(found):,} rows that are cited, "
        f"{found.count('confirmed')} are confirmed by an official text or by two or more origins (newsrooms "
        f"or issuers that do not repeat each other); {found.count('single')} rest on a single one, "
        f"undisputed. Sources disagree on {torn}; {found.count('weak')} rest on weak sources only, and "
        f"{found.count('unsupported') + found.count('unconfirmed')} on context or on nobody but the article "
        "that makes the claim."
    )


def changed(shipped):
    """Drop a source with what it alone carries, some events and claims, and make one origin weak."""
    sources = shipped.sources.copy()
    sources.loc[sources["origin"] == "bbc", "reliability"] = "D"
    gone = "rolling-stone-2025-11"
    kept, events = sources[sources["id"] != gone], shipped.events.iloc[:-20]
    citations = shipped.citations[shipped.citations["source"] != gone]
    lost = set(shipped.events["id"].iloc[-20:])
    citations = citations[~((citations["table"] == "events") & citations["record"].isin(lost))]
    claims = shipped.claims.assign(source="bbc-2025-11-21")
    return replace(shipped, sources=kept, events=events, citations=citations, claims=claims)


@pytest.mark.parametrize("change", [lambda shipped: shipped, changed], ids=["shipped", "changed"])
def test_bottom_line_follows_the_data(bottom_line, shipped, change):
    briefing = change(shipped)
    assert bottom_line("00_start_here", briefing) == expected(briefing)


def test_the_changed_record_changes_every_number_but_that_of_tables(shipped):
    before, after = (re.findall(r"\d[\d,]*", expected(each)) for each in (shipped, changed(shipped)))
    assert len(before) == len(after) == 10
    same = [at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] == pair[1]]
    assert same == [1]
