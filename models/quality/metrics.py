"""How good weighted predictions are, each metric declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import FloatArray
from features.wording import Wording
from models.quality.tally import Tally

Better: TypeAlias = Literal["higher", "lower", "near_one"]
CALIBRATION_BINS: Final = 10


@dataclass(frozen=True)
class Metric:
    """One measure of quality; call it with label, probability and weight.

    Attributes
    ----------
    name : str
        As it is logged.
    better : {"higher", "lower", "near_one"}
        Which values are good.
    wording : Wording
        For people.
    measure : callable
        From a tally to the value; NaN where it is not defined (no weight, or only one class where it needs both).
    """

    name: str
    better: Better
    wording: Wording
    measure: Callable[[Tally], float]

    def __call__(self, label: FloatArray, probability: FloatArray, weight: FloatArray) -> float:
        """Measure weighted rows; NaN where the metric is not defined."""
        return self.measure(Tally.of(label, probability, weight))


def _weighted(weight: FloatArray, value: FloatArray) -> float:
    """Return the weighted sum; not a BLAS product, whose threads cost more than they save on so little work."""
    return float((weight * value).sum())


def _roc_auc(tally: Tally) -> float:
    pairs = tally.won_mass * (tally.mass - tally.won_mass)
    if not pairs > 0:
        return np.nan
    return _weighted(tally.lost, tally.cumulative_won - tally.won / 2) / pairs


def _average_precision(tally: Tally) -> float:
    if not tally.won_mass > 0:
        return np.nan
    reached = tally.cumulative_total
    precision = np.divide(tally.cumulative_won, reached, out=np.zeros_like(reached), where=reached > 0)
    return _weighted(tally.won, precision) / tally.won_mass


def _brier(tally: Tally) -> float:
    if not tally.mass > 0:
        return np.nan
    probability = tally.ranking.probability
    return (_weighted(tally.won, (1 - probability) ** 2) + _weighted(tally.lost, probability**2)) / tally.mass


def _log_loss(tally: Tally) -> float:
    if not tally.mass > 0:
        return np.nan
    ranking = tally.ranking
    return -(_weighted(tally.won, ranking.log_won) + _weighted(tally.lost, ranking.log_lost)) / tally.mass


def _calibration_error(tally: Tally) -> float:
    if not tally.mass > 0:
        return np.nan
    surplus = np.cumsum(tally.total * tally.ranking.probability - tally.won)
    at_edges = np.concatenate([[0.0], surplus])[tally.bin_starts(CALIBRATION_BINS)]
    return float(np.abs(np.diff(at_edges)).sum()) / tally.mass


def _calibration_ratio(tally: Tally) -> float:
    if not tally.won_mass > 0:
        return np.nan
    return _weighted(tally.total, tally.ranking.probability) / tally.won_mass


def _wins_within(tally: Tally, share: float) -> float:
    if not tally.won_mass > 0:
        return np.nan
    return float(tally.captured(np.array([share]))[0]) / tally.won_mass


def _lift_at_10_percent(tally: Tally) -> float:
    return _wins_within(tally, 0.1) / 0.1


def _wins_in_best_half(tally: Tally) -> float:
    return _wins_within(tally, 0.5)


roc_auc: Final = Metric("roc_auc", "higher", Wording("Ranking (ROC AUC)", "順位付けの精度(ROC AUC)"), _roc_auc)
average_precision: Final = Metric(
    "average_precision", "higher", Wording("Average precision", "平均適合率"), _average_precision
)
log_loss: Final = Metric("log_loss", "lower", Wording("Log loss", "対数損失"), _log_loss)
brier: Final = Metric("brier", "lower", Wording("Brier score", "ブライアスコア"), _brier)
calibration_error: Final = Metric(
    "calibration_error", "lower", Wording("Calibration error", "予測確率と実績の平均誤差"), _calibration_error
)
calibration_ratio: Final = Metric(
    "calibration_ratio",
    "near_one",
    Wording("Predicted wins / actual wins", "予測成約数÷実績成約数"),
    _calibration_ratio,
)
lift_at_10_percent: Final = Metric(
    "lift_at_10_percent", "higher", Wording("Lift in the best 10%", "上位10%のリフト"), _lift_at_10_percent
)
wins_in_best_half: Final = Metric(
    "wins_in_best_half",
    "higher",
    Wording("Share of wins in the best half", "上位半分に含まれる成約の割合"),
    _wins_in_best_half,
)

METRICS: Final[dict[str, Metric]] = {
    metric.name: metric
    for metric in (
        roc_auc,
        average_precision,
        log_loss,
        brier,
        calibration_error,
        calibration_ratio,
        lift_at_10_percent,
        wins_in_best_half,
    )
}
"""Every metric by name, in the order in which people read them."""
