"""The table of numbers that models learn from and score."""

from dataclasses import dataclass

import numpy as np

from features.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class FeatureMatrix:
    """Feature values, one row a snapshot.

    Attributes
    ----------
    names : tuple of str
        The features, in the order of the columns.
    values : numpy.ndarray
        float64, shape (snapshots, features). NaN is missing; a categorical feature holds its category's code.
    categorical : tuple of str
        The names of the features whose values are codes.
    """

    names: tuple[str, ...]
    values: FloatArray
    categorical: tuple[str, ...]

    def take(self, rows: IntArray) -> "FeatureMatrix":
        """Return the given rows as a matrix of their own."""
        return FeatureMatrix(self.names, self.values[rows], self.categorical)

    def column(self, name: str) -> FloatArray:
        """Return the values of one feature."""
        return self.values[:, self.names.index(name)]

    @property
    def categorical_positions(self) -> list[int]:
        """Where the categorical features stand among the columns."""
        return [int(position) for position in np.flatnonzero([name in self.categorical for name in self.names])]
