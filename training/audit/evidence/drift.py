"""How far a column has moved from the older leads to the newest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.wording import Wording
from models.quality.drift import LARGE, NOTABLE, stability_index
from training.audit.binned import BinnedFeature
from training.audit.bins import Bins
from training.audit.cases import Fold
from training.audit.cohorts import Cohorts
from training.audit.evidence.evidence import Figure

_SURE: Final = 4.0
"""Standard deviations above what chance alone gives."""
_NEWEST: Final = 0.1


@dataclass(frozen=True, slots=True)
class Drift:
    """Population stability index of the newest leads against the older ones: 0 is no change."""

    psi: float

    @property
    def is_notable(self) -> bool:
        """Whether what was learnt on older leads may not hold for new ones."""
        return self.psi >= NOTABLE

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        en, ja = ("have moved far", "大きく変化") if self.psi >= LARGE else ("have moved", "変化")
        return Wording(
            f"its values {en} from older to newest leads (population stability index {self.psi:.2f}): what it meant "
            "for older ones may not hold for new ones",
            f"古いリードと最新のリードで値の分布が{ja}（母集団安定性指標{self.psi:.2f}）。過去の傾向が今後も続くとは限らない",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as a number."""
        return {"psi": self.psi}


def drift(features: tuple[BinnedFeature, ...], fold: Fold, group: IntArray | None) -> Drift:
    """Compare the newest cases with the older ones, by the feature that moved most.

    The newest are those to test on, and the last tenth of all: a shift may have begun only lately.

    Parameters
    ----------
    features : tuple of BinnedFeature
        What is made from one column.
    fold : Fold
        Older and newer cases.
    group : numpy.ndarray or None
        int64, the company of each case where the column is the company's, so that each counts once; else None.
    """
    every = np.append(fold.train, fold.test)
    newest = every[-max(1, int(_NEWEST * len(every))) :]
    sides = [(fold.train, fold.test), (np.setdiff1d(every, newest), newest)]
    if group is not None:
        sides = [(_one_each(older, group), _one_each(newer, group)) for older, newer in sides]
    found = (_moved(one.codes[older], one.codes[newer], one.bins.count) for one in features for older, newer in sides)
    return Drift(max(found))


def drift_of_open_leads(bins: tuple[Bins, ...], positions: tuple[int, ...], cohorts: Cohorts) -> Drift:
    """Compare leads open now with leads of their age open a horizon ago: what is dated changes with age alone.

    Parameters
    ----------
    bins : tuple of Bins
        Of the features that are made from one subject.
    positions : tuple of int
        Their columns in the matrices.
    cohorts : Cohorts
        The leads.
    """
    pairs = zip(bins, positions, strict=True)
    return Drift(max(_moved_between(one, position, cohorts) for one, position in pairs))


def _one_each(rows: IntArray, group: IntArray) -> IntArray:
    return rows[np.unique(group[rows], return_index=True)[1]]


def _moved(older: IntArray, newer: IntArray, count: int) -> float:
    before, after = (np.bincount(codes, minlength=count).astype(np.float64) for codes in (older, newer))
    return _beyond_chance(before, after, len(older), len(newer))


def _moved_between(bins: Bins, position: int, cohorts: Cohorts) -> float:
    then, now = (bins.of(matrix.values[:, position]) for matrix in (cohorts.then, cohorts.now))
    weight = cohorts.weight * len(now) / cohorts.weight.sum()
    before = np.bincount(then, minlength=bins.count).astype(np.float64)
    after: FloatArray = np.bincount(now, weights=weight, minlength=bins.count).astype(np.float64)
    return _beyond_chance(before, after, len(then), float(weight.sum() ** 2 / (weight**2).sum()))


def _beyond_chance(before: FloatArray, after: FloatArray, older: float, newer: float) -> float:
    """Return the index, or zero where chance would give as much."""
    index = stability_index(before, after)
    freedom, unit = int(((before + after) > 0).sum()) - 1, 1 / max(older, 1.0) + 1 / max(newer, 1.0)
    return index if index > unit * (freedom + _SURE * (2 * freedom) ** 0.5) else 0.0
