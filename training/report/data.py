"""Everything a report tells: gathered by a training run, drawn and worded by the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from features.arrays import FloatArray
from features.faults import Fault
from features.matrix import FeatureMatrix
from features.wording import Wording
from training.audit import ColumnVerdict
from training.evaluation.evaluate import Evaluation
from training.evaluation.verdict import Verdict
from training.promotion.challenge import Challenge
from training.quality import Quality
from training.report.insights import AttributeInsight, NamedFeature


class DescribedFeature(NamedFeature, Protocol):
    """What the report needs to know of a feature: its name, its words and how to read its values."""

    @property
    def unit(self) -> str:
        """The unit of its values."""

    @property
    def group(self) -> str:
        """One of ``fit``, ``engagement``, ``intent``, ``timing``, ``account``."""

    @property
    def missing(self) -> Wording | None:
        """What a missing value says about the lead; None where the value is never missing."""


@dataclass(frozen=True)
class RunIdentity:
    """Which run the report is about.

    Attributes
    ----------
    source_name : str
        The data source as its owner calls it (a folder's name); shown as it is, never trusted as markup.
    data_end_ms : int
        The instant the data ends, in milliseconds since the epoch.
    method : Wording
        What answers: the learned model and its kind, or the rules.
    model_version : str or None
        The version in the registry; None for a model that was not registered.
    run_id : str or None
        The run in the tracker; None for an untracked run.
    time_zone : str
        The IANA zone that the dates are shown in.
    """

    source_name: str
    data_end_ms: int
    method: Wording
    model_version: str | None = None
    run_id: str | None = None
    time_zone: str = "UTC"


@dataclass(frozen=True)
class ReportedHorizon:
    """How many days the label looks ahead, and why that many."""

    days: int
    reason: Wording


@dataclass(frozen=True)
class Explanation:
    """Why the model says what it says, for a sample of snapshots.

    Attributes
    ----------
    contributions : numpy.ndarray
        float64, shape (snapshots, features), in log-odds; the columns are those of ``matrix``.
    matrix : FeatureMatrix
        The feature values of the same snapshots.
    """

    contributions: FloatArray
    matrix: FeatureMatrix


@dataclass(frozen=True)
class TableUsed:
    """One canonical table as it was read; the instants are None where it has no dated row."""

    name: str
    rows: int
    first_ms: int | None = None
    last_ms: int | None = None


@dataclass(frozen=True)
class LeftOut:
    """Why some leads did not take part in training, and how many."""

    reason: Wording
    leads: int


@dataclass(frozen=True)
class DroppedFeature:
    """A feature that the leakage audit or the fit removed, and why."""

    name: str
    reason: Wording


@dataclass(frozen=True)
class CustomField:
    """What became of one custom field.

    Attributes
    ----------
    table, name : str
        Where it was found.
    kept : bool
        Whether it became a feature.
    reason : Wording
        The type it was read as, or why it was dropped.
    """

    table: str
    name: str
    kept: bool
    reason: Wording


@dataclass(frozen=True)
class DataUsed:
    """What went into training and what did not.

    Attributes
    ----------
    tables : tuple of TableUsed
        Every table of the source.
    leads, won, snapshots : int
        Labelled leads, those of them won within the horizon after any snapshot, and labelled snapshots.
    left_out : tuple of LeftOut
        Leads without a label, by reason.
    dropped : tuple of DroppedFeature
        Features that were computed and not used.
    custom_fields : tuple of CustomField
        Every custom field that was found.
    warnings : tuple of Fault
        What the reader complained about without stopping.
    """

    tables: tuple[TableUsed, ...]
    leads: int
    won: int
    snapshots: int
    left_out: tuple[LeftOut, ...] = ()
    dropped: tuple[DroppedFeature, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class ReportData:
    """Everything a report tells about one training run.

    Attributes
    ----------
    run : RunIdentity
        Source, data end, model version.
    horizon : ReportedHorizon
        How far the model looks ahead.
    evaluation : Evaluation
        How the model did on leads later than those it learned from.
    verdict : Verdict
        Whether to use it.
    features : tuple of DescribedFeature
        The features the model uses.
    explanation : Explanation or None
        Contributions for a sample of snapshots; None where no model was learned.
    insights : tuple of AttributeInsight
        Conversion by value of each categorical attribute.
    data_used : DataUsed
        Counts, spans, and what was left out.
    grading : Wording or None
        Where the grades begin and how many leads that makes an A; None where no model was learned.
    audit : tuple of ColumnVerdict
        What was found out about each column; empty where too few leads were won or lost.
    quality : Quality or None
        Gaps, repeats and oddities of the source.
    challenge : Challenge or None
        How the model did beside the champion; None where nobody asked.
    parameters : mapping of str to object
        The model's parameters, shown as they are.
    fingerprint : mapping of str to str
        What identifies data, code and libraries, shown as it is.
    """

    run: RunIdentity
    horizon: ReportedHorizon
    evaluation: Evaluation
    verdict: Verdict
    features: tuple[DescribedFeature, ...]
    explanation: Explanation | None
    insights: tuple[AttributeInsight, ...]
    data_used: DataUsed
    grading: Wording | None = None
    challenge: Challenge | None = None
    audit: tuple[ColumnVerdict, ...] = ()
    quality: Quality | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    fingerprint: Mapping[str, str] = field(default_factory=dict)
