cdef class RankScale:
    cdef const double[::1] _quantiles
    cdef tuple _ranks

    cdef object rank(self, double probability)


cdef class Standing:
    cdef RankScale _whole
    cdef tuple _names, _scales, _columns
    cdef Py_ssize_t _most, _width

    cdef tuple of_row(self, double log_odds, const double[:, :] added, Py_ssize_t row, double base)
    cdef int check_width(self, Py_ssize_t columns) except -1
