"""How far columns have moved from older to newer leads."""

from typing import Final

import pandas as pd

from models.quality.drift import NOTABLE
from training.report.figures.canvas import (
    ACCENT,
    CONTRAST,
    MUTED,
    PALE,
    Drawing,
    bare,
    finish,
    house_style,
    only_axes,
)
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary
from training.review.shown import Shown, said

MOST_ROWS: Final = 12
_LABEL_COLUMNS: Final = 40
_ROW_INCHES: Final = 0.34


def draw_drift(frame: pd.DataFrame, words: Vocabulary) -> Drawing | Shown:
    """Draw the columns of ``audit_frames.audit_frame`` that moved most, with the usual threshold."""
    told = frame.dropna(subset=["psi"]).sort_values("psi", ascending=False, kind="stable")
    if told.empty:
        return said(words("drift.none"))
    shown = told.head(MOST_ROWS)
    with house_style(words.language):
        figure, axes = only_axes(1.0 + _ROW_INCHES * len(shown))
        places = range(len(shown))
        axes.barh(places, shown["psi"], height=0.55, color=PALE, edgecolor=ACCENT, hatch="///")
        for place, psi in zip(places, shown["psi"], strict=True):
            text = words.numerals.decimal(psi, 2)
            axes.annotate(text, (psi, place), (5, 0), textcoords="offset points", va="center", fontsize=9)
        axes.axvline(NOTABLE, color=CONTRAST, linewidth=1.1, linestyle=(0, (4, 3)))
        axes.annotate(
            words("drift.notable"),
            (NOTABLE, 1.0),
            xycoords=("data", "axes fraction"),
            color=CONTRAST,
            fontsize=9,
            va="bottom",
        )
        axes.set_yticks(places, [wrapped(name, _LABEL_COLUMNS) for name in shown["column"]])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(0, max(float(shown["psi"].max()), NOTABLE) * 1.2)
        axes.set_xlabel(words("drift.title"))
        axes.set_xticks([])
        bare(axes)
        axes.xaxis.label.set_color(MUTED)
        return finish(figure, _alt(told, words))


def _alt(told: pd.DataFrame, words: Vocabulary) -> str:
    moved = int((told["psi"] >= NOTABLE).sum())
    first = told.iloc[0]
    values = {"all": len(told), "first": first["column"], "most": words.numerals.decimal(first["psi"], 2)}
    return words("drift.alt", count=moved, **values) if moved else words("drift.alt_none", **values)
