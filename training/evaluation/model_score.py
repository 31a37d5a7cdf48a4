"""How one prediction did, and how the model did against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from features.wording import Wording
from models.quality.bootstrap import Replicates
from models.quality.interval import Interval
from models.quality.metrics import METRICS
from training.evaluation.baselines import BASELINES

MODEL: Final = "model"
_MODEL_WORDING: Final = Wording("This model", "このモデル")


@dataclass(frozen=True, slots=True)
class ModelScore:
    """One prediction, the model's or a baseline's, by every metric of ``METRICS`` (name to interval)."""

    name: str
    wording: Wording
    metrics: dict[str, Interval]

    @classmethod
    def of(cls, name: str, drawn: Replicates) -> "ModelScore":
        """Sum up a prediction's replicates."""
        return cls(name, wording(name), {metric: drawn.interval(metric) for metric in METRICS})

    @property
    def prefix(self) -> str:
        """What the names of its figures begin with in the tracker."""
        return "test" if self.name == MODEL else f"baseline_{self.name}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The model minus a baseline on the same resamples: better is ``log_loss`` below zero, ``roc_auc`` above."""

    baseline: str
    wording: Wording
    log_loss: Interval
    roc_auc: Interval

    @classmethod
    def of(cls, baseline: str, replicates: Mapping[str, Replicates]) -> "Comparison":
        """Compare the model's replicates with a baseline's."""
        model, other = replicates[MODEL], replicates[baseline]
        return cls(baseline, wording(baseline), model.minus(other, "log_loss"), model.minus(other, "roc_auc"))


def wording(name: str) -> Wording:
    """Return a prediction's name for people; one that is not declared is shown by its name."""
    if name == MODEL:
        return _MODEL_WORDING
    return BASELINES[name].wording if name in BASELINES else Wording(name, name)
