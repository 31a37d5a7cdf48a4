"""The gain of every subject over the rest: what shuffling it costs a model of all features.

Fitting a model without each subject would take minutes; shuffling takes one model (Breiman 2001, Random Forests,
section 10).
"""

import math
from typing import Final

import numpy as np

from training.audit.cases import Cases, Fold
from training.audit.dossier import Dossier
from training.audit.evidence.shuffled import Shuffled
from training.audit.material import Material
from training.audit.ranking import roc_auc
from training.audit.subjects import Subject
from training.audit.worth import fitted_to

_MOST_ROWS: Final = 2_000


def shuffled(dossiers: tuple[Dossier, ...], material: Material) -> tuple[Dossier, ...]:
    """Add to each dossier what shuffling its subject costs."""
    subjects = [dossier.subject for dossier in dossiers]
    cases, seed = material.cases, material.seed
    by_lot = _losses(cases, cases.random, subjects, seed)
    forward = [math.nan] * len(subjects) if cases.forward is None else _losses(cases, cases.forward, subjects, seed)
    return tuple(
        dossier.plus(shuffled=Shuffled(*losses)) if dossier.subject.positions else dossier
        for dossier, losses in zip(dossiers, zip(by_lot, forward, strict=True), strict=True)
    )


def _losses(cases: Cases, fold: Fold, subjects: list[Subject], seed: int) -> list[float]:
    """Return the AUC that is lost with each subject."""
    test = fold.test[:: max(1, -(-len(fold.test) // _MOST_ROWS))]
    is_won, values = cases.is_won[test], cases.data.matrix.values[test]
    order = np.random.default_rng(seed).permutation(len(test))
    model = fitted_to(cases, range(values.shape[1]), fold, seed)
    whole = roc_auc(model.log_odds(values), is_won)

    def loss(subject: Subject) -> float:
        changed, positions = values.copy(), np.array(subject.positions, dtype=np.int64)
        changed[:, positions] = values[order[:, np.newaxis], positions]
        return whole - roc_auc(model.log_odds(changed), is_won)

    return [loss(subject) if subject.positions else math.nan for subject in subjects]
