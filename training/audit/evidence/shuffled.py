"""What a model of all columns loses when one of them is shuffled."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.wording import Wording
from training.audit.evidence.evidence import Figure


@dataclass(frozen=True, slots=True)
class Shuffled:
    """The gain of a column over the rest, for a model that was fitted with it.

    What it says as well as others do is shared out among them by the model, so that a small loss does not mean that
    the column is harmless.

    Attributes
    ----------
    random, forward : float
        ROC AUC that is lost on cases drawn by lot, and on the newest; NaN where these cannot be judged.
    """

    random: float
    forward: float

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        return Wording(
            f"without it a model of all columns loses {self.random:.3f} of its AUC on leads drawn by lot",
            f"この項目がないと、全項目のモデルのAUCは無作為抽出で{self.random:.3f}下がる",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"shuffled_auc_loss_random": self.random, "shuffled_auc_loss_forward": self.forward}
