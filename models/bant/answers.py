"""The latest answers that were known at each snapshot."""

from features.answer import Answer
from features.answers import QUESTIONS, Answers
from features.arrays import IntArray
from features.records import Records
from features.snapshots import Snapshots


def known_answers(records: Records, columns: tuple[str, ...], snapshots: Snapshots) -> list[list[Answer | None]]:
    """Return the latest answer to each question given strictly before each snapshot; None where there is none yet.

    A blank cell is no answer, so it leaves an earlier one standing.

    Parameters
    ----------
    columns : tuple of str
        Columns of the qualifications table; the result has one list for each.
    """
    if not records.source.rows("qualifications"):
        return [[None] * len(snapshots) for _ in columns]
    rows = records.answers.latest_rows(snapshots)
    return [_answers(records.answers, number, rows[number]) for number in map(QUESTIONS.index, columns)]


def _answers(answers: Answers, number: int, rows: IntArray) -> list[Answer | None]:
    text = answers.texts[number]
    codes, answered_ms = text.codes[rows].tolist(), answers.answered_ms[rows].tolist()
    return [
        Answer(text.names[code], answered) if row >= 0 else None
        for row, code, answered in zip(rows.tolist(), codes, answered_ms, strict=True)
    ]
