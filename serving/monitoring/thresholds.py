"""From where on a finding needs a person."""

from dataclasses import dataclass
from typing import Final

from models.quality.drift import LARGE


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The bounds of the rules; too few leads, wins or outcomes never raise an alarm about what they would show.

    Attributes
    ----------
    stability_index : float
        A population stability index by so much above what days and months differed by in the training is drift
        (Siddiqi 2006), where it is more than chance as well.
    least_leads : int
        Different leads that must have been scored lately before drift is judged.
    least_ratio, most_ratio : float
        Predicted over actual wins: an alarm where the whole interval lies outside.
    auc_loss : float
        An alarm where the whole interval of the ROC AUC lies further than this below what the probabilities promise.
    least_wins : int
        Wins that must have come back before scores are judged by them.
    unseen_share : float
        By how much the share of a category's unseen values may exceed what is usual for a model of this age.
    most_days : int
        An older model, counted from its data end, is to be trained anew.
    quiet_days : int
        For how long no outcome may have been reported while scores come due.
    least_due : int
        Leads whose horizon has passed before outcomes are missed.
    least_decided_share : float
        Of the wins that were predicted, the share that wins and losses together must reach: fewer were not reported.
    """

    stability_index: float = LARGE
    least_leads: int = 200
    least_ratio: float = 0.8
    most_ratio: float = 1.25
    auc_loss: float = 0.05
    least_wins: int = 20
    unseen_share: float = 0.05
    most_days: int = 180
    quiet_days: int = 45
    least_due: int = 50
    least_decided_share: float = 0.5


THRESHOLDS: Final = Thresholds()
