"""Explanations of rows: the contributions that are told, and what the others come to."""

cimport cython
from libc.math cimport fabs, isnan
from libc.stdlib cimport free, malloc

from models.sums cimport pairwise

cdef object new_tuple = tuple.__new__


cdef struct Largest:
    # The columns that pull one way, the largest contribution first; of equal ones the first column.
    Py_ssize_t count
    Py_ssize_t *columns


cdef class Explaining:
    """Tells so many contributions of a row, a quarter of them kept for each direction as far as it has any.

    Parameters
    ----------
    reason, explanation : type
        The named tuples that are made: of a feature, its number or None, and its contribution; and of the base, the
        log-odds, the probability of the base, the reasons, and the rest.
    most : int
        How many contributions are told at most.
    least : float
        How large one must be to be told.
    reserved : int
        One place in so many is kept for each direction.
    """

    def __init__(self, reason, explanation, Py_ssize_t most, double least, Py_ssize_t reserved):
        self._reason, self._explanation, self._least = reason, explanation, least
        self._most, self._kept = max(most, 0), max(most, 0) // reserved

    def rows(
        self,
        tuple features not None,
        const double[:, :] values,
        const double[:, ::1] added,
        double base,
        double base_probability,
    ):
        """Return the explanation of each row.

        Raises
        ------
        ValueError
            Where features, values and contributions differ in number.
        """
        cdef Py_ssize_t rows = added.shape[0], columns = added.shape[1], row
        if not columns == values.shape[1] == len(features) or values.shape[0] != rows:
            raise ValueError(f"{len(features)} features, {values.shape[1]} values and {columns} contributions a row")
        return [self.of_row(features, values[row], added[row], base, base_probability) for row in range(rows)]

    cdef object of_row(
        self, tuple features, const double[:] values, const double[::1] added, double base, double base_probability
    ):
        """Return the explanation of one row, which has a value and a contribution of each feature."""
        cdef Py_ssize_t places = min(self._most, added.shape[0])
        cdef Py_ssize_t *chosen = <Py_ssize_t *> malloc((3 * places + 1) * sizeof(Py_ssize_t))
        if chosen == NULL:
            raise MemoryError
        try:
            return self._explained(features, values, added, base, base_probability, chosen)
        finally:
            free(chosen)

    # A row has as many values and contributions as there are features, at least as many as ``chosen`` has places.
    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef object _explained(
        self,
        tuple features,
        const double[:] values,
        const double[::1] added,
        double base,
        double base_probability,
        Py_ssize_t *chosen,
    ):
        cdef Py_ssize_t count = added.shape[0], told, place, column
        cdef double log_odds = base, shown = 0.0
        cdef list reasons = []
        if count:
            log_odds = base + pairwise(&added[0], count)
            told = self._choose(&added[0], count, chosen)
            for place in range(told):
                column = chosen[place]
                number = None if isnan(values[column]) else values[column]
                reasons.append(new_tuple(self._reason, (features[column], number, added[column])))
                shown += added[column]
        parts = (base, log_odds, base_probability, tuple(reasons), log_odds - base - shown)
        return new_tuple(self._explanation, parts)

    cdef Py_ssize_t _choose(self, const double *added, Py_ssize_t count, Py_ssize_t *chosen) noexcept:
        """Write the columns that are told, the largest first, and return how many they are."""
        cdef Py_ssize_t places = min(self._most, count), column, told = 0, free_places
        cdef Largest up, down
        up.count = down.count = 0
        up.columns, down.columns = chosen + places, chosen + 2 * places
        for column in range(count):
            if fabs(added[column]) >= self._least:
                _insert(&up if added[column] > 0 else &down, added, column, places)
        cdef Py_ssize_t kept_up = min(self._kept, up.count), kept_down = min(self._kept, down.count)
        cdef Py_ssize_t ups = 0, downs = 0
        free_places = places - kept_up - kept_down
        while told < places and (ups < up.count or downs < down.count):
            if downs == down.count or (ups < up.count and _is_before(added, up.columns[ups], down.columns[downs])):
                if ups >= kept_up:
                    if not free_places:
                        up.count = ups
                        continue
                    free_places -= 1
                chosen[told] = up.columns[ups]
                ups += 1
            else:
                if downs >= kept_down:
                    if not free_places:
                        down.count = downs
                        continue
                    free_places -= 1
                chosen[told] = down.columns[downs]
                downs += 1
            told += 1
        return told


cdef void _insert(Largest *largest, const double *added, Py_ssize_t column, Py_ssize_t places) noexcept:
    """Put a column behind those that are as large, and let the last fall out where there is no place for it."""
    cdef Py_ssize_t place = largest.count
    if place == places:
        if not places or not fabs(added[column]) > fabs(added[largest.columns[place - 1]]):
            return
        place -= 1
    else:
        largest.count += 1
    while place and fabs(added[column]) > fabs(added[largest.columns[place - 1]]):
        largest.columns[place] = largest.columns[place - 1]
        place -= 1
    largest.columns[place] = column


cdef bint _is_before(const double *added, Py_ssize_t one, Py_ssize_t other) noexcept:
    if fabs(added[one]) == fabs(added[other]):
        return one < other
    return fabs(added[one]) > fabs(added[other])
