"""What the fields of one lead held at an instant, told by their changes."""

from operator import itemgetter
from typing import Any, Final, NamedTuple

from features.lead_source import Rows


class _Change(NamedTuple):
    """Sorts by time; of two at the same instant, the greater new value stands last, and a blank one first."""

    changed_ms: int
    is_filled: bool
    after: Any
    before: Any


class FieldChanges:
    """The changes of one lead's fields.

    Parameters
    ----------
    rows : sequence of mapping
        The lead's rows of the table ``field_history``.
    as_of_ms : int
    hidden : frozenset of str
        Columns that are blank.
    """

    def __init__(self, rows: Rows, as_of_ms: int, hidden: frozenset[str]) -> None:
        self._as_of_ms = as_of_ms
        self._of_field: dict[str, list[_Change]] = {}
        for row in () if "field" in hidden else rows:
            field, changed_ms = row.get("field"), row.get("changed_at")
            if field is not None and changed_ms is not None:
                before, after = (None if side in hidden else row.get(side) for side in ("old_value", "new_value"))
                change = _Change(changed_ms, after is not None, after or "", before)
                self._of_field.setdefault(str(field), []).append(change)

    def text(self, column: str, now: Any) -> Any:
        """Return what a field held: what its last known change put there, or what its first change replaced."""
        changes = self._of_field.get(column)
        if changes is None:
            return now
        changes.sort(key=_IN_ORDER)
        known = [change for change in changes if change.changed_ms < self._as_of_ms]
        if known:
            return known[-1].after if known[-1].is_filled else None
        return changes[0].before


_IN_ORDER: Final = itemgetter(0, 1, 2)
