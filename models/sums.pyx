"""Sums of the rows of a matrix, in an order that depends on nothing but how many numbers a row has."""

cimport cython
from libc.stdlib cimport free, malloc


cdef double pairwise(const double *numbers, Py_ssize_t count) noexcept nogil:
    """Add up numbers in the order in which NumPy adds up a contiguous row: the rounding grows with log(count)."""
    cdef double lanes[8]
    cdef double total = 0.0
    cdef Py_ssize_t whole = count & ~7, place, lane
    if count > 128:
        place = (count >> 1) & ~7
        return pairwise(numbers, place) + pairwise(numbers + place, count - place)
    if whole:
        for lane in range(8):
            lanes[lane] = numbers[lane]
        for place in range(8, whole, 8):
            for lane in range(8):
                lanes[lane] += numbers[place + lane]
        total = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
    for place in range(whole, count):
        total += numbers[place]
    return total


# Columns are looked at before, once for all rows.
@cython.boundscheck(False)
@cython.wraparound(False)
def add_rows(const double[:, :] values, const long long[::1] columns, double base, double[::1] sums):
    """Write into ``sums`` what ``base`` and some columns of each row come to.

    Raises
    ------
    IndexError
        Where a column is not one of the matrix, or there are not as many sums as rows.
    """
    cdef Py_ssize_t count = columns.shape[0], row, place
    if sums.shape[0] != values.shape[0]:
        raise IndexError(f"{values.shape[0]} rows have as many sums, found {sums.shape[0]}")
    for place in range(count):
        if not 0 <= columns[place] < values.shape[1]:
            raise IndexError(f"a row has {values.shape[1]} columns, found {columns[place]}")
    cdef double *chosen = <double *> malloc((count + 1) * sizeof(double))
    if chosen == NULL:
        raise MemoryError
    with nogil:
        for row in range(values.shape[0]):
            sums[row] = base + sum_of(values, row, columns, chosen)
    free(chosen)


@cython.boundscheck(False)
@cython.wraparound(False)
cdef double sum_of(
    const double[:, :] values, Py_ssize_t row, const long long[::1] columns, double *chosen
) noexcept nogil:
    """Add up columns of a row, all of which there are; ``chosen`` has a place for each."""
    cdef Py_ssize_t place
    for place in range(columns.shape[0]):
        chosen[place] = values[row, columns[place]]
    return pairwise(chosen, columns.shape[0])
