"""shap's own waterfall, with its rows and its two ends said in words and as probabilities."""

from typing import Any, Final

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from models.calibration import probability
from training.report.figures.canvas import FULL_WIDTH, INK, Drawing, finish, house_style
from training.report.figures.labels import shortened
from training.report.vocabulary import Vocabulary
from training.review.shap_library import shap

MOST_ROWS: Final = 10
_LABEL_COLUMNS: Final = 60
_ROW_INCHES: Final = 0.46
_ENDS_INCHES: Final = 1.3


def draw_waterfall(explanation: Any, words: Vocabulary, most: int = MOST_ROWS) -> Drawing:
    """Draw how contributions lead from what holds before anything is known to the log-odds of one lead.

    Parameters
    ----------
    explanation : shap.Explanation
        Of one snapshot.
    words : Vocabulary
        Of the review.
    most : int
        How many rows at most, the one of all other features included.
    """
    base, added = float(explanation.base_values), np.asarray(explanation.values)
    # shap writes the names of both ends as formulas before they are said in words.
    with house_style(words.language), rc_context({"text.parse_math": True}):
        figure = plt.figure(layout="constrained")
        shap().plots.waterfall(explanation, max_display=most, show=False)
        _name_rows(figure, explanation, most, words)
        _name_ends(figure, base, base + float(added.sum()), words)
        figure.set_size_inches(FULL_WIDTH, _ENDS_INCHES + _ROW_INCHES * min(most, len(added)))
        plt.close(figure)
        return finish(figure, _alt(explanation, words))


def _name_rows(figure: Figure, explanation: Any, most: int, words: Vocabulary) -> None:
    """Write each feature with its value below, the largest contribution at the top."""
    added = np.asarray(explanation.values)
    order = np.argsort(-np.abs(added))
    shown = order if most >= len(added) else order[: most - 1]
    labels = [_row(str(explanation.feature_names[row]), str(explanation.display_data[row])) for row in shown]
    if len(shown) < len(added):
        labels.append(words("account.others", count=len(added) - len(shown)))
    figure.axes[0].set_yticks(range(len(labels)), labels[::-1], fontsize=9, color=INK, linespacing=1.25)


def _row(name: str, value: str) -> str:
    return f"{shortened(name, _LABEL_COLUMNS)}\n{shortened(value, _LABEL_COLUMNS)}"


def _name_ends(figure: Figure, base: float, end: float, words: Vocabulary) -> None:
    """Say in place of E[f(X)] and f(x) what the two ends are."""
    for axes, key, log_odds in zip(figure.axes[1:], ("waterfall.base", "waterfall.end"), (base, end), strict=True):
        said = words(key, log_odds=words.numerals.signed(log_odds, 2), probability=_percent(log_odds, words))
        axes.set_xticks([log_odds], [said], fontsize=9.5, color=INK, ha="center")
        axes.tick_params(axis="x", length=4)
    figure.axes[0].tick_params(axis="x", labelsize=9)
    figure.axes[1].tick_params(axis="x", pad=18)
    figure.axes[0].set_xlabel(words("waterfall.axis"), labelpad=22)


def _alt(explanation: Any, words: Vocabulary) -> str:
    base, added = float(explanation.base_values), np.asarray(explanation.values)
    first = int(np.argmax(np.abs(added)))
    return words(
        "waterfall.alt",
        base=_percent(base, words),
        end=_percent(base + float(added.sum()), words),
        first=explanation.feature_names[first],
        value=explanation.display_data[first],
        most=words.numerals.signed(float(added[first]), 2),
    )


def _percent(log_odds: float, words: Vocabulary) -> str:
    return words.numerals.percent(float(probability(np.asarray(log_odds))))
