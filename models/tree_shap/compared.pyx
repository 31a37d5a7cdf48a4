"""What the questions of trees are compared with."""

cimport cython
from libc.math cimport NAN, fabs, fmax, fmin

cdef double ZERO = <double> <float> 1e-35


cdef class Compared:
    """The numbers of a row, the same negated, both again without zeros if need be, and 0 or 1 for each set.

    Parameters
    ----------
    features : int
        How many columns a row has.
    feature_of_set : numpy.ndarray
        int64, the column that each set of categories is about.
    others : numpy.ndarray
        float64, a row for each set: what is compared for no code, for each code from 0, and for any beyond.
    blanks_zeros : bool
        Whether numbers are there a second time, with NaN for what LightGBM takes for zero.

    Raises
    ------
    ValueError
        Where the sets do not fit each other or the columns.
    """

    def __init__(
        self,
        Py_ssize_t features,
        const long long[::1] feature_of_set,
        const double[:, ::1] others,
        *,
        bint blanks_zeros,
    ):
        cdef Py_ssize_t place
        if others.shape[0] != feature_of_set.shape[0] or others.shape[1] < 2:
            raise ValueError(f"{feature_of_set.shape[0]} sets need a row each, found {others.shape[0]}")
        for place in range(feature_of_set.shape[0]):
            if not 0 <= feature_of_set[place] < features:
                raise ValueError(f"a set is about column {feature_of_set[place]} of {features}")
        self.features, self.blanks_zeros = features, blanks_zeros
        self.sets, self.codes = others.shape[0], others.shape[1] - 2
        self.feature_of_set, self.others = feature_of_set, others
        self.count = features * (4 if blanks_zeros else 2) + self.sets

    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef void fill(self, const double[:, :] values, Py_ssize_t row, double *numbers) noexcept nogil:
        """Write the ``count`` numbers of a row; the caller has made sure that there are ``features`` columns.

        Missing and negative codes are in no set.
        """
        cdef Py_ssize_t features = self.features, place
        cdef double value, code
        for place in range(features):
            value = values[row, place]
            numbers[place], numbers[features + place] = value, -value
            if self.blanks_zeros:
                value = NAN if fabs(value) <= ZERO else value
                numbers[2 * features + place], numbers[3 * features + place] = value, -value
        numbers += features * (4 if self.blanks_zeros else 2)
        for place in range(self.sets):
            code = fmin(fmax(values[row, self.feature_of_set[place]], -1.0), <double> self.codes)
            numbers[place] = self.others[place, <Py_ssize_t> code + 1]
