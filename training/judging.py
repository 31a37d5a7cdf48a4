"""Learn from the older snapshots, judge on the newest: what the model would have been worth."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from features.spec import FeatureSpec
from training.evaluation.baselines import BASELINES, base_rate
from training.evaluation.evaluate import Evaluation, evaluate
from training.evaluation.model_score import MODEL
from training.evaluation.segments import OTHER, UNKNOWN, LabelArray, age_bands
from training.evaluation.verdict import Verdict, judge
from training.fitting.refit import Selection, refit, select
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared
from training.labelling.splits import Split, newest_slice

SEGMENTED: Final = ("source", "industry")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Judgement:
    """How a model fitted to the older snapshots did on the newest.

    Attributes
    ----------
    evaluation : Evaluation
        The figures.
    verdict : Verdict
        Whether to use the model.
    selection : Selection
        What was chosen on the older snapshots.
    test_rows : numpy.ndarray
        int64, the observed snapshots that were tested on.
    probability : numpy.ndarray
        float64, what the model said of each of them.
    """

    evaluation: Evaluation
    verdict: Verdict
    selection: Selection
    test_rows: IntArray
    probability: FloatArray


class UnjudgeableError(Exception):
    """The older or the newest snapshots hold only wins or only losses, so nothing can be learnt or told apart."""

    def __init__(self, prepared: Prepared, split: Split) -> None:
        sides = [
            f"{len(rows):,} snapshots with {_wins(split, rows):,} wins" for rows in (split.train_rows, split.test_rows)
        ]
        super().__init__(
            "Training needs won and lost leads both among older leads and among the newest; "
            f"found {sides[0]} among the older and {sides[1]} among the newest, at a horizon of "
            f"{prepared.horizon.days} days. Export a longer period, or ask for a shorter horizon with HORIZON_DAYS."
        )


def judge_forward(
    prepared: Prepared, excluded: frozenset[str], seed: int, tell: Tell, chosen: Selection | None = None
) -> Judgement:
    """Fit on the older snapshots of a source and judge on the newest.

    Parameters
    ----------
    prepared : Prepared
        The labelled snapshots.
    excluded : frozenset of str
        Custom columns that must not become features.
    seed : int
        Decides lots and intervals.
    tell : callable
        Told what is being done.
    chosen : Selection, optional
        What was chosen on these very snapshots before; chosen anew where not given.

    Raises
    ------
    TooFewDealsError
        Where the older snapshots hold too few won or lost leads to learn from.
    UnjudgeableError
        Where the newest hold only wins or only losses.
    """
    split = newest_slice(prepared.bare, seed=seed)
    if not split.is_judgeable:
        raise UnjudgeableError(prepared, split)
    tell("computing features of the older snapshots")
    fitted = prepared.fit_features(split.train_rows, excluded)
    train = _side(prepared, split, split.train_rows, fitted.matrix)
    test = _side(prepared, split, split.test_rows, prepared.compute(fitted.spec, split.test_rows))
    selection = chosen or select(train, seed=seed, progress=tell)
    model = refit(train, selection, seed=seed).model(fitted.spec)
    tell("judging on the newest snapshots")
    predictions = {MODEL: model.probability(test.matrix)}
    predictions |= {name: baseline.fit(train)(test.matrix) for name, baseline in BASELINES.items()}
    evaluation = evaluate(
        test, predictions, _segments(prepared, test, fitted.spec), training_base_rate=base_rate(train), seed=seed
    )
    return Judgement(evaluation, judge(evaluation), selection, split.test_rows, predictions[MODEL])


def _wins(split: Split, rows: IntArray) -> int:
    return int(split.data.label[rows].sum())


def _side(prepared: Prepared, split: Split, rows: IntArray, matrix: FeatureMatrix) -> Dataset:
    side = prepared.dataset(matrix, rows)
    return replace(side, weight=side.weight * split.factor[rows])


def _segments(prepared: Prepared, test: Dataset, spec: FeatureSpec) -> dict[str, LabelArray]:
    """Return what the test leads are split by: the attributes that the source has, and the age of the lead."""
    attributes = {
        feature.name: _category_names(test.matrix.column(feature.name), feature.categories)
        for feature in spec.features
        if feature.name in SEGMENTED and feature.categories
    }
    created_ms = prepared.records.created_ms[test.lead]
    return {**attributes, "lead_age": age_bands((test.as_of_ms - created_ms) / MS_PER_DAY)}


def _category_names(codes: FloatArray, categories: tuple[str, ...]) -> LabelArray:
    names = np.array([*categories, OTHER, UNKNOWN], dtype=np.object_)
    return np.asarray(names[np.where(np.isnan(codes), len(names) - 1, codes).astype(np.int64)])
