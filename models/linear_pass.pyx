"""The way of rows through the terms of a logistic regression."""

cimport cython
from libc.math cimport isnan

from models.log_scale cimport signed_log_of
from models.member_pass cimport MemberPass
from models.sums cimport pairwise


cdef class LinearPass(MemberPass):
    """All terms side by side.

    A curve is a height and, for each of its stretches, a slope times the part of the value that lies within. A table is
    a height for each code.

    Parameters
    ----------
    base : float
        Added to the sum of every row.
    missing : numpy.ndarray
        float64, what each feature adds where it is missing.
    other : numpy.ndarray
        float64, what a curve adds where no stretch is entered, and a table where it has no height.
    is_table : numpy.ndarray
        int64, 1 or 0 for each feature.
    curve_ends, table_ends : numpy.ndarray
        int64, where each feature's stretches and heights end; a feature has the one or the other.
    stretches : numpy.ndarray
        float64, where each stretch begins, where it ends, and its slope; those of a curve ascending.
    heights : numpy.ndarray
        float64, what codes 0, 1, ... add.

    Raises
    ------
    ValueError
        Where the arrays do not fit each other.
    """

    cdef const double[::1] _missing, _other, _low, _high, _slope, _heights
    cdef const long long[::1] _curve_ends, _table_ends, _is_table

    def __init__(
        self,
        double base,
        const double[::1] missing,
        const double[::1] other,
        const long long[::1] is_table,
        const long long[::1] curve_ends,
        const long long[::1] table_ends,
        const double[:, ::1] stretches,
        const double[::1] heights,
    ):
        self.base, self._missing, self._other, self._is_table = base, missing, other, is_table
        self._curve_ends, self._table_ends, self._heights = curve_ends, table_ends, heights
        if stretches.shape[0] != 3:
            raise ValueError(f"a stretch has a low, a high and a slope, found {stretches.shape[0]} rows")
        self._low, self._high, self._slope = stretches[0], stretches[1], stretches[2]
        self.features = features = missing.shape[0]
        if not features == other.shape[0] == is_table.shape[0] == curve_ends.shape[0] == table_ends.shape[0]:
            raise ValueError(f"{features} features need every number once")
        _check_ends(curve_ends, stretches.shape[1])
        _check_ends(table_ends, heights.shape[0])

    # The caller has compared shapes, and ends were checked when they were given.
    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil:
        cdef Py_ssize_t place, first_stretch = 0, first_height = 0
        cdef double value
        for place in range(self.features):
            value = values[row, place]
            if isnan(value):
                added[place] = self._missing[place]
            elif self._is_table[place]:
                added[place] = self._height(place, first_height, value)
            else:
                added[place] = self._curve(place, first_stretch, value)
            first_stretch, first_height = self._curve_ends[place], self._table_ends[place]
        return self.base + pairwise(added, self.features)

    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef double _height(self, Py_ssize_t place, Py_ssize_t first, double code) noexcept nogil:
        if 0 <= code < <double> (self._table_ends[place] - first):
            return self._heights[first + <Py_ssize_t> code]
        return self._other[place]

    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef double _curve(self, Py_ssize_t place, Py_ssize_t first, double value) noexcept nogil:
        cdef double height = self._other[place], log
        cdef Py_ssize_t stretch, end = self._curve_ends[place]
        if first == end:
            return height
        log = signed_log_of(value)
        for stretch in range(first, end):
            if not log > self._low[stretch]:
                break
            height += (min(log, self._high[stretch]) - self._low[stretch]) * self._slope[stretch]
        return height


cdef int _check_ends(const long long[::1] ends, Py_ssize_t count) except -1:
    cdef long long before = 0, end
    for place in range(ends.shape[0]):
        end = ends[place]
        if not before <= end <= count:
            raise ValueError(f"feature {place} ends at {end} of {count}, after {before}")
        before = end
    return 0
