"""Where leads stand among the reference population: as a whole, and in each part."""

cimport cython
from libc.stdlib cimport free, malloc

from models.log_scale cimport probability_of
from models.sums cimport sum_of


cdef class RankScale:
    """From a probability to a rank, as ``ScoreMap.score`` counts.

    Parameters
    ----------
    quantiles : numpy.ndarray
        float64, rising: so many as there are ranks but one.
    ranks : tuple
        What belongs to each score, the lowest first.

    Raises
    ------
    ValueError
        Where the ranks are not one more than the quantiles.
    """

    def __init__(self, const double[::1] quantiles, tuple ranks not None):
        if len(ranks) != quantiles.shape[0] + 1:
            raise ValueError(f"{quantiles.shape[0]} quantiles need one rank more, found {len(ranks)}")
        self._quantiles, self._ranks = quantiles, ranks

    def of(self, double probability):
        """Return the rank of a probability."""
        return self.rank(probability)

    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef object rank(self, double probability):
        cdef Py_ssize_t below = 0, reached = self._quantiles.shape[0], middle, high = self._quantiles.shape[0], low = 0
        while below < high:
            middle = (below + high) // 2
            if self._quantiles[middle] < probability:
                below = middle + 1
            else:
                high = middle
        while low < reached:
            middle = (low + reached) // 2
            if probability < self._quantiles[middle]:
                reached = middle
            else:
                low = middle + 1
        return self._ranks[(below + low) // 2]


cdef class Standing:
    """Turns log-odds into probabilities and ranks.

    Parameters
    ----------
    whole : RankScale
        Of the probability.
    parts : mapping of str to (numpy.ndarray, RankScale)
        For each part, the columns that make it up, int64, and the scale of what they and the base come to.
    """

    def __init__(self, RankScale whole not None, parts):
        self._whole, self._names = whole, tuple(parts)
        self._columns = tuple([columns for columns, _ in parts.values()])
        self._scales = tuple([scale for _, scale in parts.values()])
        self._most = max((len(columns) for columns in self._columns), default=0)
        self._width = max((1 + max(columns, default=-1) for columns in self._columns), default=0)
        if any(min(columns, default=0) < 0 for columns in self._columns):
            raise ValueError("columns are counted from 0")

    def of(self, const double[::1] log_odds, const double[:, :] added, double base):
        """Return the probability, the rank, and the rank of each part by its name, of each row.

        Raises
        ------
        ValueError
            Where there are not as many log-odds as rows, or fewer columns than the parts have.
        """
        cdef Py_ssize_t row
        if added.shape[0] != log_odds.shape[0]:
            raise ValueError(f"{added.shape[0]} rows of contributions and {log_odds.shape[0]} log-odds")
        self.check_width(added.shape[1])
        return [self.of_row(log_odds[row], added, row, base) for row in range(log_odds.shape[0])]

    cdef tuple of_row(self, double log_odds, const double[:, :] added, Py_ssize_t row, double base):
        """Return the same of one row, which is there and wide enough."""
        cdef double likely = probability_of(log_odds), of_part
        cdef Py_ssize_t part
        cdef dict ranks = {}
        cdef const long long[::1] columns
        cdef double *chosen = <double *> malloc((self._most + 1) * sizeof(double))
        if chosen == NULL:
            raise MemoryError
        try:
            for part in range(len(self._names)):
                columns = self._columns[part]
                of_part = probability_of(base + sum_of(added, row, columns, chosen))
                ranks[self._names[part]] = (<RankScale?> self._scales[part]).rank(of_part)
        finally:
            free(chosen)
        return likely, self._whole.rank(likely), ranks

    cdef int check_width(self, Py_ssize_t columns) except -1:
        """Raise ValueError where a row has fewer columns than the parts have."""
        if columns < self._width:
            raise ValueError(f"the parts have {self._width} columns, found {columns}")
        return 0
