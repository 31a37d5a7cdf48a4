"""What a feature adds to the log-odds of a logistic regression: a curve, or a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from features.arrays import FloatArray
from models.folder import number_from_json
from models.log_scale import to_signed_logs


def signed_log(values: FloatArray) -> FloatArray:
    """Return ``sign(x) * log(1 + |x|)``: counts and money on a scale where ratios are steps."""
    logs = np.array(values, dtype=np.float64, order="C")
    to_signed_logs(logs.reshape(-1))
    return logs


@dataclass(frozen=True)
class Curve:
    """A numeric feature's log-odds: straight between knots on the signed-log scale, flat beyond both ends.

    Attributes
    ----------
    knots : tuple of float
        Ascending, as ``signed_log`` of the feature's value. Where two are the same, so are their heights.
    heights : tuple of float
        The log-odds added at each knot.
    missing : float
        The log-odds added where the value is missing.

    Raises
    ------
    ValueError
        Where knots are not ascending, are not as many as the heights, or a height jumps.
    """

    knots: tuple[float, ...]
    heights: tuple[float, ...]
    missing: float

    def __post_init__(self) -> None:
        if not self.knots or len(self.knots) != len(self.heights) or np.any(np.diff(self.knots) < 0):
            raise ValueError(
                f"A curve needs ascending knots and as many heights, found {self.knots} and {self.heights}."
            )
        if np.any((np.diff(self.knots) == 0) & (np.diff(self.heights) != 0)):
            raise ValueError(f"A curve has one height at a knot, found {self.heights} at {self.knots}.")


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


def term_from_json(content: Mapping[str, object]) -> Curve | Table:
    """Return the term behind plain data; raises KeyError, TypeError or ValueError where it is none."""
    heights, missing = _numbers(content["heights"]), number_from_json(content["missing"])
    if "knots" in content:
        return Curve(_numbers(content["knots"]), heights, missing)
    return Table(heights, missing, number_from_json(content["unseen"]))


def _numbers(content: object) -> tuple[float, ...]:
    if not isinstance(content, Sequence):
        raise TypeError(f"a list of numbers is needed, found {content!r}")
    return tuple(number_from_json(number) for number in content)
