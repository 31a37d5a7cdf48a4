"""What was known at each of many snapshots: the door from records to features."""

from functools import cached_property
from typing import Final, Literal

import numpy as np

from features.activity_view import ActivityView
from features.answers import QUESTIONS
from features.arrays import FloatArray, IntArray
from features.custom_content import dates
from features.instant import MISSING_MS, MS_PER_DAY
from features.seen import AttributeTable
from features.text_column import TextColumn

_NEVER: Final = np.array([MISSING_MS])
_EPOCH_YEAR: Final = 1970


class View(ActivityView):
    """The records as they were known at some snapshots: ``Seen`` of many leads at once."""

    # Creation, stages and deals of the lead

    def days_since_created(self) -> FloatArray:
        """Return the days since the lead was created."""
        return self.days_since(self._created_ms)

    def created_day(self) -> IntArray:
        """Return the day on which the lead was created, in days since the epoch (UTC)."""
        return self._created_ms // MS_PER_DAY

    def year(self) -> FloatArray:
        """Return the year of ``as_of`` (UTC)."""
        years = self.snapshots.as_of_ms.astype("datetime64[ms]").astype("datetime64[Y]")
        return (years.astype(np.int64) + _EPOCH_YEAR).astype(np.float64)

    def stage(self) -> TextColumn:
        """Return the latest stage."""
        return self.records.stages.latest(self.snapshots)

    def stages_entered(self) -> FloatArray:
        """Count the stages entered so far."""
        return self.count_of(self.records.stages.index, self.snapshots.lead)

    def days_in_stage(self) -> FloatArray:
        """Return the days since the latest stage was entered; NaN where there is none."""
        return self.days_since_last_of(self.records.stages.index, self.snapshots.lead)

    def open_deals(self) -> FloatArray:
        """Count the lead's deals that were opened and not closed."""
        opened = self.count_of(self.records.deals_opened, self.snapshots.lead)
        return opened - self.count_of(self.records.deals_closed, self.snapshots.lead)

    def days_since_deal_opened(self) -> FloatArray:
        """Return the days since the lead's last deal was opened; NaN where there is none."""
        return self.days_since_last_of(self.records.deals_opened, self.snapshots.lead)

    def company_deals(self, outcome: Literal["won", "lost"]) -> FloatArray:
        """Count the deals with the company that had ended so."""
        index = self.records.company_wins if outcome == "won" else self.records.company_losses
        return self.count_of(index, self.company)

    # Attributes and answers

    def lead_text(self, column: str) -> TextColumn:
        """Return a column of the leads table, as of each snapshot where its history is kept."""
        return self.records.lead_text(column).as_of(self.snapshots)

    def company_text(self, column: str) -> TextColumn:
        """Return a column of the companies table."""
        return self.records.company_text(column).take(self._company_row)

    def company_number(self, column: str) -> FloatArray:
        """Return a column of numbers of the companies table; NaN where it or the company is missing."""
        return self.records.company_number(column)[self._company_row]

    def answer(self, question: str) -> TextColumn:
        """Return the latest known answer to a question of the qualifications table."""
        number = QUESTIONS.index(question)
        return self.records.answers.texts[number].take(self._answer_rows[number])

    def days_since_date(self, table: AttributeTable, column: str) -> FloatArray:
        """Return the days since the date in a column of text; NaN where it is none, or lies at or after ``as_of``."""
        text = self.lead_text(column) if table == "leads" else self.company_text(column)
        instants = np.append(dates(text.names), MISSING_MS)[text.codes]
        return self.days_since(np.where(instants < self.snapshots.as_of_ms, instants, MISSING_MS))

    def answers_known(self, questions: tuple[str, ...]) -> FloatArray:
        """Count the questions that have an answer."""
        known = (self._answered_ms(questions) != MISSING_MS).sum(axis=0)
        return np.asarray(known, dtype=np.float64)

    def days_since_last_answer(self, questions: tuple[str, ...]) -> FloatArray:
        """Return the days since the latest of the answers to some questions; NaN where there is none."""
        return self.days_since(self._answered_ms(questions).max(axis=0))

    def _answered_ms(self, questions: tuple[str, ...]) -> IntArray:
        """Return when each question was answered, one row each; ``MISSING_MS`` where it was not."""
        rows = self._answer_rows[[QUESTIONS.index(question) for question in questions]]
        return np.concatenate((self.records.answers.answered_ms, _NEVER))[rows]

    @cached_property
    def _created_ms(self) -> IntArray:
        return self.records.created_ms[self.snapshots.lead]

    @cached_property
    def _answer_rows(self) -> IntArray:
        return self.records.answers.latest_rows(self.snapshots)

    @cached_property
    def _company_row(self) -> IntArray:
        return self.records.company_row(self.snapshots.lead)
