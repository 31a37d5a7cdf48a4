"""Labelled snapshots with their features: what a model is fitted to and judged by."""

from dataclasses import dataclass

from features.arrays import FloatArray, IntArray
from features.matrix import FeatureMatrix


@dataclass(frozen=True)
class Dataset:
    """Labelled snapshots, one row each.

    Attributes
    ----------
    matrix : FeatureMatrix
        The features at each snapshot's ``as_of``.
    label : numpy.ndarray
        float64, 1 where the lead was won within the horizon, else 0.
    weight : numpy.ndarray
        float64, positive; a lead's weights sum to one over its snapshots whose window was observed, before any split.
    as_of_ms : numpy.ndarray
        int64, the snapshot's instant in milliseconds since the epoch.
    lead : numpy.ndarray
        int64, the row number of the lead.
    group : numpy.ndarray
        int64, equal for leads of the same company; a group never stands on both sides of a split.
    horizon_days : int
        How far the label looks ahead.
    """

    matrix: FeatureMatrix
    label: FloatArray
    weight: FloatArray
    as_of_ms: IntArray
    lead: IntArray
    group: IntArray
    horizon_days: int

    def __len__(self) -> int:
        return len(self.label)

    def take(self, rows: IntArray) -> "Dataset":
        """Return the given rows as a data set of their own."""
        return Dataset(
            matrix=self.matrix.take(rows),
            label=self.label[rows],
            weight=self.weight[rows],
            as_of_ms=self.as_of_ms[rows],
            lead=self.lead[rows],
            group=self.group[rows],
            horizon_days=self.horizon_days,
        )
