"""Reads the cells of declared columns that are plainly as they should be."""

from libc.math cimport INFINITY, isfinite

from serving.column_rule import LONGEST_TEXT, column_rules
from serving.mail_address import kind_of_address

from serving.instant_reader cimport NO_INSTANT, instant_of

cdef extern from "Python.h":
    Py_UCS4 PyUnicode_MAX_CHAR_VALUE(object text)
    long long PyLong_AsLongLongAndOverflow(object number, int *overflow) except? -1

cdef Py_ssize_t _LONGEST_TEXT = LONGEST_TEXT
cdef str _SPACE = " \t\n\r"


cdef str _plain_text(object value):
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
    return text if len(text) <= _LONGEST_TEXT and not has_surrogates(text) else None


cdef bint has_surrogates(str text) except -1:
    """Whether it has halves of characters, which are no text; most text cannot have any."""
    cdef Py_UCS4 character
    if PyUnicode_MAX_CHAR_VALUE(text) < 0x100:
        return False
    for character in text:
        if 0xD800 <= character < 0xE000:
            return True
    return False


cdef class CellReader:
    """Reads the cells of a declared column of text.

    Attributes
    ----------
    name : str
        Under which it is kept.
    is_required : bool
    """

    def __init__(self, rule):
        self.name = rule.kept_as
        self.is_required = rule.is_required

    cdef bint keep(self, object value, dict row, object zone) except -1:
        """Add what a cell that is not None says to the row; False where it may be wrong."""
        cdef str text = _plain_text(value)
        if not text:
            return text is not None and not self.is_required
        row[self.name] = text
        return True


cdef class _Choice(CellReader):

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


cdef class _Address(CellReader):

    cdef bint keep(self, object value, dict row, object zone) except -1:
        cdef str text = _plain_text(value)
        if text is None:
            return False
        kind = kind_of_address(text)
        if kind is not None:
            row[self.name] = kind
        return True


cdef class _Time(CellReader):

    cdef bint keep(self, object value, dict row, object zone) except -1:
        cdef long long instant_ms = instant_of(value, zone)
        if instant_ms == NO_INSTANT:
            return False
        row[self.name] = instant_ms
        return True


cdef class _Number(CellReader):

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


_READERS = {"text": CellReader, "choice": _Choice, "address": _Address, "time": _Time, "number": _Number}


def cell_readers(str table not None):
    """Return what reads the cells of each column that a request may state of a table."""
    return {name: _READERS[rule.kind](rule) for name, rule in column_rules(table).items()}
