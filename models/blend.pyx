"""Members averaged and calibrated, a row at a time."""

from models.member_pass cimport MemberPass


cdef class WeightedPass(MemberPass):
    """Adds a member with its weight to those before.

    Parameters
    ----------
    before : MemberPass or None
        What the members before come to; None for the first.
    member : MemberPass
    weight : float

    Raises
    ------
    ValueError
        Where the two have not as many features.
    """

    cdef MemberPass _before, _member
    cdef double _weight

    def __init__(self, MemberPass before, MemberPass member not None, double weight):
        if before is not None and before.features != member.features:
            raise ValueError(f"members must have equally many features, found {before.features}, {member.features}")
        self._before, self._member, self._weight = before, member, weight
        self.features, self.scratch = member.features, member.features + member.scratch
        self.base = weight * member.base
        if before is not None:
            self.base += before.base
            self.scratch = member.features + max(member.scratch, before.scratch)

    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil:
        cdef double own = self._weight * self._member.explain(values, row, scratch, scratch + self.features), log_odds
        cdef Py_ssize_t place
        if self._before is None:
            for place in range(self.features):
                added[place] = self._weight * scratch[place]
            return own
        log_odds = self._before.explain(values, row, added, scratch + self.features)
        for place in range(self.features):
            added[place] += self._weight * scratch[place]
        return log_odds + own


cdef class CalibratedPass(MemberPass):
    """Stretches log-odds and contributions, and shifts the base.

    Parameters
    ----------
    whole : MemberPass
    slope, intercept : float
    """

    cdef MemberPass _whole
    cdef double _slope, _intercept

    def __init__(self, MemberPass whole not None, double slope, double intercept):
        self._whole, self._slope, self._intercept = whole, slope, intercept
        self.features, self.scratch, self.base = whole.features, whole.scratch, intercept + slope * whole.base

    cdef double explain(
        self, const double[:, :] values, Py_ssize_t row, double *added, double *scratch
    ) noexcept nogil:
        cdef double log_odds = self._whole.explain(values, row, added, scratch)
        cdef Py_ssize_t place
        for place in range(self.features):
            added[place] *= self._slope
        return self._intercept + self._slope * log_odds
