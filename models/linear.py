"""A logistic regression as a member: one curve or one table of log-odds per feature, plain numbers in JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from features.arrays import FloatArray, IntArray
from models.folder import ModelFolderError, read_object, write_object
from models.linear_terms import FLAT, Curve, Table, number_from_json, signed_log, term_from_json
from models.member import Contributions, Explained


@dataclass(frozen=True)
class LinearMember:
    """A logistic regression whose terms are folded into one contribution per original feature.

    Attributes
    ----------
    base : float
        The mean log-odds of the training snapshots.
    terms : tuple of Curve or Table
        One per feature, in the order of the columns; each has mean zero over the training snapshots.
    """

    base: float
    terms: tuple[Curve | Table, ...]

    @property
    def feature_count(self) -> int:
        """How many columns the member was fitted to."""
        return len(self.terms)

    def log_odds(self, values: FloatArray) -> FloatArray:
        """Return the log-odds of each row."""
        return self.contributions(values).log_odds

    def contributions(self, values: FloatArray) -> Contributions:
        """Return what each feature adds to the base for each row."""
        added, tables = self._curves.added(values), self._tables
        added[:, tables.positions] = tables.added(values.take(tables.positions, axis=1))
        return Contributions(values=np.where(np.isnan(values), self._missing, added), base=self.base)

    def explained(self, values: FloatArray) -> Explained:
        """Return the log-odds with the contributions that they are the sum of."""
        contributions = self.contributions(values)
        return Explained(contributions.log_odds, contributions)

    def save(self, path: Path) -> None:
        """Write the member as JSON."""
        write_object(path, {"base": self.base, "terms": [vars(term) for term in self.terms]})

    @classmethod
    def load(cls, path: Path) -> "LinearMember":
        """Read a member from its JSON file."""
        content = read_object(path)
        try:
            return cls(
                base=number_from_json(content["base"]), terms=tuple(term_from_json(term) for term in content["terms"])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFolderError(f"{path} is not a linear member: {error!r}. Restore the model folder.") from error

    @cached_property
    def _missing(self) -> FloatArray:
        return np.array([term.missing for term in self.terms])

    @cached_property
    def _curves(self) -> "_Curves":
        return _Curves.of(self.terms)

    @cached_property
    def _tables(self) -> "_Tables":
        return _Tables.of(self.terms)


@dataclass(frozen=True)
class _Curves:
    """All curves side by side, so that one lead costs a handful of array operations and not some per feature.

    A curve is a height and, for each of its stretches, a slope times the part of the value that lies within. There is a
    column for every feature; those without a curve, and the further stretches of shorter ones, have a slope of zero.

    Attributes
    ----------
    first : numpy.ndarray
        float64, shape (features,): the height where no stretch is entered.
    low, high, slope : numpy.ndarray
        float64, shape (stretches, features).
    """

    first: FloatArray
    low: FloatArray
    high: FloatArray
    slope: FloatArray

    @classmethod
    def of(cls, terms: Sequence[Curve | Table]) -> "_Curves":
        curves = [term if isinstance(term, Curve) else FLAT for term in terms]
        most = max((len(curve.knots) for curve in curves), default=1)
        knots, heights = (
            np.array([numbers + numbers[-1:] * (most - len(numbers)) for numbers in rows]).reshape(-1, most).T
            for rows in ([curve.knots for curve in curves], [curve.heights for curve in curves])
        )
        low, high = knots[:-1], knots[1:]
        slope = np.diff(heights, axis=0) / np.where(high > low, high - low, 1.0)
        return cls(heights[0], low, high, slope)

    def added(self, values: FloatArray) -> FloatArray:
        logs, total = signed_log(values), self.first
        for low, high, slope in zip(self.low, self.high, self.slope, strict=True):
            part = np.maximum(logs, low)
            np.minimum(part, high, out=part)
            part -= low
            part *= slope
            part += total
            total = part
        return total if len(self.slope) else np.tile(total, (len(values), 1))


@dataclass(frozen=True)
class _Tables:
    """All tables side by side, one row each, its last column for unseen codes.

    Attributes
    ----------
    positions : numpy.ndarray
        int64, the columns of the features that have one.
    heights : numpy.ndarray
        float64, the rows one after the other.
    starts : numpy.ndarray
        float64, where each row starts.
    unseen : float
        The place of the last column.
    """

    positions: IntArray
    heights: FloatArray
    starts: FloatArray
    unseen: float

    @classmethod
    def of(cls, terms: Sequence[Curve | Table]) -> "_Tables":
        tables = [(place, term) for place, term in enumerate(terms) if isinstance(term, Table)]
        unseen = max((len(table.heights) for _, table in tables), default=0)
        rows = [(*table.heights, *[table.unseen] * (unseen + 1 - len(table.heights))) for _, table in tables]
        starts = (unseen + 1) * np.arange(len(tables), dtype=np.float64)
        positions = np.array([place for place, _ in tables], dtype=np.int64)
        return cls(positions, np.array(rows, dtype=np.float64).ravel(), starts, float(unseen))

    def added(self, values: FloatArray) -> FloatArray:
        """Return what the codes of the features that have a table add; anything where a code is missing."""
        column = np.where(values >= 0, values, self.unseen)
        np.minimum(column, self.unseen, out=column)
        column += self.starts
        return self.heights.take(column.astype(np.int64))
