"""Logarithms and log-odds by the C library alone, so that a number has the same bits alone and among many.

NumPy takes another way for the first numbers of an array than for the rest, where the processor offers one.
"""

cimport cython


@cython.boundscheck(False)
def to_probabilities(double[::1] log_odds):
    """Turn log-odds into probabilities, in place."""
    cdef Py_ssize_t place
    with nogil:
        for place in range(log_odds.shape[0]):
            log_odds[place] = probability_of(log_odds[place])


@cython.boundscheck(False)
def to_signed_logs(double[::1] values):
    """Turn values into ``sign(x) * log(1 + |x|)``, in place."""
    cdef Py_ssize_t place
    with nogil:
        for place in range(values.shape[0]):
            values[place] = signed_log_of(values[place])
