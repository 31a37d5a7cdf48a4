"""Scores given at the time, held against what became of the leads since."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from models.quality.bootstrap import replicate
from models.quality.interval import Interval
from models.quality.metrics import calibration_ratio, log_loss, roc_auc

_METRICS: Final = (roc_auc, calibration_ratio, log_loss)
_SEED: Final = 0
_MODEL: Final = "model"


@dataclass(frozen=True)
class Judged:
    """Matured answers.

    Attributes
    ----------
    label, probability, weight : numpy.ndarray
        float64; 1 where won within the horizon, what was said, and 1.
    group : numpy.ndarray
        int64, equal for answers about one lead.
    """

    label: FloatArray
    probability: FloatArray
    weight: FloatArray
    group: IntArray

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Judged":
        """Take the matured ones of some answers."""
        matured = frame[frame["is_matured"]]
        return cls(
            label=matured["is_won"].to_numpy(dtype=np.float64),
            probability=matured["probability"].to_numpy(dtype=np.float64),
            weight=np.ones(len(matured)),
            group=pd.factorize(matured["lead_id"])[0].astype(np.int64),
        )

    @cached_property
    def leads(self) -> int:
        """How many different leads."""
        return len(np.unique(self.group))


@dataclass(frozen=True, slots=True)
class Quality:
    """How good scores turned out to be.

    Attributes
    ----------
    scores, leads : int
        Matured answers, and different leads among them.
    predicted, won : float
        Wins that the probabilities add up to, and those that came.
    roc_auc, calibration_ratio, log_loss : Interval
        Each lead resampled as a whole; NaN where not defined, as the ratio is where nothing was won.
    promised_auc : float
        The ROC AUC of these very scores, were every probability right: it depends on who is scored as much as the ROC
        AUC does, which that of the training does not (van Klaveren et al. 2016, the model-based concordance).
    """

    scores: int
    leads: int
    predicted: float
    won: float
    roc_auc: Interval
    calibration_ratio: Interval
    log_loss: Interval
    promised_auc: float


def quality_of(judged: Judged) -> Quality | None:
    """Measure matured answers; None where there are none."""
    if not len(judged.label):
        return None
    drawn = replicate(judged, {_MODEL: judged.probability}, _METRICS, seed=_SEED)[_MODEL]
    return Quality(
        scores=len(judged.label),
        leads=judged.leads,
        predicted=float(judged.probability.sum()),
        won=float(judged.label.sum()),
        roc_auc=drawn.interval(roc_auc.name),
        calibration_ratio=drawn.interval(calibration_ratio.name),
        log_loss=drawn.interval(log_loss.name),
        promised_auc=promised_auc(judged.probability),
    )


def promised_auc(probability: FloatArray) -> float:
    """Return the ROC AUC that probabilities have where each of them is right; NaN of none."""
    label = np.repeat([1.0, 0.0], len(probability))
    return roc_auc(label, np.tile(probability, 2), np.concatenate([probability, 1 - probability]))
