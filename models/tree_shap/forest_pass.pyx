"""The way of rows through the tables of a forest."""

cimport cython

from models.member_pass cimport MemberPass
from models.tree_shap.compared cimport Compared

cdef enum:
    MOST_QUESTIONS = 16


cdef class ForestPass(MemberPass):
    """Answers the questions of each group of leaves, and adds up the row of the table that belongs to the answers.

    The log-odds are the values of the leaves, added in the order of the trees.

    Parameters
    ----------
    compared : Compared
        What questions are compared with.
    columns, thresholds : numpy.ndarray
        int64 and float64: the answer to a question is yes where number ``column`` is at most the threshold.
    question_ends : numpy.ndarray
        int64, where the questions of each group end; the first of a group is the lowest bit of its pattern.
    starts : numpy.ndarray
        int64, the row of ``cells`` that belongs to a group's pattern 0.
    cells : numpy.ndarray
        float64, what each of a group's features adds, and in the last column the value of the leaf.
    features : numpy.ndarray
        int64, a row for each group: the feature of each column of ``cells`` but the last.
    feature_counts : numpy.ndarray
        int64, how many features each group has; those beyond mean nothing.
    base : float
        The mean of the score over the training data.

    Raises
    ------
    ValueError
        Where the arrays do not fit each other.
    """

    cdef Compared _compared
    cdef const long long[::1] _columns, _question_ends, _starts, _feature_counts
    cdef const double[::1] _thresholds
    cdef const double[:, ::1] _cells
    cdef const long long[:, ::1] _features

    def __init__(
        self,
        Compared compared not None,
        const long long[::1] columns,
        const double[::1] thresholds,
        const long long[::1] question_ends,
        const long long[::1] starts,
        const double[:, ::1] cells,
        const long long[:, ::1] features,
        const long long[::1] feature_counts,
        double base,
    ):
        self._compared, self._columns, self._thresholds = compared, columns, thresholds
        self._question_ends, self._starts, self._cells = question_ends, starts, cells
        self._features, self._feature_counts = features, feature_counts
        self.features, self.scratch, self.base = compared.features, compared.count, base
        self._check()

    # The caller has compared shapes, and _check has proven every index.
    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil:
        self._compared.fill(values, row, scratch)
        return self._add_row(scratch, added)

    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef double _add_row(self, const double *numbers, double *added) noexcept nogil:
        cdef Py_ssize_t leaf = self._cells.shape[1] - 1, group, question = 0, first, end, place, pattern
        cdef double score = 0.0
        cdef const double *cell
        for place in range(self.features):
            added[place] = 0.0
        for group in range(self._starts.shape[0]):
            first, end, pattern = question, self._question_ends[group], 0
            for question in range(first, end):
                pattern |= <Py_ssize_t> (numbers[self._columns[question]] <= self._thresholds[question]) << (
                    question - first
                )
            question = end
            cell = &self._cells[self._starts[group] + pattern, 0]
            for place in range(self._feature_counts[group]):
                added[self._features[group, place]] += cell[place]
            score += cell[leaf]
        return score

    cdef int _check(self) except -1:
        cdef Py_ssize_t groups = self._starts.shape[0], group, place, start = 0
        if self._cells.shape[1] < 1 or self._features.shape[1] != self._cells.shape[1] - 1:
            raise ValueError(f"a column for each feature and one for the leaf, found {self._cells.shape[1]}")
        if not groups == self._question_ends.shape[0] == self._features.shape[0] == self._feature_counts.shape[0]:
            raise ValueError(f"{groups} groups need questions and features each")
        if self._columns.shape[0] != self._thresholds.shape[0]:
            raise ValueError(f"{self._columns.shape[0]} questions and {self._thresholds.shape[0]} thresholds")
        for place in range(self._columns.shape[0]):
            if not 0 <= self._columns[place] < self._compared.count:
                raise ValueError(f"a question is about number {self._columns[place]} of {self._compared.count}")
        for group in range(groups):
            self._check_group(group, start)
            start = self._question_ends[group]
        return 0

    cdef int _check_group(self, Py_ssize_t group, Py_ssize_t first) except -1:
        cdef Py_ssize_t end = self._question_ends[group], start = self._starts[group], place
        if not first <= end <= min(first + MOST_QUESTIONS, self._columns.shape[0]):
            raise ValueError(f"the questions of group {group} end at {end}")
        if not 0 <= start <= self._cells.shape[0] - (<Py_ssize_t> 1 << (end - first)):
            raise ValueError(f"the table of group {group} starts at row {start} of {self._cells.shape[0]}")
        if not 0 <= self._feature_counts[group] <= self._features.shape[1]:
            raise ValueError(f"group {group} has {self._feature_counts[group]} features")
        for place in range(self._feature_counts[group]):
            if not 0 <= self._features[group, place] < self.features:
                raise ValueError(f"group {group} is about column {self._features[group, place]}")
        return 0
