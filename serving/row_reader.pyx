"""Reads one row of a request that is plainly as it should be; what may be wrong with another, pydantic tells."""

from features.validation import DECIDED, text_of
from serving.cell_reader import cell_readers
from serving.custom_fields import LARGEST, LONGEST_NAME, LONGEST_VALUE, MOST_FIELDS

from serving.cell_reader cimport CellReader, has_surrogates

cdef Py_ssize_t _LONGEST_VALUE = LONGEST_VALUE
cdef Py_ssize_t _LONGEST_NAME = LONGEST_NAME
cdef int _MOST_FIELDS = MOST_FIELDS
cdef frozenset _PLAIN_VALUES = frozenset((bool, int, float))


cdef class RowReader:
    """Reads the rows of a table.

    Parameters
    ----------
    table : str
        Its canonical name.
    has_custom_fields : bool
        Whether any other column is a custom field, or none may stand there.
    """

    def __init__(self, str table not None, bint has_custom_fields):
        self._columns = cell_readers(table)
        self._required = sum((<CellReader?>column).is_required for column in self._columns.values())
        self._has_custom_fields = has_custom_fields
        self._has_end = "closed_at" in self._columns

    cdef dict read(self, object content, object zone):
        """Return a row as ``LeadSource`` takes it, without what is missing; None where it may be wrong."""
        if type(content) is not dict:
            return None
        cdef dict stated = content, row = {}
        cdef int required = 0, custom = 0
        cdef CellReader column
        for name, value in stated.items():
            column = self._columns.get(name)
            if column is None:
                custom += 1
                if not self._keep_custom(name, value, row):
                    return None
            elif value is not None:
                if not column.keep(value, row, zone):
                    return None
                required += column.is_required
        is_whole = required == self._required and custom <= _MOST_FIELDS
        return row if is_whole and (not self._has_end or self._ends_well(row)) else None

    cdef bint _keep_custom(self, object name, object value, dict row) except -1:
        if not self._has_custom_fields or type(name) is not str or len(<str?>name) > _LONGEST_NAME:
            return False
        cdef str plain = (<str?>name).strip().lower()
        if not plain or plain in self._columns or has_surrogates(name):
            return False
        if value is None:
            return True
        if type(value) is str:
            if len(<str?>value) > _LONGEST_VALUE or has_surrogates(value):
                return False
            if not (<str?>value).isspace() and value:
                row[name] = value
            return True
        if type(value) not in _PLAIN_VALUES or not abs(value) < LARGEST:
            return False
        row[name] = text_of(value)
        return True

    cdef bint _ends_well(self, dict row) except -1:
        """Whether what closes was created before, and has been decided."""
        closed_ms = row.get("closed_at")
        return closed_ms is None or (closed_ms >= row["created_at"] and row.get("outcome") in DECIDED)
