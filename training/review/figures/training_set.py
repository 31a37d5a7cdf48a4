"""What the training set is: labelled and censored snapshots by month, and how many of them were won."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from training.report.figures.canvas import (
    ACCENT,
    CONTRAST,
    MUTED,
    PALE,
    Drawing,
    finish,
    house_style,
    only_axes,
    percent_axis,
    sheet,
)
from training.report.vocabulary import Vocabulary

_MOST_TICKS: Final = 12
_LEAST_OF_MEDIAN: Final = 0.3
"""A month with fewer snapshots than this share of the usual is not named as the best or the worst."""


def draw_months(frame: pd.DataFrame, words: Vocabulary) -> Drawing:
    """Draw the frame of ``training_set.months``."""
    with house_style(words.language):
        figure = sheet(4.8)
        above, below = figure.subplots(2, 1, sharex=True)
        places = np.arange(len(frame))
        above.bar(
            places, frame["labelled"], color=PALE, edgecolor=ACCENT, linewidth=0.6, label=words("months.labelled")
        )
        censored = {"color": "white", "edgecolor": CONTRAST, "linewidth": 0.6, "hatch": "////"}
        open_yet = (frame["censored"] > 0).to_numpy()
        newest = frame[open_yet]
        above.bar(
            places[open_yet], newest["censored"], bottom=newest["labelled"], label=words("months.censored"), **censored
        )
        above.set_title(words("months.snapshots"), loc="left", fontsize=9.5, color=MUTED)
        above.legend(frameon=False, ncols=2, fontsize=9, loc="lower right", bbox_to_anchor=(1.0, 1.0))
        above.grid(axis="y")
        _draw_rate(below, places, frame, words("months.won"))
        step = -(-len(frame) // _MOST_TICKS)
        below.set_xticks(places[::step], [words.numerals.month(month) for month in frame["month"].iloc[::step]])
        return finish(figure, _months_alt(frame, words))


def draw_ages(frame: pd.DataFrame, words: Vocabulary) -> Drawing:
    """Draw the frame of ``training_set.ages``."""
    known = frame[frame["labelled"] > 0]
    with house_style(words.language):
        figure, axes = only_axes(2.8)
        places = np.arange(len(known))
        _draw_rate(axes, places, known, words("ages.won"))
        axes.set_xticks(places, [words.numerals.count(age) for age in known["age_days"]])
        axes.set_xlabel(words("ages.axis"))
        return finish(figure, _ages_alt(known, words))


def _draw_rate(axes: Axes, places: np.ndarray, frame: pd.DataFrame, title: str) -> None:
    axes.vlines(places, frame["low"], frame["high"], ACCENT, linewidth=1.1)
    axes.plot(places, frame["win_rate"], "o-", color=ACCENT, markersize=5)
    axes.set_ylim(0)
    percent_axis(axes.yaxis, float(frame["high"].max()))
    axes.set_title(title, loc="left", fontsize=9.5, color=MUTED)
    axes.grid(axis="y")


def _months_alt(frame: pd.DataFrame, words: Vocabulary) -> str:
    known = frame[frame["labelled"] >= _LEAST_OF_MEDIAN * frame["labelled"].median()]
    ranked = known.sort_values("win_rate", kind="stable")
    low, high = ranked.iloc[0], ranked.iloc[-1]
    percent = words.numerals.percent
    return words(
        "months.alt",
        labelled=words.numerals.count(frame["labelled"].sum()),
        censored=words.numerals.count(frame["censored"].sum()),
        low=percent(low["win_rate"]),
        low_month=_month(str(low["month"]), words),
        high=percent(high["win_rate"]),
        high_month=_month(str(high["month"]), words),
    )


def _month(month: str, words: Vocabulary) -> str:
    """Return a month on one line: the two lines of a tick, the year first where people read Japanese."""
    lines = words.numerals.month(month).split("\n")
    return "".join(reversed(lines)) if words.language == "ja" else " ".join(lines)


def _ages_alt(known: pd.DataFrame, words: Vocabulary) -> str:
    first, last = known.iloc[0], known.iloc[-1]
    best = known.sort_values("win_rate", kind="stable").iloc[-1]
    percent, count = words.numerals.percent, words.numerals.count
    return words(
        "ages.alt",
        first=percent(first["win_rate"]),
        first_age=count(first["age_days"]),
        best=percent(best["win_rate"]),
        best_age=count(best["age_days"]),
        last=percent(last["win_rate"]),
        last_age=count(last["age_days"]),
    )
