"""A feature's sentences in one language, ready for its values."""

from libc.math cimport isnan


cdef class NumberSaying:
    """Says numbers.

    Parameters
    ----------
    many : tuple of str
        The pieces of the sentence between which the number stands.
    written : callable
        From a number and a language to what stands there.
    language : str
    one : tuple of str or None
        The same where the number is written as 1.
    zero : str or None
        The sentence for 0.
    missing : str or None
        The sentence for a missing value; None where NaN is a number like any other.
    """

    cdef tuple _many, _one
    cdef object _written
    cdef str _language, _zero, _missing

    def __init__(self, tuple many not None, written, str language, tuple one, str zero, str missing):
        self._many, self._one, self._zero, self._missing = many, one, zero, missing
        self._written, self._language = written, language

    def __reduce__(self):
        return NumberSaying, (self._many, self._written, self._language, self._one, self._zero, self._missing)

    def of(self, double value):
        """Return the sentence for a value."""
        if self._missing is not None and isnan(value):
            return self._missing
        if value == 0 and self._zero is not None:
            return self._zero
        cdef str written = self._written(value, self._language)
        return written.join(self._one if self._one is not None and written == "1" else self._many)


cdef class CategorySaying:
    """Says categories by their codes.

    Parameters
    ----------
    categories : tuple of str
        The sentence of each code from 0.
    other : str
        That of any other code.
    missing : str
        That of a missing one.
    """

    cdef tuple _categories
    cdef str _other, _missing

    def __init__(self, tuple categories not None, str other not None, str missing not None):
        self._categories, self._other, self._missing = categories, other, missing

    def __reduce__(self):
        return CategorySaying, (self._categories, self._other, self._missing)

    def of(self, double value):
        """Return the sentence for a code."""
        if isnan(value):
            return self._missing
        return self._categories[<Py_ssize_t> value] if 0 <= value < len(self._categories) else self._other
