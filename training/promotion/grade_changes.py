"""How many open leads would change grade with a new version."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.compute import compute
from features.open_leads import open_leads
from features.wording import Wording
from models.conversion import ConversionModel
from models.score_map import GRADES, Grade
from training.labelling.preparation import Prepared


@dataclass(frozen=True)
class GradeChanges:
    """Open leads by the grade that the champion gives and the one that the new version gives.

    Attributes
    ----------
    counts : mapping of tuple of str to int
        ``(old grade, new grade)`` to the number of leads; what is not there is zero.
    """

    counts: Mapping[tuple[Grade, Grade], int]

    @classmethod
    def of(cls, old: Sequence[Grade], new: Sequence[Grade]) -> "GradeChanges":
        """Count the grades of the same leads."""
        return cls(Counter(zip(old, new, strict=True)))

    @property
    def leads(self) -> int:
        """How many leads there are."""
        return sum(self.counts.values())

    @property
    def changed(self) -> int:
        """How many would get another grade."""
        return sum(count for (old, new), count in self.counts.items() if old != new)

    @property
    def rows(self) -> tuple[tuple[Grade, tuple[int, ...]], ...]:
        """For each grade of the champion, how many leads get each grade of the new version, A to D."""
        return tuple((old, tuple(self.counts.get((old, new), 0) for new in GRADES)) for old in GRADES)

    @property
    def wording(self) -> Wording:
        """The same in one line."""
        changed, leads = f"{self.changed:,}", f"{self.leads:,}"
        return Wording(
            f"{changed} of {leads} open leads would get another grade",
            f"対応中のリード{leads}件のうち{changed}件のグレードが変わります",
        )

    def to_json(self) -> dict[str, dict[str, int]]:
        """Return old grade, then new grade, then leads."""
        return {old: dict(zip(GRADES, counts, strict=True)) for old, counts in self.rows}


def grade_changes(prepared: Prepared, old: ConversionModel, new: ConversionModel) -> GradeChanges:
    """Grade the leads that are open at the data end by both models."""
    snapshots = open_leads(prepared.tables, prepared.data_end_ms)
    grades = (
        model.score_map.grade(model.score(compute(model.spec, prepared.records, snapshots))) for model in (old, new)
    )
    return GradeChanges.of(*grades)
