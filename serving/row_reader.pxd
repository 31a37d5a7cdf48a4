cdef class RowReader:
    cdef dict _columns
    cdef int _required
    cdef bint _has_custom_fields
    cdef bint _has_end

    cdef dict read(self, object content, object zone)
    cdef bint _keep_custom(self, object name, object value, dict row) except -1
    cdef bint _ends_well(self, dict row) except -1
