"""The house style of figures, and how one becomes bytes that never differ for the same data."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from features.wording import Language
from training.report.figures.fonts import families

INK: Final = "#1c2733"
MUTED: Final = "#5a6775"
RULE: Final = "#d3dae1"
ACCENT: Final = "#0b5394"
PALE: Final = "#bfd3e6"
FAINT: Final = "#a9b4c0"
CONTRAST: Final = "#b4500b"

FULL_WIDTH: Final = 8.8
"""Inches; the width of the page's column at a font size that equals the text's."""
_RASTER_DPI: Final = 220
_SMALL_SHARE: Final = 0.05


@dataclass(frozen=True)
class Drawing:
    """A finished figure.

    Attributes
    ----------
    svg : bytes
        The picture; text is drawn as paths, so it needs no font.
    alt : str
        What it shows in one sentence, numbers included.
    """

    svg: bytes
    alt: str

    @property
    def source(self) -> str:
        """The picture as the ``src`` of an image; there its ids cannot clash with another figure's."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg).decode('ascii')}"

    def _repr_html_(self) -> str:
        """Show the picture in a notebook, the sentence below it."""
        said = escape(self.alt)
        return f'<figure><img src="{self.source}" alt="{said}"><figcaption>{said}</figcaption></figure>'


@contextmanager
def house_style(language: Language) -> Iterator[None]:
    """Draw in the house style; what was set before is set again afterwards."""
    with rc_context(
        {
            "font.family": families(language),
            "font.size": 9.5,
            "text.parse_math": False,  # a category named "$" is a name, not a formula
            "text.color": INK,
            "axes.edgecolor": MUTED,
            "axes.labelcolor": INK,
            "axes.labelsize": 9.5,
            "axes.linewidth": 0.7,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "grid.color": RULE,
            "grid.linewidth": 0.6,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "xtick.labelcolor": INK,
            "ytick.labelcolor": INK,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "lines.linewidth": 1.8,
            "svg.fonttype": "path",
            "svg.hashsalt": "lead-scoring",
        }
    ):
        yield


def sheet(height: float, width: float = FULL_WIDTH) -> Figure:
    """Return an empty figure of the given size in inches whose parts make room for each other."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure


def only_axes(height: float, width: float = FULL_WIDTH) -> tuple[Figure, Axes]:
    """Return a figure with one plot."""
    figure = sheet(height, width)
    return figure, figure.add_subplot()


def percent_axis(axis: Axis, highest: float) -> None:
    """Label an axis of shares in per cent, with decimals only where the numbers are small."""
    axis.set_major_formatter(PercentFormatter(1.0, decimals=0 if highest > _SMALL_SHARE else 1))


def bare(axes: Axes) -> None:
    """Take away the frame and the tick marks, for plots whose marks carry their own numbers."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def finish(figure: Figure, alt: str) -> Drawing:
    """Turn a figure into bytes without date or version."""
    stream = BytesIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(stream, format="svg", dpi=_RASTER_DPI, metadata=nothing)
    return Drawing(stream.getvalue(), alt)
