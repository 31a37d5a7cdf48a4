"""What the evidence is taken from, made ready once."""

from dataclasses import dataclass

from features.arrays import FloatArray
from training.audit.binned import BinnedFeature, binned
from training.audit.cases import Cases, cases_of
from training.audit.cohorts import Cohorts, cohorts_of
from training.audit.evidence.closing_time import closing_ranks
from training.audit.subjects import Subject, subjects_of
from training.labelling.preparation import Prepared


@dataclass(frozen=True)
class Material:
    """A source, ready to be audited.

    Attributes
    ----------
    prepared : Prepared
        The labelled snapshots of the source.
    cases : Cases
        Decided leads at one instant each.
    subjects : tuple of Subject
        What is judged.
    features : tuple of BinnedFeature
        The features of the cases, in the order of the matrix.
    cohorts : Cohorts or None
        Open leads then and now; None where there are too few.
    closing_ranks : numpy.ndarray or None
        float64, how late each case was closed; None where all were closed alike.
    seed : int
        Decides whatever is drawn by lot.
    """

    prepared: Prepared
    cases: Cases
    subjects: tuple[Subject, ...]
    features: tuple[BinnedFeature, ...]
    cohorts: Cohorts | None
    closing_ranks: FloatArray | None
    seed: int

    def features_of(self, subject: Subject) -> tuple[BinnedFeature, ...]:
        """Return the features that are made from a subject."""
        return tuple(self.features[position] for position in subject.positions)


def material_of(prepared: Prepared, excluded: frozenset[str], seed: int) -> Material | None:
    """Make a source ready; None where too few leads were won or lost to learn from.

    Parameters
    ----------
    prepared : Prepared
        The labelled snapshots of the source.
    excluded : frozenset of str
        What is left out anyway.
    seed : int
        Decides whatever is drawn by lot.
    """
    cases = cases_of(prepared, excluded, seed)
    if cases is None:
        return None
    spec = cases.fitted.spec
    return Material(
        prepared=prepared,
        cases=cases,
        subjects=subjects_of(prepared.records.without(excluded), spec),
        features=binned(cases),
        cohorts=cohorts_of(prepared, spec, seed),
        closing_ranks=closing_ranks(cases, prepared.outcomes),
        seed=seed,
    )
