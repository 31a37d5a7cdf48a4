"""Whether a model is good enough to work with, and why: declared rules, no discretion."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from features.wording import Wording
from training.evaluation.evaluate import Evaluation
from training.evaluation.verdict_rules import CAUTIONS, DEFAULT_LIMITS, STOPS, Limits, merits

Level: TypeAlias = Literal["ready", "usable_with_care", "not_ready"]

LEVELS: Final[dict[Level, Wording]] = {
    "ready": Wording("Ready to use", "利用できます"),
    "usable_with_care": Wording("Usable with care", "注意して利用してください"),
    "not_ready": Wording("Not ready", "まだ利用できません"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level and the reasons for it, most serious first; a ready model's reasons say what speaks for it."""

    level: Level
    reasons: tuple[Wording, ...]

    @property
    def wording(self) -> Wording:
        """The level for people."""
        return LEVELS[self.level]


def judge(evaluation: Evaluation, limits: Limits = DEFAULT_LIMITS) -> Verdict:
    """Decide by declared rules whether the model is fit for use.

    Not ready: it cannot be judged, ranks hardly better than chance, or its probabilities do not surely beat one rate
    for all. Usable with care: any other rule is broken. Ready: none is. A rule that needs a baseline which was not
    judged does not apply. A plain logistic regression that is as good as the model is no fault of the model; one that
    is surely better is.
    """
    stops, cautions = (
        tuple(reason for rule in rules if (reason := rule(evaluation, limits)) is not None)
        for rules in (STOPS, CAUTIONS)
    )
    if stops:
        return Verdict("not_ready", stops)
    return Verdict("usable_with_care", cautions) if cautions else Verdict("ready", merits(evaluation))
