"""Dated rows of which the latest known one counts: answers, stages, changed fields."""

from dataclasses import dataclass

import numpy as np

from features.arrays import IntArray
from features.event_index import EventIndex, build_event_index, picked
from features.snapshots import Snapshots
from features.text_column import TextColumn


@dataclass(frozen=True)
class DatedRows:
    """Rows by lead and time, and what each of them says.

    Attributes
    ----------
    index : EventIndex
        The rows that say something.
    text : TextColumn
        What each row of the source table says.
    """

    index: EventIndex
    text: TextColumn

    def latest_row(self, snapshots: Snapshots) -> IntArray:
        """Return the row that counts at each snapshot, -1 where nothing is known yet."""
        if not len(self.index.keys):
            return np.full(len(snapshots), -1, dtype=np.int64)
        position = self.index.position(snapshots.lead, snapshots.as_of_ms)
        return picked(self.index.rows.take, position - 1, position > self.index.start(snapshots.lead), -1)

    def first_row(self, snapshots: Snapshots) -> IntArray:
        """Return the lead's first row, known yet or not, -1 where it has none."""
        start = self.index.start(snapshots.lead)
        return picked(self.index.rows.take, start, self.index.start(snapshots.lead + 1) > start, -1)

    def latest(self, snapshots: Snapshots) -> TextColumn:
        """Return what the row that counts says."""
        return self.text.take(self.latest_row(snapshots))


def dated_rows(lead: IntArray, known_ms: IntArray, text: TextColumn, *, keep_blank: bool = False) -> DatedRows:
    """Sort rows that say something; of two at the same instant, the greater text counts.

    Parameters
    ----------
    lead, known_ms : numpy.ndarray
        int64, whose row it is and since when it is known.
    text : TextColumn
        What it says; a row that says nothing does not hide an earlier one, unless ``keep_blank``.
    """
    owner = lead if keep_blank else np.where(text.codes >= 0, lead, -1)
    return DatedRows(build_event_index(owner, known_ms, tie_break=text.codes), text)
