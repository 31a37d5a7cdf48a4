"""Decisions of the tests, each a day after the one before."""

from features.instant import MS_PER_DAY
from features.wording import Wording
from training.promotion.policy import Decision
from training.promotion.seat import Occasion, Settled, settle
from training.tracking.registry import RegisteredVersion
from training.tracking.tracking_store import TrackingStore

BETTER = Decision(promote=True, rule="better", reason=Wording("It is better.", "より優れています。"))
WORSE = Decision(promote=False, rule="worse", reason=Wording("It is worse.", "劣ります。"))


def on_day(day: int, by: str = "train") -> Occasion:
    return Occasion(day * MS_PER_DAY, by, {"comparison": {"log_loss_excess": [-0.02, -0.03, -0.01]}})


def settled(
    store: TrackingStore, version: RegisteredVersion, compared_with: int | None, decision: Decision = BETTER
) -> Settled:
    return settle(store, version, decision, compared_with, on_day(version.version))
