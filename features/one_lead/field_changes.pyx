"""What the fields of one lead held at an instant, told by their changes."""

from libc.stdint cimport INT64_MIN, int64_t

from features.one_lead.cell cimport cell, instant

from operator import itemgetter


cdef class FieldChanges:
    """The changes of one lead's fields.

    Parameters
    ----------
    rows : sequence of mapping
        The lead's rows of the table ``field_history``.
    as_of_ms : int
    hidden : frozenset of str
        Columns that are blank.
    """

    def __init__(self, rows, int64_t as_of_ms, frozenset hidden not None):
        cdef bint has_before = "old_value" not in hidden, has_after = "new_value" not in hidden
        cdef int64_t changed_ms
        self._as_of_ms = as_of_ms
        self._of_field = {}
        for row in () if "field" in hidden else rows:
            field, changed_ms = cell(row, "field"), instant(row, "changed_at")
            if field is not None and changed_ms != INT64_MIN:
                before = cell(row, "old_value") if has_before else None
                after = cell(row, "new_value") if has_after else None
                change = changed_ms, after is not None, after or "", before
                self._of_field.setdefault(str(field), []).append(change)

    cdef object text(self, str column, object now):
        """Return what a field held: what its last known change put there, or what its first change replaced."""
        cdef list changes = self._of_field.get(column)
        if changes is None:
            return now
        changes.sort(key=_IN_ORDER)
        for changed_ms, is_filled, after, _ in reversed(changes):
            if changed_ms < self._as_of_ms:
                return after if is_filled else None
        return changes[0][3]


# Of two changes at the same instant, the greater new value stands last, and a blank one first.
_IN_ORDER = itemgetter(0, 1, 2)
