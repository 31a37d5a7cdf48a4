from libc.math cimport copysign, exp, fabs, log1p


cdef inline double probability_of(double log_odds) noexcept nogil:
    """Return the probability of log-odds, without overflow at either end."""
    cdef double shrunk = exp(-fabs(log_odds))
    return (1.0 if log_odds >= 0 else shrunk) / (1.0 + shrunk)


cdef inline double signed_log_of(double value) noexcept nogil:
    """Return ``sign(x) * log(1 + |x|)``."""
    return copysign(log1p(fabs(value)), value)
