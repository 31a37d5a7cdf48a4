cdef double pairwise(const double *numbers, Py_ssize_t count) noexcept nogil

cdef double sum_of(
    const double[:, :] values, Py_ssize_t row, const long long[::1] columns, double *chosen
) noexcept nogil
