"""What one lead had answered to our questions by an instant."""

from collections.abc import Mapping

from features.answer import Answer
from features.answers import QUESTIONS
from features.lead_source import Rows


def lead_answers(rows: Rows, as_of_ms: int, hidden: frozenset[str]) -> Mapping[str, Answer]:
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
    found = {}
    known = [row for row in rows if (given := row.get("answered_at")) is not None and given < as_of_ms]
    for question in QUESTIONS if known else ():
        answers = [(row["answered_at"], text) for row in known if (text := row.get(question)) is not None]
        if answers and question not in hidden:
            answered_at_ms, text = max(answers)
            found[question] = Answer(str(text), answered_at_ms)
    return found
