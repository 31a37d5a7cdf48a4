"""The way of rows through the terms of a logistic regression."""

cimport cython
from libc.math cimport isnan

from models.log_scale cimport signed_log_of
from models.sums cimport pairwise


cdef class LinearPass:
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

    cdef double _base
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
        self._base, self._missing, self._other, self._is_table = base, missing, other, is_table
        self._curve_ends, self._table_ends, self._heights = curve_ends, table_ends, heights
        if stretches.shape[0] != 3:
            raise ValueError(f"a stretch has a low, a high and a slope, found {stretches.shape[0]} rows")
        self._low, self._high, self._slope = stretches[0], stretches[1], stretches[2]
        features = missing.shape[0]
        if not features == other.shape[0] == is_table.shape[0] == curve_ends.shape[0] == table_ends.shape[0]:
            raise ValueError(f"{features} features need every number once")
        _check_ends(curve_ends, stretches.shape[1])
        _check_ends(table_ends, heights.shape[0])

    def add_up(self, const double[:, :] values, double[:, ::1] added, double[::1] log_odds):
        """Write what each feature adds to each row, and what the base and they come to.

        Parameters
        ----------
        values : numpy.ndarray
            float64, shape (rows, features), laid out in memory in any way.
        added : numpy.ndarray
            float64, the same shape.
        log_odds : numpy.ndarray
            float64, one a row.

        Raises
        ------
        ValueError
            Where shapes differ.
        """
        cdef Py_ssize_t rows = values.shape[0], features = self._missing.shape[0]
        if values.shape[1] != features or added.shape[1] != features:
            raise ValueError(f"a row has {features} features, found {values.shape[1]} and {added.shape[1]}")
        if added.shape[0] != rows or log_odds.shape[0] != rows:
            raise ValueError(f"{rows} rows of values, {added.shape[0]} of contributions and {log_odds.shape[0]} sums")
        with nogil:
            self._add_rows(values, added, log_odds)

    # Shapes have been compared above, and ends when they were given.
    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef void _add_rows(self, const double[:, :] values, double[:, ::1] added, double[::1] log_odds) noexcept nogil:
        cdef Py_ssize_t features = self._missing.shape[0], row, place, first_stretch, first_height
        cdef double value
        for row in range(values.shape[0]):
            first_stretch = first_height = 0
            for place in range(features):
                value = values[row, place]
                if isnan(value):
                    added[row, place] = self._missing[place]
                elif self._is_table[place]:
                    added[row, place] = self._height(place, first_height, value)
                else:
                    added[row, place] = self._curve(place, first_stretch, value)
                first_stretch, first_height = self._curve_ends[place], self._table_ends[place]
            log_odds[row] = self._base + pairwise(&added[row, 0], features)

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
