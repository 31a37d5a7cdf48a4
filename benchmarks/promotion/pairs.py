"""Pairs of models of which it is known by how much one is better, as the chances of the leads are known."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq

from features.arrays import FloatArray
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from training.labelling.dataset import Dataset

_LEVEL: Final = -2.2
_STRENGTH: Final = 1.2
_COMPANY: Final = 0.5
"""Spread of what leads of one company have in common and no model knows, in log-odds."""
_CHAMPION_ERROR: Final = 0.6
"""Spread of the champion's error, in log-odds."""
_IN_COMMON: Final = 0.75
"""The share of that which the challenger has too: both learnt from much the same leads."""
_POPULATION: Final = 200_000
_NO_FEATURES: Final = ()


@dataclass(frozen=True)
class Pair:
    """Snapshots with what two models predict for them."""

    data: Dataset
    champion: FloatArray
    challenger: FloatArray


@dataclass(frozen=True)
class _Leads:
    chance: FloatArray
    known: FloatArray
    shared_error: FloatArray
    own_errors: FloatArray

    @classmethod
    def drawn(cls, leads: int, generator: np.random.Generator) -> "_Leads":
        known = _LEVEL + _STRENGTH * generator.normal(size=leads)
        company = _COMPANY * np.repeat(generator.normal(size=(leads + 1) // 2), 2)[:leads]
        errors = generator.normal(size=(3, leads))
        return cls(_probability(known + company), known, errors[0], errors[1:])

    def predicted(self, model: int, error: float) -> FloatArray:
        """Return the probabilities of a model whose error has the given spread."""
        mixed = np.sqrt(_IN_COMMON) * self.shared_error + np.sqrt(1 - _IN_COMMON) * self.own_errors[model]
        return _probability(self.known + error * mixed)


def win_share() -> float:
    """Return the share of leads that are won."""
    return float(_population().chance.mean())


def challenger_error(excess: float) -> float:
    """Return how large a challenger's error has to be for its true log loss to exceed the champion's by a share.

    Parameters
    ----------
    excess : float
        Such as 0.02 for a log loss that is 2 % higher, -0.02 for one that is 2 % lower.
    """
    leads = _population()
    target = (1 + excess) * _true_log_loss(leads, leads.predicted(0, _CHAMPION_ERROR))
    return float(brentq(lambda error: _true_log_loss(leads, leads.predicted(1, error)) - target, 0.0, 3.0))


def draw_pair(leads: int, error: float, seed: int) -> Pair:
    """Draw leads, two to a company and each looked at twice, and what both models predict for them.

    Parameters
    ----------
    leads : int
        How many.
    error : float
        Of the challenger, from ``challenger_error``.
    seed : int
        Decides everything.
    """
    generator = np.random.default_rng(seed)
    drawn = _Leads.drawn(leads, generator)
    won = (generator.random(leads) < drawn.chance).astype(np.float64)
    lead = np.repeat(np.arange(leads), 2)
    data = Dataset(
        matrix=FeatureMatrix(_NO_FEATURES, np.empty((len(lead), 0)), ()),
        label=won[lead],
        weight=np.full(len(lead), 0.5),
        as_of_ms=np.tile([0, 30 * MS_PER_DAY], leads),
        lead=lead,
        group=lead // 2,
        horizon_days=90,
    )
    return Pair(data, drawn.predicted(0, _CHAMPION_ERROR)[lead], drawn.predicted(1, error)[lead])


def _population() -> _Leads:
    return _Leads.drawn(_POPULATION, np.random.default_rng(0))


def _true_log_loss(leads: _Leads, predicted: FloatArray) -> float:
    chance = leads.chance
    return float(-np.mean(chance * np.log(predicted) + (1 - chance) * np.log1p(-predicted)))


def _probability(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
