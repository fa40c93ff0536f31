"""A browser, all pages of the reports, and a page of whatever a test wants shown."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing_helpers.report.render import render
from briefing_helpers.report.site import site
from browser.opening import BRIEFING, NOTEBOOKS, chromium, launched


@pytest.fixture(scope="session")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Render the committed notebooks as they are, with all pages of the record."""
    chromium()  # no need to render where nothing can show it
    folder = tmp_path_factory.mktemp("reports")
    pages = [
        render(nbformat.read(path, as_version=4), path.stem, BRIEFING.version, BRIEFING.digest)
        for path in NOTEBOOKS
    ]
    for name, html in site(pages, BRIEFING).items():
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Write one page with the outputs given."""
    chromium()

    def made(*outputs, markdown="# A page?"):
        shown = [new_output("display_data", data={"text/html": html}) for html in outputs]
        cells = [new_markdown_cell(markdown), new_code_cell("shown()", outputs=shown)]
        path = tmp_path_factory.mktemp("made") / "page.html"
        page = render(new_notebook(cells=cells), "page", "1.2.3", "0123456789abcdef")
        path.write_text(page.html, encoding="utf-8", newline="\n")
        return path

    return made


@pytest.fixture
def displayed(monkeypatch):
    """Collect the HTML that helpers display."""
    found = []
    for module in ("notebook", "citing"):
        monkeypatch.setattr(f"briefing_helpers.{module}.display", lambda thing: found.append(thing.data))
    return found
