from libc.stdint cimport int64_t

from features.one_lead.field_changes cimport FieldChanges
from features.one_lead.lead_activities cimport LeadActivities


cdef class LeadView:
    cdef int64_t _as_of_ms
    cdef object _rows
    cdef object _lead
    cdef object _company
    cdef bint _has_company
    cdef object _hidden
    cdef frozenset _hidden_of_lead
    cdef frozenset _hidden_of_company
    cdef FieldChanges _changes
    cdef LeadActivities _activities
    cdef dict _answers
    cdef bint _has_read_stages
    cdef Py_ssize_t _stages_entered
    cdef int64_t _stage_ms
    cdef object _stage

    cdef LeadActivities activities(self)
    cdef object known_cell(self, str table, str column)
    cdef object _table(self, str name)
    cdef dict _latest_answers(self)
    cdef int _read_stages(self) except -1
    cdef int64_t _created_ms(self) except? -2
    cdef double _days_since(self, int64_t instant_ms) noexcept
