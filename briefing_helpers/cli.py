"""The command ``briefing``: check data, prove passages, make anchors, build reports.

Exit codes: 0 nothing found, 1 faults found, 2 the command was used wrongly.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from briefing_helpers.arguments import parser

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    # A console that cannot show ¶ or ≤ (Windows, cp1252) must not bring a report down.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # Python looks at every object once more as it ends, which takes longer than a report that is current.
    atexit.register(gc.freeze)
    args = parser(_COMMANDS).parse_args(argv)
    try:
        code: int = args.run(args)
    except _Usage as error:
        print(f"briefing: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone, as with `| head`; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("briefing: stopped", file=sys.stderr)
        return 1
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"briefing: {error.strerror or error}{where}", file=sys.stderr)
        return 1
    return code


class _Usage(Exception):
    """The command was used wrongly."""


def _check(args: argparse.Namespace) -> int:
    from briefing_helpers.loading import check

    _package(args.path)
    schema, counts, faults = check(args.path)
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}")
        return 1
    version = schema.version if schema else ""
    print(f"clean: data {version}, {len(counts)} tables, {sum(counts.values()):,} records")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from briefing_helpers.anchors import verify
    from briefing_helpers.checks import BriefingError, near
    from briefing_helpers.loading import load

    _package(args.data)
    text = _text(args.text)
    try:
        briefing = load(args.data)
    except BriefingError as error:
        print(error, file=sys.stderr)
        return 1
    known = set(briefing.sources["id"])
    if args.source not in known:
        raise _Usage(f"{args.source!r} is not a source{near(args.source, known)}")
    try:
        result = verify(briefing.citations, args.source, text)
    except ValueError as error:
        raise _Usage(str(error)) from None
    counts = result["result"].value_counts()
    # What is missing first: in a copy with a line more or less, everything behind it has moved.
    for row in result[result["result"] == "missing"].itertuples():
        print(f"missing: {row.table} {row.record} ({row.locator}, citation {row.id})")
    moved = result[result["result"] == "moved"].sort_values("start")
    for shift, rows in moved.groupby(moved["found_at"] - moved["start"], sort=False):
        print(f"moved by {shift:+} characters: {len(rows)} from {rows['locator'].iloc[0]} on")
    summary = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("found", "moved", "missing"))
    print(f"{args.source}: {len(result)} anchored citations: {summary}")
    return 1 if counts.get("missing", 0) else 0


def _anchor(args: argparse.Namespace) -> int:
    from briefing_helpers.anchors import anchor

    text = _text(args.text)
    try:
        made = anchor(text, args.phrase)
    except ValueError as error:
        print(f"briefing: {error}", file=sys.stderr)
        return 1
    print("locator,start,length,sha256")
    print(f"{made.locator},{made.start},{made.length},{made.sha256}")
    return 0


def _report(args: argparse.Namespace) -> int:
    from briefing_helpers.report import ReportError, build
    from briefing_helpers.report.pdf import PdfError, find_browser, print_pdf, unprinted

    notebooks, output = _notebooks(args.notebooks), _output(args.output)
    if args.jobs is not None and args.jobs < 1:
        raise _Usage("--jobs must be 1 or more")
    only = [Path(name).name.removesuffix(".ipynb") for name in args.only or ()]
    try:
        # Better to hear of a missing browser before the notebooks run than after.
        browser = find_browser() if args.pdf else None
        written = build(notebooks, output, args.jobs, force=args.force, only=only or None, progress=_progress)
        if browser is not None:
            written += print_pdf(unprinted(output, only), browser, _progress)
    except PdfError as error:
        print(f"briefing: {error}", file=sys.stderr)
        return 1
    except (ReportError, ValueError) as error:
        if not hasattr(error, "faults"):
            raise _Usage(str(error)) from None
        print(error, file=sys.stderr)
        print("no report was written; the earlier ones are as they were", file=sys.stderr)
        return 1
    for path in written:
        print(path)
    if not written:
        print(f"{args.output}: up to date")
    if args.open:
        import webbrowser

        page = f"{only[0]}.html" if len(only) == 1 else "index.html"
        webbrowser.open((output / page).resolve().as_uri())
    return 0


def _notebooks(name: str | None) -> Path:
    from briefing_helpers.schema import DATA

    # Without a name, those here; else those beside the data of a checkout.
    for folder in [Path(name)] if name else [Path("notebooks"), DATA.parent / "notebooks"]:
        if folder.is_dir():
            return folder
    missing = name or "notebooks"
    raise _Usage(f"there is no folder {missing}; run this beside notebooks/ or name it with --notebooks")


def _output(name: str) -> Path:
    # Better to hear of it before the notebooks run than after.
    place = Path(name).absolute()
    there = next(path for path in [place, *place.parents] if path.exists())
    if not there.is_dir():
        raise _Usage(f"{there} is a file; name another folder with --output")
    if not os.access(there, os.W_OK):
        raise _Usage(f"{there} may not be written to; name another folder with --output")
    return Path(name)


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _package(name: str | None) -> None:
    if name is None:
        return
    if not Path(name).exists():
        raise _Usage(f"there is no {name}")
    if Path(name).is_file() and Path(name).suffix != ".json":
        raise _Usage(f"{name} is one file; name the folder that holds it and datapackage.json")


def _text(name: str) -> str:
    path = Path(name)
    if not path.is_file():
        raise _Usage(f"there is no file {name}")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Usage(f"{name} is not UTF-8 text (byte {error.start})") from None


_COMMANDS = {"check": _check, "verify": _verify, "anchor": _anchor, "report": _report}
