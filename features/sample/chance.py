"""Chance: things that happen to some and not to others."""

import numpy as np

from features.arrays import BoolArray, FloatArray


def happens(rng: np.random.Generator, size: int, share: float | FloatArray) -> BoolArray:
    """Draw to which of so many it happens; the share may differ from one to the next."""
    return rng.random(size) < share


def likelihood(log_odds: FloatArray) -> FloatArray:
    """Turn log-odds into probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)
