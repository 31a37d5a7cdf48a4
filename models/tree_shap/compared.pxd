cdef class Compared:
    cdef readonly Py_ssize_t features
    """How many columns a row has."""
    cdef readonly Py_ssize_t count
    """How many numbers are compared."""
    cdef bint blanks_zeros
    cdef Py_ssize_t sets, codes
    cdef const long long[::1] feature_of_set
    cdef const double[:, ::1] others

    cdef void fill(self, const double[:, :] values, Py_ssize_t row, double *numbers) noexcept nogil
