import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from briefing_helpers import charts
from briefing_helpers.charts.canvas import Canvas

pytestmark = pytest.mark.usefixtures("figures")


def inked(rotation, *places):
    """Draw one word at each place (pixels) of a bare figure and cut out what is inked there."""
    found = []
    for x, y in places:
        fig = Figure(figsize=(2, 2), dpi=100)
        canvas = Canvas(fig)
        fig.text(x / 200, y / 200, "Hello", rotation=rotation)
        canvas.draw()
        dark = np.asarray(canvas.buffer_rgba())[:, :, 0] < 255
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        found.append(
            np.asarray(canvas.buffer_rgba())[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1, 0]
        )
    return found


@pytest.mark.parametrize(
    ("rotation", "places"),
    [(0, [(20, 50), (20, 50.4), (20, 70.7)]), (90, [(50, 20), (50.4, 20), (70.7, 20)])],
)
def test_a_word_looks_the_same_on_whichever_part_of_a_pixel_it_falls(rotation, places):
    first, *others = inked(rotation, *places)
    assert [np.array_equal(first, other) for other in others] == [True, True]


def test_charts_are_drawn_on_it():
    ax = charts.bars(pd.Series({"north": 3.0}), "Title", "per cent")
    assert isinstance(ax.figure.canvas, Canvas)


def test_a_figure_saved_at_another_density_is_drawn_anew():
    fig = Figure(figsize=(2, 1), dpi=100)
    canvas = Canvas(fig)
    fig.text(0.1, 0.5, "Hello")
    canvas.draw()
    shapes = [np.asarray(canvas.get_renderer().buffer_rgba()).shape]
    file = io.BytesIO()
    fig.savefig(file, dpi=200)
    file.seek(0)
    shapes.append(plt.imread(file).shape)
    assert shapes == [(100, 200, 4), (200, 400, 4)]
    assert canvas.get_renderer() is canvas.get_renderer()
