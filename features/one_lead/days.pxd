"""Days of int64 milliseconds."""

from libc.stdint cimport int64_t

cdef enum:
    MS_PER_DAY = 86_400_000


cdef inline double days_between(int64_t earlier_ms, int64_t later_ms) noexcept nogil:
    """Return the days from one instant to another."""
    return <double>(later_ms - earlier_ms) / <double>MS_PER_DAY


cdef inline int64_t year_of(int64_t instant_ms) noexcept:
    """Return the year (UTC): days are counted from 1 March, so that a leap day is the last of its year."""
    cdef int64_t day = instant_ms // MS_PER_DAY + 719_468  # since 1 March of the year 0
    cdef int64_t era = day // 146_097  # 400 years
    cdef int64_t of_era = day - era * 146_097
    cdef int64_t year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    cdef int64_t of_year = of_era - (365 * year + year // 4 - year // 100)
    return era * 400 + year + (of_year >= 306)  # 1 January
