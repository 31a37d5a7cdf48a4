"""How many rows each table has from month to month."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from training.quality.months import RowsByMonth
from training.report.figures.canvas import ACCENT, MUTED, Drawing, finish, house_style, sheet
from training.report.vocabulary import Vocabulary

_MOST_TICKS: Final = 12
_ROW_HEIGHT: Final = 0.62
_MARGIN: Final = 0.6
_LABEL_RIGHT: Final = -0.09
"""Where the names of the tables end, left of the axis, as a share of its width."""


def draw_months(tables: Sequence[RowsByMonth], words: Vocabulary) -> Drawing:
    """Draw a row of bars for each table, all over the same months."""
    with house_style(words.language):
        figure = sheet(_MARGIN + _ROW_HEIGHT * len(tables))
        every = figure.subplots(len(tables), 1, sharex=True, squeeze=False)[:, 0]
        for axes, table in zip(every, tables, strict=True):
            _draw(axes, table, words)
        _label(every[-1], tables[0].months, words)
        return finish(figure, _alt(tables, words))


def _draw(axes: Axes, table: RowsByMonth, words: Vocabulary) -> None:
    axes.bar(range(len(table.rows)), table.rows, width=0.85, color=ACCENT)
    axes.set_yticks([0, max(table.rows)], ["", words.numerals.count(max(table.rows))])
    axes.tick_params(axis="x", length=0)
    axes.set_ylabel(table.table, rotation=0, ha="right", va="center", color=MUTED)
    axes.yaxis.set_label_coords(_LABEL_RIGHT, 0.5)


def _label(axes: Axes, months: Sequence[str], words: Vocabulary) -> None:
    step = -(-len(months) // _MOST_TICKS)
    places = range(0, len(months), step)
    axes.set_xticks(places, [words.numerals.month(months[place]) for place in places])


def _alt(tables: Sequence[RowsByMonth], words: Vocabulary) -> str:
    count = words.numerals.count
    parts = (
        words("data_quality.months_part", table=one.table, low=count(min(one.rows)), high=count(max(one.rows)))
        for one in tables
    )
    joined = words("page.comma").join(parts)
    return words("data_quality.months_alt", months=count(len(tables[0].months)), tables=joined)
