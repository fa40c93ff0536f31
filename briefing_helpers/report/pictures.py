"""Make pictures small: lossless WebP inside reports, thumbnails on the front page.

Measured on 33 charts of these notebooks at twice the width of a column, on average: PNG 183 KB, SVG 112 KB
(letters as shapes, since a page fetches no font; 93 KB with its figures shortened), lossless WebP 58 KB.
No SVG was smaller than its WebP, one with its figures shortened. With letters as text an SVG takes 40 KB,
but is set in whatever font its reader has, so words run into each other. Methods of WebP above 1 take up
to a quarter longer and save nothing on these charts.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import Any

# Naming the two formats keeps Pillow from importing forty.
from PIL import Image, PngImagePlugin, WebPImagePlugin

__all__ = ["lossless", "thumbnail"]

_PNG = "data:image/png;base64,"
_FROM, _TO = PngImagePlugin.PngImageFile.format, WebPImagePlugin.WebPImageFile.format
_WIDTH = 480  # pixels; the front page shows 272


def lossless(address: str) -> str:
    """Return the data address of a PNG as one of a lossless WebP where that is smaller."""
    if not address.startswith(_PNG):
        return address
    made = _webp(address.removeprefix(_PNG), lossless=True, quality=80, method=1, exact=True)
    return min(f"data:image/webp;base64,{made}", address, key=len) if made else address


def thumbnail(png: str) -> str | None:
    """Return a small picture of a PNG, both as base64; None for what is no picture."""
    return _webp(png, _WIDTH, quality=70, method=6)


def _webp(png: str, most: int | None = None, **options: Any) -> str | None:
    """Return a PNG as WebP, at most so many pixels wide and high; None where it cannot be had."""
    held = io.BytesIO()
    try:
        image = _opened(png)
        if most or (image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)):
            image = image.convert("RGB")
        if most:
            image.thumbnail((most, most))
        image.save(held, _TO, **options)
    # No picture, or one larger than a WebP may be or memory holds: not for this module to judge.
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return base64.b64encode(held.getvalue()).decode("ascii")


@lru_cache(maxsize=1)  # the first chart of a page is asked for twice
def _opened(png: str) -> Image.Image:
    image: Image.Image = Image.open(io.BytesIO(base64.b64decode(png)), formats=[_FROM])
    image.load()
    return image
