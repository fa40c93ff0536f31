"""Rules on what is judged: evidence, forecasts, hypotheses."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_helpers.checks import Fault, near, no_such_id, show
from briefing_helpers.evidence import weigh
from briefing_helpers.rules.tools import Sheets, ordered

# Sources are what is cited; a crosswalk names its own basis; an assessment is ours, its item is cited.
UNCITED = ("sources", "assessments", "crosswalks", "citations")
# What is taken as given about our own method has no source; what is taken as given about the text may.
MAY_LACK_CITATIONS = (*UNCITED, "assumptions")


def citations_and_records(sheets: Sheets) -> Iterator[Fault]:
    """Require that a citation's record exists, and every record of every other table is cited."""
    citations = sheets["citations"]
    cited: dict[str, set[str]] = {}
    for table, record in citations.cells("table", "record"):
        cited.setdefault(table, set()).add(record)
    for name, records in sorted(cited.items()):
        if name not in sheets or name in UNCITED:
            continue
        known = sheets[name].ids
        if records - known:
            own = ((row, record) for row, table, record in citations.walk("table", "record") if table == name)
            yield from no_such_id("citations", "record", own, name, known)
    for name, sheet in sheets.items():
        # A table of one's own may lack ids.
        if name in MAY_LACK_CITATIONS or "id" not in sheet:
            continue
        known = cited.get(name, set())
        for row, record in sheet.walk("id"):
            if record not in known:
                yield Fault(name, row, "id", record, f"{show(record)} has no citation")


def anchors_whole(sheets: Sheets) -> Iterator[Fault]:
    """Require that start, length and digest of an anchor stand together or not at all."""
    for row, start, length, sha256 in sheets["citations"].walk("start", "length", "sha256"):
        if (start or length or sha256) and not (start and length and sha256):
            message = "an anchor needs start, length and sha256, or none of them"
            yield Fault("citations", row, "start", start, message)


def forecast_dates(sheets: Sheets) -> Iterator[Fault]:
    """Require that a forecast is settled after it is made, and that an open one has no day of settling."""
    forecasts = sheets["forecasts"]
    yield from ordered(forecasts, "forecasts", "made_on", "resolved_on", "settled before it was made")
    for row, outcome, settled in forecasts.walk("outcome", "resolved_on"):
        if outcome == "open" and settled:
            message = "must be blank while the outcome is 'open'"
            yield Fault("forecasts", row, "resolved_on", settled, message)


def status_derived(sheets: Sheets) -> Iterator[Fault]:
    """Require that status and verdict are what the citations yield."""
    weighed = weigh(
        sheets["citations"].cells("table", "record", "source", "relation"),
        sheets["sources"].cells("id", "origin", "reliability", "kind"),
        sheets["claims"].cells("id", "source"),
    )
    follows = {(each.table, each.record): each for each in weighed}
    for name in dict.fromkeys(table for table, _ in follows):
        field = "verdict" if name == "claims" else "status"
        if name not in sheets or not {"id", field} <= sheets[name].columns.keys():
            continue
        for row, record, found in sheets[name].walk("id", field):
            wanted = follows.get((name, record))
            if found and wanted and found != wanted.derived:
                message = (
                    f"{show(found)} does not follow from the citations; it is {wanted.derived!r}: "
                    f"{wanted.supports} origins rated A to C support, {wanted.contradicts} contradict"
                )
                yield Fault(name, row, field, found, message)


def item_records(sheets: Sheets) -> Iterator[Fault]:
    """Require that the record an item of evidence rests on exists, and is named with its table."""
    for row, table, record in sheets["evidence_items"].walk("record_table", "record"):
        if bool(table) != bool(record):
            message = "record_table and record stand together or not at all"
            yield Fault("evidence_items", row, "record", record, message)
        elif table and (table not in sheets or table in UNCITED):
            cited = [name for name in sheets if name not in UNCITED]
            message = f"{show(table)} is not a table of cited records{near(table, cited)}"
            yield Fault("evidence_items", row, "record_table", table, message)
        elif table:
            yield from no_such_id("evidence_items", "record", [(row, record)], table, sheets[table].ids)


def every_pair_assessed(sheets: Sheets) -> Iterator[Fault]:
    """Require one assessment for each item and each hypothesis of its question, and no other."""
    items, hypotheses = (sheets[name].lookup("question") for name in ("evidence_items", "hypotheses"))
    seen: set[tuple[str, str]] = set()
    for row, item, hypothesis in sheets["assessments"].walk("item", "hypothesis"):
        if item in items and hypothesis in hypotheses and items[item] != hypotheses[hypothesis]:
            message = f"{show(hypothesis)} answers another question than {show(item)} bears on"
            yield Fault("assessments", row, "hypothesis", hypothesis, message)
        if (item, hypothesis) in seen:
            message = f"{show(item)} is held against {show(hypothesis)} twice"
            yield Fault("assessments", row, "item", item, message)
        seen.add((item, hypothesis))
    for row, item, asked in sheets["evidence_items"].walk("id", "question"):
        for hypothesis, question in hypotheses.items():
            if question == asked and (item, hypothesis) not in seen:
                message = f"{show(item)} is not held against {show(hypothesis)} (table assessments)"
                yield Fault("evidence_items", row, "id", item, message)
