"""A logistic regression as a member: one curve or one table of log-odds per feature, plain numbers in JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from features.arrays import FloatArray, IntArray
from models.folder import ModelFolderError, read_object, write_object
from models.member import Contributions, Explained


def signed_log(values: FloatArray) -> FloatArray:
    """Return ``sign(x) * log(1 + |x|)``: counts and money on a scale where ratios are steps."""
    return np.sign(values) * np.log1p(np.abs(values))


@dataclass(frozen=True)
class Curve:
    """A numeric feature's log-odds: straight between knots on the signed-log scale, flat beyond both ends.

    Attributes
    ----------
    knots : tuple of float
        Ascending, as ``signed_log`` of the feature's value.
    heights : tuple of float
        The log-odds added at each knot.
    missing : float
        The log-odds added where the value is missing.

    Raises
    ------
    ValueError
        Where knots are not ascending, or are not as many as the heights.
    """

    knots: tuple[float, ...]
    heights: tuple[float, ...]
    missing: float

    def __post_init__(self) -> None:
        if not self.knots or len(self.knots) != len(self.heights) or np.any(np.diff(self.knots) < 0):
            raise ValueError(
                f"A curve needs ascending knots and as many heights, found {self.knots} and {self.heights}."
            )


@dataclass(frozen=True)
class Table:
    """A categorical feature's log-odds, one per code.

    Attributes
    ----------
    heights : tuple of float
        The log-odds added for code 0, 1, ...
    missing : float
        The log-odds added where the code is missing.
    unseen : float
        The log-odds added for a code that was not there in training.
    """

    heights: tuple[float, ...]
    missing: float
    unseen: float


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
        added = np.empty(values.shape)
        for terms in (self._curves, self._tables):
            added[:, terms.positions] = terms.added(values.take(terms.positions, axis=1))
        return Contributions(values=added, base=self.base)

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
            return cls(base=_number(content["base"]), terms=tuple(_term(term) for term in content["terms"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFolderError(f"{path} is not a linear member: {error!r}. Restore the model folder.") from error

    @cached_property
    def _curves(self) -> "_Curves":
        return _Curves.of([(place, term) for place, term in enumerate(self.terms) if isinstance(term, Curve)])

    @cached_property
    def _tables(self) -> "_Tables":
        return _Tables.of([(place, term) for place, term in enumerate(self.terms) if isinstance(term, Table)])


@dataclass(frozen=True)
class _Curves:
    """All curves side by side, so that one lead costs a handful of array operations and not some per feature.

    A curve is its first height and a rise over each of its stretches; those with fewer stretches rise by nothing on
    the rest. The arrays are of shape (knots, curves) and (knots - 1, curves).
    """

    positions: IntArray
    knots: FloatArray
    rises: FloatArray
    first: FloatArray
    missing: FloatArray

    @classmethod
    def of(cls, curves: Sequence[tuple[int, Curve]]) -> "_Curves":
        most = max((len(curve.knots) for _, curve in curves), default=1)
        knots, heights = (
            np.array([numbers + numbers[-1:] * (most - len(numbers)) for numbers in rows]).reshape(-1, most).T
            for rows in ([curve.knots for _, curve in curves], [curve.heights for _, curve in curves])
        )
        missing = np.array([curve.missing for _, curve in curves])
        return cls(_positions(curves), knots, np.diff(heights, axis=0), heights[0], missing)

    def added(self, values: FloatArray) -> FloatArray:
        logs, total = signed_log(values), self.first
        for low, width, rise in zip(self.knots[:-1], self.widths, self.rises, strict=True):
            part = logs - low
            part /= width
            np.maximum(part, 0.0, out=part)
            np.minimum(part, 1.0, out=part)
            part *= rise
            part += total
            total = part
        return np.where(np.isnan(values), self.missing, total)

    @cached_property
    def widths(self) -> FloatArray:
        """How wide each stretch is; one where it is none, over which nothing rises."""
        low, high = self.knots[:-1], self.knots[1:]
        return np.where(high > low, high - low, 1.0)


@dataclass(frozen=True)
class _Tables:
    """All tables side by side, one row each, its last two columns for unseen codes and for missing ones."""

    positions: IntArray
    heights: FloatArray

    @classmethod
    def of(cls, tables: Sequence[tuple[int, Table]]) -> "_Tables":
        most = max((len(table.heights) for _, table in tables), default=0)
        rows = [
            (*table.heights, *[table.unseen] * (most + 1 - len(table.heights)), table.missing) for _, table in tables
        ]
        return cls(_positions(tables), np.array(rows, dtype=np.float64).reshape(-1, most + 2))

    def added(self, values: FloatArray) -> FloatArray:
        unseen = self.heights.shape[1] - 2
        column = np.where(values >= 0, values, unseen)
        np.minimum(column, unseen, out=column)
        column[np.isnan(values)] = unseen + 1
        return self.heights[self._rows, column.astype(np.int64)]

    @cached_property
    def _rows(self) -> IntArray:
        return np.arange(len(self.positions))


def _positions(terms: Sequence[tuple[int, Curve | Table]]) -> IntArray:
    return np.array([place for place, _ in terms], dtype=np.int64)


def _term(content: Mapping[str, object]) -> Curve | Table:
    heights, missing = _numbers(content["heights"]), _number(content["missing"])
    if "knots" in content:
        return Curve(_numbers(content["knots"]), heights, missing)
    return Table(heights, missing, _number(content["unseen"]))


def _numbers(content: object) -> tuple[float, ...]:
    if not isinstance(content, Sequence):
        raise TypeError(f"a list of numbers is needed, found {content!r}")
    return tuple(_number(number) for number in content)


def _number(content: object) -> float:
    if isinstance(content, bool) or not isinstance(content, int | float):
        raise TypeError(f"a number is needed, found {content!r}")
    return float(content)
