"""The least budget that is worth a deal."""

import re
from dataclasses import dataclass
from typing import Final

from features.answer import Answer
from features.instant import MS_PER_DAY
from features.rules_file import Section
from models.bant.gates import GateStatus
from models.bant.pillars import AMOUNT_COLUMN

MOST_DAYS: Final = 36_500
_CURRENCY: Final = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class MinimumAmount:
    """From which amount on a budget passes; a smaller one is known to be too small, so it fails.

    Attributes
    ----------
    amount : float
        In ``currency``.
    currency : str
        ISO 4217. Answers carry no currency: all are taken to be in this one, which is why every evidence names it.
    max_age_days : int
        How old an amount may be before it is unknown again.
    """

    amount: float
    currency: str
    max_age_days: int

    @classmethod
    def read(cls, section: Section) -> "MinimumAmount":
        """Read it from its table of the rules file, noting what is wrong."""
        currency = section.text("currency")
        if currency and not _CURRENCY.fullmatch(currency):
            near = currency.upper()
            remedy = f"Did you mean {near!r}?" if _CURRENCY.fullmatch(near) else "Write it like JPY, USD or EUR."
            section.note("currency", "the ISO 4217 code of a currency is required", remedy)
        amount = section.number("amount", least=0)
        return cls(amount, currency, section.whole_number("max_age_days", least=1, most=MOST_DAYS))

    def status(self, answer: Answer, as_of_ms: int) -> GateStatus:
        """Return what an amount comes to."""
        if as_of_ms - answer.answered_at_ms > self.max_age_days * MS_PER_DAY:
            return "unknown"
        return "pass" if float(answer.text) >= self.amount else "fail"

    def evidence(self, answer: Answer) -> str:
        """Return the amount beside what it was held against."""
        return f"{AMOUNT_COLUMN} = {shown_amount(float(answer.text))} (minimum {self})"

    def __str__(self) -> str:
        return f"{shown_amount(self.amount)} {self.currency}"


def shown_amount(amount: float) -> str:
    """Return an amount with separators, and with decimals only where it has some."""
    return f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"
