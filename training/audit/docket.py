"""The dossiers while they are being added to, and how closely the columns that describe go together."""

from typing import Any, Final

import numpy as np

from training.audit.binned import BinnedFeature
from training.audit.dossier import Dossier
from training.audit.evidence.similar import associations
from training.audit.material import Material
from training.audit.ranking import knowledge
from training.audit.verdicts import judge

CLOSELY: Final = 0.6
"""Two columns that go together so strongly say much the same."""


class Docket:
    """Dossiers, of which those on columns that describe are numbered from zero.

    Parameters
    ----------
    dossiers : tuple of Dossier
        Each subject by itself.
    material : Material
        The source.

    Attributes
    ----------
    strength : numpy.ndarray
        float64, how strongly numbered columns go together, 0 to 1, among lost leads: columns that tell the outcome
        would go together for no other reason among all.
    """

    def __init__(self, dossiers: tuple[Dossier, ...], material: Material) -> None:
        self._dossiers = list(dossiers)
        self._features = len(material.features)
        self._place = [place for place, one in enumerate(dossiers) if one.subject.is_attribute and one.alone]
        self._leading = [material.features[dossiers[place].subject.positions[0]] for place in self._place]
        self.strength = associations(self._leading, np.flatnonzero(~material.cases.is_won))

    def __len__(self) -> int:
        return len(self._place)

    def __getitem__(self, number: int) -> Dossier:
        return self._dossiers[self._place[number]]

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """All of them, in the order of the subjects."""
        return tuple(self._dossiers)

    def features_of(self, first: int, second: int) -> tuple[BinnedFeature, BinnedFeature]:
        """Return the first feature of each of two numbered columns."""
        return self._leading[first], self._leading[second]

    def add(self, number: int, **evidence: Any) -> None:
        """Add evidence to the dossier of a numbered column."""
        self._dossiers[self._place[number]] = self[number].plus(**evidence)

    def unsettled(self) -> list[int]:
        """Return the columns of which nobody knows the dates, and that were shown neither to leak nor to be honest."""
        return [
            number
            for number in range(len(self))
            if not (self[number].subject.is_dated or self[number].is_cleared or judge(self[number]).level == "drop")
        ]

    def unsuspected_positions(self) -> list[int]:
        """Return the features of everything that was not shown to leak."""
        leaking = {place for one in self._dossiers if judge(one).level == "drop" for place in one.subject.positions}
        return [position for position in range(self._features) if position not in leaking]

    def knowledge(self, number: int) -> float:
        """Return what a column knows of the outcome by itself."""
        ranking = self[number].alone
        return knowledge(ranking.usual) if ranking is not None else 0.0

    def strongest(self, number: int, among: list[int]) -> float:
        """Return how strongly a column goes with that of some others with which it goes best."""
        others = [other for other in among if other != number]
        return float(self.strength[number, others].max()) if others else 0.0
