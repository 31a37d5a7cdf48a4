"""Numbers of several members averaged and calibrated."""


cdef class Blend:
    """A weighted sum, then a slope and an intercept.

    Parameters
    ----------
    weights : tuple of float
        One a member.
    slope, intercept : float
        ``intercept + slope * sum`` is the result.
    """

    cdef tuple _weights
    cdef double _slope, _intercept

    def __init__(self, tuple weights not None, double slope, double intercept):
        self._weights, self._slope, self._intercept = weights, slope, intercept

    def numbers(self, of_members, double[::1] blended):
        """Write the blend of one number a row.

        Raises
        ------
        ValueError
            Where there are not as many numbers of each member, or not one array a member.
        """
        cdef Py_ssize_t member
        cdef const double[::1] part
        self._check(of_members)
        for member in range(len(of_members)):
            part = of_members[member]
            if part.shape[0] != blended.shape[0]:
                raise ValueError(f"member {member + 1} has {part.shape[0]} numbers, not {blended.shape[0]}")
            if part.shape[0]:
                _add(&blended[0], &part[0], self._weights[member], part.shape[0], not member)
        if blended.shape[0]:
            _calibrate(&blended[0], self._slope, self._intercept, blended.shape[0])

    def rows(self, of_members, double[:, ::1] blended):
        """Write the blend of a row of contributions a row, to which the intercept is not added.

        Raises
        ------
        ValueError
            As ``numbers`` does.
        """
        cdef Py_ssize_t member, size = blended.shape[0] * blended.shape[1]
        cdef const double[:, ::1] part
        self._check(of_members)
        for member in range(len(of_members)):
            part = of_members[member]
            if part.shape[0] != blended.shape[0] or part.shape[1] != blended.shape[1]:
                raise ValueError(f"member {member + 1} has contributions of another shape")
            if size:
                _add(&blended[0, 0], &part[0, 0], self._weights[member], size, not member)
        if size:
            _calibrate(&blended[0, 0], self._slope, -0.0, size)

    cdef int _check(self, of_members) except -1:
        if len(of_members) != len(self._weights):
            raise ValueError(f"{len(self._weights)} members have weights, found {len(of_members)}")
        return 0


cdef void _add(double *blended, const double *part, double weight, Py_ssize_t size, bint is_first) noexcept:
    cdef Py_ssize_t place
    with nogil:
        if is_first:
            for place in range(size):
                blended[place] = weight * part[place]
        else:
            for place in range(size):
                blended[place] += weight * part[place]


cdef void _calibrate(double *blended, double slope, double intercept, Py_ssize_t size) noexcept:
    cdef Py_ssize_t place
    with nogil:
        for place in range(size):
            blended[place] = intercept + slope * blended[place]
