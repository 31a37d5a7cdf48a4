"""What was known of one lead at an instant: the door from the rows of a request to features."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import nan
from typing import Any, Final, Literal

from features.answer import Answer
from features.custom_content import dates
from features.instant import MISSING_MS, MS_PER_DAY
from features.lead_source import Rows
from features.one_lead.field_changes import FieldChanges
from features.one_lead.hidden import hidden_columns
from features.one_lead.lead_activities import LeadActivities
from features.one_lead.lead_answers import lead_answers
from features.one_lead.lead_text import LeadText
from features.one_lead.no_colleagues import NoColleagues
from features.past import StreamStatistic
from features.seen import AttributeTable

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_COMPANY: Final[Mapping[str, Any]] = {}


class LeadView(NoColleagues):
    """One lead as it was known at an instant: ``View`` in plain numbers, equal to it to the last bit.

    Parameters
    ----------
    rows : mapping of table to rows
        As ``LeadSource`` takes them.
    as_of_ms : int
        What is dated there or later is not known.
    excluded : frozenset of str
        What must not be seen, as ``RemainingSource`` takes it.
    """

    def __init__(self, rows: Mapping[str, Rows], as_of_ms: int, excluded: frozenset[str]) -> None:
        self._rows = rows
        self._as_of_ms = as_of_ms
        self._hidden = hidden = hidden_columns(excluded)
        [self._lead] = rows["leads"]
        companies = rows.get("companies")
        self._company = companies[0] if companies else _NO_COMPANY
        self._has_company = bool(companies) or self._lead.get("company_id") is not None
        changes = rows.get("field_history")
        self._changes = FieldChanges(changes, as_of_ms, hidden["field_history"]) if changes else None

    # Activities

    @cached_property
    def activities(self) -> LeadActivities:
        """The lead's activities."""
        return LeadActivities(self._rows.get("activities", ()), self._as_of_ms, self._hidden["activities"])

    def statistic(self, stream: str, statistic: StreamStatistic) -> float:
        """Return what a stream of activities comes to."""
        return self.activities.side_by_side(statistic, (stream,))[0]

    def ever(self, stream: str) -> float:
        """Count the activities of a stream so far."""
        return self.activities.ever(stream)

    def count(self, stream: str, days: int) -> float:
        """Count the activities of a stream that became known in the last days."""
        return self.activities.count(stream, days)

    def days_since_nth(self, stream: str, nth: int) -> float:
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""
        return self.activities.days_since_nth(stream, nth)

    def last_type(self) -> LeadText:
        """Return the type of the last activity."""
        return LeadText(self.activities.last_type())

    def types_seen(self) -> float:
        """Count the types of activity so far."""
        return self.activities.types_seen()

    def agents(self) -> float:
        """Count our people who took part so far."""
        return self.activities.agents()

    def active_days(self, days: int) -> float:
        """Count the days (UTC) with a response, in the last days."""
        return self.activities.active_days(days)

    # Creation, stages and deals

    def company_deals(self, outcome: Literal["won", "lost"]) -> float:
        """Count the deals with the company that had ended so; the lead's own end where there are no deals."""
        table = "deals" if "deals" in self._rows else "leads"
        if not self._has_company or "outcome" in self._hidden[table]:
            return 0.0
        return self._dated([row for row in self._rows[table] if row.get("outcome") == outcome], "closed_at")[0]

    def days_since_created(self) -> float:
        """Return the days since the lead was created."""
        return self._days_since(self._lead["created_at"])

    def created_day(self) -> int:
        """Return the day on which the lead was created, in days since the epoch (UTC)."""
        return int(self._lead["created_at"] // MS_PER_DAY)

    def year(self) -> float:
        """Return the year of ``as_of`` (UTC)."""
        return float((_EPOCH + timedelta(milliseconds=self._as_of_ms)).year)

    def stage(self) -> LeadText:
        """Return the latest stage."""
        return LeadText(str(max(self._stages)[1]) if self._stages else None)

    def stages_entered(self) -> float:
        """Count the stages entered so far."""
        return float(len(self._stages))

    def days_in_stage(self) -> float:
        """Return the days since the latest stage was entered; NaN where there is none."""
        return self._days_since(max(self._stages)[0]) if self._stages else nan

    def open_deals(self) -> float:
        """Count the lead's deals that were opened and not closed."""
        deals = self._rows.get("deals", ())
        return self._dated(deals, "created_at")[0] - self._dated(deals, "closed_at")[0]

    def days_since_deal_opened(self) -> float:
        """Return the days since the lead's last deal was opened; NaN where there is none."""
        return self._dated(self._rows.get("deals", ()), "created_at")[1]

    @cached_property
    def _stages(self) -> list[tuple[int, str]]:
        """When each known stage was entered, and which."""
        if "stage" in self._hidden["stage_history"]:
            return []
        entered = ((row.get("entered_at"), row.get("stage")) for row in self._rows.get("stage_history", ()))
        as_of_ms = self._as_of_ms
        return [(at, stage) for at, stage in entered if at is not None and at < as_of_ms and stage is not None]

    def _dated(self, rows: Rows, column: str) -> tuple[float, float]:
        """Return how many rows were known, and the days since the last; NaN where there is none."""
        known = [at for row in rows if (at := row.get(column)) is not None and at < self._as_of_ms]
        return float(len(known)), self._days_since(max(known)) if known else nan

    # Attributes and answers

    def lead_text(self, column: str) -> LeadText:
        """Return a column of the leads table, as of the instant where its history is kept."""
        text = None if column in self._hidden["leads"] else self._lead.get(column)
        if self._changes is not None:
            text = self._changes.text(column, text)
        return LeadText(None if text is None else str(text))

    def company_text(self, column: str) -> LeadText:
        """Return a column of the companies table."""
        text = None if column in self._hidden["companies"] else self._company.get(column)
        return LeadText(None if text is None else str(text))

    def company_number(self, column: str) -> float:
        """Return a column of numbers of the companies table; NaN where it or the company is missing."""
        number = None if column in self._hidden["companies"] else self._company.get(column)
        return nan if number is None else float(number)

    def days_since_date(self, table: AttributeTable, column: str) -> float:
        """Return the days since the date in a column of text; NaN where it is none, or lies at or after the instant."""
        text = (self.lead_text(column) if table == "leads" else self.company_text(column)).text
        instant_ms = MISSING_MS if text is None else int(dates((text,))[0])
        return self._days_since(instant_ms) if MISSING_MS < instant_ms < self._as_of_ms else nan

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The latest answer to each question that has one."""
        return lead_answers(self._rows.get("qualifications", ()), self._as_of_ms, self._hidden["qualifications"])

    def answer(self, question: str) -> LeadText:
        """Return the latest known answer to a question of the qualifications table."""
        found = self.answers.get(question)
        return LeadText(None if found is None else found.text)

    def answers_known(self, questions: tuple[str, ...]) -> float:
        """Count the questions that have an answer."""
        return float(sum(question in self.answers for question in questions))

    def days_since_last_answer(self, questions: tuple[str, ...]) -> float:
        """Return the days since the latest of the answers to some questions; NaN where there is none."""
        given = [self.answers[question].answered_at_ms for question in questions if question in self.answers]
        return self._days_since(max(given)) if given else nan

    def _days_since(self, instant_ms: int) -> float:
        return (self._as_of_ms - instant_ms) / MS_PER_DAY
