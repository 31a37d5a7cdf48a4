"""What was known of one lead at an instant: the door from the rows of a request to features."""

from libc.math cimport NAN
from libc.stdint cimport INT64_MIN, int64_t

from features.one_lead.cell cimport cell, instant
from features.one_lead.days cimport MS_PER_DAY, days_between, year_of
from features.one_lead.field_changes cimport FieldChanges
from features.one_lead.lead_activities cimport EVER, LeadActivities, days_of
from features.one_lead.lead_answers cimport latest_answers
from features.one_lead.lead_text cimport text_of_cell

from features.custom_content import dates
from features.one_lead.hidden import hidden_columns


cdef class LeadView:
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

    def __init__(self, rows, int64_t as_of_ms, frozenset excluded not None):
        self._rows = rows
        self._as_of_ms = as_of_ms
        self._hidden = hidden_columns(excluded)
        self._hidden_of_lead, self._hidden_of_company = self._hidden["leads"], self._hidden["companies"]
        [self._lead] = rows["leads"]
        companies = self._table("companies")
        self._company = companies[0] if companies else {}
        self._has_company = bool(companies) or cell(self._lead, "company_id") is not None
        changes = self._table("field_history")
        self._changes = FieldChanges(changes, as_of_ms, self._hidden["field_history"]) if changes else None

    # Activities

    def statistic(self, str stream not None, statistic):
        """Return what a stream of activities comes to."""
        cdef LeadActivities activities = self.activities()
        return activities.statistic(activities.stream(stream), days_of(statistic))

    def ever(self, str stream not None):
        """Count the activities of a stream so far."""
        cdef LeadActivities activities = self.activities()
        return activities.statistic(activities.stream(stream), EVER)

    def count(self, str stream not None, int64_t days):
        """Count the activities of a stream that became known in the last days."""
        cdef LeadActivities activities = self.activities()
        return activities.statistic(activities.stream(stream), days)

    def days_since_nth(self, str stream not None, int64_t nth):
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""
        cdef LeadActivities activities = self.activities()
        return activities.days_since_nth(activities.stream(stream), nth)

    def last_type(self):
        """Return the type of the last activity."""
        return text_of_cell(self.activities().last_type())

    def types_seen(self):
        """Count the types of activity so far."""
        return self.activities().types_seen()

    def agents(self):
        """Count our people who took part so far."""
        return self.activities().agents()

    def active_days(self, int64_t days):
        """Count the days (UTC) with a response, in the last days."""
        return self.activities().active_days(days)

    cdef LeadActivities activities(self):
        """Return the lead's activities."""
        if self._activities is None:
            self._activities = LeadActivities(self._table("activities"), self._as_of_ms, self._hidden["activities"])
        return self._activities

    # The company's other people, of whom nothing is known where a lead comes alone

    @property
    def colleagues(self):
        """NaN: no colleague is known."""
        return NAN

    def colleagues_count(self, _stream, _days, /):
        """Return NaN: no colleague is known."""
        return NAN

    def active_colleagues(self):
        """Return NaN: no colleague is known."""
        return NAN

    def days_since_last_of_company(self):
        """Return NaN: no colleague is known."""
        return NAN

    # Creation, stages and deals

    def company_deals(self, str outcome not None):
        """Count the deals with the company that had ended so; the lead's own end where there are no deals."""
        cdef str table = "deals" if "deals" in self._rows else "leads"
        cdef Py_ssize_t ended = 0
        if self._has_company and "outcome" not in self._hidden[table]:
            for row in self._rows[table]:
                if cell(row, "outcome") == outcome and _is_known(instant(row, "closed_at"), self._as_of_ms):
                    ended += 1
        return <double>ended

    def days_since_created(self):
        """Return the days since the lead was created."""
        return self._days_since(self._created_ms())

    def created_day(self):
        """Return the day on which the lead was created, in days since the epoch (UTC)."""
        return self._created_ms() // MS_PER_DAY

    def year(self):
        """Return the year of ``as_of`` (UTC)."""
        return <double>year_of(self._as_of_ms)

    def stage(self):
        """Return the latest stage."""
        self._read_stages()
        return text_of_cell(self._stage)

    def stages_entered(self):
        """Count the stages entered so far."""
        self._read_stages()
        return <double>self._stages_entered

    def days_in_stage(self):
        """Return the days since the latest stage was entered; NaN where there is none."""
        self._read_stages()
        return self._days_since(self._stage_ms)

    def open_deals(self):
        """Count the lead's deals that were opened and not closed."""
        cdef Py_ssize_t open_ = 0
        for row in self._table("deals"):
            open_ += _is_known(instant(row, "created_at"), self._as_of_ms)
            open_ -= _is_known(instant(row, "closed_at"), self._as_of_ms)
        return <double>open_

    def days_since_deal_opened(self):
        """Return the days since the lead's last deal was opened; NaN where there is none."""
        cdef int64_t opened_ms, last_ms = INT64_MIN
        for row in self._table("deals"):
            opened_ms = instant(row, "created_at")
            if opened_ms < self._as_of_ms:
                last_ms = max(last_ms, opened_ms)
        return self._days_since(last_ms)

    cdef int64_t _created_ms(self) except? -2:
        return instant(self._lead, "created_at")

    cdef int _read_stages(self) except -1:
        """Find the latest of the known stages; of two entered at one instant, the one that sorts last."""
        cdef int64_t entered_ms
        if self._has_read_stages:
            return 0
        self._has_read_stages, self._stage_ms = True, INT64_MIN
        for row in () if "stage" in self._hidden["stage_history"] else self._table("stage_history"):
            entered_ms, stage = instant(row, "entered_at"), cell(row, "stage")
            if stage is None or not _is_known(entered_ms, self._as_of_ms):
                continue
            self._stages_entered += 1
            if entered_ms > self._stage_ms or (entered_ms == self._stage_ms and stage > self._stage):
                self._stage_ms, self._stage = entered_ms, stage
        return 0

    # Attributes and answers

    def lead_text(self, str column not None):
        """Return a column of the leads table, as of the instant where its history is kept."""
        return text_of_cell(self.known_cell("leads", column))

    def company_text(self, str column not None):
        """Return a column of the companies table."""
        return text_of_cell(self.known_cell("companies", column))

    def answer(self, str question not None):
        """Return the latest known answer to a question of the qualifications table."""
        return text_of_cell(self.known_cell("qualifications", question))

    cdef object known_cell(self, str table, str column):
        """Return what was known of a column of ``TextMeasure``; None where nothing was."""
        cdef object found
        if table == "leads":
            found = None if column in self._hidden_of_lead else cell(self._lead, column)
            return found if self._changes is None else self._changes.text(column, found)
        if table == "companies":
            return None if column in self._hidden_of_company else cell(self._company, column)
        found = self._latest_answers().get(column)
        return None if found is None else found[0]

    def company_number(self, str column not None):
        """Return a column of numbers of the companies table; NaN where it or the company is missing."""
        cdef object number = self.known_cell("companies", column)
        return NAN if number is None else float(number)

    def days_since_date(self, str table not None, str column not None):
        """Return the days since the date in a column of text; NaN where it is none, or lies at or after the instant."""
        cdef object text = self.known_cell(table, column)
        cdef int64_t instant_ms = INT64_MIN if text is None else <int64_t>dates((str(text),))[0]
        return self._days_since(instant_ms if instant_ms < self._as_of_ms else INT64_MIN)

    def answers_known(self, tuple questions not None):
        """Count the questions that have an answer."""
        cdef dict answers = self._latest_answers()
        cdef Py_ssize_t known = 0
        for question in questions:
            known += question in answers
        return <double>known

    def days_since_last_answer(self, tuple questions not None):
        """Return the days since the latest of the answers to some questions; NaN where there is none."""
        cdef dict answers = self._latest_answers()
        cdef int64_t last_ms = INT64_MIN
        cdef tuple found
        for question in questions:
            found = answers.get(question)
            if found is not None:
                last_ms = max(last_ms, <int64_t>found[1])
        return self._days_since(last_ms)

    cdef dict _latest_answers(self):
        if self._answers is None:
            hidden = self._hidden["qualifications"]
            self._answers = latest_answers(self._table("qualifications"), self._as_of_ms, hidden)
        return self._answers

    cdef object _table(self, str name):
        """Return the rows of a table; none where the request does not have it."""
        found = cell(self._rows, name)
        return () if found is None else found

    cdef double _days_since(self, int64_t instant_ms) noexcept:
        return NAN if instant_ms == INT64_MIN else days_between(instant_ms, self._as_of_ms)


cdef inline bint _is_known(int64_t instant_ms, int64_t as_of_ms) noexcept:
    return instant_ms != INT64_MIN and instant_ms < as_of_ms
