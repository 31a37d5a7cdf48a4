"""How well the ranking finds wins: the gains curve, and the lift of each tenth."""

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from training.evaluation.curves import Decile, Gains
from training.report.figures.canvas import ACCENT, CONTRAST, MUTED, PALE, Drawing, bare, finish, house_style, only_axes
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary

_HEIGHT: Final = 3.9
_WIDTH: Final = 4.3
_DASHES: Final = ((0, (5, 2)), (0, (1, 1.5)), (0, (5, 2, 1, 2)), (0, (9, 3)))
_TENTH: Final = 10
_LOW: Final = 0.2
"""A share of wins under which there is no room for a label below the curve."""


def draw_gains(curves: Sequence[tuple[str, Gains]], words: Vocabulary) -> Drawing:
    """Draw the share of wins found over the share of leads worked.

    Parameters
    ----------
    curves : sequence of (str, Gains)
        Names for people and curves; the model first, then the baselines to compare it with.
    words : Vocabulary
        The language.
    """
    with house_style(words.language):
        figure, axes = only_axes(_HEIGHT, _WIDTH)
        _draw_baselines(axes, curves[1:], words)
        _draw_model(axes, *curves[0], words)
        axes.set(xlim=(0, 1), ylim=(0, 1.01))
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.set_xlabel(words("gains.x_axis"))
        axes.set_ylabel(words("gains.y_axis"))
        axes.legend(loc="lower right", frameon=False, fontsize=8.5, handlelength=2.6)
        return finish(figure, _gains_alt(curves[0][1], words))


def draw_deciles(tenths: Sequence[Decile], words: Vocabulary) -> Drawing:
    """Draw the lift of each tenth of the leads, best first."""
    with house_style(words.language):
        figure, axes = only_axes(_HEIGHT, _WIDTH)
        _draw_bars(axes, tenths, words)
        _draw_average(axes, words)
        axes.set_xticks([tenth.decile for tenth in tenths])
        axes.set_yticks([])
        axes.set_ylim(0, max(*(tenth.lift for tenth in tenths), 1.2) * 1.1)
        axes.set_xlabel(words("deciles.x_axis"))
        axes.set_title(words("deciles.title"), loc="left", fontsize=9.5, color=MUTED)
        bare(axes)
        return finish(figure, _deciles_alt(tenths, words))


def _draw_bars(axes: Axes, tenths: Sequence[Decile], words: Vocabulary) -> None:
    colours = [ACCENT if round(tenth.lift, 1) > 1 else PALE for tenth in tenths]
    axes.bar([tenth.decile for tenth in tenths], [tenth.lift for tenth in tenths], width=0.72, color=colours)
    for tenth in tenths:
        place, text = (tenth.decile, tenth.lift), words.numerals.times(tenth.lift)
        axes.annotate(text, place, (0, 3), textcoords="offset points", ha="center", fontsize=9)


def _draw_average(axes: Axes, words: Vocabulary) -> None:
    axes.axhline(1, color=CONTRAST, linewidth=1.1, linestyle=(0, (4, 3)), zorder=0)
    style: dict[str, Any] = {"color": CONTRAST, "fontsize": 8.5, "va": "center", "annotation_clip": False}
    right = ("axes fraction", "data")
    axes.annotate(words("deciles.average"), (1, 1), (5, 0), xycoords=right, textcoords="offset points", **style)


def _draw_baselines(axes: Axes, curves: Sequence[tuple[str, Gains]], words: Vocabulary) -> None:
    axes.plot([0, 1], [0, 1], color=CONTRAST, linewidth=1.1, linestyle=(0, (4, 3)), label=words("gains.random"))
    for number, (name, curve) in enumerate(curves):
        dash = _DASHES[number % len(_DASHES)]
        axes.plot(
            curve.share_of_leads,
            curve.share_of_wins,
            color=MUTED,
            linewidth=1.2,
            linestyle=dash,
            label=wrapped(name, 28),
        )


def _draw_model(axes: Axes, name: str, curve: Gains, words: Vocabulary) -> None:
    axes.plot(curve.share_of_leads, curve.share_of_wins, color=ACCENT, linewidth=2.4, label=name)
    leads, wins = curve.share_of_leads[_TENTH], curve.share_of_wins[_TENTH]
    axes.plot([leads], [wins], "o", color=ACCENT, markersize=7, markeredgecolor="white")
    text = words("gains.mark", leads=words.numerals.percent(leads, 0), wins=words.numerals.percent(wins, 0))
    patch = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}
    offset, side = ((12, -3), "top") if wins > _LOW else ((-8, 10), "bottom")
    axes.annotate(
        text, (leads, wins), offset, textcoords="offset points", fontsize=9, va=side, linespacing=1.3, bbox=patch
    )


def _gains_alt(curve: Gains, words: Vocabulary) -> str:
    wins = words.numerals.percent
    return words(
        "gains.alt",
        tenth=wins(curve.share_of_wins[10], 0),
        fifth=wins(curve.share_of_wins[20], 0),
        half=wins(curve.share_of_wins[50], 0),
    )


def _deciles_alt(tenths: Sequence[Decile], words: Vocabulary) -> str:
    times = words.numerals.times
    return words("deciles.alt", best=times(tenths[0].lift), worst=times(tenths[-1].lift))
