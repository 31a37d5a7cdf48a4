"""A new version held against the champion: the comparison, the grades that change, and what the policy says."""

from features.instant import MS_PER_DAY
from training.fitting.refit import Progress
from training.promotion.challenge import Challenge
from training.promotion.champion import Champion
from training.promotion.grade_changes import grade_changes
from training.promotion.meeting import meet
from training.promotion.obstacles import unreadable_champion
from training.promotion.policy import FIRST, decide
from training.trained import Trained


def challenge(trained: Trained, champion: Champion | None, seed: int, tell: Progress) -> Challenge:
    """Hold a training against the champion.

    Parameters
    ----------
    trained : Trained
        The training.
    champion : Champion or None
        When it began.
    seed : int
        Decides lots and intervals.
    tell : callable
        Told what is being done.
    """
    if champion is None:
        return Challenge(None, None, None, FIRST)
    number, model = champion.version.version, champion.model
    age_days = (trained.prepared.data_end_ms - champion.version.data_end_ms) / MS_PER_DAY
    level = trained.judgement.verdict.level
    if model is None:
        unread = unreadable_champion(number, champion.fault)
        return Challenge(number, unread, None, decide(level, unread, age_days))
    compared = meet(trained, model, champion.version.data_end_ms, seed, tell)
    changes = grade_changes(trained.prepared, model, trained.model)
    return Challenge(number, compared, changes, decide(level, compared, age_days))
