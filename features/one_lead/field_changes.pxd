from libc.stdint cimport int64_t


cdef class FieldChanges:
    cdef int64_t _as_of_ms
    cdef dict _of_field

    cdef object text(self, str column, object now)
