"""What a row of a request says."""

from libc.stdint cimport INT64_MIN, int64_t


cdef inline object cell(object row, str column):
    """Return a cell; None where it is missing. A request's rows are plain, and read without a call."""
    return (<dict>row).get(column) if type(row) is dict else row.get(column)


cdef inline int64_t instant(object row, str column) except? -2:
    """Return a cell that holds a time; ``INT64_MIN``, as ``MISSING_MS``, where it is missing."""
    cdef object found = cell(row, column)
    return INT64_MIN if found is None else <int64_t>found
