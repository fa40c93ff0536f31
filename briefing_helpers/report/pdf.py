"""Print reports to PDF with a Chromium that is on the machine.

Tried beside it: WeasyPrint. Its files are a quarter of the size, but it takes four times as long, needs
Pango, and leaves out rules of the page's style that a browser knows. Chromium prints what readers see.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

__all__ = ["PdfError", "find_browser", "print_pdf", "unprinted"]

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_LISTS = ("index", "actors", "events", "sources")  # pages to look things up in, not to print
_SECONDS = 120  # for one page; the longest takes three


class PdfError(RuntimeError):
    """A page could not be printed."""


def find_browser() -> Path:
    """Return the browser to print with; raises PdfError, with what to do, where there is none.

    ``BRIEFING_BROWSER`` names one that is not in its usual place.
    """
    named = os.environ.get("BRIEFING_BROWSER")
    if named:
        if Path(named).is_file():
            return Path(named)
        raise PdfError(f"BRIEFING_BROWSER names {named}, which is not there")
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        raise PdfError(
            "--pdf needs Chromium, Chrome or Edge, and none was found; install one (Debian: apt install "
            "chromium), or name it in BRIEFING_BROWSER, or print the HTML from any browser"
        )
    return Path(found)


def unprinted(output: Path, only: Collection[str] = ()) -> list[Path]:
    """Return the reports and drafts of a folder that have no PDF as new as they are."""
    pages = sorted(path for path in output.glob("*.html") if path.stem not in _LISTS)
    return [page for page in pages if not ((only and page.stem not in only) or _is_newer(page))]


def print_pdf(
    pages: Sequence[Path], browser: Path, progress: Callable[[str], None] | None = None
) -> list[Path]:
    """Print each page to a PDF of its name beside it; return the PDFs, raise PdfError where one fails.

    ``progress`` is given a line for each.
    """
    made = []
    for page in pages:
        made.append(_print(page, browser))
        if progress is not None:
            progress(f"{made[-1].name}: printed")
    return made


def _is_newer(page: Path) -> bool:
    pdf = page.with_suffix(".pdf")
    return pdf.is_file() and pdf.stat().st_mtime_ns >= page.stat().st_mtime_ns


def _print(page: Path, browser: Path) -> Path:
    target = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        made = Path(profile) / "page.pdf"
        command = [
            str(browser),
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
            f"--user-data-dir={profile}/profile",
            f"--print-to-pdf={made}",
            page.resolve().as_uri(),
        ]
        # Chromium's sandbox refuses to start for root, which is who containers run as. The pages are ours
        # and run no script but their own.
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PdfError(f"{page.name} could not be printed: {error}") from None
        if not made.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise PdfError(f"{page.name} could not be printed: {said[-1] if said else 'no PDF was made'}")
        shutil.move(made, target)
    return target
