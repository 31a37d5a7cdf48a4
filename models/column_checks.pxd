cdef int check_columns(Py_ssize_t width, const long long[::1] columns, const double[::1] numbers) except -1

cdef double share_above(
    const double[:, :] values, Py_ssize_t row, const long long[::1] columns, const double[::1] bounds
) noexcept nogil
