"""What a small model makes of some of the features."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from features.arrays import IntArray
from features.matrix import FeatureMatrix
from models.booster import BoosterMember
from training.audit.cases import Cases, Fold
from training.audit.ranking import roc_auc
from training.fitting.booster_fit import grow
from training.fitting.candidates import Candidate

_CANDIDATE: Final = Candidate(depth=3, learning_rate=0.12)
_TREES: Final = 50
_MOST_ROWS: Final = 5_000


def auc_of_model(cases: Cases, positions: Sequence[int], fold: Fold, seed: int) -> float:
    """Return how well trees on some features rank the cases to test on; 0.5 without features."""
    if not positions:
        return 0.5
    values = cases.data.matrix.values[:, np.array(sorted(positions), dtype=np.int64)]
    return roc_auc(fitted_to(cases, positions, fold, seed).log_odds(values[fold.test]), cases.is_won[fold.test])


def fitted_to(cases: Cases, positions: Sequence[int], fold: Fold, seed: int) -> BoosterMember:
    """Return trees on some features, in ascending order, fitted to the cases to learn from."""
    train = fold.train[:: max(1, -(-len(fold.train) // _MOST_ROWS))]
    columns = _columns(cases.data.matrix, np.array(sorted(positions), dtype=np.int64))
    return grow(replace(cases.data, matrix=columns).take(train), _CANDIDATE, _TREES, seed)


def _columns(matrix: FeatureMatrix, positions: IntArray) -> FeatureMatrix:
    names = tuple(matrix.names[position] for position in positions)
    return FeatureMatrix(
        names, matrix.values[:, positions], tuple(name for name in names if name in matrix.categorical)
    )
