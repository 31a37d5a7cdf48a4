"""The latest answer to a question that was known at each snapshot."""

from typing import NamedTuple

from features.records import Records
from features.snapshots import Snapshots


class Answer(NamedTuple):
    """An answer as the qualifications table writes it, and when it was given, in milliseconds since the epoch."""

    text: str
    answered_at_ms: int


def known_answers(records: Records, column: str, snapshots: Snapshots) -> list[Answer | None]:
    """Return the latest answer given strictly before each snapshot; None where there is none yet.

    A blank cell is no answer, so it leaves an earlier one standing.

    Parameters
    ----------
    column : str
        A column of the qualifications table.
    """
    known: list[Answer | None] = [None] * len(snapshots)
    if not records.source.rows("qualifications"):
        return known
    answers = records.answers(column)
    index, text = answers.index, answers.text
    if not len(index.keys):
        return known
    position = index.position(snapshots.lead, snapshots.as_of_ms)
    (found,) = (position > index.start(snapshots.lead)).nonzero()
    last = position[found] - 1
    codes = text.codes[index.rows[last]]
    for place, code, answered_ms in zip(found.tolist(), codes.tolist(), index.known_ms(last).tolist(), strict=True):
        known[place] = Answer(text.names[code], answered_ms)
    return known
