"""Reads a request that is plainly as it should be, in a tenth of the time that pydantic takes.

It refuses nothing: of what may be wrong it says that it cannot read it, and ``serving.thorough_reading`` tells.
"""

from functools import cache

from features.wording import LANGUAGES
from serving.asked_lead import AskedLead
from serving.score_request import CLOCK_SKEW_MS, HISTORIES, LONGEST_LEAD_ID, ScoreRequest

from serving.instant_reader cimport NO_INSTANT, instant_of
from serving.row_reader cimport RowReader

cdef long long _CLOCK_SKEW_MS = CLOCK_SKEW_MS
cdef Py_ssize_t _LONGEST_LEAD_ID = LONGEST_LEAD_ID
cdef frozenset _MEMBERS = frozenset(ScoreRequest.model_fields)


def read_plain(content, reading):
    """Return the lead of a request; None where the request may be wrong.

    Parameters
    ----------
    content : object
        As JSON gives it.
    reading : Reading
        How times are read, and when it is now.
    """
    cdef _RequestReader reader = _reader()
    return reader.read(content, reading)


@cache
def _reader():
    return _RequestReader()


cdef class _RequestReader:
    """Knows the columns of every table."""

    cdef RowReader _lead, _company
    cdef dict _histories

    def __init__(self):
        self._lead = RowReader("leads", has_custom_fields=True)
        self._company = RowReader("companies", has_custom_fields=True)
        self._histories = {table: RowReader(table, has_custom_fields=False) for table in HISTORIES}

    cdef object read(self, object content, object reading):
        if type(content) is not dict:
            return None
        cdef dict request = content
        cdef dict lead = self._lead.read(request.get("lead"), reading.zone)
        if lead is None or not _is_lead_id(lead["lead_id"]):
            return None
        cdef dict rows = {"leads": [lead]}
        as_of_ms = language = None
        for name, value in request.items():
            if name not in _MEMBERS:
                return None
            if value is None or name == "lead":
                continue
            if name == "as_of":
                as_of_ms = _as_of(value, reading)
                is_read = as_of_ms is not None
            elif name == "language":
                language = value
                is_read = type(value) is str and value in LANGUAGES
            elif name == "company":
                is_read = self._add_company(value, lead, rows, reading.zone)
            else:
                is_read = self._add_history(name, value, rows, reading)
            if not is_read:
                return None
        return AskedLead(lead["lead_id"], rows, as_of_ms, language)

    cdef bint _add_company(self, object value, dict lead, dict rows, object zone) except -1:
        """Add the company, which is the lead's whether or not the lead names it."""
        cdef dict company = self._company.read(value, zone)
        if company is None:
            return False
        company_id = company.get("company_id") or lead.get("company_id") or f"company of {lead['lead_id']}"
        company["company_id"] = lead["company_id"] = company_id
        rows["companies"] = [company]
        return True

    cdef bint _add_history(self, object name, object value, dict rows, object reading) except -1:
        cdef RowReader reader = self._histories[name]
        if type(value) is not list or len(<list?>value) > reading.max_rows:
            return False
        cdef list history = []
        cdef dict row
        zone = reading.zone
        for stated in <list?>value:
            row = reader.read(stated, zone)
            if row is None:
                return False
            history.append(row)
        rows[name] = history
        return True


cdef object _as_of(object value, object reading):
    cdef long long as_of_ms = instant_of(value, reading.zone)
    if as_of_ms == NO_INSTANT or as_of_ms < 0 or as_of_ms > reading.now_ms + _CLOCK_SKEW_MS:
        return None
    return as_of_ms


cdef bint _is_lead_id(str text) except -1:
    """Whether a text that is not blank is short enough, and without control characters."""
    cdef Py_UCS4 character
    for character in text:
        if character < 0x20 or character == 0x7F:
            return False
    return len(text) <= _LONGEST_LEAD_ID
