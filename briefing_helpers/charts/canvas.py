"""Put letters on whole rows of pixels."""

from __future__ import annotations

from typing import Literal

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

__all__ = ["Canvas"]


class Canvas(FigureCanvasAgg):
    """The surface a chart is drawn on, with every line of text on a whole row of pixels.

    Letters are hinted to whole pixels, and Matplotlib from 3.11 on then puts them on fractions of one: that
    blurs them, and as no two of a kind look alike any more, it makes the pictures in reports a third
    larger. Earlier versions place text as this does.
    """

    _made: _Renderer | None = None

    def get_renderer(self) -> _Renderer:
        """Return what draws, made anew where the size or the density has changed."""
        width, height = self.get_width_height(physical=True)
        made, dpi = self._made, self.figure.dpi
        if made is None or (made.width, made.height, made.dpi) != (width, height, dpi):
            made = self._made = _Renderer(width, height, dpi)
        return made


class _Renderer(RendererAgg):
    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | Literal["TeX"] = False,
        mtext: Text | None = None,
    ) -> None:
        # Text set on its side stands in columns of pixels instead.
        x, y = (round(x), y) if angle % 180 == 90 else (x, round(y))
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
