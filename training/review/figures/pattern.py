"""A pattern: what the model adds for each part of a feature, and under it how many of these leads were won."""

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes

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
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary
from training.review.pattern import Cell, Pattern
from training.review.shown import Shown, said

_LABEL_COLUMNS: Final = 13
_MARKS: Final[tuple[dict[str, Any], ...]] = (
    {"marker": "o", "linestyle": "-", "color": ACCENT},
    {"marker": "s", "linestyle": (0, (4, 3)), "color": CONTRAST, "markerfacecolor": "white"},
)
_SHIFT: Final = 0.1


def draw_pattern(patterns: Sequence[Pattern], names: dict[str, str], words: Vocabulary) -> Drawing | Shown:
    """Draw the clearest of some patterns.

    Parameters
    ----------
    patterns : sequence of Pattern
        What was found, the clearest first.
    names : dict of str to str
        The features' names for people.
    words : Vocabulary
        Of the review.
    """
    if not patterns:
        return said(words("pattern.none"))
    pattern = patterns[0]
    with house_style(words.language):
        figure = sheet(5.2)
        above, below = figure.subplots(2, 1, sharex=True)
        parts = list(dict.fromkeys(cell.part for cell in pattern.cells))
        for number, group in enumerate(pattern.groups):
            cells = pattern.of_group(group)
            _draw_group(above, below, cells, parts, (number, group))
        _label(above, below, pattern, parts, names, words)
        return finish(figure, pattern_sentence(pattern, names, words))


def _draw_group(above: Axes, below: Axes, cells: Sequence[Cell], parts: Sequence[str], which: tuple[int, str]) -> None:
    number, group = which
    shift = _SHIFT * (2 * number - 1)
    places = [parts.index(cell.part) + shift for cell in cells]
    above.plot(places, [cell.contribution for cell in cells], label=group or None, markersize=6, **_MARKS[number])
    won = [cell.share_won for cell in cells]
    below.vlines(places, [one.low for one in won], [one.high for one in won], _MARKS[number]["color"], linewidth=1.1)
    below.plot(places, [one.value for one in won], markersize=6, **_MARKS[number])


def _label(
    above: Axes, below: Axes, pattern: Pattern, parts: Sequence[str], names: dict[str, str], words: Vocabulary
) -> None:
    above.axhline(0, color=MUTED, linewidth=0.8, zorder=0)
    above.set_title(words("pattern.model"), loc="left", fontsize=9.5, color=MUTED)
    below.set_title(words("pattern.happened"), loc="left", fontsize=9.5, color=MUTED)
    below.set_xticks(range(len(parts)), [wrapped(part, _LABEL_COLUMNS, 3) for part in parts])
    below.set_xlabel(names[pattern.feature])
    below.set_ylim(0)
    percent_axis(below.yaxis, below.get_ylim()[1])
    for axes in (above, below):
        axes.grid(axis="y")
    if pattern.other:
        title = wrapped(names[pattern.other], 60)
        above.legend(
            title=title,
            frameon=False,
            fontsize=9,
            title_fontsize=9,
            ncols=2,
            loc="lower center",
            bbox_to_anchor=(0.5, 1.08),
        )


def pattern_sentence(pattern: Pattern, names: dict[str, str], words: Vocabulary) -> str:
    """Say what a pattern shows, with the shares that were really won, and whether these bear it out."""
    sure = words.numerals.decimal(pattern.sure, 1)
    if pattern.other is None:
        return _bend_told(pattern, names, words, sure)
    said = [_range_told(pattern.of_group(group), group, words) for group in pattern.groups]
    verdict = words("pattern.confirmed" if pattern.is_confirmed else "pattern.unconfirmed", sure=sure)
    told = words("pattern.joint", feature=names[pattern.feature], other=names[pattern.other], one=said[0], two=said[1])
    return f"{told} {verdict}"


def _bend_told(pattern: Pattern, names: dict[str, str], words: Vocabulary, sure: str) -> str:
    cells = pattern.cells
    turn = max(cells[1:-1], key=lambda cell: _bent(cell, cells))
    percent = words.numerals.percent
    return words(
        "pattern.bend" if pattern.is_confirmed else "pattern.bend_unconfirmed",
        feature=names[pattern.feature],
        first=cells[0].part,
        first_won=percent(cells[0].share_won.value),
        turn=turn.part,
        turn_won=percent(turn.share_won.value),
        last=cells[-1].part,
        last_won=percent(cells[-1].share_won.value),
        sure=sure,
    )


def _bent(cell: Cell, cells: Sequence[Cell]) -> float:
    """Return how far a cell stands out from both ends, to the same side."""
    gaps = [cell.contribution - end.contribution for end in (cells[0], cells[-1])]
    return min(map(abs, gaps)) if gaps[0] * gaps[1] > 0 else 0.0


def _range_told(cells: Sequence[Cell], group: str, words: Vocabulary) -> str:
    low, high = (pick(cells, key=_share) for pick in (min, max))
    percent = words.numerals.percent
    return words(
        "pattern.range",
        group=group,
        low=percent(low.share_won.value),
        low_part=low.part,
        high=percent(high.share_won.value),
        high_part=high.part,
    )


def _share(cell: Cell) -> float:
    return cell.share_won.value
