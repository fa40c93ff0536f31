"""Keep of HTML only what a report may hold; whoever wrote the rest, it is dropped.

What comes out is made of the tags and attributes listed here and of escaped text, so it does not matter
how a browser would have read what went in.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

__all__ = ["clean", "is_safe_address", "visible"]

_KEPT = """
    a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup
    table tbody td tfoot th thead time tr u ul var wbr"""
# Dropped with all they hold: code, styles, forms, other languages, other documents.
_GONE = """
    audio base button canvas embed form frame frameset head iframe input link math meta noembed noframes
    noscript object option plaintext script select source style svg template textarea title track video xmp"""
_TAGS, _DROPPED = frozenset(_KEPT.split()), frozenset(_GONE.split())
_EVERYWHERE = frozenset(["id", "class", "title", "lang", "dir", "role", "tabindex"])
_OWN = {
    "a": frozenset(["href"]),
    "col": frozenset(["span"]),
    "details": frozenset(["open"]),
    "img": frozenset(["src", "alt", "width", "height"]),
    "ol": frozenset(["start", "reversed"]),
    "td": frozenset(["colspan", "rowspan", "headers"]),
    "th": frozenset(["colspan", "rowspan", "headers", "scope", "abbr"]),
    "time": frozenset(["datetime"]),
}
_EXTENDABLE = re.compile(r"(?:aria|data)-[a-z0-9-]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
# From a page on a disc, an address that starts so opens a share of whatever computer it names.
_ELSEWHERE = re.compile(r"[/\\]{2}")
_IMAGE = re.compile(r"data:image/(?:png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*\Z")
_ALIGN = re.compile(r"text-align:\s*(right|center)")
# Overrides and isolates turn text round and can make an address or a number read as another.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(soup: BeautifulSoup) -> None:
    """Drop from a parsed page, in place, all but the tags, attributes and addresses that are allowed."""
    for each in list(soup.descendants):
        if not isinstance(each, Tag):
            if type(each) is not NavigableString:  # comments, declarations and the like
                each.extract()
        elif each.name in _DROPPED:
            each.extract()
        elif each.name in _TAGS:
            _clean_attributes(each)
        else:
            each.unwrap()


def is_safe_address(address: str) -> bool:
    """Tell whether a link may lead there: the web, mail, or a place beside the page.

    >>> is_safe_address("#source-3"), is_safe_address("java\\tscript:alert(1)"), is_safe_address("//share/x")
    (True, False, False)
    """
    # Browsers skip blanks and control characters when they look for the scheme.
    bare = "".join(each for each in address if each > " " and each.isprintable()).lower()
    scheme = _SCHEME.match(bare)
    if scheme is None:
        return not _ELSEWHERE.match(bare)
    return scheme[0] in ("http:", "https:", "mailto:")


def visible(html: str) -> str:
    """Replace characters that turn the direction of text by a mark that shows."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", html)


def _clean_attributes(tag: Tag) -> None:
    align = _ALIGN.search(str(tag.get("style", "")))
    own = _OWN.get(tag.name, frozenset())
    for name in list(tag.attrs):
        value = tag.attrs[name]
        text = value if isinstance(value, str) else " ".join(value or [])
        kept = name in _EVERYWHERE or name in own or _EXTENDABLE.fullmatch(name)
        if (
            not kept
            or (name == "href" and not is_safe_address(text))
            or (name == "src" and not _IMAGE.match(text))
        ):
            del tag.attrs[name]
    if align:
        tag["class"] = align[1]
