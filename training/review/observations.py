"""Past snapshots with what the model says of them and how they ended."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.matrix import FeatureMatrix
from models.conversion import ConversionModel
from models.member import Contributions
from models.quality.interval import Interval, wilson
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared

MOST: Final = 30_000
"""More snapshots cost time and show nothing new."""


@dataclass(frozen=True)
class Observations:
    """Labelled snapshots and the model's account of them.

    Attributes
    ----------
    model : ConversionModel
        What believes.
    data : Dataset
        The snapshots, their features, and whether they were won within the horizon.
    contributions : Contributions
        In calibrated log-odds, of the same snapshots.
    """

    model: ConversionModel
    data: Dataset
    contributions: Contributions

    @property
    def matrix(self) -> FeatureMatrix:
        """The features of the snapshots."""
        return self.data.matrix

    def share_won(self, rows: BoolArray) -> Interval:
        """Return the share won among some of the snapshots, with its 95 % interval.

        Snapshots of one company share their fate, so that companies are counted and not snapshots.
        """
        weight = self.data.weight[rows]
        if not rows.any() or not weight.sum():
            return Interval(np.nan, np.nan, np.nan)
        share = float(np.average(self.data.label[rows], weights=weight))
        return wilson(min(max(share, 0.0), 1.0), float(len(np.unique(self.data.group[rows]))))


def observe(model: ConversionModel, prepared: Prepared, most: int = MOST) -> Observations:
    """Look at snapshots whose whole window was observed, at most so many, evenly spaced over the source.

    Parameters
    ----------
    model : ConversionModel
        What believes.
    prepared : Prepared
        The source as training labels it.
    most : int
        How many snapshots at most.
    """
    rows = evenly(len(prepared.observed), most)
    data = prepared.dataset(prepared.compute(model.spec, rows), rows)
    return Observations(model, data, model.explained(data.matrix).contributions)


def evenly(count: int, most: int) -> IntArray:
    """Return row numbers evenly spaced over so many rows."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64)) if count else np.empty(0, np.int64)


def weighted_mean(values: FloatArray, weight: FloatArray) -> float:
    """Return a mean; NaN where nothing has weight."""
    return float(np.average(values, weights=weight)) if weight.sum() else float("nan")
