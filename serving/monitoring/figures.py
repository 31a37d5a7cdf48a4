"""The main figures of the watch: what stands on ``/metrics`` of the service, too."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from serving.monitoring.check import Check
from serving.monitoring.watch import Watch

ABOUT: Final[Mapping[str, str]] = {
    "psi_max": "Largest population stability index of an input against the training, less what is usual",
    "score_psi": "Population stability index of the probabilities against the training, less what is usual",
    "predicted_over_actual": "Predicted over actual wins of the newest matured scores",
    "roc_auc": "ROC AUC of the newest matured scores",
    "unseen_share": "Largest share of leads with an unseen value of a category, above what is usual",
    "model_age_days": "Days since the end of what the model was trained on",
    "alarms": "Findings that need a person",
}
"""What each figure means, by its name."""


def main_figures(found: Watch, checks: Sequence[Check]) -> dict[str, float]:
    """Return the main figures; what is not defined is left out."""
    inputs, quality = found.inputs, found.judged.quality
    unseen = inputs.most_unseen if inputs else None
    told = {
        "psi_max": inputs.features[0].drift.more_than_usual if inputs and inputs.features else None,
        "score_psi": inputs.score.more_than_usual if inputs else None,
        "predicted_over_actual": quality.calibration_ratio.value if quality else None,
        "roc_auc": quality.roc_auc.value if quality else None,
        "unseen_share": unseen.more_unseen if unseen else None,
        "model_age_days": found.age_days,
        "alarms": float(sum(check.needs_person for check in checks)),
    }
    return {name: value for name, value in told.items() if value is not None and math.isfinite(value)}
