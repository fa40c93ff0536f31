"""Render a notebook that was run as one HTML file that fetches nothing."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup

__all__ = ["Page", "render", "render_index"]

_TEMPLATES = Path(__file__).parent / "template"
_LINK = re.compile(r"^((?:\./)?[\w.-]+)\.ipynb(#.*)?$")
_CELL = re.compile(r"^cell [0-9]+$")  # the comment that the template puts before each cell
_PLACEHOLDER = "No description has been provided for this image"  # nbconvert's, where alt text is missing


@dataclass(frozen=True)
class Page:
    """One report: its file name, what the index says of it, and its HTML."""

    name: str
    title: str
    question: str
    bottom_line: str
    thumbnail: str | None
    html: str


def render(notebook: nbformat.NotebookNode, name: str, version: str, digest: str) -> Page:
    """Render a notebook as a self-contained page.

    ``name`` is the notebook's name without its ending, ``version`` and ``digest`` those of the data;
    both stand in the footer. Links to other notebooks lead to their reports. Raises ValueError, naming
    notebook and cell, where an image has no alt text or something would be fetched.
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="briefing", extra_template_basedirs=[str(_TEMPLATES)])
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    resources = {"briefing": {"version": version, "digest": digest[:12], "css": _css()}}
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    page = BeautifulSoup(body, "html.parser")
    _require_self_contained(page, name)
    # The marks that nbconvert puts behind headings are noise to a screen reader; their ids stay.
    for mark in [*page.select("a.anchor-link"), *page.find_all(string=_CELL)]:
        mark.extract()
    for link in page.select("main a[href]"):
        link["href"] = _LINK.sub(r"\1.html\2", str(link["href"]))
    title, question = _heading(page)
    if page.title is not None:
        page.title.string = title
    return Page(f"{name}.html", title, question, _bottom_line(page), _thumbnail(notebook), str(page))


def render_index(pages: list[Page], title: str, version: str, digest: str) -> str:
    """Render the front page: each report with its title, question, bottom line and thumbnail."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    template = environment.get_template("front.html.j2")
    return template.render(pages=pages, title=title, version=version, digest=digest[:12], css=_css())


def _css() -> str:
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


def _heading(page: BeautifulSoup) -> tuple[str, str]:
    title = page.select_one("main h1")
    question = page.select_one("main h1 ~ p")
    return title.get_text() if title else "Report", question.get_text() if question else ""


def _bottom_line(page: BeautifulSoup) -> str:
    found = page.select_one("main .bottom-line")
    return found.get_text().strip() if found else ""


def _thumbnail(notebook: nbformat.NotebookNode) -> str | None:
    from PIL import Image

    for output in _outputs(notebook):
        if "image/png" in output.get("data", {}):
            image = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("RGB")
            image.thumbnail((640, 640))
            small = io.BytesIO()
            image.save(small, "PNG", optimize=True)
            return base64.b64encode(small.getvalue()).decode("ascii")
    return None


def _require_self_contained(page: BeautifulSoup, name: str) -> None:
    for tag in page.select("main :is(img, script, iframe, link, object, embed, video, audio, source)"):
        cell = tag.find_previous(string=_CELL)
        where = f"{name}.ipynb, {cell}"
        address = str(tag.get("src") or tag.get("href") or tag.get("data") or "")
        if tag.name != "img" or not address.startswith("data:"):
            raise ValueError(
                f"{where}: <{tag.name}> would fetch {address[:80]!r}; a report holds all it shows"
            )
        if str(tag.get("alt") or "").strip() in ("", _PLACEHOLDER):
            raise ValueError(f"{where}: an image has no alt text; show it with figure()")


def _outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]
