"""How much may be learnt from how many won and lost leads."""

from typing import Final

import numpy as np

from training.labelling.dataset import Dataset

LEAST_DEALS: Final = 40
"""Won and lost leads, each, below which rules answer and nothing is learnt."""

FULL_DEALS: Final = 400
"""Won and lost leads, each, from which on the full model is learnt."""


class TooFewDealsError(Exception):
    """There are not enough won or lost leads to learn a model from.

    Attributes
    ----------
    won, lost : int
        The leads there are.
    """

    def __init__(self, won: int, lost: int) -> None:
        self.won, self.lost = won, lost
        super().__init__(
            f"A model needs at least {LEAST_DEALS} won and {LEAST_DEALS} lost leads, "
            f"found {won:,} won and {lost:,} lost. "
            "Score by the rules of icp.toml until there are more, or take in a longer history."
        )


def deals(data: Dataset) -> tuple[int, int]:
    """Return how many leads were won, and how many were not, within the horizon of some snapshot.

    A lead won after an earlier snapshot's window counts as won only: it is one deal, however often it was looked at.
    """
    won = np.unique(data.lead[data.label == 1.0])
    lost = np.setdiff1d(data.lead[data.label == 0.0], won)
    return len(won), len(lost)


def require_deals(data: Dataset) -> None:
    """Raise TooFewDealsError where nothing should be learnt from so few won or lost leads."""
    won, lost = deals(data)
    if min(won, lost) < LEAST_DEALS:
        raise TooFewDealsError(won, lost)


def is_small(data: Dataset) -> bool:
    """Tell whether only a strongly regularised model should be learnt."""
    return min(deals(data)) < FULL_DEALS
