from libc.stdint cimport int64_t

from features.one_lead.lead_activities cimport LeadActivities
from features.one_lead.lead_view cimport LeadView


cdef struct StreamColumn:
    Py_ssize_t column
    int64_t days


cdef class LeadPlan:
    cdef list _streams
    cdef StreamColumn* _stream_columns
    cdef list _texts
    cdef list _singles
    cdef Py_ssize_t _columns

    cpdef object measured(self, LeadView view)
    cdef int _fill_streams(self, double[:, ::1] cells, LeadActivities activities) except -1
    cdef int _fill_texts(self, double[:, ::1] cells, LeadView view) except -1
    cdef int _fill_singles(self, double[:, ::1] cells, LeadView view) except -1
