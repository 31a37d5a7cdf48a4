"""Reads one row of a request that is plainly as it should be; what may be wrong with another, pydantic tells."""

from libc.math cimport INFINITY, isfinite

from features.validation import DECIDED, text_of
from serving.column_rule import LONGEST_TEXT, column_rules
from serving.custom_fields import LARGEST, LONGEST_NAME, LONGEST_VALUE, MOST_FIELDS
from serving.mail_address import kind_of_address

from serving.instant_reader cimport NO_INSTANT, instant_of

cdef extern from "Python.h":
    Py_UCS4 PyUnicode_MAX_CHAR_VALUE(object text)
    long long PyLong_AsLongLongAndOverflow(object number, int *overflow) except? -1

cdef Py_ssize_t _LONGEST_TEXT = LONGEST_TEXT
cdef Py_ssize_t _LONGEST_VALUE = LONGEST_VALUE
cdef Py_ssize_t _LONGEST_NAME = LONGEST_NAME
cdef int _MOST_FIELDS = MOST_FIELDS
cdef str _SPACE = " \t\n\r"


cdef str plain_text(object value, Py_ssize_t longest):
    """Return a text without spaces around it; None where it is no text, too long, or only pydantic knows."""
    if type(value) is not str:
        return None
    cdef str text = value
    if not text:
        return text
    if text[0].isspace() or text[len(text) - 1].isspace():
        text = text.strip(_SPACE)
        # Of other white space Python and pydantic have their own ideas.
        if text and (text[0].isspace() or text[len(text) - 1].isspace()):
            return None
    return text if len(text) <= longest and not _has_surrogates(text) else None


cdef bint _has_surrogates(str text) except -1:
    """Whether it has halves of characters, which are no text; most text cannot have any."""
    cdef Py_UCS4 character
    if PyUnicode_MAX_CHAR_VALUE(text) < 0x100:
        return False
    for character in text:
        if 0xD800 <= character < 0xE000:
            return True
    return False


cdef class _Column:
    """A declared column, whose cells are text.

    Attributes
    ----------
    name : str
        Under which it is kept.
    is_required : bool
    """

    cdef str name
    cdef bint is_required

    def __init__(self, rule):
        self.name = rule.kept_as
        self.is_required = rule.is_required

    cdef bint keep(self, object value, dict row, object zone) except -1:
        """Add what a cell that is not None says to the row; False where it may be wrong."""
        cdef str text = plain_text(value, _LONGEST_TEXT)
        if not text:
            return text is not None and not self.is_required
        row[self.name] = text
        return True


cdef class _Choice(_Column):

    cdef dict _meanings

    def __init__(self, rule):
        super().__init__(rule)
        self._meanings = rule.meanings

    cdef bint keep(self, object value, dict row, object zone) except -1:
        if type(value) is not str:
            return False
        if value not in self._meanings:
            value = (<str?>value).strip().lower()
            if value not in self._meanings:
                return False
        # What an address is reduced to goes before what is said of it.
        if self._meanings[value] is not None and self.name not in row:
            row[self.name] = self._meanings[value]
        return True


cdef class _Address(_Column):

    cdef bint keep(self, object value, dict row, object zone) except -1:
        cdef str text = plain_text(value, _LONGEST_TEXT)
        if text is None:
            return False
        kind = kind_of_address(text)
        if kind is not None:
            row[self.name] = kind
        return True


cdef class _Time(_Column):

    cdef bint keep(self, object value, dict row, object zone) except -1:
        cdef long long instant_ms = instant_of(value, zone)
        if instant_ms == NO_INSTANT:
            return False
        row[self.name] = instant_ms
        return True


cdef class _Number(_Column):

    cdef double _lowest, _highest

    def __init__(self, rule):
        super().__init__(rule)
        self._lowest = -INFINITY if rule.lowest is None else rule.lowest
        self._highest = INFINITY if rule.highest is None else rule.highest

    cdef bint keep(self, object value, dict row, object zone) except -1:
        cdef int overflow = 0
        cdef double number
        if type(value) is float:
            number = value
        elif type(value) is int:
            number = <double>PyLong_AsLongLongAndOverflow(value, &overflow)
        else:
            return False
        if overflow or not isfinite(number) or not self._lowest <= number <= self._highest:
            return False
        row[self.name] = number
        return True


_COLUMNS = {"text": _Column, "choice": _Choice, "address": _Address, "time": _Time, "number": _Number}


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
        rules = column_rules(table)
        self._columns = {name: _COLUMNS[rule.kind](rule) for name, rule in rules.items()}
        self._required = sum(rule.is_required for rule in rules.values())
        self._has_custom_fields = has_custom_fields
        self._has_end = "closed_at" in rules

    cdef dict read(self, object content, object zone):
        """Return a row as ``LeadSource`` takes it, without what is missing; None where it may be wrong."""
        if type(content) is not dict:
            return None
        cdef dict stated = content, row = {}
        cdef int required = 0, custom = 0
        cdef _Column column
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
        if not plain or plain in self._columns or _has_surrogates(name):
            return False
        if value is None:
            return True
        if type(value) is str:
            if len(<str?>value) > _LONGEST_VALUE or _has_surrogates(value):
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


_PLAIN_VALUES = frozenset((bool, int, float))
