"""The champion and the challenger on the same leads at the same instants."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray
from models.quality.bootstrap import replicate
from models.quality.interval import Interval
from models.quality.metrics import calibration_ratio, log_loss, roc_auc
from serving.history_entry import CHAMPION, SHADOW
from serving.monitoring.answers import first_of_month
from serving.monitoring.judged import Judged

_METRICS: Final = (log_loss, roc_auc, calibration_ratio)
_SEED: Final = 0


@dataclass(frozen=True)
class Pairing:
    """Paired answers.

    Attributes
    ----------
    version : str
        Of the challenger.
    pairs : int
        Answers of both to the same question, the first about each lead in a month.
    other_grade : float
        Share of them with another grade.
    correlation : float
        Of the ranks of both probabilities (Spearman); NaN where one of them never differs.
    matured, won : int
        Pairs that have matured, and those whose lead was won.
    champion, challenger : dict of str to Interval
        Metric to value, on the matured pairs; empty where there are none.
    difference : dict of str to Interval
        Challenger minus champion on the same resamples of leads.
    """

    version: str
    pairs: int
    other_grade: float
    correlation: float
    matured: int
    won: int
    champion: dict[str, Interval]
    challenger: dict[str, Interval]
    difference: dict[str, Interval]


def pairing_of(champion: pd.DataFrame, shadow: pd.DataFrame) -> Pairing | None:
    """Pair the newest challenger's answers with the champion's; None where no two answer the same question.

    Parameters
    ----------
    champion : pandas.DataFrame
        Answers of the watched version.
    shadow : pandas.DataFrame
        Answers of challengers.
    """
    if shadow.empty:
        return None
    version = str(shadow["model_version"].iloc[-1])
    newest = shadow[shadow["model_version"] == version].drop_duplicates(["lead_id", "as_of"])
    both = first_of_month(champion.merge(newest, on=["lead_id", "as_of"], suffixes=("", "_shadow")))
    if both.empty:
        return None
    matured = both[both["is_matured"]]
    found = _measured(matured) if len(matured) else ({}, {}, {})
    return Pairing(
        version=version,
        pairs=len(both),
        other_grade=float((both["grade"] != both["grade_shadow"]).mean()),
        correlation=_correlation(both["probability"], both["probability_shadow"]),
        matured=len(matured),
        won=int(matured["is_won"].sum()),
        champion=found[0],
        challenger=found[1],
        difference=found[2],
    )


def _measured(matured: pd.DataFrame) -> tuple[dict[str, Interval], dict[str, Interval], dict[str, Interval]]:
    answers: dict[str, pd.Series] = {CHAMPION: matured["probability"], SHADOW: matured["probability_shadow"]}
    predictions: dict[str, FloatArray] = {name: one.to_numpy(dtype=np.float64) for name, one in answers.items()}
    drawn = replicate(Judged.of(matured), predictions, _METRICS, seed=_SEED)
    names = [metric.name for metric in _METRICS]
    ours, theirs = ({name: drawn[role].interval(name) for name in names} for role in (CHAMPION, SHADOW))
    return ours, theirs, {name: drawn[SHADOW].minus(drawn[CHAMPION], name) for name in names}


def _correlation(one: pd.Series, other: pd.Series) -> float:
    if one.min() == one.max() or other.min() == other.max():
        return np.nan
    return float(one.rank().corr(other.rank()))
