"""The way of one lead through a learned model, from what was known to the answer, in one go."""

cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.stdlib cimport free, malloc

from features.one_lead.lead_plan cimport LeadPlan
from features.one_lead.lead_view cimport LeadView
from models.column_checks cimport check_columns, share_above
from models.explaining cimport Explaining
from models.member_pass cimport MemberPass
from models.standing cimport Standing

import numpy as np


cdef class LeadPass:
    """Does for one lead what arrays do for many, to the last bit.

    Parameters
    ----------
    plan : LeadPlan
        How its features are measured.
    row : MemberPass
        What explains any row.
    standing : Standing
    explaining : Explaining
    features : tuple of FittedFeature
        In the order of the columns.
    base_probability : float
        That of the row's base.
    picture : (numpy.ndarray, numpy.ndarray)
        The columns that belong to the picture of a lead, int64, and what each exceeds where it is known.
    others : (numpy.ndarray, numpy.ndarray)
        The columns that hold categories, int64, and the code there of any value that is not distinguished.

    Raises
    ------
    ValueError
        Where these do not fit each other.
    """

    cdef LeadPlan _plan
    cdef MemberPass _row
    cdef Standing _standing
    cdef Explaining _explaining
    cdef tuple _features
    cdef double _base_probability
    cdef const long long[::1] _picture, _categories
    cdef const double[::1] _bounds, _codes

    def __init__(
        self,
        LeadPlan plan not None,
        MemberPass row not None,
        Standing standing not None,
        Explaining explaining not None,
        tuple features not None,
        double base_probability,
        tuple picture not None,
        tuple others not None,
    ):
        self._plan, self._row, self._standing, self._explaining = plan, row, standing, explaining
        self._features, self._base_probability = features, base_probability
        self._picture, self._bounds = picture
        self._categories, self._codes = others
        if row.features != len(features):
            raise ValueError(f"a row has {row.features} columns, found {len(features)} features")
        standing.check_width(row.features)
        check_columns(row.features, self._picture, self._bounds)
        check_columns(row.features, self._categories, self._codes)

    def of(self, LeadView lead not None):
        """Return what is said of a lead.

        Returns
        -------
        tuple
            Its probability, rank and parts; the explanation; the share of the picture that was known; the columns whose
            category is not distinguished; and the values, as little-endian float32.
        """
        cdef const double[:, ::1] values = self._plan.measured(lead)
        added = np.empty((1, self._row.features))
        cdef double[:, ::1] parts = added
        if values.shape[1] != self._row.features:
            raise ValueError(f"a row has {self._row.features} features, found {values.shape[1]}")
        cdef double *scratch = <double *> malloc((self._row.scratch + 1) * sizeof(double))
        if scratch == NULL:
            raise MemoryError
        cdef double log_odds = self._row.explain(values, 0, &parts[0, 0], scratch)
        free(scratch)
        return (
            self._standing.of_row(log_odds, parts, 0, self._row.base),
            self._explaining.of_row(self._features, values[0], parts[0], self._row.base, self._base_probability),
            share_above(values, 0, self._picture, self._bounds),
            self._undistinguished(values),
            _as_float32(values),
        )

    # The columns were compared with the row's when this was made.
    @cython.boundscheck(False)
    @cython.wraparound(False)
    cdef list _undistinguished(self, const double[:, ::1] values):
        cdef Py_ssize_t place
        cdef list found = []
        for place in range(self._categories.shape[0]):
            if values[0, self._categories[place]] == self._codes[place]:
                found.append(self._categories[place])
        return found


@cython.boundscheck(False)
@cython.wraparound(False)
cdef bytes _as_float32(const double[:, ::1] values):
    cdef Py_ssize_t column, count = values.shape[1]
    cdef bytes content = PyBytes_FromStringAndSize(NULL, count * sizeof(float))
    cdef float *numbers = <float *> PyBytes_AS_STRING(content)
    for column in range(count):
        numbers[column] = <float> values[0, column]
    return content
