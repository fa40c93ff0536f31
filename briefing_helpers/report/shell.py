"""Put the content of a page into the frame that all pages share: header, contents, footer, policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from briefing_helpers.report.clean import is_safe_address, visible

__all__ = ["TEMPLATES", "Heading", "Neighbour", "link_neighbours", "policy", "shell", "template"]

TEMPLATES = Path(__file__).parent / "template"
_PLACE = "<!--neighbours-->"  # content is cleaned of comments, so this stands once in a page


@dataclass(frozen=True)
class Heading:
    """A line of the contents: where it leads, its words and its depth, 2 or 3."""

    id: str
    text: str
    level: int = 2


@dataclass(frozen=True)
class Neighbour:
    """The page before or after another."""

    name: str
    title: str


def shell(
    main: str,
    title: str,
    version: str,
    digest: str,
    contents: Sequence[Heading] = (),
    scripts: Sequence[str] = (),
    kind: str = "report",
) -> str:
    """Return a whole page that fetches nothing and runs no script but its own.

    ``main`` is HTML that is safe already; ``scripts`` names further scripts of the template folder.
    """
    css = _asset("page.css")
    run = "\n".join(_asset(name) for name in ["page.js", *scripts])
    page = template("page.html.j2").render(
        main=Markup(main),
        title=title,
        version=version,
        digest=digest[:12],
        contents=contents,
        kind=kind,
        css=Markup(css),
        script=Markup(run),
        policy=policy(css, run),
        neighbours=Markup(_PLACE),
    )
    return visible(page)


def policy(css: str, script: str) -> str:
    """Return the Content-Security-Policy that allows this style, this script and images within the page."""
    rules = {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": _source(css),
        "script-src": _source(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def link_neighbours(html: str, before: Neighbour | None, after: Neighbour | None) -> str:
    """Put the links to the page before and the page after into a page that ``shell`` made."""
    links = template("neighbours.html.j2").render(before=before, after=after)
    return html.replace(_PLACE, visible(links), 1)


def template(name: str) -> Template:
    """Return a template of the template folder; what it is given is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.tests["safe_address"] = is_safe_address
    return made


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
