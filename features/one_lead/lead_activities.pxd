from libc.stdint cimport int64_t

from features.one_lead.event cimport Event


cdef enum:
    # In place of a number of days.
    EVER = -1
    SINCE_LAST = -2


cdef struct Stream:
    # When each event became known, in order, and when the newest occurred.
    int64_t* known_ms
    Py_ssize_t count
    int64_t last_ms
    # Of a type: a bit for every group that it belongs to.
    unsigned int groups


cdef class LeadActivities:
    cdef int64_t _as_of_ms
    cdef Py_ssize_t _count
    cdef Event* _events
    cdef Stream* _streams
    cdef int64_t* _instants
    cdef dict _number
    cdef list _types
    cdef set _agents

    cdef Py_ssize_t stream(self, str name)
    cdef double statistic(self, Py_ssize_t stream, int64_t days)
    cdef double days_since_nth(self, Py_ssize_t stream, int64_t nth)
    cdef double active_days(self, int64_t days)
    cdef double types_seen(self)
    cdef double agents(self)
    cdef object last_type(self)

    cdef int _read(self, list rows, frozenset hidden) except -1
    cdef Py_ssize_t _stream_of_type(self, object type_, frozenset hidden) except -2
    cdef void _lay_out(self) noexcept


cdef int64_t days_of(object statistic) except? -3
