"""A column of text of the leads table, with the changes it went through."""

from dataclasses import dataclass

import numpy as np

from features.dated_rows import DatedRows
from features.snapshots import Snapshots
from features.text_column import TextColumn


@dataclass(slots=True)
class TextHistory:
    """What a column says now and what it said before each change, in the same names; like it, never changed.

    Attributes
    ----------
    now : TextColumn
        One entry a lead.
    changes : DatedRows or None
        What it was changed to, and when; None where no history is kept.
    before : TextColumn
        What it said before, one entry a change; without entries where no history is kept.
    """

    now: TextColumn
    changes: DatedRows | None
    before: TextColumn

    def as_of(self, snapshots: Snapshots) -> TextColumn:
        """Return what the column said at each snapshot: before its first change, what that change replaced."""
        if self.changes is None:
            if len(self.now) == len(snapshots) == 1:
                return self.now  # of the one lead there is
            return self.now.coded(self.now.codes[snapshots.lead])
        last, first = self.changes.latest_row(snapshots), self.changes.first_row(snapshots)
        unchanged = np.where(first >= 0, self.before.codes_at(first), self.now.codes_at(snapshots.lead))
        return self.now.coded(np.where(last >= 0, self.changes.text.codes_at(last), unchanged))
