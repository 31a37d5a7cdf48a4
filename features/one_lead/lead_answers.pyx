"""What one lead had answered to our questions by an instant."""

from libc.stdint cimport INT64_MIN, int64_t

from features.one_lead.cell cimport cell, instant

from features.answer import Answer
from features.answers import QUESTIONS

cdef tuple _QUESTIONS = QUESTIONS
cdef object _NEW = tuple.__new__


def lead_answers(rows, int64_t as_of_ms, frozenset hidden not None):
    """Return the latest answer to each question that has one, given strictly before an instant.

    A blank cell is no answer, so it leaves an earlier one standing; of two answers at the same instant the greater
    counts.

    Parameters
    ----------
    rows : sequence of mapping
        The lead's rows of the qualifications table.
    as_of_ms : int
    hidden : frozenset of str
        Questions that count as never asked.
    """
    cdef str name
    return {
        name: _NEW(Answer, (str(text), at)) for name, (text, at) in latest_answers(rows, as_of_ms, hidden).items()
    }


cdef dict latest_answers(object rows, int64_t as_of_ms, frozenset hidden):
    """Return the same as cells and instants."""
    cdef dict latest = {}
    cdef str question
    cdef int64_t given_ms
    for row in rows:
        given_ms = instant(row, "answered_at")
        if given_ms == INT64_MIN or given_ms >= as_of_ms:
            continue
        for question in _QUESTIONS:
            text = cell(row, question)
            if text is not None and question not in hidden and _is_later(given_ms, text, latest.get(question)):
                latest[question] = text, given_ms
    return latest


cdef bint _is_later(int64_t given_ms, object text, tuple other) except -1:
    cdef int64_t other_ms
    if other is None:
        return True
    other_ms = other[1]
    return given_ms > other_ms or (given_ms == other_ms and text > other[0])
