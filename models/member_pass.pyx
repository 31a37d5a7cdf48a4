"""The way of rows through a member of the conversion model: one at a time, so that others change nothing."""

cimport cython
from libc.stdlib cimport free, malloc


cdef class MemberPass:
    """Explains rows."""

    def add_up(self, const double[:, :] values, double[:, ::1] added, double[::1] log_odds):
        """Write what each feature adds to the base for each row, and the row's log-odds.

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
        cdef Py_ssize_t rows = values.shape[0]
        if values.shape[1] != self.features or added.shape[1] != self.features:
            raise ValueError(f"a row has {self.features} features, found {values.shape[1]} and {added.shape[1]}")
        if added.shape[0] != rows or log_odds.shape[0] != rows:
            raise ValueError(f"{rows} rows of values, {added.shape[0]} of contributions, {log_odds.shape[0]} log-odds")
        cdef double *scratch = <double *> malloc((self.scratch + 1) * sizeof(double))
        if scratch == NULL:
            raise MemoryError
        with nogil:
            self._add_rows(values, added, log_odds, scratch)
        free(scratch)

    # Shapes have been compared above.
    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef void _add_rows(
        self, const double[:, :] values, double[:, ::1] added, double[::1] log_odds, double *scratch
    ) noexcept nogil:
        cdef Py_ssize_t row
        for row in range(values.shape[0]):
            log_odds[row] = self.explain(values, row, &added[row, 0], scratch)

    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil:
        """Write what each feature adds, and return the log-odds, of a row that is there with all its columns."""
        return self.base


cdef class GivenPass(MemberPass):
    """Hands on what another has worked out for the same rows; what lies beyond adds nothing.

    Parameters
    ----------
    added : numpy.ndarray
        float64, shape (rows, features).
    log_odds : numpy.ndarray
        float64, one a row.
    base : float

    Raises
    ------
    ValueError
        Where there are not as many log-odds as rows.
    """

    cdef const double[:, ::1] _added
    cdef const double[::1] _log_odds

    def __init__(self, const double[:, ::1] added, const double[::1] log_odds, double base):
        if added.shape[0] != log_odds.shape[0]:
            raise ValueError(f"{added.shape[0]} rows of contributions and {log_odds.shape[0]} log-odds")
        self._added, self._log_odds = added, log_odds
        self.features, self.base = added.shape[1], base

    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil:
        cdef Py_ssize_t place
        cdef bint is_there = row < self._log_odds.shape[0]
        for place in range(self.features):
            added[place] = self._added[row, place] if is_there else 0.0
        return self._log_odds[row] if is_there else self.base
