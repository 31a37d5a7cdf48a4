"""Everything there is to say about predictions on leads that no model has seen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from models.quality.bootstrap import RESAMPLES, replicate
from models.quality.metrics import METRICS
from training.evaluation.baselines import BASE_RATE
from training.evaluation.curves import Decile, Gains, Month, Reliability, deciles, gains, months, reliability
from training.evaluation.model_score import MODEL, Comparison, ModelScore
from training.evaluation.segments import LabelArray, Segment, segment
from training.labelling.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How predictions did on the test period.

    Attributes
    ----------
    horizon_days : int
        How far the label looks ahead.
    rows, leads, wins : int
        Snapshots, different leads among them, and different leads won within the horizon.
    base_rate, training_base_rate : float
        Weighted share won in the test period, and in training.
    period_start_ms, period_end_ms : int
        The first and the last ``as_of``, milliseconds since the epoch.
    scores : tuple of ModelScore
        The model first, then the baselines.
    comparisons : tuple of Comparison
        The model against each baseline.
    segments : tuple of Segment
        The model on parts of the leads, dimension after dimension.
    reliability : Reliability
        The model's predicted against observed shares.
    gains : tuple of Gains
        Of the model and of each baseline, in the order of the scores.
    deciles : tuple of Decile
        The model's lift, best tenth first.
    months : tuple of Month
        The model from month to month.
    """

    horizon_days: int
    rows: int
    leads: int
    wins: int
    base_rate: float
    training_base_rate: float
    period_start_ms: int
    period_end_ms: int
    scores: tuple[ModelScore, ...]
    comparisons: tuple[Comparison, ...]
    segments: tuple[Segment, ...]
    reliability: Reliability
    gains: tuple[Gains, ...]
    deciles: tuple[Decile, ...]
    months: tuple[Month, ...]

    @property
    def model(self) -> ModelScore:
        """The model's own score."""
        return self.scores[0]

    def score(self, name: str) -> ModelScore:
        """Return the score of one prediction."""
        return next(score for score in self.scores if score.name == name)

    def comparison(self, baseline: str) -> Comparison | None:
        """Return the model's comparison with a baseline; None where that baseline was not judged."""
        return next((one for one in self.comparisons if one.baseline == baseline), None)

    def to_metrics(self) -> dict[str, float]:
        """Return flat figures for the tracker; what is not defined is left out.

        ``test_<metric>`` is the model's, ``baseline_<name>_<metric>`` a baseline's, ``difference_<name>_<metric>`` the
        model minus a baseline; each with ``_low`` and ``_high``.
        """
        intervals = {
            f"{score.prefix}_{metric}": interval for score in self.scores for metric, interval in score.metrics.items()
        }
        for one in self.comparisons:
            intervals[f"difference_{one.baseline}_log_loss"] = one.log_loss
            intervals[f"difference_{one.baseline}_roc_auc"] = one.roc_auc
        flat = self._counts() | {
            f"{name}{end}": value
            for name, interval in intervals.items()
            for end, value in (("", interval.value), ("_low", interval.low), ("_high", interval.high))
        }
        return {name: value for name, value in flat.items() if not np.isnan(value)}

    def _counts(self) -> dict[str, float]:
        return {
            "test_rows": float(self.rows),
            "test_leads": float(self.leads),
            "test_wins": float(self.wins),
            "test_base_rate": self.base_rate,
            "training_base_rate": self.training_base_rate,
            "horizon_days": float(self.horizon_days),
        }


def evaluate(
    test: Dataset,
    predictions: Mapping[str, FloatArray],
    segments: Mapping[str, LabelArray],
    *,
    training_base_rate: float,
    seed: int,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Judge predictions on the test period.

    Parameters
    ----------
    test : Dataset
        Labelled snapshots that no prediction was fitted to; the features are not looked at.
    predictions : mapping
        Name to probability, one per row: "model", and baselines by their names in ``BASELINES``. The base rate is
        added where it is not among them.
    segments : mapping
        Dimension to a label per row; see ``segments.segment``.
    training_base_rate : float
        Weighted share won in training.
    seed : int
        For the intervals.
    resamples : int
        For the intervals.

    Raises
    ------
    ValueError
        Where rows are missing, "model" is not predicted, or a prediction or label array does not fit the rows.
    """
    _check(test, predictions, segments)
    data = _without_features(test)
    judged = _with_base_rate(predictions, training_base_rate, len(test))
    replicates = replicate(data, judged, METRICS.values(), seed=seed, resamples=resamples)
    probability = judged[MODEL]
    return Evaluation(
        horizon_days=test.horizon_days,
        rows=len(test),
        leads=len(np.unique(test.lead)),
        wins=len(np.unique(test.lead[test.label == 1])),
        base_rate=float(np.average(test.label, weights=test.weight)),
        training_base_rate=training_base_rate,
        period_start_ms=int(test.as_of_ms.min()),
        period_end_ms=int(test.as_of_ms.max()),
        scores=tuple(ModelScore.of(name, drawn) for name, drawn in replicates.items()),
        comparisons=tuple(Comparison.of(name, replicates) for name in judged if name != MODEL),
        segments=segment(data, probability, segments, seed=seed),
        reliability=reliability(data, probability),
        gains=tuple(gains(name, data, predicted) for name, predicted in judged.items()),
        deciles=deciles(data, probability),
        months=months(data, probability),
    )


def _check(test: Dataset, predictions: Mapping[str, FloatArray], segments: Mapping[str, LabelArray]) -> None:
    rows = len(test)
    faults = [] if rows else ["the test period has no labelled snapshots; give more history or a shorter horizon"]
    if MODEL not in predictions:
        faults.append(f'a prediction named "{MODEL}" is required; found {", ".join(predictions) or "none"}')
    for name, labels in segments.items():
        if len(labels) != rows:
            faults.append(f'segment "{name}" needs {rows:,} labels, one per row; found {len(labels):,}')
    for name, predicted in predictions.items():
        if len(predicted) != rows:
            faults.append(f'prediction "{name}" needs {rows:,} probabilities, one per row; found {len(predicted):,}')
        elif outside := int((~((predicted >= 0) & (predicted <= 1))).sum()):
            faults.append(f'prediction "{name}" must lie in 0..1; {outside:,} rows do not')
    if faults:
        raise ValueError("; ".join(faults))


def _without_features(data: Dataset) -> Dataset:
    """Return the data with an empty matrix: segments take rows many times over."""
    return replace(data, matrix=FeatureMatrix((), np.empty((len(data), 0)), ()))


def _with_base_rate(predictions: Mapping[str, FloatArray], rate: float, rows: int) -> dict[str, FloatArray]:
    """Return the predictions, the model first, then the base rate, then the others."""
    return {MODEL: predictions[MODEL], BASE_RATE: np.full(rows, rate)} | dict(predictions)
