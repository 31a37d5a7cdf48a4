"""Criteria of the ideal customer profile: what a company or a person is, and the points it is worth."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from features.arrays import FloatArray
from features.catalogue import Feature
from features.text_column import TextColumn
from features.view import View


@dataclass(frozen=True)
class Assessment:
    """What one criterion says of some snapshots.

    Attributes
    ----------
    points : numpy.ndarray
        float64, one a snapshot; 0 where the value is missing or is worth nothing.
    value_of : callable
        From the number of a snapshot to its value, for a snapshot that has one.
    """

    points: FloatArray
    value_of: Callable[[int], str | float]


@dataclass(frozen=True)
class ValueCriterion:
    """Points for the values of a category.

    Attributes
    ----------
    feature : Feature
        Where the value comes from, and its name for people.
    points : mapping of str to float
        By value as ``comparable`` writes it.
    otherwise : float
        For every other value that is known; a missing one is worth nothing.
    """

    feature: Feature
    points: Mapping[str, float]
    otherwise: float = 0.0

    def assess(self, view: View) -> Assessment:
        """Return the points at each snapshot of a view."""
        values = self.feature.measure(view)
        if not isinstance(values, TextColumn):
            raise TypeError(f"{self.feature.name} is measured in numbers and cannot earn points by value")
        worth = np.array([self.points.get(comparable(name), self.otherwise) for name in values.names] + [0.0])
        return Assessment(worth[values.codes], lambda row: values.names[values.codes[row]])


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from ``at_least`` to just under ``below``, and what they are worth."""

    at_least: float
    below: float
    points: float


@dataclass(frozen=True)
class RangeCriterion:
    """Points for the ranges of a number.

    Attributes
    ----------
    feature : Feature
        Where the number comes from, and its name for people.
    ranges : tuple of Range
        None overlaps another; a number in none of them is worth nothing.
    """

    feature: Feature
    ranges: tuple[Range, ...]

    def assess(self, view: View) -> Assessment:
        """Return the points at each snapshot of a view."""
        values = self.feature.measure(view)
        if not isinstance(values, np.ndarray):
            raise TypeError(f"{self.feature.name} is text and cannot earn points by range")
        points = np.zeros(len(values))
        for part in self.ranges:
            points[(values >= part.at_least) & (values < part.below)] = part.points
        return Assessment(points, lambda row: float(values[row]))


Criterion: TypeAlias = ValueCriterion | RangeCriterion


@lru_cache(maxsize=65_536)
def comparable(value: str) -> str:
    """Return a value without what people do not mean by it: case, full width, spaces around it."""
    return unicodedata.normalize("NFKC", value).strip().casefold()
