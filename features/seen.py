"""What a feature may ask: of many snapshots at once, or of one lead, which is answered in a fraction of the time."""

from collections.abc import Callable
from typing import Literal, Protocol, Self, TypeAlias

from features.arrays import BoolArray, FloatArray, IntArray
from features.past import StreamStatistic

Numbers: TypeAlias = FloatArray | float
"""One number a snapshot; NaN is missing."""

Wholes: TypeAlias = IntArray | int
Flags: TypeAlias = BoolArray | bool
AttributeTable: TypeAlias = Literal["leads", "companies"]


class Texts(Protocol):
    """One text a snapshot, or none."""

    def or_else(self, other: Self) -> Self:
        """Fill what is missing here."""

    def mapped(self, text_of: Callable[[str], str | None]) -> Self:
        """Turn each text into another; None becomes missing."""

    def numbers(self, number_of: Callable[[tuple[str, ...]], FloatArray]) -> Numbers:
        """Turn each text into a number; missing text becomes NaN."""


class Seen(Protocol):
    """The records as they were known at some snapshots: rows known strictly before ``as_of``, and nothing else."""

    def statistic(self, stream: str, statistic: StreamStatistic) -> Numbers:
        """Return what a stream of activities comes to."""

    def ever(self, stream: str) -> Numbers:
        """Count the activities of a stream so far."""

    def count(self, stream: str, days: int) -> Numbers:
        """Count the activities of a stream that became known in the last days."""

    def days_since_nth(self, stream: str, nth: int) -> Numbers:
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""

    def last_type(self) -> Texts:
        """Return the type of the last activity."""

    def types_seen(self) -> Numbers:
        """Count the types of activity so far."""

    def agents(self) -> Numbers:
        """Count our people who took part so far."""

    def active_days(self, days: int) -> Numbers:
        """Count the days (UTC) with a response, in the last days."""

    @property
    def colleagues(self) -> Numbers:
        """How many other leads of the company were known; NaN where none was."""

    def colleagues_count(self, stream: str, days: int, /) -> Numbers:
        """Count the activities of a stream of the company's other people; NaN where no other is known."""

    def active_colleagues(self) -> Numbers:
        """Count the other people of the company who responded; NaN where no other is known."""

    def days_since_last_of_company(self) -> Numbers:
        """Return the days since anybody of the company was active; NaN where no other of its people was yet."""

    def company_deals(self, outcome: Literal["won", "lost"]) -> Numbers:
        """Count the deals with the company that had ended so."""

    def stage(self) -> Texts:
        """Return the latest stage."""

    def stages_entered(self) -> Numbers:
        """Count the stages entered so far."""

    def days_in_stage(self) -> Numbers:
        """Return the days since the latest stage was entered; NaN where there is none."""

    def open_deals(self) -> Numbers:
        """Count the lead's deals that were opened and not closed."""

    def days_since_deal_opened(self) -> Numbers:
        """Return the days since the lead's last deal was opened; NaN where there is none."""

    def days_since_created(self) -> Numbers:
        """Return the days since the lead was created."""

    def created_day(self) -> Wholes:
        """Return the day on which the lead was created, in days since the epoch (UTC)."""

    def year(self) -> Numbers:
        """Return the year of ``as_of`` (UTC)."""

    def lead_text(self, column: str) -> Texts:
        """Return a column of the leads table, as of each snapshot where its history is kept."""

    def company_text(self, column: str) -> Texts:
        """Return a column of the companies table."""

    def company_number(self, column: str) -> Numbers:
        """Return a column of numbers of the companies table; NaN where it or the company is missing."""

    def days_since_date(self, table: AttributeTable, column: str) -> Numbers:
        """Return the days since the date in a column of text; NaN where it is none, or lies at or after ``as_of``."""

    def answer(self, question: str) -> Texts:
        """Return the latest known answer to a question of the qualifications table."""

    def answers_known(self, questions: tuple[str, ...]) -> Numbers:
        """Count the questions that have an answer."""

    def days_since_last_answer(self, questions: tuple[str, ...]) -> Numbers:
        """Return the days since the latest of the answers to some questions; NaN where there is none."""
