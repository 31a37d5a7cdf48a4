"""What speaks for and against the leads of each part: one mark a group of features."""

from typing import Any, Final

import pandas as pd

from training.report.figures.canvas import ACCENT, CONTRAST, INK, MUTED, RULE, Drawing, finish, house_style, only_axes
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary

_MARKS: Final[dict[str, dict[str, Any]]] = {
    "fit": {"marker": "s", "color": ACCENT},
    "engagement": {"marker": "o", "color": CONTRAST},
    "intent": {"marker": "^", "color": INK},
    "timing": {"marker": "D", "color": MUTED, "markerfacecolor": "white"},
    "account": {"marker": "x", "color": INK},
}
_LABEL_COLUMNS: Final = 26
_ROW_INCHES: Final = 0.42


def draw_segments(frame: pd.DataFrame, name: str, words: Vocabulary) -> Drawing:
    """Draw the frame of ``segments.segments``; ``name`` is what the leads are parted by."""
    parts = list(dict.fromkeys(frame["segment"]))
    with house_style(words.language):
        figure, axes = only_axes(1.6 + _ROW_INCHES * len(parts))
        for place in range(len(parts)):
            axes.axhline(place, color=RULE, linewidth=0.6, zorder=0)
        for group, rows in frame.groupby("group", sort=False):
            places = [parts.index(part) for part in rows["segment"]]
            label = words.either(f"group.{group}", str(group))
            axes.plot(rows["contribution"], places, linestyle="none", markersize=7, label=label, **_MARKS[str(group)])
        axes.axvline(0, color=MUTED, linewidth=0.8, zorder=0)
        axes.set_yticks(range(len(parts)), [_label(part, frame, words) for part in parts], linespacing=1.3)
        axes.set_ylim(len(parts) - 0.4, -0.6)
        axes.set_xlabel(words("segment.axis"))
        axes.legend(frameon=False, ncols=5, loc="lower center", bbox_to_anchor=(0.4, 1.0), fontsize=9)
        return finish(figure, _alt(frame, name, words))


def _label(part: str, frame: pd.DataFrame, words: Vocabulary) -> str:
    rate = frame.loc[frame["segment"] == part, "win_rate"].iloc[0]
    return f"{wrapped(part, _LABEL_COLUMNS)}\n{words('segment.won', share=words.numerals.percent(rate))}"


def _alt(frame: pd.DataFrame, name: str, words: Vocabulary) -> str:
    spread = frame.groupby("group")["contribution"].agg(lambda one: one.max() - one.min())
    group = str(spread.idxmax())
    rows = frame[frame["group"] == group]
    best, worst = (rows.sort_values("contribution", ascending=False, kind="stable").iloc[place] for place in (0, -1))
    return words(
        "segment.alt",
        by=name,
        group=words.either(f"group.{group}", group),
        best=best["segment"],
        most=words.numerals.signed(best["contribution"], 2),
        best_won=words.numerals.percent(best["win_rate"]),
        worst=worst["segment"],
        least=words.numerals.signed(worst["contribution"], 2),
        worst_won=words.numerals.percent(worst["win_rate"]),
    )
