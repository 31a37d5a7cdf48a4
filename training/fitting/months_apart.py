"""How much a feature changed by itself between months of the training."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from features.arrays import FloatArray
from models.quality.distribution import Distribution
from models.quality.drift import stability_index
from models.quality.turnover import Turnover
from training.fitting.earlier_training import EarlierTraining

_PHASES: Final = 4
"""Campaigns of a quarter begin all at once, so how many are unseen depends on when in the quarter a training was."""


def number_turnover(known: Distribution, months: Sequence[FloatArray]) -> Turnover:
    """Measure the turnover of a number: the median of all months so far apart, so that no single month decides.

    Parameters
    ----------
    known : Distribution
        Its bins.
    months : sequence of numpy.ndarray
        Its values at the data end, one step earlier, and so on.
    """
    return Turnover(tuple(float(np.median(found)) for found in _indexes(known, months)))


def category_turnover(known: Distribution, months: Sequence[FloatArray], earlier: EarlierTraining) -> Turnover:
    """Measure the turnover of a category: at most, as values come and go by the season.

    Parameters
    ----------
    known : Distribution
        Its bins.
    months : sequence of numpy.ndarray
        Its codes at the data end, one step earlier, and so on.
    earlier : EarlierTraining
        What models of so many steps earlier would have told apart.
    """
    steps = range(min(len(months), earlier.most_steps + 1))
    unseen = tuple(_most_unseen(known, months, earlier, step) for step in steps)
    return Turnover(tuple(map(max, _indexes(known, months))), unseen)


def _indexes(known: Distribution, months: Sequence[FloatArray]) -> Iterator[list[float]]:
    """Yield the indexes of all months that are one step apart, of all that are two apart, and so on."""
    tallies = [known.tally(values) for values in months]
    for step in range(1, len(tallies)):
        yield [_beyond_chance(before, now) for before, now in zip(tallies[step:], tallies, strict=False)]


def _beyond_chance(before: FloatArray, now: FloatArray) -> float:
    """Return the index of two tallies less what it is on average for two samples of the same."""
    bins = int(((before + now) > 0).sum())
    by_chance = (bins - 1) * float(1 / before.sum() + 1 / now.sum())
    return max(0.0, stability_index(before, now) - by_chance)


def _most_unseen(known: Distribution, months: Sequence[FloatArray], earlier: EarlierTraining, step: int) -> float:
    """Return the largest share that a model so many steps older would not have told apart, in any phase."""
    phases = range(min(_PHASES, len(months), earlier.most_steps - step + 1))
    tallies = [known.tally(earlier.told_apart(months[phase], phase + step)) for phase in phases]
    return max(float(tally[-1] / tally.sum()) for tally in tallies)
