"""Render a notebook that was run as one HTML file that fetches nothing and runs nothing of its own."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

from briefing_helpers.report.clean import clean
from briefing_helpers.report.formats import nbformat
from briefing_helpers.report.page import Page
from briefing_helpers.report.pictures import lossless, thumbnail
from briefing_helpers.report.shell import TEMPLATES, Heading, shell

if TYPE_CHECKING:
    from nbconvert import TemplateExporter

__all__ = ["prepare", "render"]

_LINK = re.compile(r"^((?:\./)?[\w.-]+)\.ipynb(#.*)?$")
_CELL = re.compile(r"^cell [0-9]+$")  # the comment that the template puts before each cell
_SOURCE = re.compile(r"source-[0-9]+")
_FETCHING = frozenset(["img", "script", "iframe", "link", "object", "embed", "video", "audio", "source"])
_PLACEHOLDER = "No description has been provided for this image"  # nbconvert's, where alt text is missing


def render(notebook: nbformat.NotebookNode, name: str, version: str, digest: str) -> Page:
    """Render a notebook as a self-contained page.

    ``name`` is the notebook's name without its ending, ``version`` and ``digest`` those of the data;
    both stand in the footer. Links to other notebooks lead to their reports. What could run or reach
    out (event handlers, styles, unsafe addresses) is dropped. Raises ValueError, naming notebook and
    cell, where an image has no alt text, something would be fetched, or a mark leads to no source.
    """
    from nbconvert import TemplateExporter

    # HTMLExporter would parse the whole page once more, to put a placeholder where alt text is missing.
    body, _ = TemplateExporter.from_notebook_node(_exporter(), notebook)
    content = BeautifulSoup(body, "html.parser")
    _require_self_contained(content, name)
    _require_listed(content, name)
    # The marks that nbconvert puts behind headings are noise to a screen reader; their ids stay.
    for mark in _tags(content, "a"):
        if "anchor-link" in mark.get_attribute_list("class"):
            mark.extract()
    clean(content)
    picture = _thumbnail(notebook)
    for link in _tags(content, "a"):
        if "href" in link.attrs:
            link["href"] = _LINK.sub(r"\1.html\2", str(link["href"]))
    for image in _tags(content, "img"):
        if "src" in image.attrs:
            image["src"] = lossless(str(image["src"]))
    # The script of a page names cells after their column again; a large table says it once.
    for head in _tags(content, "thead"):
        for rows in head.find_next_siblings("tbody"):
            for mark in rows.find_all("td"):
                mark.attrs.pop("data-label", None)
    title, question = _heading(content)
    contents = _contents(content)
    html = shell(str(content), title, version, digest, contents)
    return Page(f"{name}.html", title, question, _bottom_line(content), picture, html)


def prepare() -> None:
    """Do what a first page would wait for: imports, the template, the grammar of code."""
    cell = nbformat.v4.new_code_cell("1")
    render(nbformat.v4.new_notebook(cells=[cell]), "", "", "")


@cache
def _exporter() -> TemplateExporter:
    """Return nbconvert's exporter with our template: one for all pages, since compiling it takes longest."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="briefing", extra_template_basedirs=[str(TEMPLATES)])
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    return exporter


def _tags(content: BeautifulSoup, *names: str) -> list[Tag]:
    """Find tags by name: a page holds thousands, and Beautiful Soup's own search takes thrice as long."""
    return [each for each in content.descendants if isinstance(each, Tag) and each.name in names]


def _ids(content: BeautifulSoup) -> set[str]:
    return {str(each["id"]) for each in content.descendants if isinstance(each, Tag) and "id" in each.attrs}


def _heading(content: BeautifulSoup) -> tuple[str, str]:
    title = content.find("h1")
    question = title.find_next_sibling("p") if title else None
    return title.get_text() if title else "Report", question.get_text() if question else ""


def _contents(content: BeautifulSoup) -> list[Heading]:
    """List the headings for the contents; those made from data get an id first."""
    known = _ids(content)
    found = []
    for tag in _tags(content, "h2", "h3"):
        text = tag.get_text().strip()
        if not tag.get("id"):
            slug = re.sub(r"\W+", "-", text).strip("-") or "section"
            names = (slug if number == 1 else f"{slug}-{number}" for number in range(1, len(known) + 3))
            tag["id"] = next(each for each in names if each not in known)
            known.add(str(tag["id"]))
        found.append(Heading(str(tag["id"]), text, int(tag.name[1])))
    return found


def _bottom_line(content: BeautifulSoup) -> str:
    # Its first paragraph: the next one links to tables, which the front page does not hold.
    box = content.find(class_="bottom-line")
    if not isinstance(box, Tag):
        return ""
    found = box.find("p", recursive=False) or box
    # The front page has no list of sources that marks could lead to.
    words = [text for text in found.find_all(string=True) if not text.find_parent(class_="refs")]
    return " ".join("".join(words).split())


def _thumbnail(notebook: nbformat.NotebookNode) -> str | None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if made := thumbnail(output.get("data", {}).get("image/png", "")):
                return made
    return None


def _require_self_contained(content: BeautifulSoup, name: str) -> None:
    for tag in _tags(content, *_FETCHING):
        cell = tag.find_previous(string=_CELL)
        where = f"{name}.ipynb, {cell}"
        address = str(tag.get("src") or tag.get("href") or tag.get("data") or "")
        if tag.name != "img" or not address.startswith("data:"):
            raise ValueError(
                f"{where}: <{tag.name}> would fetch {address[:80]!r}; a report holds all it shows"
            )
        if str(tag.get("alt") or "").strip() in ("", _PLACEHOLDER):
            raise ValueError(f"{where}: an image has no alt text; show it with figure()")


def _require_listed(content: BeautifulSoup, name: str) -> None:
    ids = _ids(content)
    for link in _tags(content, "a"):
        target = str(link.get("href", "")).removeprefix("#")
        if _SOURCE.fullmatch(target) and target not in ids:
            where = f"{name}.ipynb, {link.find_previous(string=_CELL)}"
            raise ValueError(f"{where}: mark {link.get_text()} leads nowhere; end with sources.show()")
