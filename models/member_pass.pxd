cdef class MemberPass:
    cdef readonly Py_ssize_t features
    """How many columns a row has."""
    cdef readonly double base
    """The log-odds before anything is known of a lead."""
    cdef Py_ssize_t scratch
    """How many numbers a row is worked out with."""

    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil

    cdef void _add_rows(
        self, const double[:, :] values, double[:, ::1] added, double[::1] log_odds, double *scratch
    ) noexcept nogil
