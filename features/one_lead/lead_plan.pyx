"""The columns of a model, ready to be filled for one lead."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.math cimport NAN

from features.one_lead.lead_activities cimport LeadActivities, days_of
from features.one_lead.lead_text cimport LeadText
from features.one_lead.lead_view cimport LeadView

import numpy as np

from features.catalogue.text_measure import TextMeasure


cdef class LeadPlan:
    """How the columns of a model are measured of one lead, worked out once.

    Parameters
    ----------
    stream_columns : sequence of StreamColumns
        The columns that are a statistic of a stream.
    single_columns : sequence of SingleColumn
        All others.
    """

    def __cinit__(self, stream_columns, single_columns):
        cdef Py_ssize_t place = 0
        by_stream, self._texts, self._singles = {}, [], []
        for statistic, columns, streams in stream_columns:
            for column, stream in zip(columns, streams, strict=True):
                by_stream.setdefault(stream, []).append((column, days_of(statistic)))
        self._streams = [(stream, len(columns)) for stream, columns in by_stream.items()]
        for column, measure, codes, other in single_columns:
            if isinstance(measure, TextMeasure):
                self._texts.append((column, measure.table, measure.column, dict(codes), other))
            else:
                self._singles.append((column, measure, dict(codes), other))
        count = sum(number for _, number in self._streams)
        self._columns = count + len(single_columns)
        self._stream_columns = <StreamColumn*>PyMem_Calloc(count, sizeof(StreamColumn))
        if self._stream_columns is NULL:
            raise MemoryError
        for columns in by_stream.values():
            for column, days in columns:
                self._stream_columns[place] = StreamColumn(column=column, days=days)
                place += 1

    def __dealloc__(self):
        PyMem_Free(self._stream_columns)

    cpdef object measured(self, LeadView view):
        """Return the values of the features of one lead, shape (1, features)."""
        if view is None:
            raise TypeError("there is no lead")
        values = np.empty((1, self._columns))
        cdef double[:, ::1] cells = values
        self._fill_streams(cells, view.activities())
        self._fill_texts(cells, view)
        self._fill_singles(cells, view)
        return values

    cdef int _fill_streams(self, double[:, ::1] cells, LeadActivities activities) except -1:
        cdef Py_ssize_t place = 0, end = 0, number
        cdef StreamColumn column
        cdef str name
        for name, count in self._streams:
            number = activities.stream(name)
            end += <Py_ssize_t>count
            while place < end:
                column = self._stream_columns[place]
                cells[0, column.column] = activities.statistic(number, column.days)
                place += 1
        return 0

    cdef int _fill_texts(self, double[:, ::1] cells, LeadView view) except -1:
        cdef Py_ssize_t place
        cdef tuple column
        for column in self._texts:
            place, text = column[0], view.known_cell(column[1], column[2])
            cells[0, place] = NAN if text is None else _code(column[3], text, column[4])
        return 0

    cdef int _fill_singles(self, double[:, ::1] cells, LeadView view) except -1:
        cdef Py_ssize_t column
        cdef tuple single
        for single in self._singles:
            column, measured = single[0], single[1](view)
            if isinstance(measured, float):
                cells[0, column] = measured
            elif isinstance(measured, LeadText) and (<LeadText>measured).text is not None:
                cells[0, column] = _code(single[2], (<LeadText>measured).text, single[3])
            else:
                cells[0, column] = NAN
        return 0


cdef double _code(dict codes, object text, double other) except? -1:
    """Return the number of a category."""
    found = codes.get(text if type(text) is str else str(text))
    return other if found is None else <double>found


def measured_lead(spec, LeadView view not None):
    """Return the values of the features of one lead, shape (1, features)."""
    return spec.lead_plan.measured(view)
