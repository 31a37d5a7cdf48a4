"""Columns of a matrix compared with a number each."""

cimport cython


def shares_above(const double[:, :] values, const long long[::1] columns, const double[::1] bounds, double[::1] shares):
    """Write for each row which share of the columns exceeds its bound; 1 where there are no columns.

    Raises
    ------
    ValueError
        Where columns, bounds and shares do not fit each other or the matrix.
    """
    if shares.shape[0] != values.shape[0]:
        raise ValueError(f"{values.shape[0]} rows have as many shares, found {shares.shape[0]}")
    check_columns(values.shape[1], columns, bounds)
    with nogil:
        _shares_above(values, columns, bounds, shares)


def places_equal(const double[:, :] values, const long long[::1] columns, const double[::1] codes):
    """Return the row, and the place among the columns, of every value that equals its column's code.

    Raises
    ------
    ValueError
        Where columns and codes do not fit each other or the matrix.
    """
    check_columns(values.shape[1], columns, codes)
    return _places_equal(values, columns, codes)


# check_columns has proven every index.
@cython.boundscheck(False)
@cython.wraparound(False)
cdef void _shares_above(
    const double[:, :] values, const long long[::1] columns, const double[::1] bounds, double[::1] shares
) noexcept nogil:
    cdef Py_ssize_t row
    for row in range(values.shape[0]):
        shares[row] = share_above(values, row, columns, bounds)


@cython.boundscheck(False)
@cython.wraparound(False)
cdef double share_above(
    const double[:, :] values, Py_ssize_t row, const long long[::1] columns, const double[::1] bounds
) noexcept nogil:
    """Return the share of one row, which is there, of columns that were checked."""
    cdef Py_ssize_t count = columns.shape[0], place, above = 0
    for place in range(count):
        above += values[row, columns[place]] > bounds[place]
    return <double> above / <double> count if count else 1.0


@cython.boundscheck(False)
@cython.wraparound(False)
cdef list _places_equal(const double[:, :] values, const long long[::1] columns, const double[::1] codes):
    cdef Py_ssize_t row, place
    cdef list found = []
    for row in range(values.shape[0]):
        for place in range(columns.shape[0]):
            if values[row, columns[place]] == codes[place]:
                found.append((row, place))
    return found


cdef int check_columns(Py_ssize_t width, const long long[::1] columns, const double[::1] numbers) except -1:
    """Raise ValueError where columns have not a number each, or do not lie within a row."""
    cdef Py_ssize_t place
    if columns.shape[0] != numbers.shape[0]:
        raise ValueError(f"{columns.shape[0]} columns need a number each, found {numbers.shape[0]}")
    for place in range(columns.shape[0]):
        if not 0 <= columns[place] < width:
            raise ValueError(f"a row has {width} columns, found {columns[place]}")
    return 0
