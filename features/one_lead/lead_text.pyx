"""One text, or none."""

cimport cython

from math import nan


@cython.final
@cython.freelist(8)
cdef class LeadText:
    """What a column says of one lead; nobody changes one.

    Attributes
    ----------
    text : str or None
        None is missing.
    """

    def __init__(self, str text):
        self.text = text

    def or_else(self, LeadText other not None):
        """Fill what is missing here."""
        return other if self.text is None else self

    def mapped(self, text_of):
        """Turn the text into another; None becomes missing."""
        return self if self.text is None else text_of_cell(text_of(self.text))

    def numbers(self, number_of):
        """Turn the text into a number; missing text becomes NaN."""
        return nan if self.text is None else float(number_of((self.text,))[0])


cdef LeadText text_of_cell(object cell):
    """Return a cell as text; numbers as if they were text."""
    cdef LeadText made
    if cell is None:
        return _MISSING
    made = LeadText.__new__(LeadText)
    made.text = cell if type(cell) is str else str(cell)
    return made


cdef LeadText _MISSING = LeadText(None)
