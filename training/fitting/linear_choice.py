"""Choose the logistic regression's penalty, and its share beside the trees, by forward blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray
from training.fitting.level_free_loss import Outcomes, level_free_loss
from training.fitting.linear_fit import LinearFit
from training.labelling.splits import Split

_LEAST_SHARE: Final = 0.05
"""A member with less is dropped: what it costs to explain is not paid back."""


@dataclass(frozen=True)
class LinearChoice:
    """The penalty, and what the logistic regression predicts for later snapshots.

    Attributes
    ----------
    strength : float
        The inverse of the penalty, in leads.
    log_odds : tuple of numpy.ndarray
        For the snapshots of each block.
    loss : float
        The level-free log loss over the blocks.
    """

    strength: float
    log_odds: tuple[FloatArray, ...]
    loss: float


def choose_strength(
    splits: Sequence[Split], blocks: Sequence[Outcomes], strengths: Sequence[float], seed: int
) -> LinearChoice:
    """Return the penalty that predicts the blocks best."""
    tried = [_predictions(split, strengths, seed) for split in splits]
    choices = [
        LinearChoice(strength, log_odds, level_free_loss(blocks, log_odds))
        for strength, log_odds in zip(strengths, zip(*tried, strict=True), strict=True)
    ]
    return min(choices, key=lambda choice: choice.loss)


def _predictions(split: Split, strengths: Sequence[float], seed: int) -> list[FloatArray]:
    fit, values = LinearFit(split.train, seed), split.test.matrix.values
    return [fit.member(strength).log_odds(values) for strength in strengths]


def linear_share(
    blocks: Sequence[Outcomes], trees: Sequence[FloatArray], linear: Sequence[FloatArray], pull: float
) -> float:
    """Return the logistic regression's share of the average in log-odds, 0 to 1.

    Pulled towards one half, by ``pull`` nats times the square of the distance: a few blocks tell little where the data
    drift or are few, and over rolling blocks of real sets a share learnt freely lost more than an even one.
    """
    shares = np.linspace(0.0, 1.0, 21)
    losses = [level_free_loss(blocks, mixed(trees, linear, share)) + pull * (share - 0.5) ** 2 for share in shares]
    best = float(shares[int(np.argmin(losses))])
    return 0.0 if best <= _LEAST_SHARE else 1.0 if best >= 1.0 - _LEAST_SHARE else best


def mixed(trees: Sequence[FloatArray], linear: Sequence[FloatArray], share: float) -> list[FloatArray]:
    """Return both averaged in log-odds, block by block."""
    return [(1.0 - share) * one + share * other for one, other in zip(trees, linear, strict=True)]
