"""Learn a calibration from out-of-time predictions, and use it only where doing so would have paid before."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from features.arrays import FloatArray
from models.calibration import SLOPE_RANGE, Calibration
from training.fitting.level_free_loss import Outcomes, level_free_loss

_SLOPES: Final = 19
_PULL: Final = 0.02
"""Keeps the slope near one: in nats per squared logarithm of the slope."""

_CARRIED: Final = 0.5
"""The part of the newest block's shift that is carried on: a drift that turns costs as much as one that stays gains."""

_LEAST_TRIALS: Final = 2


def learn_calibration(blocks: Sequence[Outcomes], log_odds: Sequence[FloatArray]) -> Calibration:
    """Return the calibration to show from now on.

    A slope over all blocks and half of the newest block's shift, if every block but the first would have been
    predicted better by what the blocks before it taught; else none. On real sets neither a slope nor a shift was
    better as a rule.
    """
    trials = range(1, len(blocks))
    paid = [
        blocks[place].log_loss(_learnt(blocks[:place], log_odds[:place]).log_odds(log_odds[place]))
        < blocks[place].log_loss(log_odds[place])
        for place in trials
    ]
    return _learnt(blocks, log_odds) if len(paid) >= _LEAST_TRIALS and all(paid) else Calibration()


def _learnt(blocks: Sequence[Outcomes], log_odds: Sequence[FloatArray]) -> Calibration:
    slopes = np.linspace(*SLOPE_RANGE, _SLOPES)
    losses = [
        level_free_loss(blocks, [slope * each for each in log_odds]) + _PULL * np.log(slope) ** 2 for slope in slopes
    ]
    slope = float(slopes[int(np.argmin(losses))])
    return Calibration(_CARRIED * blocks[-1].shift(slope * log_odds[-1]), slope)
