"""Render a notebook that was run as one HTML file that fetches nothing."""

from __future__ import annotations

import base64
import html
import io
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

__all__ = ["Page", "render", "render_index"]

_TEMPLATES = Path(__file__).parent / "template"
_LINK = re.compile(r'(href=")((?:\./)?[\w.-]+)\.ipynb((?:#[^"]*)?")')
_TAG = re.compile(r"<[^>]+>")


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
    both stand in the footer. Links to other notebooks lead to their reports. Raises ValueError where
    an image has no alt text.
    """
    from nbconvert import HTMLExporter

    title, question = _heading(notebook)
    _require_alt(notebook, name)
    exporter = HTMLExporter(template_name="briefing", extra_template_basedirs=[str(_TEMPLATES)])
    exporter.exclude_anchor_links = True
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    resources = {"briefing": {"title": title, "version": version, "digest": digest[:12], "css": _css()}}
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    body = _LINK.sub(r"\1\2.html\3", body)
    return Page(f"{name}.html", title, question, _bottom_line(notebook), _thumbnail(notebook), body)


def render_index(pages: list[Page], title: str, version: str, digest: str) -> str:
    """Render the front page: each report with its title, question, bottom line and thumbnail."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    template = environment.get_template("front.html.j2")
    return template.render(pages=pages, title=title, version=version, digest=digest[:12], css=_css())


def _css() -> str:
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


def _heading(notebook: nbformat.NotebookNode) -> tuple[str, str]:
    first = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    lines = [line for line in first.splitlines() if line.strip()]
    title = lines[0].lstrip("# ").strip() if lines else "Report"
    question = lines[1].strip() if len(lines) > 1 else ""
    return title, re.sub(r"[*_`]", "", question)


def _bottom_line(notebook: nbformat.NotebookNode) -> str:
    for output in _outputs(notebook):
        text = output.get("data", {}).get("text/html", "")
        if 'class="bottom-line"' in text:
            return html.unescape(_TAG.sub("", text)).strip()
    return ""


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


def _require_alt(notebook: nbformat.NotebookNode, name: str) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            for kind in ("image/png", "image/jpeg", "image/svg+xml"):
                known = output.get("metadata", {}).get(kind, {}).get("alt", "").strip()
                if kind in output.get("data", {}) and not known:
                    raise ValueError(
                        f"{name}.ipynb, cell {number}: an image has no alt text; show it with figure()"
                    )


def _outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]
