"""What drives the prediction: features by the size of their contributions, and which way they push."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import FloatArray
from training.report.data import DescribedFeature, Explanation

SHOWN: Final = 15
SAMPLE_ROWS: Final = 1_500
_CLEAR: Final = 0.3

Direction: TypeAlias = Literal["up", "down", "mixed", "category"]


@dataclass(frozen=True)
class Driver:
    """One feature's part in the predictions.

    Attributes
    ----------
    feature : DescribedFeature
        The feature.
    contributions : numpy.ndarray
        float64, in log-odds, one for each explained snapshot.
    values : numpy.ndarray
        float64, the feature's values in the same order; NaN is missing.
    mean_size : float
        The mean absolute contribution in log-odds.
    direction : {"up", "down", "mixed", "category"}
        Whether more of it raises or lowers the prediction; "category" where values have no order.
    """

    feature: DescribedFeature
    contributions: FloatArray
    values: FloatArray
    mean_size: float
    direction: Direction

    @property
    def odds_factor(self) -> float:
        """By how much the feature typically multiplies or divides the odds."""
        return float(np.exp(self.mean_size))


def drivers(explanation: Explanation | None, features: tuple[DescribedFeature, ...]) -> tuple[Driver, ...]:
    """Return the features that contribute anything, the largest mean contribution first.

    At most ``SAMPLE_ROWS`` evenly spaced snapshots are kept: more cost drawing time and show nothing new.
    """
    if explanation is None or not len(explanation.contributions):
        return ()
    total = len(explanation.contributions)
    rows = np.linspace(0, total - 1, min(total, SAMPLE_ROWS)).astype(np.int64)
    described = {feature.name: feature for feature in features}
    found = [
        driver
        for position, name in enumerate(explanation.matrix.names)
        if name in described and (driver := _driver(described[name], explanation, position, rows)).mean_size > 0
    ]
    return tuple(sorted(found, key=lambda driver: (-driver.mean_size, driver.feature.name)))


def group_shares(found: tuple[Driver, ...]) -> Mapping[str, float]:
    """Return each feature group's share of all mean contributions, the largest first."""
    total = sum(driver.mean_size for driver in found)
    sizes: dict[str, float] = {}
    for driver in found:
        sizes[driver.feature.group] = sizes.get(driver.feature.group, 0.0) + driver.mean_size
    return {group: size / total for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))}


def _driver(feature: DescribedFeature, explanation: Explanation, position: int, rows: np.ndarray) -> Driver:
    contributions = explanation.contributions[:, position]
    values = explanation.matrix.values[:, position]
    return Driver(
        feature=feature,
        contributions=contributions[rows],
        values=values[rows],
        mean_size=float(np.abs(contributions).mean()),
        direction="category" if feature.categories else _direction(values, contributions),
    )


def _direction(values: FloatArray, contributions: FloatArray) -> Direction:
    """Judge by the correlation of ranks, which no outlier and no bend in the curve can turn."""
    known = ~np.isnan(values)
    if not known.any() or np.ptp(values[known]) == 0 or np.ptp(contributions[known]) == 0:
        return "mixed"
    correlation = np.corrcoef(mean_ranks(values[known]), mean_ranks(contributions[known]))[0, 1]
    if abs(correlation) < _CLEAR:
        return "mixed"
    return "up" if correlation > 0 else "down"


def mean_ranks(values: FloatArray) -> FloatArray:
    """Return ranks from 0, ties at their mean rank."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: FloatArray = (ends - (counts + 1) / 2)[places]
    return ranks
