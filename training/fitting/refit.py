"""Fit the conversion model of a data set: choose forward in time, then refit on everything."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from features.arrays import FloatArray
from features.spec import FeatureSpec
from models.calibration import Calibration, probability
from models.conversion import ConversionModel
from models.member import Member
from models.score_map import ScoreMap
from training.fitting.booster_fit import grow
from training.fitting.ladder import require_deals
from training.fitting.linear_fit import LinearFit
from training.fitting.reference import reference_rows
from training.fitting.selection import Progress, Selection, select
from training.labelling.dataset import Dataset

__all__ = ["Fit", "Progress", "Selection", "fit", "refit", "select"]


@dataclass(frozen=True)
class Fit:
    """The parts of a conversion model fitted to a data set.

    Attributes
    ----------
    members, weights, calibration, score_map, horizon_days
        As in ``ConversionModel``.
    selection : Selection
        How they were chosen.
    """

    members: tuple[Member, ...]
    weights: tuple[float, ...]
    calibration: Calibration
    score_map: ScoreMap
    horizon_days: int
    selection: Selection

    def model(self, spec: FeatureSpec, facts: Mapping[str, object] | None = None) -> ConversionModel:
        """Return the model, with the features it was fitted to and what else is to be kept with it."""
        return ConversionModel(
            spec=spec,
            members=self.members,
            weights=self.weights,
            calibration=self.calibration,
            score_map=self.score_map,
            horizon_days=self.horizon_days,
            facts=facts or {},
        )


def fit(data: Dataset, *, seed: int, progress: Progress | None = None) -> Fit:
    """Choose a model forward in time and fit it to all of ``data``; raises as ``select`` does."""
    return refit(data, select(data, seed=seed, progress=progress), seed=seed)


def refit(data: Dataset, selection: Selection, *, seed: int) -> Fit:
    """Fit what was chosen to all of ``data``.

    Parameters
    ----------
    data : Dataset
        Labelled snapshots: those that were chosen on, or later ones as well.
    selection : Selection
        What was chosen.
    seed : int
        Decides the rows and columns that trees see.

    Raises
    ------
    TooFewDealsError
        Where there are fewer than 40 won or 40 lost leads.
    """
    require_deals(data)
    members, weights = zip(*_members(selection.weighted(data), selection, seed), strict=True)
    averaged = np.zeros(len(data))
    for member, weight in zip(members, weights, strict=True):
        averaged += weight * member.log_odds(data.matrix.values)
    shown = probability(selection.calibration.log_odds(averaged))
    return Fit(
        members=members,
        weights=weights,
        calibration=selection.calibration,
        score_map=_score_map(data, shown),
        horizon_days=data.horizon_days,
        selection=selection,
    )


def _members(data: Dataset, selection: Selection, seed: int) -> list[tuple[Member, float]]:
    """Fit the members that have a share."""
    share = selection.linear_share
    with ThreadPoolExecutor(1) as pool:
        trees = pool.submit(grow, data, selection.candidate, selection.trees_for(data), seed) if share < 1.0 else None
        linear = LinearFit(data, seed).member(selection.strength) if share > 0.0 else None
        grown = None if trees is None else trees.result()
    members: tuple[tuple[Member | None, float], ...] = ((grown, 1.0 - share), (linear, share))
    return [(member, weight) for member, weight in members if member is not None]


def _score_map(data: Dataset, shown: FloatArray) -> ScoreMap:
    newer = reference_rows(data)
    return ScoreMap.of(shown[newer], data.weight[newer])
