"""Fit the linear member: a penalised logistic regression on a few plain columns per feature."""

import warnings
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from features.arrays import BoolArray, FloatArray
from models.linear import LinearMember
from models.linear_terms import Curve, Table, signed_log
from training.labelling.dataset import Dataset

_ENDS: Final = (0.01, 0.99)
"""Beyond these quantiles a number counts as the quantile: one absurd amount moves nothing."""

_MOST_ROWS: Final = 40_000

_DIGITS: Final = 12
"""Sums in another order differ after so many digits; what the file holds should not."""


@dataclass(frozen=True)
class _Number:
    """A numeric feature as two columns: its clipped, standardised value, and whether it is missing."""

    low: float
    high: float
    centre: float
    scale: float

    def columns(self, column: FloatArray) -> FloatArray:
        value = (np.clip(signed_log(column), self.low, self.high) - self.centre) / self.scale
        missing = np.isnan(column)
        return np.column_stack([np.where(missing, 0.0, value), missing])

    def term(self, coefficients: FloatArray, shift: float) -> Curve:
        knots = np.array([self.low, self.high])
        heights = (knots - self.centre) / self.scale * coefficients[0] + shift
        return Curve(
            (self.low, self.high), (_rounded(heights[0]), _rounded(heights[1])), _rounded(coefficients[1] + shift)
        )


@dataclass(frozen=True)
class _Category:
    """A categorical feature as one column per code, and one for missing."""

    codes: int

    def columns(self, column: FloatArray) -> FloatArray:
        return np.eye(self.codes + 1)[np.where(np.isnan(column), self.codes, column).astype(np.int64)]

    def term(self, coefficients: FloatArray, shift: float) -> Table:
        *added, missing = (_rounded(number) for number in coefficients + shift)
        return Table(tuple(added), missing, unseen=_rounded(shift))


class LinearFit:
    """The columns of a data set, made once for several strengths of the penalty.

    Of more than 40,000 snapshots so many are drawn by lot: some hundred coefficients learn little from more.
    """

    def __init__(self, data: Dataset, seed: int) -> None:
        data = _drawn(data, seed)
        self._label, self._weight = data.label, data.weight
        self._encoders = [_encoder(data, position) for position in range(len(data.matrix.names))]
        values = data.matrix.values
        self._blocks = [encoder.columns(values[:, place]) for place, encoder in enumerate(self._encoders)]
        columns = np.hstack(self._blocks)
        self._is_used: BoolArray = np.any(columns, axis=0)
        self._columns = np.ascontiguousarray(columns[:, self._is_used])

    def member(self, strength: float) -> LinearMember:
        """Return the logistic regression with an L2 penalty.

        Parameters
        ----------
        strength : float
            The inverse of the penalty, in leads; more means a looser fit.

        Returns
        -------
        LinearMember
            Each term has mean zero over the data set, by its weights.
        """
        model = LogisticRegression(C=strength, solver="newton-cholesky", max_iter=50)
        # One thread of BLAS: more of them wait for each other on so few columns, and sum in another order.
        with warnings.catch_warnings(), threadpool_limits(1, "blas"):
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(self._columns, self._label, sample_weight=self._weight)
        ends = np.cumsum([block.shape[1] for block in self._blocks])
        coefficients = np.zeros(len(self._is_used))
        coefficients[self._is_used] = model.coef_[0]
        return self._folded(float(model.intercept_[0]), np.split(coefficients, ends[:-1]))

    def _folded(self, base: float, parts: list[FloatArray]) -> LinearMember:
        """Gather the coefficients of each feature's columns into one term with mean zero."""
        means = [
            float(np.average(block @ part, weights=self._weight))
            for block, part in zip(self._blocks, parts, strict=True)
        ]
        terms = [encoder.term(part, -mean) for encoder, part, mean in zip(self._encoders, parts, means, strict=True)]
        return LinearMember(base=_rounded(base + sum(means)), terms=tuple(terms))


def _drawn(data: Dataset, seed: int) -> Dataset:
    if len(data) <= _MOST_ROWS:
        return data
    rows = np.random.default_rng(seed).choice(len(data), _MOST_ROWS, replace=False)
    part = data.take(np.sort(rows))
    return replace(part, weight=part.weight * (data.weight.sum() / part.weight.sum()))


def _encoder(data: Dataset, position: int) -> _Number | _Category:
    column = data.matrix.values[:, position]
    known = ~np.isnan(column)
    if position in data.matrix.categorical_positions:
        return _Category(int(column[known].max(initial=-1.0)) + 1)
    if not known.any():
        return _Number(0.0, 0.0, 0.0, 1.0)
    logs, weight = signed_log(column[known]), data.weight[known]
    low, high = np.quantile(logs, _ENDS)
    clipped = np.clip(logs, low, high)
    centre = float(np.average(clipped, weights=weight))
    scale = float(np.sqrt(np.average((clipped - centre) ** 2, weights=weight)))
    return _Number(float(low), float(high), centre, scale if scale > 0 else 1.0)


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
