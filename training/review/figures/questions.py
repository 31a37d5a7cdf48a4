"""What there is to learn from each open question."""

from typing import Final

import pandas as pd

from training.report.figures.canvas import ACCENT, MUTED, PALE, Drawing, bare, finish, house_style, only_axes
from training.report.vocabulary import Vocabulary
from training.review.shown import Shown, said

_ROW_INCHES: Final = 0.5


def draw_questions(frame: pd.DataFrame, words: Vocabulary) -> Drawing | Shown:
    """Draw the frame of ``questions.OpenQuestions.worth``: a bar for what an answer moves, and its numbers."""
    told = frame.dropna(subset=["worth"])
    if told.empty:
        return said(words("question.none"))
    with house_style(words.language):
        figure, axes = only_axes(0.9 + _ROW_INCHES * len(told))
        places = range(len(told))
        axes.barh(places, told["worth"], height=0.5, color=PALE, edgecolor=ACCENT, hatch="///")
        for place, row in zip(places, told.to_dict("records"), strict=True):
            text = words(
                "question.bar",
                worth=words.numerals.points(row["worth"]),
                changes=words.numerals.percent(row["route_changes"], 0),
            )
            axes.annotate(text, (row["worth"], place), (6, 0), textcoords="offset points", va="center", fontsize=9)
        axes.set_yticks(places, told["question"])
        axes.set_ylim(len(told) - 0.5, -0.5)
        axes.set_xlim(0, float(told["worth"].max()) * 1.9 or 1.0)
        axes.set_xticks([])
        axes.set_title(words("question.title"), loc="left", fontsize=9.5, color=MUTED)
        bare(axes)
        return finish(figure, _alt(told, words))


def _alt(told: pd.DataFrame, words: Vocabulary) -> str:
    best, by_route = told.iloc[0], told.sort_values("route_changes", kind="stable").iloc[-1]
    return words(
        "question.alt",
        best=best["question"],
        worth=words.numerals.points(best["worth"]),
        route=by_route["question"],
        changes=words.numerals.percent(by_route["route_changes"], 0),
    )
