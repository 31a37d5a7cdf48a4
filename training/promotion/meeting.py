"""Champion and challenger meet: both predict the newest snapshots, whose outcomes neither has learnt from.

What becomes the new version is fitted to everything, so nothing is left that it could be measured by. In its place
stands a model of the same recipe that learnt from all that was decided before the slice began. The stand-in knows less
than the new version and is rather worse than it; the champion is measured as it is, by the features that it has.
"""

import numpy as np

from features.arrays import FloatArray
from features.compute import compute
from features.matrix import FeatureMatrix
from models.conversion import ConversionModel
from training.fitting.ladder import TooFewDealsError
from training.fitting.refit import Progress, refit
from training.promotion.comparison import Comparison, Incomparable, compare_predictions
from training.promotion.fresh_slice import FreshSlice, fresh_slice
from training.promotion.obstacles import champion_sees_excluded, nothing_newer, other_horizon, too_few_before
from training.trained import Trained


def meet(
    trained: Trained, champion: ConversionModel, champion_end_ms: int, seed: int, tell: Progress
) -> Comparison | Incomparable:
    """Compare the champion with what was trained.

    Parameters
    ----------
    trained : Trained
        The training that made the challenger.
    champion : ConversionModel
        What scores leads now.
    champion_end_ms : int
        Until when it has seen outcomes, in milliseconds since the epoch.
    seed : int
        Decides lots and intervals.
    tell : callable
        Told what is being done.

    Returns
    -------
    Comparison or Incomparable
        The latter where the two answer different questions, where nothing newer is known than the champion has seen,
        or where the champion uses what this training must not see.
    """
    bare = trained.prepared.bare
    if bare.horizon_days != champion.horizon_days:
        return other_horizon(bare.horizon_days, champion.horizon_days)
    newest_ms = int(bare.as_of_ms[trained.judgement.test_rows].min())
    met_on = fresh_slice(bare, champion_end_ms, newest_ms)
    if not len(met_on.test_rows):
        return nothing_newer(champion_end_ms, bare.horizon_days)
    if excluded := _excluded_features(trained, champion, met_on):
        return champion_sees_excluded(excluded)
    tell("comparing with the champion")
    try:
        challenger = _stand_in(trained, met_on, seed)
    except TooFewDealsError as error:
        return too_few_before(error)
    test = bare.take(met_on.test_rows)
    matrix = trained.prepared.compute(champion.spec, met_on.test_rows)
    return compare_predictions(test, champion.probability(matrix), challenger, seed=seed)


def _stand_in(trained: Trained, met_on: FreshSlice, seed: int) -> FloatArray:
    """Return what the recipe predicts for the test after learning from what was decided before it."""
    prepared = trained.prepared
    fitted = prepared.fit_features(met_on.train_rows, trained.fitted.spec.excluded)
    train = prepared.dataset(fitted.matrix, met_on.train_rows)
    model = refit(train, trained.judgement.selection, seed=seed).model(fitted.spec)
    return model.probability(prepared.compute(fitted.spec, met_on.test_rows))


def _excluded_features(trained: Trained, champion: ConversionModel, met_on: FreshSlice) -> list[str]:
    """Return the champion's features that would change if it did not see what this training leaves out."""
    excluded = trained.fitted.spec.excluded
    if excluded <= champion.spec.excluded:
        return []
    records, snapshots = trained.prepared.records, trained.prepared.snapshots(met_on.test_rows)
    differs = _differing(
        compute(champion.spec, records, snapshots), compute(champion.spec, records.without(excluded), snapshots)
    )
    return [name for name in champion.spec.names if name in differs or f"features.{name}" in excluded]


def _differing(one: FeatureMatrix, other: FeatureMatrix) -> frozenset[str]:
    """Return the names of the columns that are not equal; missing equals missing."""
    equal = (one.values == other.values) | (np.isnan(one.values) & np.isnan(other.values))
    return frozenset(name for name, same in zip(one.names, equal.all(axis=0), strict=True) if not same)
