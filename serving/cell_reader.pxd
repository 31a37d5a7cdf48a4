cdef class CellReader:
    cdef str name
    cdef bint is_required

    cdef bint keep(self, object value, dict row, object zone) except -1


cdef bint has_surrogates(str text) except -1
