"""What a model has to beat: one rate for all, the last activity alone, a plain logistic regression."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.wording import Wording
from models.linear_terms import signed_log
from training.labelling.dataset import Dataset

Predictor: TypeAlias = Callable[[FeatureMatrix], FloatArray]

BASE_RATE: Final = "base_rate"
RECENCY: Final = "recency"
LOGISTIC: Final = "logistic"
RECENCY_FEATURE: Final = "days_since_last_activity"
_STRENGTH: Final = 0.1


@dataclass(frozen=True, slots=True)
class Baseline:
    """A simple way to predict; ``fit`` takes training data and returns what predicts a matrix's probabilities."""

    name: str
    wording: Wording
    fit: Callable[[Dataset], Predictor]


def base_rate(data: Dataset) -> float:
    """Return the weighted share won."""
    return float(np.average(data.label, weights=data.weight))


def fit_base_rate(train: Dataset) -> Predictor:
    """Predict the training share won for every lead."""
    rate = base_rate(train)
    return lambda matrix: np.full(len(matrix.values), rate)


def fit_recency(train: Dataset) -> Predictor:
    """Predict from the days since the last activity alone; the base rate where that is no feature, or one class."""
    if RECENCY_FEATURE not in train.matrix.names or _has_one_class(train):
        return fit_base_rate(train)
    model = LogisticRegression(solver="newton-cholesky")
    model.fit(_recency(train.matrix), train.label, sample_weight=train.weight)
    return lambda matrix: _probability(model, _recency(matrix))


def fit_logistic(train: Dataset) -> Predictor:
    """Predict with a penalised logistic regression on all features; the base rate where there is nothing to learn.

    Numbers on a signed-log scale, standardised, with an indicator of missing; categories as one column per code, and
    one for missing. Codes that training never saw add nothing.
    """
    if not train.matrix.names or _has_one_class(train):
        return fit_base_rate(train)
    model = _logistic(train.matrix)
    model.fit(train.matrix.values, train.label, logisticregression__sample_weight=train.weight)
    return lambda matrix: _probability(model, matrix.values)


BASELINES: Final[dict[str, Baseline]] = {
    baseline.name: baseline
    for baseline in (
        Baseline(BASE_RATE, Wording("The same rate for every lead", "全リード一律の成約率"), fit_base_rate),
        Baseline(RECENCY, Wording("Days since the last activity alone", "最終接触からの日数のみ"), fit_recency),
        Baseline(LOGISTIC, Wording("Plain logistic regression", "単純なロジスティック回帰"), fit_logistic),
    )
}
"""Every baseline by name, the simplest first."""


def _logistic(matrix: FeatureMatrix) -> Pipeline:
    categorical = matrix.categorical_positions
    numeric = [position for position in range(len(matrix.names)) if position not in categorical]
    numbers = make_pipeline(
        FunctionTransformer(signed_log),
        SimpleImputer(add_indicator=True, keep_empty_features=True),
        StandardScaler(),
    )
    codes = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    return make_pipeline(
        ColumnTransformer([("numbers", numbers, numeric), ("codes", codes, categorical)]),
        LogisticRegression(C=_STRENGTH, solver="newton-cholesky"),
    )


def _recency(matrix: FeatureMatrix) -> FloatArray:
    days = matrix.column(RECENCY_FEATURE)
    missing = np.isnan(days)
    return np.column_stack([np.log1p(np.where(missing, 0.0, np.maximum(days, 0.0))), missing])


def _probability(model: Pipeline | LogisticRegression, values: FloatArray) -> FloatArray:
    if not len(values):
        return np.empty(0)
    return np.asarray(model.predict_proba(values)[:, 1], dtype=np.float64)


def _has_one_class(data: Dataset) -> bool:
    return bool(data.label.min() == data.label.max())
