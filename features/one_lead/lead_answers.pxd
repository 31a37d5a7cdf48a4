from libc.stdint cimport int64_t


cdef dict latest_answers(object rows, int64_t as_of_ms, frozenset hidden)
