"""What sets some leads apart from others: the mean contributions of both, joined by a line."""

from typing import Final

import pandas as pd

from training.report.figures.canvas import ACCENT, CONTRAST, FAINT, MUTED, Drawing, finish, house_style, only_axes
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary
from training.review.shown import Shown, said

MOST_ROWS: Final = 8
_LABEL_COLUMNS: Final = 34
_ROW_INCHES: Final = 0.46


def draw_apart(frame: pd.DataFrame, names: tuple[str, str], words: Vocabulary) -> Drawing | Shown:
    """Draw the surest rows of ``Disagreements.apart``; ``names`` are those of the two sides."""
    if frame.empty:
        return said(words("apart.few", one=names[0], other=names[1]))
    told = frame[frame["is_confirmed"].astype(bool)].head(MOST_ROWS)
    if told.empty:
        return said(words("apart.none", one=names[0], other=names[1]))
    with house_style(words.language):
        figure, axes = only_axes(1.3 + _ROW_INCHES * len(told))
        places = range(len(told))
        axes.hlines(places, told["mean_a"], told["mean_b"], FAINT, linewidth=2.0, zorder=1)
        axes.plot(told["mean_a"], places, "o", color=CONTRAST, markersize=7, label=names[0])
        axes.plot(told["mean_b"], places, "s", color=ACCENT, markersize=6.5, markerfacecolor="white", label=names[1])
        axes.axvline(0, color=MUTED, linewidth=0.8, zorder=0)
        axes.set_yticks(places, [wrapped(name, _LABEL_COLUMNS) for name in told["wording"]], linespacing=1.3)
        axes.set_ylim(len(told) - 0.5, -0.5)
        axes.set_xlabel(words("apart.axis"))
        axes.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.4, 1.0), fontsize=9)
        return finish(figure, _alt(told, names, words))


def _alt(told: pd.DataFrame, names: tuple[str, str], words: Vocabulary) -> str:
    first = told.iloc[0]
    return words(
        "apart.alt",
        one=names[0],
        other=names[1],
        feature=first["wording"],
        mean_a=words.numerals.signed(first["mean_a"], 2),
        mean_b=words.numerals.signed(first["mean_b"], 2),
    )
