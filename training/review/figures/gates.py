"""How many past leads each state of each gate had, and how many of these were won."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from features.wording import Wording
from models.bant import OVERALLS, PILLARS, STATUSES
from training.report.figures.canvas import (
    ACCENT,
    CONTRAST,
    MUTED,
    Drawing,
    finish,
    house_style,
    percent_axis,
    sheet,
)
from training.report.vocabulary import Vocabulary
from training.review.shown import Shown, said

_MARKS: Final[Mapping[str, dict[str, Any]]] = {
    "pass": {"marker": "^", "color": ACCENT},
    "unknown": {"marker": "o", "color": MUTED, "markerfacecolor": "white"},
    "fail": {"marker": "x", "color": CONTRAST},
    "qualified": {"marker": "^", "color": ACCENT},
    "needs_discovery": {"marker": "o", "color": MUTED, "markerfacecolor": "white"},
    "disqualified": {"marker": "x", "color": CONTRAST},
}
_GATES: Final[Mapping[str, Wording]] = {str(pillar): wording for pillar, wording in PILLARS.items()}
_WORDS: Final[Mapping[str, Wording]] = {
    **{str(status): wording for status, wording in STATUSES.items()},
    **{str(overall): wording for overall, wording in OVERALLS.items()},
}


def draw_gates(results: pd.DataFrame, words: Vocabulary) -> Drawing | Shown:
    """Draw the frame of ``models.bant.backtest``."""
    if not results.loc[results["status"].isin(["pass", "fail"]), "leads"].any():
        return said(words("gate.none"))
    with house_style(words.language):
        figure = sheet(4.6)
        left, right = figure.subplots(1, 2, width_ratios=[4.2, 1.0])
        highest = float(results["high"].max())
        _draw(left, results[results["gate"] != "overall"], words)
        _draw(right, results[results["gate"] == "overall"], words)
        for axes in (left, right):
            axes.set_ylim(0, highest * 1.12)
            percent_axis(axes.yaxis, highest)
            axes.grid(axis="y")
        left.set_ylabel(words("gate.axis"))
        return finish(figure, _alt(results, words))


def _draw(axes: Axes, rows: pd.DataFrame, words: Vocabulary) -> None:
    gates = list(dict.fromkeys(rows["gate"]))
    states = list(dict.fromkeys(rows["status"]))
    ticks, labels = [], []
    for row in rows.to_dict("records"):
        place = gates.index(row["gate"]) * (len(states) + 0.7) + states.index(row["status"])
        axes.vlines(place, row["low"], row["high"], _MARKS[row["status"]]["color"], linewidth=1.2)
        axes.plot(place, row["win_rate"], markersize=7, linestyle="none", **_MARKS[row["status"]])
        ticks.append(place)
        labels.append(f"{_WORDS[row['status']].in_language(words.language)}  {row['leads']:,}")
    axes.set_xticks(ticks, labels, rotation=90, fontsize=8.5)
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(-0.8, max(ticks) + 0.8)
    for number, gate in enumerate(gates):
        name = _GATES.get(gate)
        named = words("gate.overall") if name is None else name.in_language(words.language)
        middle = number * (len(states) + 0.7) + (len(states) - 1) / 2
        axes.annotate(named, (middle, 1.0), xycoords=("data", "axes fraction"), ha="center", va="bottom", fontsize=9.5)


def _alt(results: pd.DataFrame, words: Vocabulary) -> str:
    """Tell of the gate whose intervals of pass and fail lie farthest apart."""
    cells = {(row["gate"], row["status"]): row for row in results.to_dict("records")}
    told = [pillar for pillar in PILLARS if cells[pillar, "pass"]["leads"] and cells[pillar, "fail"]["leads"]]
    if not told:
        return words("gate.alt_none")
    gate = max(told, key=lambda pillar: cells[pillar, "pass"]["low"] - cells[pillar, "fail"]["high"])
    percent = words.numerals.percent
    return words(
        "gate.alt",
        gate=PILLARS[gate].in_language(words.language),
        passed=percent(cells[gate, "pass"]["win_rate"]),
        failed=percent(cells[gate, "fail"]["win_rate"]),
        unknown=percent(cells[gate, "unknown"]["win_rate"]),
        qualified=percent(cells["overall", "qualified"]["win_rate"]),
        disqualified=percent(cells["overall", "disqualified"]["win_rate"]),
    )
