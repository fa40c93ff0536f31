"""What the browser tests share: a Chromium where there is one, pages to open, and what went on there."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from briefing_helpers import load
from briefing_helpers.report.pdf import PdfError, find_browser

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
BRIEFING = load()
REPORTS = [f"{path.stem}.html" for path in NOTEBOOKS]
DRAFTS = [f"draft-{draft}.html" for draft in BRIEFING.drafts["id"]]
PAGES = ["index.html", *REPORTS, "actors.html", "events.html", "sources.html", *DRAFTS]
MARKS = 'main a[href^="#source-"]'


def chromium():
    """Return the browser's path; skip the tests, with the reason, where there is none."""
    pytest.importorskip("playwright", reason="playwright is not installed; pip install the dev extra")
    try:
        return find_browser()
    except PdfError as error:
        pytest.skip(str(error))


@contextmanager
def launched():
    """Give a running Chromium."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    # Its sandbox refuses to start for root, which is who CI runs as.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which(path) or str(path),
            args=["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if root else [])],
        )
        yield browser
        browser.close()


@dataclass
class Seen:
    """What a page did: requests that left it, complaints in the console, dialogs."""

    requests: list = field(default_factory=list)
    console: list = field(default_factory=list)
    dialogs: list = field(default_factory=list)


@contextmanager
def opened(browser, path: Path, place: str = "", *, width: int = 1280, **options):
    """Open a file in a context of its own; give the page and what it does."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.set_default_timeout(10_000)
    page, seen = context.new_page(), Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.console.append(message.text))
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri() + place)
    # The page itself, and images it holds, are no requests that leave it.
    seen.requests = [url for url in seen.requests if url.split("#")[0] != path.as_uri()]
    seen.requests = [url for url in seen.requests if not url.startswith("data:")]
    try:
        yield page, seen
    finally:
        context.close()


def sideways(page):
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
