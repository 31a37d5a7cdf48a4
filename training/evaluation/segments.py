"""How the model does on parts of the leads: by source, by industry, by age."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from features.arrays import FloatArray, IntArray
from features.wording import Wording
from models.quality.bootstrap import replicate
from models.quality.interval import Interval
from models.quality.metrics import METRICS
from training.labelling.dataset import Dataset

LabelArray: TypeAlias = npt.NDArray[np.str_] | npt.NDArray[np.object_]

OTHER: Final = "other"
UNKNOWN: Final = "unknown"
MIN_LEADS: Final = 50
MIN_WINS: Final = 5
MAX_SEGMENTS: Final = 12
_RESAMPLES: Final = 100
_UNDEFINED: Final = Interval(np.nan, np.nan, np.nan)

DIMENSIONS: Final[dict[str, Wording]] = {
    "source": Wording("Lead source", "リードソース"),
    "industry": Wording("Industry", "業種"),
    "lead_age": Wording("Age of the lead", "リード獲得からの経過日数"),
    "country": Wording("Country", "国"),
    "region": Wording("Region", "地域"),
    "seniority": Wording("Seniority", "役職"),
}
_AGE_EDGES_DAYS: Final = (8.0, 31.0, 91.0)
_AGES: Final = ("0-7", "8-30", "31-90", "91+")
_VALUES: Final[dict[str, Wording]] = {
    OTHER: Wording("Other", "その他"),
    UNKNOWN: Wording("Unknown", "不明"),
    "0-7": Wording("0-7 days", "0〜7日"),
    "8-30": Wording("8-30 days", "8〜30日"),
    "31-90": Wording("31-90 days", "31〜90日"),
    "91+": Wording("91 days or more", "91日以上"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """The model on one part of the test leads.

    Attributes
    ----------
    dimension, value : str
        What the leads are split by, and which part this is; "other" pools the parts that are too small.
    rows, leads, wins : int
        Snapshots, different leads among them, and different leads won.
    share_of_wins : float
        Share of all won weight that falls in this part.
    base_rate, mean_predicted : float
        Weighted share won, and weighted mean probability.
    calibration_ratio : float
        Predicted over actual wins; NaN where nothing was won.
    roc_auc : Interval
        NaN where the part has too few leads or wins to tell.
    """

    dimension: str
    value: str
    rows: int
    leads: int
    wins: int
    share_of_wins: float
    base_rate: float
    mean_predicted: float
    calibration_ratio: float
    roc_auc: Interval

    @property
    def dimension_wording(self) -> Wording:
        """The dimension for people; a dimension that is not declared is shown by its name."""
        return DIMENSIONS.get(self.dimension, Wording(self.dimension, self.dimension))

    @property
    def wording(self) -> Wording:
        """The value for people; values from the data are shown as they are."""
        return _VALUES.get(self.value, Wording(self.value, self.value))


def age_bands(age_days: FloatArray) -> LabelArray:
    """Return each lead's age band ("0-7", "8-30", "31-90", "91+" whole days) at its snapshot; "unknown" for NaN."""
    bands = np.array([*_AGES, UNKNOWN], dtype=np.object_)
    position = np.where(np.isnan(age_days), len(_AGES), np.digitize(age_days, _AGE_EDGES_DAYS))
    return np.asarray(bands[position])


def segment(
    data: Dataset, probability: FloatArray, dimensions: Mapping[str, LabelArray], *, seed: int
) -> tuple[Segment, ...]:
    """Judge a prediction on each part of each dimension.

    Parameters
    ----------
    data : Dataset
        What was predicted.
    probability : numpy.ndarray
        float64, one per row.
    dimensions : mapping
        Name to a label per row; a blank or missing label counts as "unknown".
    seed : int
        For the intervals.

    Returns
    -------
    tuple of Segment
        In the order of the dimensions; within one, age bands by age and others by number of leads, "unknown" and
        "other" last.
    """
    return tuple(
        _judge(data, probability, (name, value, rows), seed)
        for name, labels in dimensions.items()
        for value, rows in _parts(data, labels).items()
    )


def _parts(data: Dataset, labels: LabelArray) -> dict[str, IntArray]:
    """Return the rows of each part; those that are small, or beyond the largest few, together as "other"."""
    rows_of = _rows_by_label(labels)
    leads = {value: _leads(data, rows) for value, rows in rows_of.items()}
    large = [value for value, rows in rows_of.items() if value != OTHER and _is_enough(data, rows)]
    kept = sorted(large, key=lambda value: -leads[value])[:MAX_SEGMENTS]
    small = [value for value in rows_of if value not in kept]
    if len(small) > 1:  # one small part alone keeps its name: nothing is gained by hiding it
        rows_of[OTHER] = np.sort(np.concatenate([rows_of.pop(value) for value in small]))
    return {value: rows_of[value] for value in sorted(rows_of, key=lambda value: _place(value, leads.get(value, 0)))}


def _rows_by_label(labels: LabelArray) -> dict[str, IntArray]:
    """Return the rows of each label, stripped; only text can be a label, so a missing one (NaN, None) is not."""
    texts = [(label.strip() if isinstance(label, str) else "") or UNKNOWN for label in labels.tolist()]
    values, code, sizes = np.unique(texts, return_inverse=True, return_counts=True)
    rows = np.split(np.argsort(code, kind="stable"), np.cumsum(sizes)[:-1])
    return {str(value): part for value, part in zip(values, rows, strict=True)}


def _place(value: str, leads: int) -> tuple[int, int, str]:
    """Return a part's place among the others: ages by age, values by number of leads, unknown and other last."""
    last = {UNKNOWN: 1, OTHER: 2}.get(value, 0)
    return last, _AGES.index(value) if value in _AGES else -leads, value


def _judge(data: Dataset, probability: FloatArray, part: tuple[str, str, IntArray], seed: int) -> Segment:
    dimension, value, rows = part
    inside, predicted = data.take(rows), probability[rows]
    won = float((data.label * data.weight).sum())
    return Segment(
        dimension=dimension,
        value=value,
        rows=len(rows),
        leads=_leads(data, rows),
        wins=_wins(data, rows),
        share_of_wins=float((inside.label * inside.weight).sum()) / won if won > 0 else np.nan,
        base_rate=float(np.average(inside.label, weights=inside.weight)),
        mean_predicted=float(np.average(predicted, weights=inside.weight)),
        calibration_ratio=METRICS["calibration_ratio"](inside.label, predicted, inside.weight),
        roc_auc=_roc_auc(inside, predicted, seed) if _is_enough(data, rows) else _UNDEFINED,
    )


def _roc_auc(data: Dataset, probability: FloatArray, seed: int) -> Interval:
    metric = METRICS["roc_auc"]
    drawn = replicate(data, {"": probability}, [metric], seed=seed, resamples=_RESAMPLES)
    return drawn[""].interval(metric.name)


def _is_enough(data: Dataset, rows: IntArray) -> bool:
    return _leads(data, rows) >= MIN_LEADS and _wins(data, rows) >= MIN_WINS


def _leads(data: Dataset, rows: IntArray) -> int:
    return len(np.unique(data.lead[rows]))


def _wins(data: Dataset, rows: IntArray) -> int:
    return len(np.unique(data.lead[rows][data.label[rows] == 1]))
