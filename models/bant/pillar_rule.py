"""When one pillar passes, when it fails, and what to ask otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from features.answer import Answer
from features.instant import MS_PER_DAY
from features.rules_file import Section
from features.wording import Wording
from models.bant.gates import GateStatus, PillarGate
from models.bant.minimum import MOST_DAYS, MinimumAmount
from models.bant.pillars import AMOUNT_COLUMN, COLUMNS, Pillar, answers_of

_PRECEDENCE: Final[Mapping[GateStatus, int]] = {"fail": 0, "pass": 1, "unknown": 2}


@dataclass(frozen=True)
class PillarRule:
    """The rule of one pillar.

    Attributes
    ----------
    pillar : str
    passing, failing : tuple of str
        The answers that pass and those that fail; any other leaves the pillar unknown.
    disqualifies : bool
        Whether a fail disqualifies the lead.
    max_age_days : mapping of str to int
        For each answer that passes or fails, how old it may be before the pillar is unknown again.
    question : Wording
        What to ask when it is unknown.
    minimum : MinimumAmount or None
        The least budget; None for no such rule, and for every pillar but ``budget``.
    """

    pillar: Pillar
    passing: tuple[str, ...]
    failing: tuple[str, ...]
    disqualifies: bool
    max_age_days: Mapping[str, int]
    question: Wording
    minimum: MinimumAmount | None = None

    @classmethod
    def read(cls, pillar: Pillar, section: Section) -> "PillarRule":
        """Read the rule from its table of the rules file, noting what is wrong."""
        passing = section.choices("pass", answers_of(pillar))
        failing = section.choices("fail", answers_of(pillar))
        has_minimum = pillar == "budget" and "minimum" in section
        rule = cls(
            pillar,
            passing,
            failing,
            section.flag("disqualifies"),
            _ages(section, pillar, passing + failing),
            section.wording("question"),
            MinimumAmount.read(section.section("minimum")) if has_minimum else None,
        )
        rule._check(section)
        return rule

    @cached_property
    def column(self) -> str:
        """The column of the qualifications table that answers it."""
        return COLUMNS[self.pillar]

    @property
    def can_pass(self) -> bool:
        """Whether anything passes."""
        return bool(self.passing) or self.minimum is not None

    @property
    def can_fail(self) -> bool:
        """Whether anything fails."""
        return bool(self.failing) or self.minimum is not None

    def gate(self, answers: Mapping[str, Answer], as_of_ms: int) -> PillarGate:
        """Return the state of the pillar.

        With a minimum amount there may be two answers: a fail of either is a fail, otherwise a pass of either a pass.

        Parameters
        ----------
        answers : mapping of str to Answer
            By column of the qualifications table, the latest known; a question without answer is absent.
        as_of_ms : int
            In milliseconds since the epoch, after every answer.
        """
        answer, minimum = answers.get(self.column), self.minimum
        if minimum is None or (amount := answers.get(AMOUNT_COLUMN)) is None:
            return self._unanswered if answer is None else self._answered(answer, as_of_ms)
        status = minimum.status(amount, as_of_ms)
        of_amount = self._gate(status, minimum.evidence(amount), amount.answered_at_ms)
        if answer is None:
            return of_amount
        return min(self._answered(answer, as_of_ms), of_amount, key=lambda gate: _PRECEDENCE[gate.status])

    @cached_property
    def _unanswered(self) -> PillarGate:
        return PillarGate("unknown", question=self.question)

    @cached_property
    def _meanings(self) -> Mapping[str, tuple[GateStatus, int, str]]:
        """What each answer comes to, for how many milliseconds, and how it reads as evidence."""
        statuses: dict[str, GateStatus] = dict.fromkeys(answers_of(self.pillar), "unknown")
        statuses |= dict.fromkeys(self.passing, "pass")
        statuses |= dict.fromkeys(self.failing, "fail")
        return {
            answer: (status, self.max_age_days.get(answer, 0) * MS_PER_DAY, self._evidence(answer))
            for answer, status in statuses.items()
        }

    def _answered(self, answer: Answer, as_of_ms: int) -> PillarGate:
        text, answered_ms = answer
        status, max_age_ms, evidence = self._meanings.get(text) or ("unknown", 0, self._evidence(text))
        return self._gate("unknown" if as_of_ms - answered_ms > max_age_ms else status, evidence, answered_ms)

    def _evidence(self, text: str) -> str:
        return f"{self.column} = {text}"

    def _gate(self, status: GateStatus, evidence: str, answered_ms: int) -> PillarGate:
        return PillarGate(status, evidence, answered_ms, self.question if status == "unknown" else None)

    def _check(self, section: Section) -> None:
        both = [answer for answer in self.passing if answer in self.failing]
        if both:
            rule = "an answer either passes or fails"
            section.note("fail", rule, "Take it out of one of the two lists.", found=f"{', '.join(both)} in both")
        if self.disqualifies and not self.can_fail:
            rule = "some answer must fail where a fail disqualifies"
            section.note("disqualifies", rule, "List the answers in fail, or write false.")


def _ages(section: Section, pillar: Pillar, settling: tuple[str, ...]) -> dict[str, int]:
    days = section.whole_number("max_age_days", least=1, most=MOST_DAYS)
    of_some = section.section("max_age_days_of")
    ages = {
        answer: of_some.whole_number(answer, least=1, most=MOST_DAYS, otherwise=days) for answer in answers_of(pillar)
    }
    return {answer: ages[answer] for answer in settling}
