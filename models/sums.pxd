cdef double pairwise(const double *numbers, Py_ssize_t count) noexcept nogil
