cdef class Explaining:
    cdef object _reason, _explanation
    cdef Py_ssize_t _most, _kept
    cdef double _least

    cdef object of_row(
        self, tuple features, const double[:] values, const double[::1] added, double base, double base_probability
    )
    cdef object _explained(
        self,
        tuple features,
        const double[:] values,
        const double[::1] added,
        double base,
        double base_probability,
        Py_ssize_t *chosen,
    )
    cdef Py_ssize_t _choose(self, const double *added, Py_ssize_t count, Py_ssize_t *chosen) noexcept
