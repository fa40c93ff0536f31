"""Rules on what is judged: evidence, forecasts, hypotheses."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_helpers.checks import Fault, near, no_such_id, show
from briefing_helpers.evidence import statuses
from briefing_helpers.rules.tools import Frames, lookup, ordered, rows

# Sources are what is cited; a crosswalk names its own basis; an assessment is ours, its item is cited.
UNCITED = ("sources", "assessments", "crosswalks", "citations")
# What is taken as given about our own method has no source; what is taken as given about the text may.
MAY_LACK_CITATIONS = (*UNCITED, "assumptions")


def citations_and_records(frames: Frames) -> Iterator[Fault]:
    """Require that a citation's record exists, and every record of every other table is cited."""
    citations = frames["citations"]
    cited: dict[str, set[str]] = {}
    for name, record in zip(citations["table"].tolist(), citations["record"].tolist(), strict=True):
        cited.setdefault(name, set()).add(record)
    for name, records in sorted(cited.items()):
        if name not in frames or name in UNCITED:
            continue
        known = set(frames[name]["id"].tolist())
        if records - known:
            own = citations["record"][citations["table"] == name]
            yield from no_such_id("citations", own[~own.isin(known)], name, known)
    for name, frame in frames.items():
        # A table of one's own may lack ids.
        if name in MAY_LACK_CITATIONS or "id" not in frame.columns:
            continue
        known = cited.get(name, set())
        for row, record in zip(frame.index.tolist(), frame["id"].tolist(), strict=True):
            if record not in known:
                yield Fault(name, row, "id", record, f"{show(record)} has no citation")


def anchors_whole(frames: Frames) -> Iterator[Fault]:
    """Require that start, length and digest of an anchor stand together or not at all."""
    citations = frames["citations"]
    parts = (citations[name].tolist() for name in ("start", "length", "sha256"))
    for row, start, length, sha256 in zip(citations.index.tolist(), *parts, strict=True):
        if not bool(start) == bool(length) == bool(sha256):
            message = "an anchor needs start, length and sha256, or none of them"
            yield Fault("citations", row, "start", start, message)


def forecast_dates(frames: Frames) -> Iterator[Fault]:
    """Require that a forecast is settled after it is made, and that an open one has no day of settling."""
    forecasts = frames["forecasts"]
    yield from ordered(forecasts, "forecasts", "made_on", "resolved_on", "settled before it was made")
    for row, cells in rows(forecasts[(forecasts["outcome"] == "open") & (forecasts["resolved_on"] != "")]):
        message = "must be blank while the outcome is 'open'"
        yield Fault("forecasts", row, "resolved_on", cells["resolved_on"], message)


def status_derived(frames: Frames) -> Iterator[Fault]:
    """Require that status and verdict are what the citations yield."""
    sources, claims = (frames[name].drop_duplicates("id") for name in ("sources", "claims"))
    derived = statuses(frames["citations"], sources, claims)
    columns = (derived[name].tolist() for name in ("table", "record", "derived", "supports", "contradicts"))
    follows = {(table, record): counted for table, record, *counted in zip(*columns, strict=True)}
    for name in dict.fromkeys(table for table, _ in follows):
        field = "verdict" if name == "claims" else "status"
        if name not in frames or field not in frames[name].columns:
            continue
        cells = (frames[name][each].tolist() for each in ("id", field))
        for row, record, found in zip(frames[name].index.tolist(), *cells, strict=True):
            wanted, supports, contradicts = follows.get((name, record), (found, 0, 0))
            if found and found != wanted:
                message = (
                    f"{show(found)} does not follow from the citations; it is {wanted!r}: "
                    f"{supports} origins rated A to C support, {contradicts} contradict"
                )
                yield Fault(name, row, field, found, message)


def item_records(frames: Frames) -> Iterator[Fault]:
    """Require that the record an item of evidence rests on exists, and is named with its table."""
    items = frames["evidence_items"]
    for row, cells in rows(items[(items["record_table"] != "") | (items["record"] != "")]):
        table, record = cells["record_table"], cells["record"]
        if not table or not record:
            message = "record_table and record stand together or not at all"
            yield Fault("evidence_items", row, "record", record, message)
        elif table not in frames or table in UNCITED:
            cited = [name for name in frames if name not in UNCITED]
            message = f"{show(table)} is not a table of cited records{near(table, cited)}"
            yield Fault("evidence_items", row, "record_table", table, message)
        elif record not in (known := set(frames[table]["id"].tolist())):
            cell = items.loc[[row], "record"]
            yield from no_such_id("evidence_items", cell, table, known)


def every_pair_assessed(frames: Frames) -> Iterator[Fault]:
    """Require one assessment for each item and each hypothesis of its question, and no other."""
    items, hypotheses = (lookup(frames[name], "question") for name in ("evidence_items", "hypotheses"))
    seen: set[tuple[str, str]] = set()
    for row, cells in rows(frames["assessments"]):
        pair = cells["item"], cells["hypothesis"]
        if pair[0] in items and pair[1] in hypotheses and items[pair[0]] != hypotheses[pair[1]]:
            message = f"{show(pair[1])} answers another question than {show(pair[0])} bears on"
            yield Fault("assessments", row, "hypothesis", pair[1], message)
        if pair in seen:
            message = f"{show(pair[0])} is held against {show(pair[1])} twice"
            yield Fault("assessments", row, "item", pair[0], message)
        seen.add(pair)
    for row, cells in rows(frames["evidence_items"]):
        for name, question in hypotheses.items():
            if question == cells["question"] and (cells["id"], name) not in seen:
                message = f"{show(cells['id'])} is not held against {show(name)} (table assessments)"
                yield Fault("evidence_items", row, "id", cells["id"], message)
