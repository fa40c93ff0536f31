"""Say what the command ``briefing`` takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

__all__ = ["Command", "parser"]

Command = Callable[[argparse.Namespace], int]

_EPILOG = """\
examples:
  briefing check                       check the data shipped with the notebooks
  briefing check ../my-coding          check a data package of your own
  briefing verify rolling-stone-2025-11 article.txt
                                       prove every passage we cite from the article, if you hold its text
  briefing anchor article.txt "a phrase from the article"
                                       make the anchor that a citation of that phrase needs
  briefing report                      run every notebook and write reports/index.html
  briefing report --only 01_plan_at_a_glance --pdf --open
                                       run one, print its report too, and show it

exit codes: 0 nothing found; 1 faults found (they are listed); 2 the command was used wrongly
"""


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser; what ``commands`` names is run with what it has parsed."""
    top = argparse.ArgumentParser(
        prog="briefing",
        description="Helpers for the notebook collection on the 28-point US-Russia plan for Ukraine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, summary: str, more: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}. {more}")

    check = command(
        "check",
        "check a data package and list every fault",
        "Each line names file, row (as a spreadsheet counts them), field and value, and what is allowed.",
    )
    check.add_argument("path", nargs="?", metavar="PATH", help="its folder (default: the data shipped)")
    check.set_defaults(run=commands["check"])

    verify = command(
        "verify",
        "prove the anchored citations of a source against its text",
        "found: the passage stands where the citation says; moved: it stands elsewhere in this copy, which "
        "is no fault; missing: it is not there.",
    )
    verify.add_argument("source", metavar="SOURCE", help="id of the source, such as rolling-stone-2025-11")
    verify.add_argument("text", metavar="TEXT", help="file with the text of the source, UTF-8")
    verify.add_argument("--data", metavar="PATH", help="data package (default: the data shipped)")
    verify.set_defaults(run=commands["verify"])

    anchor = command(
        "anchor",
        "make the anchor of a phrase",
        "Prints locator, start, length and sha256 as CSV, ready for a row of citations.csv.",
    )
    anchor.add_argument("text", metavar="TEXT", help="file with the text of the source, UTF-8")
    anchor.add_argument(
        "phrase", metavar="PHRASE", help="phrase, word for word, that stands once in the text"
    )
    anchor.set_defaults(run=commands["anchor"])

    report = command(
        "report",
        "run every notebook and write the HTML reports",
        "Each report is one file that fetches nothing; start at index.html. A notebook is run if it, the "
        "data, the helpers or a library changed. If one fails, the earlier reports stay as they are.",
    )
    report.add_argument(
        "--notebooks", metavar="DIR", help="default: notebooks, or where there is none here, those shipped"
    )
    report.add_argument("--output", metavar="DIR", default="reports", help="default: reports")
    report.add_argument(
        "--only", metavar="NAME", action="append", help="run this notebook alone; may be given again"
    )
    report.add_argument(
        "--pdf", action="store_true", help="print each report to PDF as well (needs Chromium or Chrome)"
    )
    report.add_argument("--open", action="store_true", help="show the reports in the browser when done")
    report.add_argument(
        "--jobs", metavar="N", type=int, help="notebooks run at a time (default: one per core)"
    )
    report.add_argument("--force", action="store_true", help="run also notebooks whose report is up to date")
    report.set_defaults(run=commands["report"])
    return top
