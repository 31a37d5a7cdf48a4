"""The door: from labelled snapshots to a verdict on every column."""

from dataclasses import dataclass
from typing import Any

from training.audit.material import material_of
from training.audit.overrides import Overrides, overridden
from training.audit.shuffling import shuffled
from training.audit.singles import single_dossiers
from training.audit.together import together
from training.audit.verdicts import ColumnVerdict, Level, judge
from training.labelling.preparation import Prepared


@dataclass(frozen=True)
class Audit:
    """What was found out about the columns of a source.

    Attributes
    ----------
    verdicts : tuple of ColumnVerdict
        One a subject, in the order of the source; none where too few leads were won or lost to tell.
    """

    verdicts: tuple[ColumnVerdict, ...]

    @property
    def dropped(self) -> frozenset[str]:
        """What the model must not see, as ``features.fitting.fit_features`` takes it."""
        return frozenset(one.name for one in self.verdicts if one.level == "drop")

    @property
    def overridden(self) -> tuple[ColumnVerdict, ...]:
        """The verdicts that somebody gave."""
        return tuple(one for one in self.verdicts if one.override is not None)

    def of_level(self, level: Level) -> tuple[ColumnVerdict, ...]:
        """Return the verdicts of one level."""
        return tuple(one for one in self.verdicts if one.level == level)

    def to_json(self) -> list[dict[str, Any]]:
        """Return plain data: one entry a subject."""
        return [one.to_json() for one in self.verdicts]


def audit_columns(prepared: Prepared, excluded: frozenset[str], seed: int, overrides: Overrides | None = None) -> Audit:
    """Look into every column of a source.

    Parameters
    ----------
    prepared : Prepared
        The labelled snapshots of the source.
    excluded : frozenset of str
        What is left out anyway, and so not looked into.
    seed : int
        Decides whatever is drawn by lot.
    overrides : Overrides, optional
        What somebody decided whatever the evidence.

    Raises
    ------
    RulesError
        Where the overrides name what the source does not have.
    """
    material = material_of(prepared, excluded, seed)
    if material is None:
        return Audit(())
    decided = (overrides or Overrides()).of([subject.name for subject in material.subjects])
    dossiers = shuffled(together(single_dossiers(material), material), material)
    return Audit(overridden(map(judge, dossiers), decided))
